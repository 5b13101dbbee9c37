/**
 * Sends what is due: lease a batch → commit → send side by side → record all outcomes in one statement. Nothing of the
 * business waits for it. A delivery is tried once and repeated three times (N-5); then it is STOPPED and stands in the
 * operators' outbox.
 */
import type { KeyRing } from '../platform/key-ring.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { startPump, type Wake } from '../platform/tasks/pump.ts';
import { SELDOM_MS } from '../platform/tasks/watch.ts';
import { SEALED_BODY } from './schema.ts';
import type { Senders } from './senders.ts';
import { type Delivery, leaseDeliveries, type Outcome, settleDeliveries } from './store.ts';

const BACK_OFF_MS = [60_000, 600_000, 3_600_000];
const BATCH = 50;
/** in virtual time a batch is one statement and little else */
const VIRTUAL_BATCH = 1_000;
const BATCHES_AT_ONCE = 4;
/** longer than any sender waits (10 s to connect, 10 s to be greeted, 20 s of silence), so that no worker takes over what is under way */
const LEASE_MS = 120_000;

export interface Sending {
  readonly owner: string;
  readonly senders: Senders;
}
export const createSending = (platform: Platform, senders: Senders): Sending => ({
  owner: uuid(platform.random),
  senders,
});

/** Runs until stopped; closes the senders. */
export function startSending(platform: Platform, sending: Sending, wake: Wake): { stop(): Promise<void> } {
  const pump = startPump<readonly Delivery[]>({
    name: 'messages',
    capacity: BATCHES_AT_ONCE,
    pollMs: SELDOM_MS,
    wake,
    log: platform.log,
    async take() {
      const batch = await lease(platform, sending, BATCH);
      return batch.length > 0 ? [batch] : [];
    },
    async run(batch) {
      await sendBatch(platform, sending, batch);
      platform.wake.kick();
    },
  });
  return {
    async stop() {
      await pump.stop();
      await closeSenders(sending);
    },
  };
}

/** Virtual time: sends one batch of what is due now. @returns how many */
export async function sendDue(platform: Platform, sending: Sending): Promise<number> {
  const batch = await lease(platform, sending, VIRTUAL_BATCH);
  await sendBatch(platform, sending, batch);
  return batch.length;
}

export async function closeSenders({ senders }: Sending): Promise<void> {
  await Promise.all([senders.EMAIL.close(), senders.SMS.close()]);
}

const lease = (platform: Platform, { owner }: Sending, limit: number): Promise<Delivery[]> =>
  leaseDeliveries(platform.db, { owner, now: platform.clock.now(), leaseMs: LEASE_MS, limit, perPool: VIRTUAL_BATCH });

async function sendBatch(platform: Platform, { owner, senders }: Sending, batch: readonly Delivery[]): Promise<void> {
  if (batch.length === 0) return;
  const outcomes = await Promise.all(
    batch.map(async (delivery) => outcomeOf(platform, delivery, await attempt(platform, senders, delivery))),
  );
  await settleDeliveries(platform.db, owner, outcomes, platform.clock.now());
}

async function attempt({ keys }: Platform, senders: Senders, delivery: Delivery): Promise<string | null> {
  try {
    const sent = await senders[delivery.channel].send({ ...delivery, body: bodyOf(keys, delivery) });
    return sent.ok ? null : sent.error;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What is sent. */
export const bodyOf = (keys: KeyRing, { body, sealed_body }: Pick<Delivery, 'body' | 'sealed_body'>): string =>
  sealed_body === null ? body : keys.open(sealed_body, SEALED_BODY);

const MOST_ERROR = 500;

function outcomeOf({ clock, config, log, metrics }: Platform, delivery: Delivery, error: string | null): Outcome {
  const { id, attempts, channel } = delivery;
  const pause = BACK_OFF_MS[attempts - 1];
  const state = error === null ? 'SUCCEEDED' : pause === undefined ? 'STOPPED' : 'DUE';
  metrics.deliveries.inc({ channel, outcome: state });
  if (error !== null) log.warn({ delivery: id, channel, attempts, state, error }, 'a message could not be sent');
  return {
    id,
    state,
    dueAt: new Date(clock.now().getTime() + (pause ?? 0)),
    error: error === null ? null : error.slice(0, MOST_ERROR),
    // the sandbox's outbox is where its people read the code
    wipe: delivery.secret && state === 'SUCCEEDED' && config.mode === 'production',
  };
}
