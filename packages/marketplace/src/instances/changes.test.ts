/** What orders, sellers, buyers and the operator do to a subscription. */
import { describe, expect, it } from 'vitest';
import {
  accepted,
  changeAnswered,
  changeOrdered,
  converted,
  cured,
  delivered,
  failed,
  firstWaits,
  inArrears,
  paidUp,
  released,
  renewalTakenBack,
  renewed,
  unsubscribed,
  violated,
} from './changes.ts';
import type { Life } from './definition.ts';
import { aLife, EXPIRY, PLAN, START } from './example.test-support.ts';
import { nextStep, step } from './model.ts';

const SPAM = { reason: 'spam', evidence: 'mails of 12 July', references: ['case 77'] };
const NEXT = new Date('2026-03-05T15:59:59.000Z');
const LATER = new Date('2026-04-05T15:59:59.000Z');
const LATE = new Date('2026-02-07T00:00:00.000Z');
const amount = { amount: '120.00', currency: 'CNY' } as const;
const paid = { orderId: 'CS1', orderLineId: 'CS1-000001', plan: PLAN, amount, expireAt: NEXT };
const renewal = { ...paid, scene: 'RENEWAL', automatic: false } as const;
const withChange = { ...renewal, scene: 'RENEWAL_CHANGE', plan: { ...PLAN, quantity: 5 } } as const;
const types = ({ news }: { news: readonly { type: string }[] }) => news.map(({ type }) => type);
const inGrace: Partial<Life> = { state: 'GRACE', freezeAt: LATE, releaseAt: NEXT };
const frozen: Partial<Life> = { ...inGrace, state: 'FROZEN' };
const violation = { ...SPAM, at: START };

describe('delivery', () => {
  it('starts the subscription or its trial, once', () => {
    const bought = { state: 'PROVISIONING', waitsFor: ['DELIVERY'], activatedAt: null } as const;
    const active = delivered(aLife(bought), START);
    expect(active.life).toMatchObject({ state: 'ACTIVE', activatedAt: START });
    expect(types(active)).toEqual(['ready']);
    expect(delivered(active.life, LATE)).toEqual({ life: active.life, news: [] });
    expect(delivered(aLife({ ...bought, trial: true }), START).life.state).toBe('TRIAL');
  });

  it('of a supervised purchase waits for the acceptance, which sets the end (L7, B-40a, S7-1)', () => {
    const bought = aLife({ state: 'PROVISIONING', waitsFor: ['ACCEPTANCE'], activatedAt: null });
    expect(delivered(bought, START)).toEqual({ life: bought, news: [] });
    const active = accepted(bought, NEXT, LATE);
    expect(active.life).toMatchObject({ state: 'ACTIVE', activatedAt: LATE, steppedAt: LATE, expireAt: NEXT });
    expect(types(active)).toEqual(['ready']);
    expect(accepted(active.life, LATER, LATE)).toEqual({ life: active.life, news: [] });
    // one-time: without an end
    expect(accepted(bought, null, LATE).life.expireAt).toBeNull();
  });

  it('and acceptance come in either order where the seller’s server opens it (B-41)', () => {
    const bought = aLife({ state: 'PROVISIONING', waitsFor: ['DELIVERY', 'ACCEPTANCE'], activatedAt: null });
    const early = delivered(accepted(bought, NEXT, START).life, LATE);
    const late = accepted(delivered(bought, START).life, NEXT, LATE);
    expect(early).toEqual(late);
    expect(late.life).toMatchObject({ state: 'ACTIVE', waitsFor: [], activatedAt: LATE, expireAt: NEXT });
  });

  it.each([
    ['plain SaaS', 'SAAS', null, false, ['DELIVERY']],
    ['supervised SaaS', 'SAAS', null, true, ['DELIVERY', 'ACCEPTANCE']],
    ['an offline licence', 'LICENSE', 'OFFLINE', true, ['ACCEPTANCE']],
    ['a licence that is provisioned online', 'LICENSE', 'PROVISIONED', true, ['DELIVERY', 'ACCEPTANCE']],
    ['an image', 'IMAGE', null, false, ['DELIVERY']],
    ['a service', 'SERVICE', null, true, ['ACCEPTANCE']],
  ] as const)('%s waits for what its type says (7.2)', (_, accessType, licenseVariant, supervised, waits) => {
    expect(firstWaits({ accessType, licenseVariant, supervised })).toEqual(waits);
  });
  it('that failed ends it', () => {
    expect(failed(aLife({ state: 'PROVISIONING' }), LATE).life).toMatchObject({ state: 'FAILED', endedAt: LATE });
    expect(failed(aLife(), LATE).life.state).toBe('ACTIVE');
  });
});

describe('a renewal', () => {
  it('moves the expiry and tells the seller', () => {
    const { life, news } = renewed(aLife({ refusedTold: 'why' }), renewal, START);
    expect(life).toMatchObject({ state: 'ACTIVE', expireAt: NEXT, refusedTold: null });
    expect(news).toEqual([
      {
        type: 'period-changed',
        occasion: 'line:CS1-000001',
        orderId: 'CS1',
        orderLineId: 'CS1-000001',
        call: {
          scene: 'RENEWAL',
          productId: null,
          skuCode: 'sku-1',
          quantity: 10,
          expireTime: NEXT,
          periodType: 'month',
          periodNumber: 1,
          orderAmount: '120.00',
        },
      },
      { type: 'renewed', orderId: 'CS1', automatic: false, amount, expireAt: NEXT },
    ]);
  });

  it('by the year instead of the month names the new product (C1)', () => {
    const year = { ...PLAN, periodType: 'year', priceItemId: 'OFFI000000000000000002' } as const;
    const { life, news } = renewed(aLife(), { ...renewal, plan: year }, START);
    expect(news[0]).toMatchObject({ call: { productId: 'OFFI000000000000000002', periodType: 'year' } });
    expect(life).toMatchObject({ skuCode: 'sku-1', periodType: 'year', priceItemId: 'OFFI000000000000000002' });
  });

  it('keeps the version whose prices were paid last: they hold when no newer one has any (C29)', () => {
    const { life } = renewed(aLife(), { ...renewal, plan: { ...PLAN, version: PLAN.version + 1 } }, START);
    expect(life.version).toBe(PLAN.version + 1);
  });

  it('ends the grace without a call, and the retention with one (B-65)', () => {
    expect(renewed(aLife(inGrace), renewal, START).life).toMatchObject({
      state: 'ACTIVE',
      freezeAt: null,
      releaseAt: null,
    });
    const revived = renewed(aLife(frozen), renewal, LATE);
    expect(types(revived)).toEqual(['period-changed', 'renewed', 'unfrozen']);
    expect(revived.news[2]).toMatchObject({ occasion: 'status:1', reason: 'RENEWED' });
    expect(revived.life).toMatchObject({ state: 'ACTIVE', statusChanges: 1 });
  });

  it('does not lift a violation: no UNFREEZE is sent (docs/decisions/0006)', () => {
    const revived = renewed(aLife({ ...frozen, violation }), renewal, LATE);
    expect(revived.life.state).toBe('VIOLATION_FROZEN');
    expect(types(revived)).toEqual(['period-changed', 'renewed']);
    const still = renewed(aLife({ state: 'VIOLATION_FROZEN', violation }), renewal, START);
    expect(still.life).toMatchObject({ state: 'VIOLATION_FROZEN', expireAt: NEXT });
  });

  it('with a change asks the seller now and changes the plan at the old expiry (C28)', () => {
    const asked = renewed(aLife(), withChange, START);
    expect(asked.life).toMatchObject({ state: 'CHANGING', quantity: 10, changingLine: 'CS1-000001' });
    expect(nextStep(asked.life)).toBeNull();
    const answered = changeAnswered(asked.life, 'CS1-000001', true);
    expect(answered.life).toMatchObject({ state: 'ACTIVE', quantity: 10, changingLine: null });
    expect(answered.life.pending?.at).toEqual(EXPIRY);
  });

  it('with a change, paid after the old expiry, changes the plan at once', () => {
    const done = renewed(aLife(frozen), withChange, LATE);
    expect(done.life).toMatchObject({ state: 'ACTIVE', quantity: 5, pending: null });
    expect(types(done)).toEqual(['period-changed', 'renewed', 'unfrozen', 'changed']);
  });

  it('that is not in effect is taken back with what it would have changed (B-66)', () => {
    const before = { priceItemId: PLAN.priceItemId, periodType: 'month', periodNumber: 1 } as const;
    const taken = {
      orderId: 'CS2',
      orderLineId: 'CS2-000001',
      amount,
      renewalLineId: 'CS1-000001',
      from: EXPIRY,
      before,
    };
    const year = { ...withChange.plan, periodType: 'year', priceItemId: 'OFFI000000000000000002' } as const;
    const bought = renewed(aLife(), { ...withChange, plan: year }, START).life;
    const { life, news } = renewalTakenBack({ ...bought, refundId: 'r' }, taken, LATE);
    expect(life).toMatchObject({ state: 'ACTIVE', expireAt: EXPIRY, pending: null, refundId: null, ...before });
    expect(news).toMatchObject([
      {
        occasion: 'line:CS2-000001',
        orderId: 'CS2',
        call: { scene: 'UNSUBSCRIBE_RENEWAL_PERIOD', expireTime: EXPIRY, orderAmount: '-120.00' },
      },
    ]);
  });
});

describe('a renewal behind one with a change', () => {
  const yearly = { ...PLAN, quantity: 5, periodType: 'year', priceItemId: 'OFFI000000000000000002' } as const;
  const waiting = changeAnswered(
    renewed(aLife(), { ...withChange, plan: yearly }, START).life,
    'CS1-000001',
    true,
  ).life;
  const monthly = { ...PLAN, quantity: 5, priceItemId: 'OFFI000000000000000003' };
  const second = { ...renewal, orderId: 'CS2', orderLineId: 'CS2-000001', plan: monthly, expireAt: LATER };

  it('prices the plan that waits, not the one that runs; the seller hears the product when its period type changes', () => {
    const { life, news } = renewed(waiting, second, START);
    expect(life).toMatchObject({ quantity: 10, periodType: 'month', priceItemId: PLAN.priceItemId });
    expect(life.pending?.plan).toMatchObject({ quantity: 5, periodType: 'month', priceItemId: monthly.priceItemId });
    expect(news[0]).toMatchObject({ call: { productId: monthly.priceItemId, periodType: 'month' } });
  });

  it('taken back leaves the plan that waits as it was', () => {
    const taken = { ...paid, orderId: 'CS3', orderLineId: 'CS3-000001', renewalLineId: 'CS2-000001', from: NEXT };
    const { life, news } = renewalTakenBack(renewed(waiting, second, START).life, { ...taken, before: yearly }, START);
    expect(life).toMatchObject({ ...waiting, expireAt: NEXT });
    expect(news[0]).toMatchObject({ call: { productId: yearly.priceItemId, periodType: 'year' } });
  });
});

describe('a trial', () => {
  it('becomes commercial from the conversion on, also out of its retention (X23)', () => {
    const trial = { trial: true, opening: { amount: '0.00', currency: 'CNY' } } as const;
    const done = converted(aLife({ ...trial, state: 'TRIAL' }), paid, LATE);
    expect(done.life).toMatchObject({
      state: 'ACTIVE',
      trial: false,
      activatedAt: LATE,
      opening: amount,
      expireAt: NEXT,
    });
    expect(done.news).toMatchObject([{ call: { scene: 'TRIAL_TO_FORMAL' } }]);
    expect(types(converted(aLife({ ...trial, ...frozen }), paid, LATE))).toEqual(['period-changed', 'unfrozen']);
    const bad = converted(aLife({ ...trial, state: 'VIOLATION_FROZEN', violation }), paid, LATE);
    expect(bad.life).toMatchObject({ state: 'VIOLATION_FROZEN', trial: false });
  });
});

describe('a change', () => {
  const bigger = { ...paid, plan: { ...PLAN, quantity: 20 }, linearCode: 'amount' };
  it('takes effect when the seller has done it', () => {
    const asked = changeOrdered(aLife(), bigger);
    expect(asked.life).toMatchObject({ state: 'CHANGING', quantity: 10 });
    expect(asked.news).toMatchObject([{ type: 'change-ordered', call: { quantity: 20, linearCode: 'amount' } }]);
    const done = changeAnswered(asked.life, 'CS1-000001', true);
    expect(done.life).toMatchObject({ state: 'ACTIVE', quantity: 20, pending: null, changingLine: null });
    expect(done.news).toEqual([{ type: 'changed', orderId: 'CS1' }]);
  });
  it('that failed leaves everything as it was (B-73)', () => {
    const done = changeAnswered(changeOrdered(aLife(), bigger).life, 'CS1-000001', false);
    expect(done).toEqual({ life: aLife(), news: [{ type: 'change-failed', orderId: 'CS1' }] });
  });
  it('paid after the expiry is carried out in grace, whose clock goes on', () => {
    const asked = changeOrdered(aLife(inGrace), bigger).life;
    expect(asked.state).toBe('GRACE');
    expect(changeAnswered(asked, 'CS1-000001', true).life).toMatchObject({ state: 'GRACE', quantity: 20 });
  });
  it('hears nothing of other lines', () => {
    const asked = changeOrdered(aLife(), bigger).life;
    expect(changeAnswered(asked, 'CS9-000001', true)).toEqual({ life: asked, news: [] });
  });
});

describe('a violation', () => {
  it('is frozen at once and cured back into where the clock stands', () => {
    const cases: [Partial<Life>, string][] = [
      [{}, 'ACTIVE'],
      [{ state: 'TRIAL', trial: true }, 'TRIAL'],
      [inGrace, 'GRACE'],
    ];
    for (const [changes, back] of cases) {
      const bad = violated(aLife(changes), SPAM, LATE);
      expect(bad.life).toMatchObject({ state: 'VIOLATION_FROZEN', violation: { ...SPAM, at: LATE } });
      expect(bad.news).toEqual([
        { type: 'frozen', occasion: 'status:1', reason: 'VIOLATION', call: true, violation: { ...SPAM, at: LATE } },
      ]);
      const good = cured(bad.life);
      expect(good.life).toMatchObject({ state: back, violation: null, statusChanges: 2 });
      expect(types(good)).toEqual(['unfrozen', 'cured']);
      expect(good.news.at(-1)).toMatchObject({ violation: SPAM }); // what it was is still told
    }
  });
  it('of one that is frozen by its expiry is noted, and cured without a call', () => {
    const bad = violated(aLife(frozen), SPAM, LATE);
    expect(bad).toMatchObject({ life: { state: 'FROZEN' }, news: [] });
    expect(cured(bad.life)).toMatchObject({ life: { state: 'FROZEN', violation: null }, news: [{ type: 'cured' }] });
  });
});

describe('an end', () => {
  it('by refund releases; the amount of the opening is told (saas-v1.md 6.0.4)', () => {
    const ended = unsubscribed(aLife({ refundId: 'r' }), { orderId: 'CS2', orderLineId: 'CS2-000001' });
    expect(ended.life).toMatchObject({ state: 'RELEASING', refundId: null });
    expect(ended.news).toEqual([
      {
        type: 'release-begun',
        occasion: 'release',
        cause: 'UNSUBSCRIBED',
        orderId: 'CS2',
        orderLineId: 'CS2-000001',
        amountPaid: '120.00',
      },
    ]);
    expect(released(ended.life, LATE).life).toMatchObject({ state: 'RELEASED', endedAt: LATE });
    expect(released(aLife(), LATE)).toEqual({ life: aLife(), news: [] });
  });
  it('cannot be left again', () => {
    const gone = aLife({ ...frozen, state: 'RELEASED', endedAt: LATE });
    expect(() => renewed(gone, renewal, LATE)).toThrow('is RELEASED');
    expect(() => violated(gone, SPAM, LATE)).toThrow('illegal move');
  });
});

describe('S7-15: pay-per-use in arrears', () => {
  const since = new Date('2026-03-01T02:00:00Z');
  const running = aLife({ chargingMode: 'ON_DEMAND', expireAt: null, periodType: null });
  const facts = (level: 'V0' | 'V3') => ({ level, openOrder: 'NONE', missing: null, refused: null }) as const;

  it('without a grace (V0) it is frozen at once, for arrears; paid, it runs again', () => {
    const owing = inArrears(running, since).life;
    const frozen = step(owing, since, facts('V0'));
    expect(frozen.life.state).toBe('FROZEN');
    expect(frozen.news).toContainEqual(expect.objectContaining({ type: 'frozen', reason: 'ARREARS', call: true }));
    const back = paidUp(frozen.life, since);
    expect(back.life).toMatchObject({ state: 'ACTIVE', expireAt: null, freezeAt: null, releaseAt: null });
    expect(back.news).toEqual([expect.objectContaining({ type: 'unfrozen', reason: 'PAID' })]);
  });

  it('with a grace it goes on meanwhile, and payment in it changes nothing at the seller', () => {
    const grace = step(inArrears(running, since).life, since, facts('V3')).life;
    expect(grace).toMatchObject({ state: 'GRACE', freezeAt: new Date('2026-03-02T02:00:00Z') });
    expect(paidUp(grace, since)).toMatchObject({ life: { state: 'ACTIVE' }, news: [] });
  });

  it('other services owe nothing, and what is being released stays so', () => {
    const yearly: Life = { ...running, chargingMode: 'PERIOD' };
    expect(inArrears(yearly, since).life).toBe(yearly);
    const going: Life = { ...running, state: 'RELEASING', expireAt: since };
    expect(paidUp(going, since).life).toBe(going);
  });
});
