/** When a parcel counts as accepted: signed, still for ten days, for the right person (L37, S-46, S6-10, Q16). */
import { describe, expect, it } from 'vitest';
import type { ParcelEntry } from './couriers/index.ts';
import { aDelivery, PAID, PAYLOADS } from './example.test-support.ts';
import { ACCEPT_AFTER_MS, acceptanceAt, followed } from './tracking-rules.ts';

const HOUR = 3_600_000;
const later = (hours: number) => new Date(PAID.getTime() + hours * HOUR);
const sent = aDelivery({
  ...{ accessType: 'HARDWARE', licenseVariant: null, status: 'DELIVERED', step: 'WAIT_ACCEPTANCE', nextAt: PAID },
  payload: { ...PAYLOADS.PARCEL, carrier: 'SF', trackingNo: 'SF1', shippedAt: PAID.toISOString() },
});
const entry = (what: ParcelEntry['what'], hours: number): ParcelEntry => ({ what, at: later(hours), text: '' });
const log = (entries: readonly ParcelEntry[], phone: string | null = null) => ({ phone, entries });
const PHONE = '138-0000-0042';

describe('S-46: a parcel', () => {
  it('S6-10: is accepted 10 × 24 h after the signature, to the second, whatever order the entries come in', () => {
    const signed = log([entry('SIGNED', 5), entry('MOVING', 1)]);
    const due = later(5).getTime() + ACCEPT_AFTER_MS;
    expect(followed(sent, signed, PHONE, new Date(due - 1))).toMatchObject({ accepts: false });
    expect(followed(sent, signed, PHONE, new Date(due))).toMatchObject({ accepts: true });
    expect(ACCEPT_AFTER_MS).toBe(240 * HOUR);
  });

  it('is looked at daily, and at the very moment of its acceptance', () => {
    const early = followed(sent, log([entry('SIGNED', 5)]), PHONE, later(6));
    expect(early.delivery.nextAt).toEqual(later(30));
    const last = followed(sent, log([entry('SIGNED', 5)]), PHONE, later(5 + 239));
    expect(last.delivery.nextAt).toEqual(later(5 + 240));
    expect(followed(sent, null, PHONE, later(6)).delivery.nextAt).toEqual(later(30));
  });

  it('is not accepted when it is not signed for, or moved on after that', () => {
    for (const entries of [[], [entry('MOVING', 1)], [entry('SIGNED', 1), entry('RETURNED', 2)]])
      expect(followed(sent, log(entries), PHONE, later(1_000))).toMatchObject({ accepts: false, signed: null });
  });

  it('is told once as signed', () => {
    const first = followed(sent, log([entry('SIGNED', 5)]), PHONE, later(6));
    expect(first.signed).toEqual(later(245));
    expect(followed(first.delivery, log([entry('SIGNED', 5)]), PHONE, later(30)).signed).toBeNull();
  });

  it('of another phone number is told once and not followed any more; hidden digits do not differ', () => {
    const other = followed(sent, log([entry('SIGNED', 5)], '138****0043'), PHONE, later(1_000));
    expect(other).toMatchObject({ accepts: false, unmatched: true, delivery: { nextAt: null } });
    const { payload } = other.delivery;
    expect(payload.kind === 'PARCEL' && payload.tracking && acceptanceAt(payload.tracking)).toBeNull();
    expect(followed(sent, log([entry('SIGNED', 5)], '****0042'), PHONE, later(1_000)).accepts).toBe(true);
    expect(followed(sent, log([entry('SIGNED', 5)], null), PHONE, later(1_000)).accepts).toBe(true);
  });

  it('B-94: waits while an appeal is open', () => {
    const appeal = {
      ...{ appealId: 'a', by: 'BUYER' as const, reason: 'r', demand: '', files: [], statements: [] },
      ...{ openedAt: PAID.toISOString(), dueAt: PAID.toISOString() },
    };
    const frozen = { ...sent, supervision: sent.supervision && { ...sent.supervision, appeal } };
    expect(followed(frozen, log([entry('SIGNED', 5)]), PHONE, later(1_000))).toMatchObject({ accepts: false });
  });
});
