/** Wrong sellers of V2.0 whose fault shows only in the life of a live order. */
import {
  firstOnly,
  instead,
  neverKnown,
  OK,
  only,
  REFUSED,
  refusesFrozen,
  refusesSecond,
  refusesSecondRelease,
  UNKNOWN,
} from './conduct-rules-saas-v2.test-support.ts';
import type { Fault } from './faults-saas-v2.test-support.ts';
import { type Hooks, type SellerCall, text } from './right-saas-v2.test-support.ts';

export const LIVE_FAULTS: readonly Fault[] = [
  {
    name: 'live: a new id for each call',
    shows: 'live.repeat',
    live: true,
    code: 'instance.id-changed',
    hooks: { live: { tests: 'sample', lineKey: ({ members }) => String(members.businessId) } },
  },
  {
    name: 'live: one id for an order',
    shows: 'live.two-lines',
    live: true,
    code: 'instance.id-shared',
    hooks: {
      live: {
        tests: 'sample',
        lineKey: ({ members, isTest }) => (isTest ? String(members.orderLineId) : String(members.orderId)),
      },
    },
  },
  {
    name: 'live: refuses repeats',
    shows: 'live.repeat',
    live: true,
    code: 'result.refused',
    hooks: only(
      true,
      instead(({ activity, members }, world) =>
        activity === 'newInstance' && world.lines.has(`${members.orderId} ${members.orderLineId}`) ? REFUSED : null,
      ),
    ),
  },
  {
    name: 'live: two at once get two',
    shows: 'live.simultaneous',
    live: true,
    code: 'instance.id-changed',
    hooks: twoAtOnce(),
  },
  {
    name: 'live: releases once',
    shows: 'live.releaseInstance',
    live: true,
    code: 'instance.release-not-repeatable',
    hooks: only(true, refusesSecondRelease),
  },
  {
    name: 'live: freezes once',
    shows: 'live.updateInstanceStatus',
    live: true,
    code: 'instance.status-not-repeatable',
    hooks: only(true, refusesFrozen),
  },
  {
    name: 'live: renews once',
    shows: 'live.refreshInstance',
    live: true,
    code: 'instance.refresh-not-repeatable',
    hooks: only(true, refusesSecond('refreshInstance')),
  },
  {
    name: 'live: upgrades once',
    shows: 'live.upgradeInstance',
    live: true,
    code: 'instance.upgrade-not-repeatable',
    hooks: only(true, refusesSecond('upgradeInstance')),
  },
  {
    name: 'live: returns the first of several',
    shows: 'live.several',
    live: true,
    code: 'query.incomplete',
    hooks: only(true, firstOnly),
  },
  {
    name: 'live: releases what never was and more',
    shows: 'live.unknown',
    live: true,
    code: 'instance.unknown-accepted',
    hooks: only(true, neverKnown('upgradeInstance')),
  },
  {
    name: 'live: knows nothing it made',
    shows: 'live.queryInstance',
    live: true,
    code: 'result.refused',
    says: '000003',
    hooks: only(
      true,
      instead(({ activity }) => (activity === 'queryInstance' ? UNKNOWN : null)),
    ),
  },
];

/** Looks first and writes later: who comes in between does not find the line. */
function twoAtOnce(): Hooks {
  const open = new Map<string, number>();
  const known = new Map<string, string>();
  const isCreation = ({ activity, isTest }: SellerCall) => activity === 'newInstance' && !isTest;
  return {
    handle: (call, response) => {
      const line = text(call.members.orderLineId);
      open.set(line, (open.get(line) ?? 0) + 1);
      response.on('close', () => open.set(line, (open.get(line) ?? 1) - 1));
      return false;
    },
    delayMs: (call) => (isCreation(call) ? 30 : 0),
    live: {
      instead: (call, world) => {
        if (!isCreation(call)) return null;
        const line = text(call.members.orderLineId);
        const businessId = text(call.members.businessId);
        const instanceId = (open.get(line) === 1 ? known.get(line) : null) ?? businessId;
        known.set(line, instanceId);
        world.instances.set(instanceId, { status: 'ACTIVE', businessId, orders: new Set(), pending: 0 });
        return { ...OK, instanceId };
      },
    },
  };
}
