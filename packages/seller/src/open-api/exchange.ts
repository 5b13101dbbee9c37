/** One signed request to the Open API and what came back, nothing retried. */
import { type JsonObject, signAkSk } from '@jishi/protocol';
import { readJsonObject, readLimited } from '../body.ts';

/** Orders are a few kilobytes; anything longer is not an order. */
const MAX_ANSWER_BYTES = 1024 * 1024;

export type Exchange =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly requestId: string | null;
      readonly body: JsonObject | null;
    }
  | { readonly kind: 'no-answer'; readonly reason: 'timeout' | 'connection'; readonly message: string };

export interface ExchangeInput {
  readonly url: string;
  readonly ak: string;
  readonly sk: string;
  readonly date: Date;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly fetch: typeof globalThis.fetch;
}

/** Sends a GET, freshly signed with `date` (openapi.md 7: every attempt is signed anew). Never throws. */
export async function getSigned(input: ExchangeInput): Promise<Exchange> {
  const timeout = AbortSignal.timeout(input.timeoutMs);
  const signal = input.signal ? AbortSignal.any([input.signal, timeout]) : timeout;
  try {
    const response = await input.fetch(input.url, { headers: signedHeaders(input), redirect: 'manual', signal });
    const read = await readLimited(response.body, MAX_ANSWER_BYTES);
    const body = read.truncated ? null : readJsonObject(read.bytes);
    const requestId = response.headers.get('x-request-id') ?? textMember(body, 'request_id');
    return { kind: 'answer', status: response.status, requestId, body };
  } catch (error) {
    const reason = signal.aborted ? 'timeout' : 'connection';
    return { kind: 'no-answer', reason, message: describe(error) };
  }
}

export function textMember(body: JsonObject | null, name: string): string | null {
  const value = body?.[name];
  return typeof value === 'string' ? value : null;
}

function signedHeaders({ url, ak, sk, date }: ExchangeInput): Record<string, string> {
  const own = { 'content-type': 'application/json' };
  const signed = signAkSk({ ak, sk, method: 'GET', url, headers: own, body: '', date });
  const all = Object.entries({ ...own, ...signed.headers });
  // `host` is signed, but set by fetch itself from the URL.
  return Object.fromEntries(all.filter(([name]) => name.toLowerCase() !== 'host'));
}

/** Node hides the reason of a failed fetch in `cause`. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
