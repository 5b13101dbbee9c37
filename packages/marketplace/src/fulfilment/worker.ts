/**
 * Makes the due calls: lease many in one statement → commit → call them side by side → record outcomes in batches.
 * While one batch is being committed the next gathers, so a commit serves as many calls as the load brings. A call that follows
 * at once from an outcome is taken with it and made next, without a lease of its own.
 */

import { createOutbound, type Outbound } from '../platform/outbound.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { type Pump, startPump, type Wake } from '../platform/tasks/pump.ts';
import { extendLeases, giveBack, putOff, reclaim } from '../platform/tasks/task-table.ts';
import { SELDOM_MS } from '../platform/tasks/watch.ts';
import { together } from '../platform/together.ts';
import { type AttemptRecord, attemptCall, type CallContext, notSent } from './call.ts';
import type { CallSubject } from './protocol/index.ts';
import { CALLS } from './schema.ts';
import { settleAttempts } from './service.ts';
import { leaseCalls, type SellerCall } from './store.ts';
import { type Assignment, assign } from './targets.ts';

// A worker that dies is noticed after at most the lease plus one look (a call is taken up again in < 30 s).
export const LEASE_MS = 15_000;
const HEARTBEAT_MS = 4_000;
const MOST_PER_COMMIT = 100;
// With many calls in flight a few milliseconds of waiting let one commit serve several outcomes; alone none waits.
const BUSY = 16;
const GATHER_MS = 6;

// After a fault of our own (the database went away in the middle) a call is tried again, but not in a hot loop.
const PUT_OFF_MS = 10_000;

export interface Caller {
  readonly owner: string;
  readonly context: CallContext;
  /** leases due calls and finds where they go */
  take(limit: number): Promise<Assignment[]>;
  /** finds where calls go that are leased already */
  assign(calls: readonly SellerCall[]): Promise<Assignment[]>;
  attempt(assignment: Assignment): Promise<AttemptRecord>;
  close(): Promise<void>;
}

export function createCaller(platform: Platform, outbound: Outbound = outboundFor(platform)): Caller {
  const owner = uuid(platform.random);
  const context: CallContext = {
    clock: platform.clock,
    wireClock: platform.wireClock,
    stopwatchMs: () => performance.now(),
    random: platform.random,
    outbound,
    pause: platform.pause,
  };
  return {
    owner,
    context,
    async take(limit) {
      const calls = await leaseCalls(platform.db, {
        owner,
        now: platform.clock.now(),
        leaseMs: LEASE_MS,
        limit,
        perPool: platform.config.callsPerSeller,
      });
      if (calls.length === 0) return [];
      try {
        await platform.pause.reach('tasks.leased', owner);
        return await assign(platform, calls);
      } catch (error) {
        const ids = calls.map((call) => call.id);
        await putOff(platform.db, CALLS, owner, ids, new Date(platform.clock.now().getTime() + PUT_OFF_MS));
        throw error;
      }
    },
    assign: (calls) => assign(platform, calls),
    async attempt({ call, target, purchase, code }) {
      const subject: CallSubject = {
        id: call.id,
        protocol: call.protocol,
        activity: call.activity,
        orderId: call.order_id,
        orderLineId: call.order_line_id,
        resourceId: call.resource_id,
        instanceId: call.instance_id,
        details: call.details,
        purchase,
        code,
      };
      platform.metrics.callsInFlight.inc();
      try {
        const record =
          'missing' in target ? notSent(context, subject, target.missing) : await attemptCall(context, subject, target);
        platform.metrics.sellerCalls.inc({ activity: call.activity, outcome: record.outcome });
        platform.metrics.sellerCallSeconds.observe({ activity: call.activity }, record.durationMs / 1000);
        platform.log[record.outcome === 'failed' ? 'warn' : 'debug'](
          {
            trace: call.trace_id,
            call: call.id,
            activity: call.activity,
            order: call.order_id,
            attempt: call.attempts,
            outcome: record.outcome,
            resultCode: record.resultCode,
            diagnosis: record.diagnosis[0]?.code,
            durationMs: record.durationMs,
          },
          'seller call',
        );
        return record;
      } finally {
        platform.metrics.callsInFlight.dec();
      }
    },
    close: () => outbound.close(),
  };
}

const outboundFor = (platform: Platform): Outbound =>
  createOutbound({
    allowInternal: platform.config.mode === 'sandbox',
    timeoutMs: platform.config.callTimeoutMs,
    connectionsPerOrigin: platform.config.callsPerSeller * 2,
  });

/** Runs until stopped; `stop` lets running calls end and gives back what was not begun. */
export function startCalling(platform: Platform, caller: Caller, wake: Wake): { stop(): Promise<void> } {
  const held = new Set<string>();
  let stopping = false;
  const settle = together<{ call: SellerCall; record: AttemptRecord }, SellerCall | null>({
    keyOf: () => '',
    most: MOST_PER_COMMIT,
    gatherMs: () => (held.size >= BUSY ? GATHER_MS : 0),
    // one bad outcome spoils no other
    isOfOne: () => true,
    async run(attempts) {
      const taken = await settleAttempts(platform, caller.owner, attempts, stopping ? 0 : LEASE_MS);
      for (const { id } of taken.values()) held.add(id);
      return attempts.map(({ call }) => taken.get(call.id) ?? null);
    },
  });
  /** @returns the call that follows, where it was taken with the outcome; its address is that of this one, read moments ago */
  const make = async (assignment: Assignment, follows: boolean): Promise<Assignment | null> => {
    const { id } = assignment.call;
    try {
      if (follows) await platform.pause.reach('tasks.leased', caller.owner);
      if (stopping) {
        await giveBack(platform.db, CALLS, caller.owner, [id]);
        return null;
      }
      const next = await settle({ call: assignment.call, record: await caller.attempt(assignment) });
      return next && { call: next, target: assignment.target, purchase: null, code: null };
    } catch (error) {
      await putOff(platform.db, CALLS, caller.owner, [id], new Date(platform.clock.now().getTime() + PUT_OFF_MS));
      throw error;
    } finally {
      held.delete(id);
    }
  };
  const pump: Pump = startPump<Assignment>({
    name: 'seller calls',
    capacity: platform.config.callConcurrency,
    pollMs: SELDOM_MS,
    wake,
    log: platform.log,
    async take(limit) {
      const assignments = await caller.take(limit);
      for (const { call } of assignments) held.add(call.id);
      return assignments;
    },
    async run(assignment) {
      for (let next: Assignment | null = assignment; next !== null; ) next = await make(next, next !== assignment);
    },
  });
  const heartbeat = setInterval(() => {
    const now = platform.clock.now();
    extendLeases(platform.db, CALLS, caller.owner, [...held], new Date(now.getTime() + LEASE_MS))
      .then(() => reclaim(platform.db, CALLS, now))
      .then((count) => count > 0 && platform.wake.kick())
      .catch((error: unknown) => platform.log.error({ err: error }, 'heartbeat failed'));
  }, HEARTBEAT_MS);
  return {
    async stop() {
      stopping = true;
      await pump.stop();
      clearInterval(heartbeat);
      await caller.close();
    },
  };
}

/** Virtual time: makes all calls that are due now, oldest first, and records them as one batch. @returns how many */
export async function makeDueCalls(platform: Platform, caller: Caller): Promise<number> {
  const assignments = await caller.take(MOST_PER_COMMIT);
  if (assignments.length === 0) return 0;
  const attempts: { call: SellerCall; record: AttemptRecord }[] = [];
  for (const assignment of assignments)
    attempts.push({ call: assignment.call, record: await caller.attempt(assignment) });
  await settleAttempts(platform, caller.owner, attempts);
  return assignments.length;
}
