import type { OrderInfo } from '@jishi/protocol';

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
}

export type OrderResult =
  | { readonly ok: true; readonly order: OrderInfo; readonly requestId: string | null; readonly attempts: number }
  | OpenApiFailure;
