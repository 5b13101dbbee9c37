/** Work that must happen once for a key, however often and however simultaneously it is asked for. */
import type { Claim, SellerStore } from './store.ts';
import type { Clock, Sleep } from './system.ts';

/** Longer than any call of the marketplace lasts (20 s): a crashed worker's claim is free again for the next attempt. */
const LEASE_MS = 60_000;
/** A simultaneous repeat waits for the first request, but less than the marketplace waits for it (20 s). */
const MAX_WAIT_MS = 15_000;
const FIRST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 500;

export interface OnceTools {
  readonly store: SellerStore;
  readonly clock: Clock;
  readonly sleep: Sleep;
}

/** What the work came to: a result to keep for ever, or a refusal after which the next request may try again. */
export type Work<No> = { readonly result: string } | { readonly no: No };

export type Once<No> =
  | { readonly state: 'done'; readonly result: string; readonly repeated: boolean }
  | { readonly state: 'refused'; readonly no: No }
  /** Another request is still at it. */
  | { readonly state: 'busy' };

/** Runs `work` unless it was done before. Throws what `work` or the store throws; the key is then free again. */
export async function once<No>(
  tools: OnceTools,
  key: string,
  first: string,
  work: (first: string) => Promise<Work<No>>,
): Promise<Once<No>> {
  const claim = await claimOrWait(tools, key, first);
  if (claim.state === 'busy') return { state: 'busy' };
  if (claim.state === 'done') return { state: 'done', result: claim.result, repeated: true };
  const outcome = await attempt(tools.store, key, claim.attempt, () => work(claim.first));
  if ('no' in outcome) return { state: 'refused', no: outcome.no };
  return { state: 'done', result: await tools.store.complete(key, outcome.result), repeated: false };
}

async function attempt<No>(
  store: SellerStore,
  key: string,
  number: number,
  work: () => Promise<Work<No>>,
): Promise<Work<No>> {
  try {
    const outcome = await work();
    if ('no' in outcome) await store.abandon(key, number);
    return outcome;
  } catch (error) {
    await store.abandon(key, number);
    throw error;
  }
}

async function claimOrWait({ store, clock, sleep }: OnceTools, key: string, first: string): Promise<Claim> {
  let waitedMs = 0;
  for (let delayMs = FIRST_WAIT_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_WAIT_MS)) {
    const claim = await store.claim(key, { first, nowMs: clock(), leaseMs: LEASE_MS });
    if (claim.state !== 'busy' || waitedMs >= MAX_WAIT_MS) return claim;
    await sleep(delayMs);
    waitedMs += delayMs;
  }
}
