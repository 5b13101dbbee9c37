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
export function isMadeBySeller({ payload, accessType, licenseVariant, supervised, opening }: Delivery): boolean {
  switch (payload.kind) {
    case 'ACCESS':
      return supervised && opening !== undefined;
    case 'LICENSE_TEXT':
      return licenseVariant !== 'PROVISIONED';
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

/** L5: nothing is asked of the buyer of an offline licence, of a code, of a package, of a parcel. */
export function takesRequirement(delivery: Delivery): boolean {
  const { payload, accessType, licenseVariant, status } = delivery;
  if (status !== 'PENDING' || !delivery.supervised) return false;
  return (
    payload.kind === 'SERVICE' ||
    payload.kind === 'ACCESS' ||
    (payload.kind === 'FILE' && accessType === 'DATA') ||
    licenseVariant === 'IDENTIFICATION'
  );
}

/** S-40, L35: what the buyer asks for; written once. */
export function required(delivery: Delivery, asked: Requirement): Result<Delivery> {
  if (delivery.requirement !== null) return notThis('L35: the requirement was submitted before');
  if (delivery.status !== 'PENDING') return wrongState(delivery, 'given a requirement');
  if (!takesRequirement(delivery)) return notThis('L5: nothing is to be submitted for this product');
  return ok({ ...delivery, requirement: asked });
}

/** The seller hands over (L6, L35). */
export function handedOver(delivery: Delivery, given: HandOver, now: Date): Result<Change> {
  if (delivery.status !== 'PENDING') return wrongState(delivery, 'delivered');
  if (!isMadeBySeller(delivery) || delivery.payload.kind === 'PARCEL')
    return notThis('L39: this kind is not delivered in this way');
  const late = enablingFault(delivery, given.enablingAt, now) ?? memberFault(delivery, given);
  if (late) return late;
  const told: Delivery = {
    ...delivery,
    result: given.result,
    proofs: [...delivery.proofs, ...given.proofs],
    enablingAt: given.enablingAt ?? delivery.enablingAt,
  };
  return deliveredBySeller(told, given, now);
}

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
      if (told.opening !== 'AT_DELIVERY') return ok(changed(atDelivery(told, now)));
      if (payload.reportedAt !== null) return notThis('B-41: the delivery was reported before; it is being opened');
      const reported: Delivery = { ...told, payload: { ...payload, reportedAt: now.toISOString() } };
      return ok(changed(reported, { opensNow: true }));
    }
    case 'LICENSE_TEXT':
      return ok(changed(atDelivery({ ...told, sealed, payload: { ...payload, hasText: sealed !== null, file } }, now)));
    case 'LICENSE_CODE':
      if (payload.activatedAt === null) return notThis('4.1: the code was not activated yet');
      return ok(changed(atDelivery(told, now), { acceptsItself: true }));
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
  const sent = { ...payload, carrier, trackingNo, shippedAt: now.toISOString() };
  return ok(atDelivery({ ...delivery, payload: sent, proofs: [...delivery.proofs, ...proofs] }, now));
}

export interface Acceptance {
  readonly delivery: Delivery;
  /** L7: validity runs from the actual enabling time, else from the acceptance */
  readonly effectiveAt: Date;
  readonly opensNow: boolean;
}

/** The buyer, or for an authorisation code the system, agrees. */
export function accepted(delivery: Delivery, now: Date): Result<Acceptance> {
  if (!delivery.supervised) return notThis('B-40: this product needs no acceptance');
  if (!mayMove(deliveryTransitions, delivery.status, 'ACCEPTED')) return wrongState(delivery, 'accepted');
  return ok({
    delivery: { ...to(delivery, 'ACCEPTED'), acceptedAt: now },
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
    return status === 'PENDING' && payload.reportedAt !== null ? atDelivery(known, now) : known;
  }
  if (payload.kind !== 'LICENSE_TEXT' || status !== 'PENDING') return null;
  return atDelivery({ ...delivery, sealed, payload: { ...payload, hasText: sealed !== null } }, now);
}

/** 4.1: the real opening time of a code is that of its activation. */
export function codeMoved(
  delivery: Delivery,
  moved: { readonly pickedUpAt?: string; readonly activatedAt?: string },
): Delivery | null {
  const { payload } = delivery;
  if (payload.kind !== 'LICENSE_CODE') return null;
  const activatedAt = payload.activatedAt ?? moved.activatedAt ?? null;
  const next = { ...payload, pickedUpAt: payload.pickedUpAt ?? moved.pickedUpAt ?? activatedAt, activatedAt };
  if (next.pickedUpAt === payload.pickedUpAt && activatedAt === payload.activatedAt) return null;
  return {
    ...delivery,
    payload: next,
    enablingAt: delivery.enablingAt ?? (activatedAt === null ? null : new Date(activatedAt)),
  };
}

/** The marketplace handed it over by itself. */
export const madeBySystem = (delivery: Delivery, now: Date): Delivery => atDelivery(delivery, now);

/** 7.3: expiry, refund or release. @returns null = there is nothing to take back */
export function revoked(delivery: Delivery, reason: Text, now: Date): Delivery | null {
  if (!mayMove(deliveryTransitions, delivery.status, 'REVOKED')) return null;
  const { payload } = delivery;
  const gone: Delivery = { ...to(delivery, 'REVOKED'), endedAt: now, reason };
  if (payload.kind !== 'IMAGE_GRANT') return gone;
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
  return { ...to(delivery, 'FAILED'), endedAt: now, reason };
}

/** Whose turn it is; null = nobody's. */
export function turnOf(delivery: Delivery): 'BUYER' | 'SELLER' | 'SYSTEM' | null {
  const { status, payload, supervised } = delivery;
  if (status === 'DELIVERED') return supervised ? 'BUYER' : null;
  if (status !== 'PENDING') return null;
  if (payload.kind === 'LICENSE_CODE' && payload.pickedUpAt === null) return 'BUYER';
  if (payload.kind === 'ACCESS' && payload.reportedAt !== null) return 'SYSTEM';
  return isMadeBySeller(delivery) ? 'SELLER' : 'SYSTEM';
}

/** L8, L21: what was bought is shown only while it is had. */
export const isHad = ({ status }: Delivery): boolean => status === 'DELIVERED' || status === 'ACCEPTED';

/** It waits for the seller's hand; what its server is opening now does not. */
export const waitsForSeller = (delivery: Delivery): boolean => turnOf(delivery) === 'SELLER';
