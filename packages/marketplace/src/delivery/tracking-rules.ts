/** What the log of a parcel means for its supervision (L37, S-46, S6-10). Pure. */
import type { ParcelLog } from './couriers/index.ts';
import type { Delivery, Tracking } from './definition.ts';

/** Q16: 10 × 24 h after "signed", when the log stands still */
export const ACCEPT_AFTER_MS = 10 * 24 * 3_600_000;
const ASK_AGAIN_MS = 24 * 3_600_000;

export interface Followed {
  readonly delivery: Delivery;
  /** the system accepts now */
  readonly accepts: boolean;
  /** first seen as signed: accepted then, if nothing follows */
  readonly signed: Date | null;
  /** first seen with another phone number */
  readonly unmatched: boolean;
}

/** @param phone of the receiver as the order has it; null = none was given. @param log null = unknown to the carrier */
export function followed(delivery: Delivery, log: ParcelLog | null, phone: string | null, now: Date): Followed {
  const { payload } = delivery;
  const still = { accepts: false, signed: null, unmatched: false };
  if (payload.kind !== 'PARCEL' || delivery.status !== 'DELIVERED')
    return { ...still, delivery: { ...delivery, nextAt: null } };
  const tracking: Tracking = {
    seenAt: now.toISOString(),
    entries: (log?.entries ?? []).map((entry) => ({ ...entry, at: entry.at.toISOString() })),
    phoneDiffers: log !== null && !samePhone(phone, log.phone),
  };
  const seen = { ...delivery, payload: { ...payload, tracking } };
  if (tracking.phoneDiffers)
    return { ...still, delivery: { ...seen, nextAt: null }, unmatched: payload.tracking?.phoneDiffers !== true };
  const due = acceptanceAt(tracking);
  const tomorrow = new Date(now.getTime() + ASK_AGAIN_MS);
  if (due === null) return { ...still, delivery: { ...seen, nextAt: tomorrow } };
  // an appeal freezes the flow; the parcel is looked at again when it is over
  const frozen = delivery.supervision?.appeal != null;
  return {
    delivery: { ...seen, nextAt: due > now && due < tomorrow ? due : tomorrow },
    accepts: due <= now && !frozen,
    signed: payload.tracking !== null && acceptanceAt(payload.tracking) !== null ? null : due,
    unmatched: false,
  };
}

/** When a signed parcel counts as accepted; null = it is not signed, or something happened to it after that. */
export function acceptanceAt({ entries, phoneDiffers }: Tracking): Date | null {
  const last = entries.toSorted((a, b) => a.at.localeCompare(b.at)).at(-1);
  return last?.what === 'SIGNED' && !phoneDiffers ? new Date(Date.parse(last.at) + ACCEPT_AFTER_MS) : null;
}

/** Carriers show the end of a number only; what neither side says does not differ. */
function samePhone(ours: string | null, theirs: string | null): boolean {
  if (ours === null || theirs === null) return true;
  const end = (phone: string) => phone.replaceAll(/\D/g, '').slice(-4);
  return end(ours) === end(theirs);
}
