/** What an answer of the Open API means: retry, other host, authentication, or final. Pure. */
import { orderQueryAnswer } from '@jishi/protocol';
import { type Exchange, textMember } from './exchange.ts';
import type { OpenApiFailure, OrderResult } from './result.ts';

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

/** Success only with HTTP 200 and a `….0000` code, whatever stands before the dot (openapi.md 4, 4.1). */
export function orderFrom(exchange: Exchange, attempts: number): OrderResult {
  if (exchange.kind === 'no-answer') {
    const code = exchange.reason === 'timeout' ? 'CLIENT.TIMEOUT' : 'CLIENT.CONNECTION';
    return failure('unreachable', code, exchange.message, { requestId: null, httpStatus: null, attempts });
  }
  const { requestId, status } = exchange;
  const facts = { requestId, httpStatus: status, attempts };
  const code = codeOf(exchange);
  const message = textMember(exchange.body, 'resultMsg') ?? textMember(exchange.body, 'error_msg') ?? '';
  const verdict = classify(exchange);
  const passing = verdict === 'retry' || verdict === 'host-down';
  if (passing) return failure('unreachable', code ?? `HTTP.${status}`, message, facts);
  if (code === null) return failure('malformed', 'CLIENT.MALFORMED', `HTTP ${status} without a result code`, facts);
  if (status !== 200 || afterDot(code) !== '0000') return failure('refused', code, message, facts);
  const parsed = orderQueryAnswer.safeParse(exchange.body);
  const order = parsed.success ? parsed.data.orderInfo : undefined;
  if (order) return { ok: true, order, requestId, attempts };
  const reason = parsed.success
    ? 'orderInfo is missing'
    : `${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`;
  return failure('malformed', 'CLIENT.MALFORMED', `The answer is no order: ${reason}`, facts);
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

const codeOf = ({ body }: Extract<Exchange, { kind: 'answer' }>): string | null =>
  textMember(body, 'resultCode') ?? textMember(body, 'error_code');

const afterDot = (code: string | null): string | undefined => code?.split('.')[1];
