/** Who may have money back, how and until when (settlement.md 7.1, 7.2): each refusal names its rule. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money } from '../platform/money.ts';
import { consumptionOf } from './late-refund.ts';
import { isLarge, refundTransitions } from './refund-model.ts';
import { amountFault, FIVE_DAYS_MS, losesFullRefund, type RefundFacts, refundPath } from './refund-rules.ts';

const now = new Date('2026-01-08T02:00:00Z');
const at = (ms: number) => new Date(now.getTime() + ms);
const subscription: RefundFacts = {
  site: 'CN',
  accessType: 'SAAS',
  chargingMode: 'PERIOD',
  trial: false,
  supervised: false,
  supervisionCompleted: false,
  codePickedUp: false,
  activatedAt: at(-FIVE_DAYS_MS + 1),
  expireAt: at(86_400_000),
  subject: 'RESOURCE',
  renewalFrom: null,
  quotaLeft: 1,
};
const path = (changes: Partial<RefundFacts> = {}) => refundPath({ ...subscription, ...changes }, now);

describe('the path', () => {
  it('of an unsupervised subscription is self-service for 5 × 24 h, to the second, and uses the quota', () => {
    expect(path()).toEqual({ ok: true, value: { kind: 'FIVE_DAY', decidedBy: 'SELF', usesQuota: true, until: at(1) } });
  });
  it('of a licence by authorisation code ends when the code is picked up (S7-8, B-95)', () => {
    const code = { accessType: 'LICENSE', supervised: true } as const;
    expect(path(code)).toMatchObject({ ok: true, value: { kind: 'NEGOTIATED' } });
    expect(path({ ...code, codePickedUp: true })).toMatchObject({
      ok: false,
      refusal: { message: expect.stringMatching(/B-95/) },
    });
  });
  it('of a supervised one is the seller, in the guarantee period', () => {
    const value = { kind: 'NEGOTIATED', decidedBy: 'SELLER', usesQuota: false, until: null };
    expect(path({ supervised: true })).toEqual({ ok: true, value });
    expect(path({ supervised: true, chargingMode: 'ONE_TIME', expireAt: null, activatedAt: null })).toMatchObject({
      value,
    });
    expect(path({ supervised: true, site: 'EU', quotaLeft: 0 })).toMatchObject({ value });
  });
  it('of a renewal that is not in effect is self-service without quota, whatever else holds', () => {
    const renewal = { subject: 'RENEWAL' as const, renewalFrom: at(1), quotaLeft: 0, activatedAt: at(-1e11) };
    const value = { kind: 'RENEWAL', decidedBy: 'SELF', usesQuota: false, until: at(1) };
    for (const site of ['CN', 'INTL', 'EU'] as const) expect(path({ ...renewal, site })).toEqual({ ok: true, value });
    expect(path({ ...renewal, supervised: true })).toMatchObject({ value });
  });
});

describe('the path of an image (S7-12, settlement.md 7.2)', () => {
  const image = { accessType: 'IMAGE', expireAt: at(86_400_000) } as const;
  const late = { kind: 'LATE', decidedBy: 'SELF', usesQuota: false, until: image.expireAt };
  it('is the five-day refund for 5 × 24 h, then what is not consumed, until it expires', () => {
    expect(path(image)).toMatchObject({ value: { kind: 'FIVE_DAY', usesQuota: true, until: at(1) } });
    expect(path({ ...image, activatedAt: at(-FIVE_DAYS_MS) })).toEqual({ ok: true, value: late });
    const last = { ...image, activatedAt: at(-1e9), expireAt: at(1) };
    expect(path(last)).toMatchObject({ value: { kind: 'LATE', until: at(1) } });
    expect(path({ ...last, expireAt: now })).toMatchObject({ refusal: { message: expect.stringMatching(/^S7-8/) } });
  });
  it('is the late one too once the 10 refunds of the year are used, from the opening on, and uses none itself', () => {
    expect(path({ ...image, activatedAt: now, quotaLeft: 0 })).toEqual({ ok: true, value: late });
    expect(path({ ...image, activatedAt: now, quotaLeft: 1 })).toMatchObject({ value: { kind: 'FIVE_DAY' } });
  });
  it.each<[string, Partial<RefundFacts>, RegExp]>([
    ['one that is being shared', { activatedAt: null }, /^S7-7/],
    ['one by use', { chargingMode: 'ON_DEMAND', expireAt: null }, /^S7-8: pay-per-use/],
    ['one whose renewal is not in effect', { renewalFrom: at(1), activatedAt: at(-1e9) }, /^S7-5/],
    // its first period is over when the renewal begins, and the renewal is kept (S7-8)
    ['one whose renewal is in effect', { renewalFrom: now, activatedAt: at(-1e9) }, /^S7-8: renewals in effect/],
    ['one of another site', { site: 'INTL', activatedAt: at(-1e9) }, /^S7-8: on this site an image/],
    ['one of another site in its first days', { site: 'EU' }, /^S7-8: on this site an image/],
  ])('refuses %s', (_, changes, rule) => {
    expect(path({ ...image, ...changes })).toMatchObject({ refusal: { message: expect.stringMatching(rule) } });
  });
});

describe('B-83a: all can be asked for while the requirement comes within a month of the payment', () => {
  const paid = new Date('2026-01-31T02:00:00Z');
  it.each([
    ['not yet, on the last second', null, '2026-02-28T02:00:00Z', false],
    ['not yet, a second later', null, '2026-02-28T02:00:01Z', true],
    ['in time, asked much later', '2026-02-10T00:00:00Z', '2026-06-01T00:00:00Z', false],
    ['too late', '2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', true],
  ])('%s', (_, submitted, asked, lost) => {
    const submittedAt = submitted === null ? null : new Date(submitted);
    expect(losesFullRefund(paid, submittedAt, 'CN', new Date(asked))).toBe(lost);
  });
});

it.each<[string, Partial<RefundFacts>, RegExp]>([
  ['the first second after 5 days', { activatedAt: at(-FIVE_DAYS_MS) }, /^S7-2/],
  ['an account without quota', { quotaLeft: 0 }, /^S7-3/],
  ['a trial', { trial: true }, /^S7-8: trial/],
  ['a one-time purchase', { chargingMode: 'ONE_TIME', expireAt: null }, /^S7-8.*one-time/],
  ['pay-per-use', { chargingMode: 'ON_DEMAND', expireAt: null }, /^S7-8: pay-per-use/],
  ['a package', { chargingMode: 'ON_DEMAND_PKG' }, /^S7-8: packages/],
  ['an API', { accessType: 'API' }, /^S7-8: what is handed over at once/],
  ['a model', { accessType: 'AI' }, /^S7-8: what is handed over at once/],
  ['a container', { accessType: 'CONTAINER' }, /^S7-8: what is handed over at once/],
  ['content', { accessType: 'CONTENT' }, /^S7-8: what is handed over at once/],
  ['what expired this second', { expireAt: now }, /^S7-8.*expired/],
  ['a resource that is being opened', { activatedAt: null }, /^S7-7/],
  ['a resource with a renewal that can be given back first', { renewalFrom: at(1) }, /^S7-5/],
  ['a resource with a renewal in effect', { renewalFrom: now }, /^S7-8: renewals in effect/],
  ['unsupervised SaaS abroad', { site: 'INTL' }, /^S7-8.*site/],
  ['a supervised purchase after its completion', { supervised: true, supervisionCompleted: true }, /^S7-1/],
  ['a renewal in effect', { subject: 'RENEWAL', renewalFrom: now }, /^S7-8.*in effect/],
  ['a renewal that there is not', { subject: 'RENEWAL' }, /^S7-8: there is no renewal/],
])('nothing is given back for %s', (_name, changes, rule) => {
  expect(path(changes)).toMatchObject({
    refusal: { code: 'REFUND_NOT_ALLOWED', message: expect.stringMatching(rule) },
  });
});

describe('the amount', () => {
  const cny = (amount: string) => money(amount, 'CNY');
  it('is the full payment for self-service', () => {
    for (const kind of ['FIVE_DAY', 'RENEWAL'] as const) {
      expect(amountFault(kind, cny('100'), cny('100.00'))).toBeNull();
      expect(amountFault(kind, cny('99.99'), cny('100'))).toMatchObject({ refusal: { message: /^S7-5/ } });
    }
  });
  it.each(['0', '-1', '100.01', '0.001'])('of a negotiated refund of 100.00 is not %s', (amount) => {
    const refusal = { code: 'REFUND_NOT_ALLOWED', message: expect.stringMatching(/^S7-11/) };
    expect(amountFault('NEGOTIATED', cny(amount), cny('100'))).toMatchObject({ refusal });
  });
  it('of a negotiated refund is anything from a cent to all, in the currency of the payment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (cents) => {
        expect(amountFault('NEGOTIATED', cny((cents / 100).toFixed(2)), cny('100'))).toBeNull();
      }),
    );
    expect(amountFault('NEGOTIATED', money('1', 'USD'), cny('100'))).not.toBeNull();
  });
  it('of a late refund is what is not consumed, to the cent, and more than nothing (S7-12)', () => {
    const times = { effectiveAt: at(-10 * 3_600_000), expireAt: at(30 * 3_600_000) };
    const used = consumptionOf(cny('100'), times, now);
    expect(used.amount).toEqual(cny('25.00'));
    expect(amountFault('LATE', cny('75'), cny('100'), used)).toBeNull();
    for (const amount of ['75.01', '74.99', '100', '0'])
      expect(amountFault('LATE', cny(amount), cny('100'), used)).toMatchObject({
        refusal: { message: expect.stringMatching(/^S7-12/) },
      });
    const nothing = consumptionOf(cny('0'), times, now);
    expect(amountFault('LATE', cny('0'), cny('0'), nothing)).toMatchObject({
      refusal: { message: expect.stringMatching(/^S7-12.*nothing/) },
    });
    expect(() => amountFault('LATE', cny('75'), cny('100'))).toThrow(/needs consumption/);
    expect(() => amountFault('FIVE_DAY', cny('75'), cny('100'), used)).toThrow(/has no consumption/);
  });
  it('is large above CNY 50 000 only', () => {
    expect([isLarge(cny('50000')), isLarge(cny('50000.01')), isLarge(money('60000', 'USD'))]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

it('every state of an application can be reached and ends (7.9)', () => {
  const reached = new Set(['SELLER_REVIEW', ...Object.values(refundTransitions).flat()]);
  expect(Object.keys(refundTransitions).filter((state) => !reached.has(state))).toEqual([]);
  const ends = Object.entries(refundTransitions).filter(([, next]) => next.length === 0);
  expect(ends.map(([state]) => state)).toEqual(['DONE', 'REJECTED', 'WITHDRAWN']);
});
