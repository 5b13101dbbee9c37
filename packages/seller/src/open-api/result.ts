import type { ActivatedLicence, JsonObject, LicenceInfo, OrderInfo } from '@jishi/protocol';

/** Where a call to the Open API ended. */
export type OpenApiFailureKind =
  /** The marketplace answered with another code than success. */
  | 'refused'
  /** No answer: connection, time-out, gateway failure. Worth another try later. */
  | 'unreachable'
  /** An answer that is not what the interface promises. */
  | 'malformed'
  /** Not sent: this client stopped after repeated authentication failures. */
  | 'stopped'
  /** Not sent: no Open API client was configured. */
  | 'not-configured';

export interface OpenApiFailure {
  readonly ok: false;
  readonly kind: OpenApiFailureKind;
  /** The marketplace's code, such as `MKT.0100` or `APIGW.0301`, or `CLIENT.…` when the client itself gave up. */
  readonly code: string;
  readonly message: string;
  readonly requestId: string | null;
  readonly httpStatus: number | null;
  /** Requests that were sent. */
  readonly attempts: number;
  /** What a refusal says besides: `extra_info`, or `data` such as `{ check_fail_list }`. */
  readonly details?: JsonObject;
}

export type OpenApiResult<T> =
  | { readonly ok: true; readonly value: T; readonly requestId: string | null; readonly attempts: number }
  | OpenApiFailure;

export type OrderResult =
  | { readonly ok: true; readonly order: OrderInfo; readonly requestId: string | null; readonly attempts: number }
  | OpenApiFailure;

/** A record that was not taken; all others of the call were. */
export interface RefusedUsage {
  readonly meteringSn: string;
  readonly instanceId: string;
  /** `001` … `013`, openapi.md 5.2 */
  readonly code: string;
  readonly message: string;
}

/** Somebody used the product at that time; it counts for the day in Beijing. */
export interface ActiveUser {
  readonly instanceId: string;
  readonly userName: string;
  readonly at: Date;
}
export interface ReportedActivity {
  readonly taken: number;
  /** the member's day was known already, by a sign-in or an earlier report */
  readonly repeated: number;
  /** `place` counts from 0; codes `001` … `004` */
  readonly failed: readonly { readonly place: number; readonly code: string; readonly message: string }[];
}
export type { ActivatedLicence, LicenceInfo };
