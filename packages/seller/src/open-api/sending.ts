/**
 * How each call is sent: signed anew each time, patient with a busy marketplace, careful with its key (openapi.md 2.1, 7). The
 * secret key and the Authorization header never leave this folder.
 */
import type { Clock, Sleep } from '../system.ts';
import { type Exchange, type OpenApiRequest, sendSigned } from './exchange.ts';
import { classify } from './judge.ts';

/** openapi.md 7: "at most 3 times, 1 s · 2ⁿ with jitter". */
const MAX_RETRIES = 3;
const FIRST_DELAY_MS = 1_000;
/** openapi.md 7: three failures in a row, because the fifth locks the key for five minutes. */
const MAX_AUTH_FAILURES = 3;
const AUTH_PAUSE_MS = 5 * 60_000;

export interface SendingParts {
  readonly hosts: readonly string[];
  readonly ak: string;
  readonly sk: string;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly random: () => number;
  readonly onAlarm: ((message: string) => void) | undefined;
}
/** @returns the last exchange, or null when nothing was sent because the key is refused */
export type Send = (
  request: OpenApiRequest,
  signal: AbortSignal | undefined,
) => Promise<{ readonly exchange: Exchange | null; readonly attempts: number }>;

export function createSending(parts: SendingParts): Send {
  const { hosts, ak, sk, fetch, timeoutMs, clock, sleep, random, onAlarm } = parts;
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

  async function attempt({ path, ...request }: OpenApiRequest, host: string, signal: AbortSignal | undefined) {
    const date = new Date(clock());
    const exchange = await sendSigned({ ...request, url: `${host}${path}`, ak, sk, date, timeoutMs, signal, fetch });
    if (exchange.kind === 'answer') {
      if (classify(exchange) === 'unauthenticated') countAuthFailure();
      else authFailures = 0;
    }
    return exchange;
  }

  return async (request, signal) => {
    let hostIndex = 0;
    for (let attempts = 1; ; attempts += 1) {
      if (stopped()) return { exchange: null, attempts: attempts - 1 };
      const exchange = await attempt(request, hosts[hostIndex] ?? '', signal);
      const verdict = classify(exchange);
      const over = attempts > MAX_RETRIES || signal?.aborted === true;
      if (over || verdict === 'final' || verdict === 'unauthenticated') return { exchange, attempts };
      const changesHost = verdict === 'host-down' && hosts.length > 1;
      if (changesHost) hostIndex = (hostIndex + 1) % hosts.length;
      // The other host is not to blame for this one, so its first try comes at once.
      if (changesHost && attempts === 1) continue;
      await sleep(FIRST_DELAY_MS * 2 ** (attempts - 1) * (0.5 + random() / 2), signal);
      if (signal?.aborted) return { exchange, attempts };
    }
  };
}
