/**
 * The seller's client of the marketplace's Open API: AK/SK signatures, retries and the stop before the key is locked,
 * after openapi.md 3, 5.1 and 7. Neither the secret key nor the Authorization header ever leaves this folder.
 */
import { type Clock, type Sleep, systemClock, systemRandom, systemSleep } from '../system.ts';
import { type Exchange, getSigned } from './exchange.ts';
import { classify, notSent, orderFrom } from './judge.ts';
import { checkClientOptions } from './options.ts';
import type { OrderResult } from './result.ts';

const ORDER_QUERY_PATH = '/api/mkp-openapi-public/global/v1/order/query';
/** openapi.md 7: "at most 3 times, 1 s · 2ⁿ with jitter". */
const MAX_RETRIES = 3;
const FIRST_DELAY_MS = 1_000;
/** openapi.md 7: three failures in a row, because the fifth locks the key for five minutes. */
const MAX_AUTH_FAILURES = 3;
const AUTH_PAUSE_MS = 5 * 60_000;

export interface OpenApiClientOptions {
  /** Scheme and host only, e.g. `https://mkt.myhuaweicloud.com`; plain HTTP is for loopback. */
  readonly baseUrl: string;
  /** Tried when the first host cannot be reached, resets, times out or answers 504. */
  readonly fallbackBaseUrl?: string;
  readonly ak: string;
  readonly sk: string;
  readonly fetch?: typeof globalThis.fetch;
  /** For one attempt. */
  readonly timeoutMs?: number;
  /** Plain HTTP to another machine: only for a private network that you trust. */
  readonly allowHttp?: boolean;
  readonly clock?: Clock;
  readonly sleep?: Sleep;
  /** In [0, 1), for the jitter of the delays. */
  readonly random?: () => number;
  /** Called when the client stops because its signatures are refused: someone must look at the keys or the clock. */
  readonly onAlarm?: (message: string) => void;
}

export interface OpenApiClient {
  /** A1, openapi.md 5.1. Ends early when `signal` aborts. Never throws. */
  queryOrder(
    query: { readonly orderId: string; readonly orderLineId?: string | undefined },
    options?: { readonly signal?: AbortSignal },
  ): Promise<OrderResult>;
}

/**
 * Creates the client; throws a `TypeError` for options that cannot work.
 *
 * @example
 * const client = createOpenApiClient({ baseUrl: 'https://mkt.myhuaweicloud.com', ak: 'AK…', sk: 'SK…' });
 * const result = await client.queryOrder({ orderId: 'MOCKPERIODYEARNEW' });
 * if (result.ok) console.log(result.order.orderLine[0]?.chargingMode); // PERIOD
 * else console.log(result.code, result.message, result.requestId);
 */
export function createOpenApiClient(options: OpenApiClientOptions): OpenApiClient {
  checkClientOptions(options);
  const { ak, sk, fetch = globalThis.fetch, timeoutMs = 20_000, onAlarm } = options;
  const { clock = systemClock, sleep = systemSleep, random = systemRandom } = options;
  const hosts = [options.baseUrl, options.fallbackBaseUrl].flatMap((url) => (url ? [new URL(url).origin] : []));
  let authFailures = 0;
  let pausedUntilMs = 0;

  /** After the pause one call may probe whether the keys are accepted again; the others wait for what it finds. */
  function stopped(): boolean {
    if (authFailures < MAX_AUTH_FAILURES) return false;
    if (clock() < pausedUntilMs) return true;
    pausedUntilMs = clock() + AUTH_PAUSE_MS;
    return false;
  }

  function countAuthFailure(): void {
    authFailures += 1;
    if (authFailures < MAX_AUTH_FAILURES) return;
    pausedUntilMs = clock() + AUTH_PAUSE_MS;
    onAlarm?.(
      `The Open API refused this access key ${authFailures} times in a row. Nothing is sent for five minutes, because ` +
        'two more failures would lock the key. Check AK, SK and the clock of this machine.',
    );
  }

  async function attempt(path: string, host: string, signal: AbortSignal | undefined): Promise<Exchange> {
    const url = `${host}${path}`;
    const exchange = await getSigned({ url, ak, sk, date: new Date(clock()), timeoutMs, signal, fetch });
    if (exchange.kind === 'answer') {
      if (classify(exchange) === 'unauthenticated') countAuthFailure();
      else authFailures = 0;
    }
    return exchange;
  }

  return {
    async queryOrder({ orderId, orderLineId }, { signal } = {}) {
      const query = new URLSearchParams(orderLineId === undefined ? { orderId } : { orderId, orderLineId });
      // Blanks are %20 in a signed query, never `+` (openapi.md 3.4).
      const path = `${ORDER_QUERY_PATH}?${query.toString().replaceAll('+', '%20')}`;
      let hostIndex = 0;
      for (let attempts = 1; ; attempts += 1) {
        if (stopped()) return notSent(attempts - 1);
        const host = hosts[hostIndex] ?? options.baseUrl;
        const exchange = await attempt(path, host, signal);
        const verdict = classify(exchange);
        const over = attempts > MAX_RETRIES || signal?.aborted === true;
        if (over || verdict === 'final' || verdict === 'unauthenticated') return orderFrom(exchange, attempts);
        const changesHost = verdict === 'host-down' && hosts.length > 1;
        if (changesHost) hostIndex = (hostIndex + 1) % hosts.length;
        // The other host is not to blame for this one, so its first try comes at once.
        if (changesHost && attempts === 1) continue;
        await sleep(FIRST_DELAY_MS * 2 ** (attempts - 1) * (0.5 + random() / 2), signal);
        if (signal?.aborted) return orderFrom(exchange, attempts);
      }
    },
  };
}
