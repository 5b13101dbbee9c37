/**
 * Which call follows from what happened to an instance: the table of the contract, a column per protocol. Pure but for
 * {@link callSellers}, which makes the calls due.
 */
import { productionInterfaces } from '../catalog/index.ts';
import { linesFulfilled } from '../ordering/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { DomainEvent, NewEvent } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { STATUS_ACTIVITIES } from './activities.ts';
import type { CallDetails } from './details.ts';
import type { CallEnded } from './events.ts';
import { HEARD, type Ref } from './heard.ts';
import { insertCalls, type NewCall, poolOf, resolveOpen } from './store.ts';

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
  if (details.purpose !== 'status') return ACTIVITIES[protocol]?.[details.purpose] ?? null;
  if (protocol === 'license-identification') return expiry(ref, details.to, reason);
  if (protocol !== 'saas-v1') return ACTIVITIES[protocol]?.status ?? null;
  const ofPeriod = ref.chargingMode === 'PERIOD';
  // The end of a period has an activity of its own, and the renewal revives (saas-v1.md 6.0.2, 6.0.3).
  if (details.to === 'FREEZE') return ofPeriod && reason === 'EXPIRED' ? 'expireInstance' : 'instanceStatus';
  return ofPeriod && reason === 'RENEWED' ? null : 'instanceStatus';
}

/** Online License 1.0 only knows the end of a period, and its renewal revives (license-and-other-types.md 3.4, L15). */
const expiry = (ref: Ref, to: 'FREEZE' | 'UNFREEZE', reason: string | null): string | null =>
  ref.chargingMode === 'PERIOD' && to === 'FREEZE' && reason === 'EXPIRED' ? 'expireLicense' : null;

type Activities = { readonly [P in CallDetails['purpose']]?: string };
/** A purpose without an entry is done without a call; `none` has no protocol at all. */
const ACTIVITIES: Readonly<Record<string, Activities>> = {
  'saas-v2': {
    refresh: 'refreshInstance',
    upgrade: 'upgradeInstance',
    status: 'updateInstanceStatus',
    release: 'releaseInstance',
    check: 'changeInstanceCheck',
    compare: 'queryInstance',
  },
  'saas-v1': {
    refresh: 'refreshInstance',
    upgrade: 'upgrade',
    release: 'releaseInstance',
    compare: 'queryInstance',
  },
  'license-identification': { refresh: 'refreshLicense', release: 'releaseLicense' },
  'license-code': {
    refresh: 'refreshLicenseCode',
    status: 'updateLicenseCodeStatus',
    release: 'releaseLicenseCode',
  },
  'license-provisioning': {
    refresh: 'refreshInstance',
    status: 'updateInstanceStatus',
    release: 'releaseInstance',
    licence: 'getLicenseAsync',
  },
};

/**
 * A licence that was delivered by hand has no id at its seller: its server knows nothing of it (3.5); nor of what was
 * refunded before it was opened (S7-1). Codes are named by themselves.
 */
const unknownToSeller = (protocol: string, { ref, details }: Need): boolean =>
  ref.instanceId === null &&
  (protocol === 'license-identification' ||
    protocol === 'license-provisioning' ||
    (protocol !== 'license-code' && details.purpose === 'release'));

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

/**
 * Makes the calls due; what nobody is called for is done at once, so that instances and orders go on as always. A freeze or unfreeze
 * takes the place of an earlier one that has not succeeded.
 */
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
  const protocolOf = (goodsId: string) => interfaces.get(goodsId)?.protocol ?? 'none';
  const needs = withoutOvertaken(
    told.flatMap(({ need, traceId }) =>
      withViolation(protocolOf(need.ref.goodsId), need).map((each) => ({ need: each, traceId })),
    ),
  );
  const changed = needs.filter(isStatusChange).map(({ need }) => need.ref.resourceId);
  if (changed.length > 0) await resolveOpen(tx, changed, STATUS_ACTIVITIES, now);
  const calls: NewCall[] = [];
  const done: Due[] = [];
  for (const due of needs) {
    const { ref, occasion, orderId, orderLineId, details } = due.need;
    const protocol = protocolOf(ref.goodsId);
    const activity = unknownToSeller(protocol, due.need) ? null : activityOf(protocol, due.need);
    if (activity === null) {
      done.push(due);
      continue;
    }
    const { resourceId, instanceId, sellerId, buyerId, goodsId, productName } = ref;
    const pool = poolOf(sellerId, interfaces.get(goodsId)?.production_url);
    const ids = { id: uuid(platform.random), resourceId, instanceId, sellerId, buyerId, goodsId, orderId, orderLineId };
    calls.push({ ...ids, pool, protocol, activity, occasion, productName, details, dueAt: now, traceId: due.traceId });
  }
  await insertCalls(tx, calls, now);
  // Nobody waits for a freeze.
  await withoutCall(
    platform,
    tx,
    done.filter((due) => !isStatusChange(due)),
    now,
  );
}

async function withoutCall(platform: Platform, tx: Tx, done: readonly Due[], now: Date): Promise<void> {
  if (done.length === 0) return;
  await platform.events.publish(tx, done.map(doneAtOnce), now);
  const lines = done.filter(({ need }) => need.orderLineId !== need.ref.resourceId);
  if (lines.length > 0)
    await linesFulfilled(
      platform,
      tx,
      lines.map(({ need }) => need.orderLineId),
      now,
    );
}

function doneAtOnce({ need: { ref, occasion, orderId, orderLineId, details }, traceId }: Due): NewEvent {
  const { resourceId, sellerId, buyerId, instanceId, productName } = ref;
  const ended: CallEnded = {
    ...{ resourceId, occasion, orderId, orderLineId, sellerId, buyerId, instanceId, productName },
    callId: null,
    activity: details.purpose,
    resultCode: null,
    diagnosis: null,
  };
  return { type: 'fulfilment.call-done', aggregate: `instance:${resourceId}`, payload: { ...ended }, traceId };
}

type Due = { readonly need: Need; readonly traceId: string };

/** Of a resource whose status changes several times in a batch only the last change is told. */
function withoutOvertaken(needs: readonly Due[]): Due[] {
  const last = new Map(needs.filter(isStatusChange).map((due) => [due.need.ref.resourceId, due]));
  return needs.filter((due) => !isStatusChange(due) || last.get(due.need.ref.resourceId) === due);
}
const isStatusChange = ({ need }: Due): boolean => need.details.purpose === 'status';
