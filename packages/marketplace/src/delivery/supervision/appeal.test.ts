/** Rejections and appeals: counted, frozen, decided (S6-11 to S6-14, O-20, O-21). */
import { describe, expect, it } from 'vitest';
import type { Result } from '../../platform/result.ts';
import type { Site } from '../../platform/site.ts';
import type { Delivery } from '../definition.ts';
import { aDelivery, aFile, PAID, PAYLOADS } from '../example.test-support.ts';
import { accepted, handedOver, required } from '../model.ts';
import { appealed, decided, mayAppeal, stated, stepsBefore } from './appeal.ts';
import type { Side } from './definition.ts';
import type { SupervisionState } from './flows.ts';
import { approved, confirmed, deliveryRejected, requirementRejected, returned } from './moves.ts';

const HOUR = 3_600_000;
const later = (ms: number) => new Date(PAID.getTime() + ms);
const NOW = later(HOUR);
const FIVE_DAYS = 120 * HOUR;
const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.refusal.code} ${result.refusal.message}`);
  return result.value;
};
const service = (step: SupervisionState) =>
  aDelivery({
    ...{ accessType: 'SERVICE', licenseVariant: null, payload: PAYLOADS.SERVICE, step },
    status: step === 'WAIT_ACCEPTANCE' ? 'DELIVERED' : 'PENDING',
  });
const on = (site: Site, delivery: Delivery): Delivery => ({
  ...delivery,
  supervision: delivery.supervision && { ...delivery.supervision, site },
});
const PROOF = { sealed: null, file: null, enablingAt: null, result: 'done', proofs: [aFile()] };
const again = (delivery: Delivery) => value(handedOver(delivery, PROOF, NOW)).delivery;
const rejectedTimes = (times: number) => {
  let now = service('WAIT_ACCEPTANCE');
  for (let count = 1; count <= times; count += 1) {
    now = value(deliveryRejected(now, 'not yet', NOW));
    if (count < times) now = again(now);
  }
  return now;
};
const rule = (delivery: Delivery, by: Side, at = NOW) => {
  const may = mayAppeal(delivery, by, at);
  return may.ok ? may.value : null;
};
const appeal = (delivery: Delivery, by: Side, at = NOW) => {
  const letter = by === 'SELLER' ? aFile('letter.pdf') : null;
  const dueAt = later(3 * 24 * HOUR).toISOString();
  return appealed(delivery, { appealId: 'a1', by, reason: 'idle', demand: '', files: [aFile()], letter, dueAt }, at);
};

describe('rejections (S-41, B-93, T-3)', () => {
  it('S-41: a requirement goes back with its reason, is counted, and written anew', () => {
    const asked = { text: 'two', files: [], at: NOW.toISOString() };
    const back = value(requirementRejected(service('WAIT_CONFIRM_REQUIREMENT'), 'which servers?', NOW));
    expect(back.supervision).toMatchObject({
      step: 'WAIT_REQUIREMENT',
      rejections: { requirement: 1, delivery: 0 },
      sentBack: { by: 'SELLER', text: 'which servers?' },
    });
    const anew = value(required(back, { ...asked, text: 'web-1 and web-2' }, NOW));
    expect(anew.requirement?.text).toBe('web-1 and web-2');
    // passed: counted anew (7.4)
    expect(value(confirmed(anew, NOW)).supervision).toMatchObject({ rejections: { requirement: 0 }, sentBack: null });
  });

  it('B-93: a delivery goes back to its seller and is not had any more; the count stays until it is accepted', () => {
    const back = rejectedTimes(2);
    expect(back).toMatchObject({ status: 'PENDING', deliveredAt: null, supervision: { rejections: { delivery: 2 } } });
    const done = value(accepted(again(back), NOW)).delivery;
    expect(done.supervision).toMatchObject({ step: 'COMPLETED', rejections: { delivery: 0 }, sentBack: null });
  });

  it('O-22: what the platform sends back is not counted as a rejection by the buyer', () => {
    const base = service('HUAWEI_REVIEW');
    const reviewed: Delivery = {
      ...base,
      status: 'DELIVERED',
      supervision: base.supervision && { ...base.supervision, flow: 'service-1-reviewed' },
    };
    expect(value(returned(reviewed, 'stamp missing', NOW)).supervision).toMatchObject({
      step: 'WAIT_SERVICE',
      rejections: { delivery: 0 },
      sentBack: { by: 'OPERATOR' },
    });
    expect(value(approved(reviewed, NOW)).supervision?.step).toBe('WAIT_ACCEPTANCE');
  });
});

describe('who may appeal', () => {
  it('S6-11: the seller, when the buyer’s step waits for more than 5 days', () => {
    for (const step of ['WAIT_REQUIREMENT', 'WAIT_ACCEPTANCE'] as const) {
      expect(rule(service(step), 'SELLER', later(FIVE_DAYS))).toBeNull();
      expect(rule(service(step), 'SELLER', later(FIVE_DAYS + 1))).toBe('S6-11');
    }
    expect(rule(service('WAIT_SERVICE'), 'SELLER', later(2 * FIVE_DAYS))).toBeNull();
  });

  it('S6-11, S6-9: with a proof of the delivery and the commitment letter', () => {
    const asked = { appealId: 'a', by: 'SELLER' as const, reason: 'r', demand: '', dueAt: NOW.toISOString() };
    const at = later(FIVE_DAYS + 1);
    const idle = service('WAIT_ACCEPTANCE');
    expect(appealed(idle, { ...asked, files: [aFile()], letter: null }, at).ok).toBe(false);
    expect(appealed(idle, { ...asked, files: [], letter: aFile() }, at).ok).toBe(false);
    expect(
      value(appealed(idle, { ...asked, files: [aFile()], letter: aFile() }, at)).supervision?.appeal?.files,
    ).toHaveLength(2);
  });

  it('S6-12: the seller, from the 4th operation after 3 rejections', () => {
    expect(rule(rejectedTimes(2), 'SELLER')).toBeNull();
    expect(rule(rejectedTimes(3), 'SELLER')).toBe('S6-12');
  });

  it('S6-13, CN: the buyer, at any node at any time; of hardware when the seller is idle or after more than 3 rejections', () => {
    for (const step of ['WAIT_REQUIREMENT', 'WAIT_CONFIRM_REQUIREMENT', 'WAIT_SERVICE', 'WAIT_ACCEPTANCE'] as const)
      expect(rule(service(step), 'BUYER')).toBe('S6-13');
    const parcel = aDelivery({ accessType: 'HARDWARE', licenseVariant: null, payload: PAYLOADS.PARCEL });
    expect(rule(parcel, 'BUYER', later(FIVE_DAYS))).toBeNull();
    expect(rule(parcel, 'BUYER', later(FIVE_DAYS + 1))).toBe('S6-13');
    const rejections = { requirement: 0, delivery: 3 };
    const back = (delivery: number): Delivery => ({
      ...parcel,
      supervision: parcel.supervision && { ...parcel.supervision, rejections: { ...rejections, delivery } },
    });
    expect([rule(back(3), 'BUYER'), rule(back(4), 'BUYER')]).toEqual([null, 'S6-13']);
  });

  it('S6-13, EU: the buyer, when the seller is idle for more than 5 days, or after 3 rejections of either', () => {
    const eu = (step: SupervisionState) => on('EU', service(step));
    expect(rule(eu('WAIT_SERVICE'), 'BUYER', later(FIVE_DAYS))).toBeNull();
    expect(rule(eu('WAIT_SERVICE'), 'BUYER', later(FIVE_DAYS + 1))).toBe('S6-13');
    expect(rule(on('EU', rejectedTimes(2)), 'BUYER')).toBeNull();
    expect(rule(on('EU', rejectedTimes(3)), 'BUYER')).toBe('S6-13');
    let unclear = eu('WAIT_CONFIRM_REQUIREMENT');
    for (const _ of [1, 2, 3]) {
      unclear = value(requirementRejected(unclear, 'unclear', NOW));
      unclear = value(required(unclear, { text: 'again', files: [], at: NOW.toISOString() }, NOW));
    }
    expect(rule(unclear, 'BUYER')).toBe('S6-13');
  });
});

describe('an open appeal', () => {
  const frozen = value(appeal(service('WAIT_ACCEPTANCE'), 'BUYER'));

  it('B-94: freezes the flow for both sides, and is one at a time', () => {
    const refused = { ok: false, refusal: { code: 'DELIVERY_FROZEN' } };
    expect(accepted(frozen, NOW)).toMatchObject(refused);
    expect(deliveryRejected(frozen, 'x', NOW)).toMatchObject(refused);
    const seller = value(appeal(service('WAIT_SERVICE'), 'BUYER'));
    expect(handedOver(seller, PROOF, NOW)).toMatchObject(refused);
    expect(rule(frozen, 'BUYER')).toBeNull();
  });

  it('O-20: takes statements of both sides', () => {
    const said = value(stated(frozen, { by: 'SELLER', text: 'it works', files: [] }, NOW));
    expect(said.supervision?.appeal?.statements).toMatchObject([{ by: 'SELLER', text: 'it works' }]);
    expect(stated(service('WAIT_SERVICE'), { by: 'SELLER', text: 'x', files: [] }, NOW).ok).toBe(false);
  });

  it('O-21, S6-14: is completed for the idle side, sent back, refunded or dismissed', () => {
    const decide = (decision: Parameters<typeof decided>[1], of = frozen) => decided(of, decision, 'why', NOW);
    expect(value(decide({ outcome: 'COMPLETE_STEP' })).act).toEqual({ action: 'ACCEPT', as: 'BUYER' });
    const back = value(decide({ outcome: 'SEND_BACK', to: 'WAIT_REQUIREMENT' })).delivery;
    expect(back).toMatchObject({ status: 'PENDING', supervision: { step: 'WAIT_REQUIREMENT', appeal: null } });
    expect(back.supervision?.sentBack).toMatchObject({ by: 'OPERATOR', text: 'why' });
    for (const outcome of ['REFUND', 'DISMISS'] as const)
      expect(value(decide({ outcome }))).toMatchObject({
        act: null,
        delivery: { supervision: { step: 'WAIT_ACCEPTANCE', appeal: null } },
      });
    expect(decide({ outcome: 'DISMISS' }, service('WAIT_ACCEPTANCE')).ok).toBe(false);
  });

  it('O-21: is not completed where only the seller can deliver, nor sent forward', () => {
    const waiting = value(appeal(service('WAIT_SERVICE'), 'BUYER'));
    expect(decided(waiting, { outcome: 'COMPLETE_STEP' }, 'why', NOW).ok).toBe(false);
    expect(decided(waiting, { outcome: 'SEND_BACK', to: 'WAIT_ACCEPTANCE' }, 'why', NOW).ok).toBe(false);
    const code = aDelivery({ licenseVariant: 'CODE', payload: PAYLOADS.LICENSE_CODE, step: 'WAIT_PROOF' });
    expect(code.supervision && stepsBefore(code.supervision)).toEqual([]);
  });
});
