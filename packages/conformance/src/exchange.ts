/** One call as it went over the wire. */
import type { TransportError } from '@jishi/protocol';

export type Headers = readonly (readonly [name: string, value: string])[];

export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** text is sent as UTF-8; null = none */
  readonly body: string | Uint8Array | null;
  /** what this call is, for people who read the report, e.g. `newInstance, repeated` */
  readonly label: string;
}

export interface WireAnswer {
  readonly status: number;
  /** names spelt as on the wire, in its order */
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** true = longer than 1 MiB, the rest was not read */
  readonly truncated: boolean;
}

export interface Exchange {
  readonly request: WireRequest;
  /** milliseconds since 1970 */
  readonly startedAt: number;
  readonly durationMs: number;
  /** what came back, or why nothing did */
  readonly outcome:
    | { readonly ok: true; readonly answer: WireAnswer }
    | { readonly ok: false; readonly error: TransportError };
}
