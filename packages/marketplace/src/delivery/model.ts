/**
 * What may be done with a delivery, and what it makes of it: pure functions of (delivery, what happened, now). Who asks
 * was checked before; a refusal names the rule.
 */
import { ok, type Result, refuse } from '../platform/result.ts';
import { mayMove, move } from '../platform/state-machine.ts';
import {
  type DeliveredFile,
  type Delivery,
  type DeliveryStatus,
  deliveryTransitions,
  type ImageGrant,
  type Requirement,
} from './definition.ts';
import { flowOf } from './supervision/flows.ts';
import { cancelled, mayDo, moved, waitsFor, withAccepted } from './supervision/model.ts';

type Text = NonNullable<Delivery['reason']>;

/** What the seller hands over; which members count depends on the kind. */
export interface HandOver {
  /** a licence as text was given: it lies sealed beside the payload */
  readonly sealed: string | null;
  readonly file: DeliveredFile | null;
  readonly enablingAt: Date | null;
  readonly result: string;
  readonly proofs: readonly DeliveredFile[];
}

/** What follows besides the delivery itself. */
export interface Change {
  readonly delivery: Delivery;
  /** the seller's server is to open the product now (B-41) */
  readonly opensNow: boolean;
  /** the system accepts at once (4.1) */
  readonly acceptsItself: boolean;
}
const changed = (delivery: Delivery, also: Partial<Omit<Change, 'delivery'>> = {}): Change => ({
  delivery,
  opensNow: false,
  acceptsItself: false,
  ...also,
});

const wrongState = ({ status }: Delivery, action: string): Result<never> =>
  refuse('DELIVERY_STATE', `a delivery that is ${status} can not be ${action}`, { status });
const incomplete = (text: string): Result<never> => refuse('DELIVERY_INCOMPLETE', text);
const notThis = (text: string): Result<never> => refuse('DELIVERY_NOT_ALLOWED', text);

const to = (delivery: Delivery, status: DeliveryStatus): Delivery => ({
  ...delivery,
  status: move(deliveryTransitions, delivery.status, status),
});
const atDelivery = (delivery: Delivery, now: Date): Delivery => ({ ...to(delivery, 'DELIVERED'), deliveredAt: now });

/** Does the seller deliver it, with its own hands? L5: an offline licence; L35–L37; everything supervised but what its server does alone. */
export function isMadeBySeller(delivery: Delivery): boolean {
  const { payload, accessType, licenseVariant, supervised, opening, supervision } = delivery;
  switch (payload.kind) {
    case 'ACCESS':
      return supervised && opening !== undefined;
    case 'LICENSE_TEXT':
      // what its server gave and the buyer rejected is mended by hand (S-48a)
      return licenseVariant !== 'PROVISIONED' || (supervision?.sentBack ?? null) !== null;
    case 'FILE':
      // L20: a package is there at once; without one the seller delivers by hand (L19)
      return accessType === 'DATA' || payload.file === null;
    case 'LICENSE_CODE':
    case 'PARCEL':
    case 'SERVICE':
      return true;
    default:
      return false;
  }
}

/** L5: nothing is asked of the buyer of an offline licence, of an authorisation code, of a package, of a parcel. */
export const takesRequirement = (delivery: Delivery): boolean =>
  mayDo(delivery, 'SUBMIT_REQUIREMENT', 'BUYER') || mayDo(delivery, 'GIVE_CODE', 'BUYER');

/** S-40, L35: what the buyer asks for; for a licence by identification code the code (B-96). Written anew when it was rejected. */
export function required(delivery: Delivery, asked: Requirement, now: Date): Result<Delivery> {
  const { supervision } = delivery;
  const asks =
    supervision === null ? undefined : flowOf(supervision.flow).steps.find(({ state }) => ASKING.includes(state));
  if (!asks) return notThis('L5: nothing is to be submitted for this product');
  if (asks.state === 'WAIT_CODE_INPUT' && asked.text === '')
    return incomplete('B-96: the identification code is needed');
  const action = asks.state === 'WAIT_CODE_INPUT' ? 'GIVE_CODE' : 'SUBMIT_REQUIREMENT';
  return moved({ ...delivery, requirement: asked }, action, 'BUYER', now);
}
const ASKING: readonly string[] = ['WAIT_REQUIREMENT', 'WAIT_CODE_INPUT'];

/** The seller hands over (L6, L35). */
export function handedOver(delivery: Delivery, given: HandOver, now: Date): Result<Change> {
  if (delivery.status !== 'PENDING') return wrongState(delivery, 'delivered');
  if (!isMadeBySeller(delivery) || delivery.payload.kind === 'PARCEL')
    return notThis('L39: this kind is not delivered in this way');
  const late = frozen(delivery) ?? enablingFault(delivery, given.enablingAt, now) ?? memberFault(delivery, given);
  if (late) return late;
  const told: Delivery = {
    ...delivery,
    result: given.result,
    proofs: [...delivery.proofs, ...given.proofs],
    enablingAt: given.enablingAt ?? delivery.enablingAt,
  };
  const done = deliveredBySeller(told, given, now);
  if (!done.ok || done.value.delivery.status !== 'DELIVERED') return done;
  const action = delivery.payload.kind === 'LICENSE_CODE' ? 'PROVE' : 'DELIVER';
  const passed = moved(done.value.delivery, action, 'SELLER', now);
  if (!passed.ok) return passed;
  const acceptsItself = action === 'PROVE' && passed.value.supervision?.step === 'COMPLETED';
  return ok({ ...done.value, delivery: passed.value, acceptsItself });
}

/** B-94; also for a report that moves the flow only when the seller's server has opened the product. */
const frozen = (delivery: Delivery): Result<never> | null => {
  if ((delivery.supervision?.appeal ?? null) === null) return null;
  return refuse('DELIVERY_FROZEN', 'B-94: an appeal is open; the operator decides first');
};

/** L7: not before the payment, not in the future. */
function enablingFault({ createdAt }: Delivery, at: Date | null, now: Date): Result<never> | null {
  if (at === null) return null;
  if (at < createdAt) return incomplete('L7: the enabling time lies before the payment');
  return at > now ? incomplete('L7: the enabling time lies in the future') : null;
}

/** What does not belong to the kind is refused, so that nobody believes it was delivered. */
function memberFault({ payload, licenseVariant }: Delivery, { sealed, file, proofs }: HandOver): Result<never> | null {
  const licence = payload.kind === 'LICENSE_TEXT';
  if (sealed !== null && !licence) return incomplete('L8: only a licence is given as text');
  if (file !== null && !licence && payload.kind !== 'FILE') return incomplete('L39: no file belongs to this kind');
  if (licence && licenseVariant === 'IDENTIFICATION' && sealed === null && file === null)
    return incomplete('L12: the licence is needed, as text or as a file');
  if (licence && sealed === null && file === null && proofs.length === 0)
    return incomplete('L6: the licence or a proof of the delivery is needed');
  if ((payload.kind === 'SERVICE' || payload.kind === 'LICENSE_CODE') && proofs.length === 0)
    return incomplete('L35: a proof of the delivery is needed');
  if (payload.kind === 'FILE' && payload.file === null && file === null) return incomplete('L39: the file is needed');
  return null;
}

function deliveredBySeller(told: Delivery, { sealed, file }: HandOver, now: Date): Result<Change> {
  const { payload } = told;
  switch (payload.kind) {
    case 'ACCESS': {
      if (told.opening === 'ON_PURCHASE' && payload.openedAt === null)
        return notThis('B-41: the seller’s server has not opened the product yet');
      // what was opened before it was rejected is not opened again
      if (told.opening !== 'AT_DELIVERY' || payload.openedAt !== null) return ok(changed(atDelivery(told, now)));
      if (told.supervision !== null && !mayDo(told, 'DELIVER', 'SELLER')) return wrongState(told, 'reported');
      if (payload.reportedAt !== null) return notThis('B-41: the delivery was reported before; it is being opened');
      const reported: Delivery = { ...told, payload: { ...payload, reportedAt: now.toISOString() } };
      return ok(changed(reported, { opensNow: true }));
    }
    case 'LICENSE_TEXT':
      return ok(changed(atDelivery({ ...told, sealed, payload: { ...payload, hasText: sealed !== null, file } }, now)));
    case 'LICENSE_CODE':
      if (payload.activatedAt === null) return notThis('4.1: the code was not activated yet');
      return ok(changed(atDelivery(told, now)));
    case 'FILE':
      return ok(changed(atDelivery({ ...told, payload: { ...payload, file: file ?? payload.file } }, now)));
    default:
      return ok(changed(atDelivery(told, now)));
  }
}

/** L37: the parcel is on its way. */
export function shipped(
  delivery: Delivery,
  given: { readonly carrier: string; readonly trackingNo: string; readonly proofs: readonly DeliveredFile[] },
  now: Date,
): Result<Delivery> {
  const { payload } = delivery;
  if (payload.kind !== 'PARCEL') return notThis('L36: only a parcel is shipped');
  if (delivery.status !== 'PENDING') return wrongState(delivery, 'shipped');
  const { carrier, trackingNo, proofs } = given;
  const sent = { ...payload, carrier, trackingNo, shippedAt: now.toISOString(), tracking: null };
  // the carrier is asked from now on
  const away: Delivery = { ...delivery, payload: sent, proofs: [...delivery.proofs, ...proofs], nextAt: now };
  return moved(atDelivery(away, now), 'DELIVER', 'SELLER', now);
}

export interface Acceptance {
  readonly delivery: Delivery;
  /** L7: validity runs from the actual enabling time, else from the acceptance */
  readonly effectiveAt: Date;
  readonly opensNow: boolean;
}

/** The buyer agrees; for an authorisation code (4.1) and a parcel that arrived (S-46) the system. */
export function accepted(delivery: Delivery, now: Date, by: 'BUYER' | 'SYSTEM' = 'BUYER'): Result<Acceptance> {
  if (!delivery.supervised) return notThis('B-40: this product needs no acceptance');
  if (!mayMove(deliveryTransitions, delivery.status, 'ACCEPTED')) return wrongState(delivery, 'accepted');
  // a code is completed by its proof (S-47), so there is no step left
  const proved = delivery.supervision?.step === 'COMPLETED';
  const passed = proved ? ok(delivery) : moved(delivery, 'ACCEPT', by, now);
  if (!passed.ok) return passed;
  const { supervision } = passed.value;
  const milestones = delivery.supervision === null ? [] : withAccepted(delivery, delivery.supervision, now);
  const ended = supervision && { ...supervision, milestones };
  return ok({
    delivery: { ...to(passed.value, 'ACCEPTED'), supervision: ended, acceptedAt: now, nextAt: null },
    effectiveAt: delivery.enablingAt ?? now,
    opensNow: delivery.payload.kind === 'ACCESS' && delivery.opening === 'AFTER_ACCEPTANCE',
  });
}

/**
 * The seller's server has opened it, or gave the licence (L12, section 5). What waits for nothing else is delivered by
 * that. @returns null = heard before, or not its business
 */
export function opened(delivery: Delivery, sealed: string | null, now: Date): Delivery | null {
  const { payload, status } = delivery;
  if (payload.kind === 'ACCESS' && payload.openedAt === null && status !== 'REVOKED') {
    const known: Delivery = { ...delivery, payload: { ...payload, openedAt: now.toISOString() } };
    return status === 'PENDING' && payload.reportedAt !== null ? bySystem(atDelivery(known, now), now) : known;
  }
  if (payload.kind !== 'LICENSE_TEXT' || status !== 'PENDING') return null;
  return bySystem(atDelivery({ ...delivery, sealed, payload: { ...payload, hasText: sealed !== null } }, now), now);
}

/** L12: a server's success is the completion of the seller's step. A package is at the buyer's step from the beginning. */
function bySystem(delivery: Delivery, now: Date): Delivery {
  const done = moved(delivery, 'DELIVER', 'SYSTEM', now);
  return done.ok ? done.value : delivery;
}

/** 4.1: the real opening time of a code is that of its activation. */
export function codeMoved(
  delivery: Delivery,
  told: { readonly pickedUpAt?: string; readonly activatedAt?: string },
  now: Date,
): Delivery | null {
  const { payload } = delivery;
  if (payload.kind !== 'LICENSE_CODE') return null;
  const activatedAt = payload.activatedAt ?? told.activatedAt ?? null;
  const next = { ...payload, pickedUpAt: payload.pickedUpAt ?? told.pickedUpAt ?? activatedAt, activatedAt };
  if (next.pickedUpAt === payload.pickedUpAt && activatedAt === payload.activatedAt) return null;
  const known: Delivery = {
    ...delivery,
    payload: next,
    enablingAt: delivery.enablingAt ?? (activatedAt === null ? null : new Date(activatedAt)),
  };
  // the step is passed by itself (S-47)
  const passed = moved(known, activatedAt === null ? 'PICK_UP' : 'ACTIVATE', 'SYSTEM', now);
  return passed.ok ? passed.value : known;
}

/** The marketplace handed it over by itself. */
export const madeBySystem = (delivery: Delivery, now: Date): Delivery => bySystem(atDelivery(delivery, now), now);

/** 7.3: expiry, refund or release. @returns null = there is nothing to take back */
export function revoked(delivery: Delivery, reason: Text, now: Date): Delivery | null {
  if (!mayMove(deliveryTransitions, delivery.status, 'REVOKED')) return null;
  const { payload } = delivery;
  const supervision = cancelled(delivery.supervision, now);
  const gone: Delivery = { ...to(delivery, 'REVOKED'), supervision, endedAt: now, reason };
  if (payload.kind !== 'IMAGE_GRANT') return { ...gone, nextAt: null };
  return { ...gone, payload: { ...payload, grants: payload.grants.map(taken(now)) }, nextAt: now };
}
const taken =
  (now: Date) =>
  (grant: ImageGrant): ImageGrant =>
    grant.status === 'DELIVERED' ? { ...grant, status: 'REVOKED', revokedAt: now.toISOString() } : grant;

/** A renewal revives what its expiry took back; a refund takes back for good. */
export function revived(delivery: Delivery, now: Date): Delivery | null {
  const { payload, status } = delivery;
  if (status !== 'REVOKED' || delivery.supervised) return null;
  const back: Delivery = { ...to(delivery, 'DELIVERED'), endedAt: null, reason: null };
  if (payload.kind !== 'IMAGE_GRANT') return back;
  const grants = payload.grants.map(
    (grant): ImageGrant => (grant.status === 'REVOKED' ? { ...grant, status: 'DELIVERED', revokedAt: null } : grant),
  );
  return { ...back, payload: { ...payload, grants }, nextAt: now };
}

/** S7-7: it can not be handed over; its line is refunded in full. */
export function failed(delivery: Delivery, reason: Text, now: Date): Delivery | null {
  if (!mayMove(deliveryTransitions, delivery.status, 'FAILED')) return null;
  return { ...to(delivery, 'FAILED'), supervision: cancelled(delivery.supervision, now), endedAt: now, reason };
}

/** Whose turn it is; null = nobody's. */
export function turnOf(delivery: Delivery): 'BUYER' | 'SELLER' | 'SYSTEM' | 'OPERATOR' | null {
  const { status, payload, supervision } = delivery;
  if (supervision !== null) {
    const by = waitsFor(supervision);
    if (by !== 'SELLER') return by;
    // reported, and its server is opening it now
    if (payload.kind === 'ACCESS' && payload.reportedAt !== null && payload.openedAt === null) return 'SYSTEM';
    return supervision.step === 'WAIT_SERVICE' && !isMadeBySeller(delivery) ? 'SYSTEM' : 'SELLER';
  }
  if (status !== 'PENDING') return null;
  return isMadeBySeller(delivery) ? 'SELLER' : 'SYSTEM';
}

/** L8, L21: what was bought is shown only while it is had. */
export const isHad = ({ status }: Delivery): boolean => status === 'DELIVERED' || status === 'ACCEPTED';

/** It waits for the seller's hand; what its server is opening now does not. */
export const waitsForSeller = (delivery: Delivery): boolean =>
  turnOf(delivery) === 'SELLER' &&
  (delivery.supervision === null || mayDo(delivery, 'DELIVER', 'SELLER') || mayDo(delivery, 'PROVE', 'SELLER'));
