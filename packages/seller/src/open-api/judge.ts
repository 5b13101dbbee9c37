/** What an answer of the Open API means: retry, other host, authentication, or final. Pure. */
import { isJsonObject, type JsonObject, orderQueryAnswer } from '@jishi/protocol';
import { type Exchange, textMember } from './exchange.ts';
import type { OpenApiFailure, OpenApiResult, OrderResult } from './result.ts';

/** openapi.md 7 and 2.1. `unauthenticated` is the family `.0301`, which is never repeated by itself. */
export type Verdict = 'final' | 'retry' | 'host-down' | 'unauthenticated';

export function classify(exchange: Exchange): Verdict {
  if (exchange.kind === 'no-answer') return 'host-down';
  if (exchange.status === 504) return 'host-down';
  const code = codeOf(exchange);
  if (exchange.status === 401 && afterDot(code) === '0301') return 'unauthenticated';
  if (exchange.status === 429 || exchange.status === 502) return 'retry';
  if (exchange.status === 406 && afterDot(code) === '0250') return 'retry';
  if (exchange.status === 500 && (afterDot(code) === '0999' || code === '94060001')) return 'retry';
  return 'final';
}

/** A value, or in a sentence why the answer holds none. */
export type Read<T> = (
  body: JsonObject,
) => { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/**
 * Success only with HTTP 200 and a success code: `….0000` whatever stands before the dot, or `92020000` (openapi.md 4, 4.1).
 * @param alsoGood codes that are no failure of the whole call
 */
export function resultFrom<T>(
  exchange: Exchange,
  attempts: number,
  read: Read<T>,
  alsoGood: readonly string[] = [],
): OpenApiResult<T> {
  if (exchange.kind === 'no-answer') {
    const code = exchange.reason === 'timeout' ? 'CLIENT.TIMEOUT' : 'CLIENT.CONNECTION';
    return failure('unreachable', code, exchange.message, { requestId: null, httpStatus: null, attempts });
  }
  const { requestId, status, body } = exchange;
  const facts = { requestId, httpStatus: status, attempts };
  const code = codeOf(exchange);
  const message = textMember(body, 'resultMsg') ?? textMember(body, 'error_msg') ?? '';
  const verdict = classify(exchange);
  const passing = verdict === 'retry' || verdict === 'host-down';
  if (passing) return failure('unreachable', code ?? `HTTP.${status}`, message, facts);
  if (code === null || body === null)
    return failure('malformed', 'CLIENT.MALFORMED', `HTTP ${status} without a result code`, facts);
  const good = afterDot(code) === '0000' || code === '92020000' || alsoGood.includes(code);
  if (status !== 200 || !good) return { ...failure('refused', code, message, facts), ...detailsIn(body) };
  const found = read(body);
  if (found.ok) return { ok: true, value: found.value, requestId, attempts };
  return failure('malformed', 'CLIENT.MALFORMED', `The answer is not what was asked for: ${found.reason}`, facts);
}

/** Of Jishi's extensions: HTTP 200 or 201 is success, and a code stands in refusals only. */
export function extensionFrom<T>(exchange: Exchange, attempts: number, read: Read<T>): OpenApiResult<T> {
  if (exchange.kind === 'no-answer' || (exchange.status !== 200 && exchange.status !== 201) || exchange.body === null)
    return resultFrom(exchange, attempts, read);
  const { requestId, status, body } = exchange;
  const found = read(body);
  if (found.ok) return { ok: true, value: found.value, requestId, attempts };
  const message = `The answer is not what was asked for: ${found.reason}`;
  return failure('malformed', 'CLIENT.MALFORMED', message, { requestId, httpStatus: status, attempts });
}

export function orderFrom(exchange: Exchange, attempts: number): OrderResult {
  const result = resultFrom(exchange, attempts, (body) => {
    const parsed = orderQueryAnswer.safeParse(body);
    const order = parsed.success ? parsed.data.orderInfo : undefined;
    if (order) return { ok: true, value: order };
    const [issue] = parsed.error?.issues ?? [];
    return { ok: false, reason: issue ? `${issue.path.join('.')}: ${issue.message}` : 'orderInfo is missing' };
  });
  if (!result.ok) return result;
  const { value: order, requestId, attempts: sent } = result;
  return { ok: true, order, requestId, attempts: sent };
}

export function notSent(attempts: number): OpenApiFailure {
  const message =
    'Not sent: the access key was refused three times in a row, and two more failures would lock it for five minutes. ' +
    'Check AK, SK and the clock; one call is tried again after five minutes.';
  return failure('stopped', 'CLIENT.STOPPED', message, { requestId: null, httpStatus: null, attempts });
}

export function failure(
  kind: OpenApiFailure['kind'],
  code: string,
  message: string,
  facts: Pick<OpenApiFailure, 'requestId' | 'httpStatus' | 'attempts'>,
): OpenApiFailure {
  return { ok: false, kind, code, message, ...facts };
}

function detailsIn(body: JsonObject): { details?: JsonObject } {
  const details = isJsonObject(body.extra_info) ? body.extra_info : body.data;
  return isJsonObject(details) ? { details } : {};
}

const codeOf = ({ body }: Extract<Exchange, { kind: 'answer' }>): string | null =>
  textMember(body, 'resultCode') ?? textMember(body, 'error_code');

const afterDot = (code: string | null): string | undefined => code?.split('.')[1];
