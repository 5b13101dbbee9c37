/**
 * The clock of all subscriptions: takes instances whose step is due, decides for each by the pure rules of model.ts, and
 * writes all with a few statements in one transaction. Any number of workers may do so at once; what is not due costs
 * nothing, because what is due is found at the beginning of an index.
 */
import { levelsOf } from '../directory/index.ts';
import { cancelUnpaidOf, openOrdersOf, unsubscribing } from '../ordering/index.ts';
import { type Executor, inTransaction, type Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Attempt, renewAutomatically } from './automatic-renewal.ts';
import { renewed } from './changes.ts';
import { nextComparisonAt } from './comparison.ts';
import type { StepKind } from './definition.ts';
import { type Facts, isPassedOver, type OpenOrder, PUT_OFF_MS, plannedStep, step } from './model.ts';
import { type Change, commitChanges } from './news.ts';
import type { Instance } from './row.ts';
import { nextDueStepAt, putOff, takeDue } from './store.ts';

/** Does one batch of due steps. @returns how many were due */
export async function runDue(platform: Platform, limit: number): Promise<number> {
  try {
    return await runBatch(platform, limit);
  } catch (error) {
    platform.log.warn({ err: error }, 'a batch of life-cycle steps failed; trying them one by one');
    return runOne(platform);
  }
}

/** The first due step alone; when it fails by our own fault it waits a minute, and holds up nobody else. */
async function runOne(platform: Platform): Promise<number> {
  const tried: Instance[] = [];
  try {
    return await runBatch(platform, 1, (due) => tried.push(...due));
  } catch (error) {
    const [first] = tried;
    if (!first) throw error;
    platform.log.error({ resourceId: first.resourceId, err: error }, 'a life-cycle step failed; it is tried again');
    await putOff(platform.db, first.resourceId, new Date(platform.clock.now().getTime() + PUT_OFF_MS));
    return 1;
  }
}

async function runBatch(
  platform: Platform,
  limit: number,
  onTaken: (due: readonly Instance[]) => void = () => {},
): Promise<number> {
  const now = platform.clock.now();
  const taken = await inTransaction(platform.db, async (tx) => {
    const due = await takeDue(tx, now, limit);
    if (due.length === 0) return 0;
    onTaken(due);
    const facts = await gather(platform, tx, due, now);
    await commitChanges(
      platform,
      tx,
      due.flatMap((instance) => changesOf(instance, facts, now)),
      now,
    );
    await platform.pause.reach('instances.before-commit', due[0]?.resourceId ?? '');
    return due.length;
  });
  if (taken > 0) platform.wake.kick();
  return taken;
}

/** A step; and when it was a renewal that could be paid, the renewal as well. */
function changesOf(before: Instance, gathered: Gathered, now: Date): Change[] {
  const attempt = gathered.attempts.get(before.resourceId);
  const facts: Facts = {
    level: gathered.levels.get(before.buyerId) ?? 'V0',
    openOrder: gathered.openOrders.get(before.resourceId) ?? 'NONE',
    missing: attempt?.kind === 'SHORT' ? attempt.missing : null,
    refused: attempt?.kind === 'REFUSED' ? attempt.refusal : null,
  };
  const outcome = step(before, now, facts);
  // Taken although nothing is due (the rules or the row were changed meanwhile): its next time is written anew, or it
  // would be taken for ever, before all others.
  const life = outcome.life === before ? { ...before } : outcome.life;
  const stepped: Change = { before, ...outcome, life, traceId: before.traceId };
  if (attempt?.kind !== 'PAID') return [stepped];
  const paid = renewed(stepped.life, { ...attempt.period, scene: 'RENEWAL', automatic: true }, now);
  return [stepped, { before: stepped.life, ...paid, traceId: attempt.traceId }];
}

interface Gathered {
  readonly levels: Awaited<ReturnType<typeof levelsOf>>;
  readonly openOrders: ReadonlyMap<string, OpenOrder>;
  readonly attempts: ReadonlyMap<string, Attempt>;
}

const ORDERS_FIRST: readonly StepKind[] = ['EXPIRE', 'FREEZE', 'RELEASE', 'AUTO_RENEW'];
const NEEDS_LEVEL: readonly StepKind[] = ['EXPIRE', 'AUTO_RENEW'];

/** Instances of the batch whose step is of one of these kinds. */
type StepsOf = (kinds: readonly StepKind[]) => Instance[];

/** What the steps of a batch need to know. Orders are locked before balances, like everywhere. */
async function gather(platform: Platform, tx: Tx, due: readonly Instance[], now: Date): Promise<Gathered> {
  const steps = due.flatMap((instance) => {
    const next = plannedStep(instance);
    return next && next.at <= now && !isPassedOver(instance, next, now) ? [{ instance, kind: next.kind }] : [];
  });
  const of: StepsOf = (kinds) => steps.filter(({ kind }) => kinds.includes(kind)).map(({ instance }) => instance);
  const openOrders = await openOrdersOfEach(tx, of(ORDERS_FIRST));
  const levels = await levelsOf(
    tx,
    of(NEEDS_LEVEL).map(({ buyerId }) => buyerId),
  );
  for (const resourceId of await cancelInTheWay(platform, tx, of, openOrders, now)) openOrders.delete(resourceId);
  const renewing = of(['AUTO_RENEW']).filter(({ resourceId }) => !openOrders.has(resourceId));
  const attempts = await renewAutomatically(platform, tx, renewing, now);
  for (const [resourceId, attempt] of attempts)
    if (attempt.kind === 'REFUSED')
      platform.log.info({ resourceId, code: attempt.refusal.code }, 'not renewed by itself');
  return { levels, openOrders, attempts };
}

/**
 * Unpaid orders that a step does not wait for: all at the release; at an automatic renewal the renewal that somebody
 * began and forgot, which would keep the service from being renewed until it is gone. A change is left alone.
 */
async function cancelInTheWay(
  platform: Platform,
  tx: Tx,
  of: StepsOf,
  openOrders: ReadonlyMap<string, OpenOrder>,
  now: Date,
): Promise<string[]> {
  const unpaid = (kind: StepKind) =>
    of([kind])
      .map(({ resourceId }) => resourceId)
      .filter((resourceId) => openOrders.get(resourceId) === 'UNPAID');
  return [
    ...(await cancelUnpaidOf(platform, tx, unpaid('RELEASE'), now)),
    ...(await cancelUnpaidOf(platform, tx, unpaid('AUTO_RENEW'), now, { by: 'system', orderType: 'RENEW' })),
  ];
}

/** Locked: an order that is being paid at this moment is waited for, and seen as paid. */
async function openOrdersOfEach(tx: Tx, instances: readonly Instance[]): Promise<Map<string, OpenOrder>> {
  const found = new Map<string, OpenOrder>();
  if (instances.length === 0) return found;
  const orders = await openOrdersOf(
    tx,
    instances.map(({ resourceId }) => resourceId),
    { lock: true },
  );
  for (const { resourceId, orderState } of orders)
    if (found.get(resourceId) !== 'PAID') found.set(resourceId, orderState === 'PENDING_PAYMENT' ? 'UNPAID' : 'PAID');
  // A refund that was executed and is about to be heard of releases the instance under its own order.
  const refunding = instances.filter(({ refundId }) => refundId !== null).map(({ resourceId }) => resourceId);
  for (const resourceId of await unsubscribing(tx, refunding)) found.set(resourceId, 'PAID');
  return found;
}

/** When the clock of any subscription, or the next comparison, has something to do after `after`; null = never. */
export async function nextStepAt(executor: Executor, after: Date): Promise<Date | null> {
  const [due, comparison] = [await nextDueStepAt(executor, after), await nextComparisonAt(executor, after)];
  return due !== null && comparison !== null
    ? new Date(Math.min(due.getTime(), comparison.getTime()))
    : (due ?? comparison);
}
