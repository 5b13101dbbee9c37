/**
 * Which call follows from what happened to an instance: the table of the contract, a column per protocol. Pure but for
 * {@link callSellers}, which makes the calls due.
 */
import { productionInterfaces } from '../catalog/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { DomainEvent } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { STATUS_ACTIVITIES } from './activities.ts';
import type { CallDetails } from './details.ts';
import { HEARD, type Ref } from './heard.ts';
import { insertCalls, poolOf, resolveOpen } from './store.ts';

/** What is to be called, in the marketplace's own words. */
export interface Need {
  readonly ref: Ref;
  readonly occasion: string;
  /** the order and line that caused it; those of the purchase where none did */
  readonly orderId: string;
  readonly orderLineId: string;
  readonly details: CallDetails;
  readonly reason: string | null;
}

/** @returns null = nobody is to be called */
export function needOf(event: Pick<DomainEvent, 'type' | 'payload'>): Need | null {
  switch (event.type) {
    case 'instances.period-changed': {
      const { call, ...need } = HEARD[event.type].parse(event.payload);
      return { ...need, reason: null, details: { purpose: 'refresh', ...call } };
    }
    case 'instances.change-ordered': {
      const { call, ...need } = HEARD[event.type].parse(event.payload);
      return { ...need, reason: null, details: { purpose: 'upgrade', ...call } };
    }
    case 'instances.frozen': {
      const { call, ...need } = HEARD[event.type].parse(event.payload);
      return call ? statusNeed(need, 'FREEZE') : null;
    }
    case 'instances.unfrozen':
      return statusNeed(HEARD[event.type].parse(event.payload), 'UNFREEZE');
    case 'instances.release-begun': {
      const { ref, occasion, orderId, orderLineId, amountPaid } = HEARD[event.type].parse(event.payload);
      return {
        ref,
        occasion,
        orderId: orderId ?? ref.orderId,
        orderLineId: orderLineId ?? ref.resourceId,
        reason: null,
        details: { purpose: 'release', unsubscribed: orderId !== null, purchaseOrderId: ref.orderId, amountPaid },
      };
    }
    default:
      return null;
  }
}

const statusNeed = (
  { ref, occasion, reason }: { ref: Ref; occasion: string; reason: string },
  to: 'FREEZE' | 'UNFREEZE',
): Need => ({
  ref,
  occasion,
  orderId: ref.orderId,
  orderLineId: ref.resourceId,
  reason,
  details: { purpose: 'status', to, purchaseOrderId: ref.orderId },
});

/** @returns null = this protocol makes no call of it */
export function activityOf(protocol: string, { ref, details, reason }: Need): string | null {
  if (protocol !== 'saas-v1') return ACTIVITIES_V2[details.purpose];
  if (details.purpose !== 'status') return ACTIVITIES_V1[details.purpose];
  const ofPeriod = ref.chargingMode === 'PERIOD';
  // The end of a period has an activity of its own, and the renewal revives (saas-v1.md 6.0.2, 6.0.3).
  if (details.to === 'FREEZE') return ofPeriod && reason === 'EXPIRED' ? 'expireInstance' : 'instanceStatus';
  return ofPeriod && reason === 'RENEWED' ? null : 'instanceStatus';
}

const ACTIVITIES_V2 = {
  refresh: 'refreshInstance',
  upgrade: 'upgradeInstance',
  status: 'updateInstanceStatus',
  release: 'releaseInstance',
  check: 'changeInstanceCheck',
  compare: 'queryInstance',
} as const;
const ACTIVITIES_V1 = {
  refresh: 'refreshInstance',
  upgrade: 'upgrade',
  release: 'releaseInstance',
  check: null,
  compare: 'queryInstance',
} as const;

/**
 * A V1.0 seller revives with every renewal (saas-v1.md 6.0.2); a violation is not lifted by one (consoles-and-processes.md
 * 7.3), so the seller is told of it once more. @returns the need, with what follows from it
 */
export function withViolation(protocol: string, need: Need): Need[] {
  const { ref, details, orderLineId } = need;
  if (protocol !== 'saas-v1' || details.purpose !== 'refresh' || ref.state !== 'VIOLATION_FROZEN') return [need];
  const freeze = { ref, occasion: `status:after:${orderLineId}`, reason: 'VIOLATION' };
  return [need, statusNeed(freeze, 'FREEZE')];
}

/** Makes the calls due. A freeze or unfreeze takes the place of an earlier one that has not succeeded. */
export async function callSellers(
  platform: Platform,
  tx: Tx,
  events: readonly DomainEvent[],
  now: Date,
): Promise<void> {
  const told = events.flatMap((event) => {
    const need = needOf(event);
    return need ? [{ need, traceId: event.traceId }] : [];
  });
  if (told.length === 0) return;
  const interfaces = await productionInterfaces(tx, [...new Set(told.map(({ need }) => need.ref.goodsId))]);
  const protocolOf = (goodsId: string) => interfaces.get(goodsId)?.protocol ?? 'saas-v2';
  const needs = withoutOvertaken(
    told.flatMap(({ need, traceId }) =>
      withViolation(protocolOf(need.ref.goodsId), need).map((each) => ({ need: each, traceId })),
    ),
  );
  const changed = needs.filter(isStatusChange).map(({ need }) => need.ref.resourceId);
  if (changed.length > 0) await resolveOpen(tx, changed, STATUS_ACTIVITIES, now);
  const calls = needs.flatMap(({ need, traceId }) => {
    const { ref, occasion, orderId, orderLineId, details } = need;
    const protocol = protocolOf(ref.goodsId);
    const activity = activityOf(protocol, need);
    if (activity === null) return [];
    const { resourceId, instanceId, sellerId, buyerId, goodsId, productName } = ref;
    const pool = poolOf(sellerId, interfaces.get(goodsId)?.production_url);
    const ids = { id: uuid(platform.random), resourceId, instanceId, sellerId, buyerId, goodsId, orderId, orderLineId };
    return [{ ...ids, pool, protocol, activity, occasion, productName, details, dueAt: now, traceId }];
  });
  await insertCalls(tx, calls, now);
}

type Due = { readonly need: Need; readonly traceId: string };

/** Of a resource whose status changes several times in a batch only the last change is told. */
function withoutOvertaken(needs: readonly Due[]): Due[] {
  const last = new Map(needs.filter(isStatusChange).map((due) => [due.need.ref.resourceId, due]));
  return needs.filter((due) => !isStatusChange(due) || last.get(due.need.ref.resourceId) === due);
}
const isStatusChange = ({ need }: Due): boolean => need.details.purpose === 'status';
