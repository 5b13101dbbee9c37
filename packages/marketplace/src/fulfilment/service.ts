/**
 * What becomes of calls. Outcomes of many calls share one transaction: state of the call, the attempt, the next call,
 * the order line and the events are one commit.
 */

import { REFUSALS } from '../licensing/index.ts';
import { inTransaction } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { dueNow } from '../platform/tasks/due-now.ts';
import { isMadeOnce, isStatus, STATUS_ACTIVITIES } from './activities.ts';
import { tallyOf } from './breaker.ts';
import type { AttemptRecord } from './call.ts';
import { followUp } from './follow-up.ts';
import { type CallPolicy, isOver, nextAttempt, ONCE, policyOf, windowEnd } from './policy.ts';
import { CALLS } from './schema.ts';
import { refuseSharedIds } from './shared-id.ts';
import { resolveIfNewer, type SellerCall, type Settlement, settleCalls } from './store.ts';

export function policyFor(platform: Platform, call: SellerCall): CallPolicy {
  return isMadeOnce(call) ? ONCE : policyOf(call.protocol, call.activity, platform.config.retryPolicies);
}

/** What becomes of a call, told from its attempt (pure). */
export function decide(call: SellerCall, record: AttemptRecord, policy: CallPolicy): Settlement {
  const unchanged = { call, record, dueAt: call.due_at, anchor: call.anchor, slot: call.slot };
  if (record.outcome === 'ok' || record.outcome === 'accepted') return { ...unchanged, state: 'SUCCEEDED' };
  // A licence that was refused for good is refused again (license-and-other-types.md 5).
  if (isRefused(call, record)) return { ...unchanged, state: 'STOPPED', slot: call.slot + 1 };
  // A restart by hand is an attempt of its own: it does not use up one of the planned ones.
  const manual = call.restarted_by !== null;
  const next = manual
    ? plannedAgain(call, policy, record)
    : nextAttempt(policy, { anchor: call.anchor, slot: call.slot }, record.startedAt, record.finishedAt);
  // All planned attempts are used up: a restart after the window is followed by none of them.
  if (!next) return { ...unchanged, state: 'STOPPED', slot: manual ? call.slot : call.slot + 1 };
  return { call, record, state: 'DUE', dueAt: next.dueAt, anchor: next.schedule.anchor, slot: next.schedule.slot };
}

const isRefused = ({ activity }: SellerCall, { resultCode }: AttemptRecord): boolean =>
  activity === 'getLicenseAsync' && resultCode !== null && REFUSALS.includes(resultCode);

function plannedAgain(call: SellerCall, policy: CallPolicy, record: AttemptRecord) {
  const planned = call.anchor.getTime() + call.slot * policy.intervalMs;
  if (planned > windowEnd(policy, call.anchor).getTime()) return null;
  return {
    dueAt: new Date(Math.max(planned, record.finishedAt.getTime())),
    schedule: { anchor: call.anchor, slot: call.slot },
  };
}

/**
 * Records the outcomes of many attempts and all that follows from them, in one transaction.
 * @param goOnMs the calls that follow at once are taken for so long; 0 = they wait for a lease
 * @returns what was taken, by the id of the call that it follows
 */
export async function settleAttempts(
  platform: Platform,
  owner: string,
  attempts: readonly { call: SellerCall; record: AttemptRecord }[],
  goOnMs = 0,
): Promise<ReadonlyMap<string, SellerCall>> {
  const now = platform.clock.now();
  const taken = new Map<string, SellerCall>();
  const holder = {
    owner,
    until: new Date(now.getTime() + goOnMs),
    taken: (call: SellerCall, after: SellerCall) => void taken.set(after.id, call),
  };
  await inTransaction(platform.db, async (tx) => {
    const checked = await refuseSharedIds(tx, attempts);
    const settlements = checked.map(({ call, record }) => decide(call, record, policyFor(platform, call)));
    const counted = await settleCalls(tx, owner, settlements, tallyOf(checked), now);
    const effective = settlements.filter(({ call }) => counted.has(call.id));
    const overtaken = effective.filter(({ call, state }) => isStatus(call) && state !== 'SUCCEEDED');
    if (overtaken.length > 0)
      await resolveIfNewer(
        tx,
        overtaken.map(({ call }) => call.id),
        STATUS_ACTIVITIES,
        now,
      );
    await followUp(
      platform,
      tx,
      effective.map((settlement) => ({
        ...settlement,
        fate: settlement.state === 'SUCCEEDED' ? 'done' : fateOf(settlement, policyFor(platform, settlement.call)),
      })),
      now,
      goOnMs > 0 ? holder : undefined,
    );
    // what waited behind these in its lane, or for a slot of its pool
    dueNow(tx, [CALLS]);
    await platform.pause.reach('fulfilment.before-commit', attempts[0]?.call.id ?? '');
  });
  await platform.pause.reach('fulfilment.committed', attempts[0]?.call.id ?? '');
  platform.wake.kick();
  return taken;
}

/** The window is over once; what follows from it does not follow again from each restart after it. */
function fateOf({ call, state }: Settlement, policy: CallPolicy): 'over' | 'again' | 'still-over' {
  if (state !== 'STOPPED') return 'again';
  return isOver(policy, call.slot) ? 'still-over' : 'over';
}
