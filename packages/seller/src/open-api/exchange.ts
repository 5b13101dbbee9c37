/** One signed request to the Open API and what came back, nothing retried. */
import { type JsonObject, signAkSk } from '@jishi/protocol';
import { readJsonObject, readLimited } from '../body.ts';

/** Orders are a few kilobytes, the answer about 1,000 records at most some hundred; anything longer is no answer of this API. */
const MAX_ANSWER_BYTES = 1024 * 1024;

export type Exchange =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly requestId: string | null;
      readonly body: JsonObject | null;
    }
  | { readonly kind: 'no-answer'; readonly reason: 'timeout' | 'connection'; readonly message: string };

/** What is asked; it may be sent several times, each time signed anew. */
export interface OpenApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** path and query */
  readonly path: string;
  readonly contentType: string;
  /** JSON is signed with its bytes; of a form only that it is there (`UNSIGNED-PAYLOAD`, openapi.md 5.8) */
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** headers that depend on when it is sent */
  readonly headersAt?: (nowMs: number) => Readonly<Record<string, string>>;
  /** what is read of the answer; 1 MiB unless said */
  readonly mostAnswerBytes?: number;
}

export interface ExchangeInput extends Omit<OpenApiRequest, 'path'> {
  readonly url: string;
  readonly ak: string;
  readonly sk: string;
  readonly date: Date;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly fetch: typeof globalThis.fetch;
}

/** Sends a request, freshly signed with `date` (openapi.md 7: every attempt is signed anew). Never throws. */
export async function sendSigned(input: ExchangeInput): Promise<Exchange> {
  const timeout = AbortSignal.timeout(input.timeoutMs);
  const signal = input.signal ? AbortSignal.any([input.signal, timeout]) : timeout;
  try {
    const sent = { method: input.method, headers: signedHeaders(input), redirect: 'manual', signal } as const;
    const response = await input.fetch(input.url, input.method === 'GET' ? sent : { ...sent, body: input.body });
    const read = await readLimited(response.body, input.mostAnswerBytes ?? MAX_ANSWER_BYTES);
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

function signedHeaders({ url, ak, sk, date, method, contentType, body, headersAt }: ExchangeInput) {
  const form = typeof body !== 'string';
  const own = {
    'content-type': contentType,
    ...(form ? { 'X-Sdk-Content-Sha256': 'UNSIGNED-PAYLOAD' } : {}),
    ...headersAt?.(date.getTime()),
  };
  const signed = signAkSk({ ak, sk, method, url, headers: own, body: form ? '' : body, date });
  const all = Object.entries({ ...own, ...signed.headers });
  // `host` is signed, but set by fetch itself from the URL.
  return Object.fromEntries(all.filter(([name]) => name.toLowerCase() !== 'host'));
}

/** Node hides the reason of a failed fetch in `cause`. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
