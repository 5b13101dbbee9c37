/** An authorisation code goes from the payment to its release, and never off its diagram (license-and-other-types.md 4.1, 4.7). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../platform/random.ts';
import { mayMove, type Transitions } from '../platform/state-machine.ts';
import {
  activate,
  CODE_STATES,
  type CodeLife,
  codeTransitions,
  FREEZE_REASONS,
  type Happened,
  happened,
  newCode,
  pickUp,
} from './model.ts';
import { APPLICATION_STATES, applicationTransitions, quotaFault } from './quota.ts';

const DAY = 86_400_000;
const ORDERED = new Date('2026-01-05T02:00:00.700Z');
const at = (days: number) => new Date(ORDERED.getTime() + days * DAY);
const ZONE = 'Asia/Shanghai';
const code: CodeLife = {
  state: 'CREATED',
  orderedAt: ORDERED,
  receivedAt: null,
  activatedAt: null,
  expireAt: null,
  freezeReason: null,
  periodType: 'year',
  periodNumber: 1,
  productId: 'OFFI1',
};
function alive(life: CodeLife = code, when = at(1)): CodeLife {
  const activated = activate(life, null, ZONE, when);
  if ('fault' in activated) throw new Error(activated.fault);
  return activated.code;
}
const faultOf = (life: CodeLife, realEffectAt: Date | null, now = at(2)) => {
  const activated = activate(life, realEffectAt, ZONE, now);
  return 'fault' in activated ? activated.fault : null;
};

describe('a code (Q6)', () => {
  it('is PL and 30 characters of base 32, another one each time', () => {
    const random = seededRandom('codes');
    const codes = Array.from({ length: 200 }, () => newCode(random));
    expect(new Set(codes).size).toBe(200);
    for (const each of codes) expect(each).toMatch(/^PL[A-Z2-7]{30}$/);
  });
});

describe('activation (L16, 10.1)', () => {
  it('comes after the pick-up, or counts as one (4.1)', () => {
    const picked = pickUp(code, at(1));
    expect(picked).toMatchObject({ ok: true, value: { state: 'RECEIVED', receivedAt: at(1) } });
    expect(alive(picked.ok ? picked.value : code, at(2))).toMatchObject({ state: 'ALIVE', receivedAt: at(1) });
    expect(alive()).toMatchObject({ state: 'ALIVE', receivedAt: at(1), activatedAt: at(1) });
  });

  it('estimates the end from the real effect time; a one-time code has none', () => {
    expect(alive().expireAt).toEqual(new Date('2027-01-06T15:59:59Z'));
    expect(alive({ ...code, periodType: null, periodNumber: null }).expireAt).toBeNull();
  });

  it('happens once: a second one keeps the first time, and neither does an expired or released code wake (L16)', () => {
    const once = alive();
    for (const life of [
      once,
      happened(once, { kind: 'frozen', reason: 'EXPIRED' }),
      happened(once, { kind: 'released' }),
      happened(code, { kind: 'frozen', reason: 'VIOLATION' }),
    ])
      expect(faultOf(life, null)).toBe('ILLEGAL_STATE');
  });

  it('begins neither before the order nor in the future; the very second of the order will do (10.1)', () => {
    expect(faultOf(code, new Date('2026-01-05T02:00:00Z'))).toBeNull();
    expect(faultOf(code, new Date('2026-01-05T01:59:59Z'))).toBe('BAD_TIME');
    expect(faultOf(code, new Date(at(2).getTime() + 1000))).toBe('BAD_TIME');
  });
});

describe('the life after it (4.7)', () => {
  it('expires with the freeze, lives again with the renewal, and takes its new product id', () => {
    const frozen = happened(alive(), { kind: 'frozen', reason: 'EXPIRED' });
    expect(frozen).toMatchObject({ state: 'EXPIRED', freezeReason: 'EXPIRED' });
    const renewed = happened(frozen, { kind: 'renewed', expireAt: at(800), productId: 'OFFI2' });
    expect(happened(renewed, { kind: 'unfrozen' })).toMatchObject({
      state: 'ALIVE',
      freezeReason: null,
      expireAt: at(800),
      productId: 'OFFI2',
    });
  });

  it('ends from any state by a refund, one-time codes too (Q13), and nothing follows', () => {
    for (const life of [code, alive(), happened(alive(), { kind: 'frozen', reason: 'ARREARS' })])
      expect(happened(life, { kind: 'released' }).state).toBe('RELEASED');
    const released = happened(code, { kind: 'released' });
    expect(pickUp(released, at(1))).toMatchObject({ ok: false, refusal: { code: 'CODE_RELEASED' } });
    expect(happened(released, { kind: 'unfrozen' })).toBe(released);
  });

  it('never leaves its diagram, whatever happens in whatever order', () => {
    const what = fc.oneof(
      fc.constantFrom<Happened>({ kind: 'unfrozen' }, { kind: 'released' }, { kind: 'ends', expireAt: at(9) }),
      fc.constantFrom(...FREEZE_REASONS).map((reason): Happened => ({ kind: 'frozen', reason })),
      fc.constant<Happened>({ kind: 'renewed', expireAt: at(99), productId: null }),
    );
    const step = fc.oneof(fc.constant('pick-up' as const), fc.constant('activate' as const), what);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let life = code;
        for (const each of steps) {
          const before = life.state;
          if (each === 'pick-up') {
            const picked = pickUp(life, at(1));
            if (picked.ok) life = picked.value;
          } else if (each === 'activate') {
            const activated = activate(life, null, ZONE, at(2));
            if ('code' in activated) life = activated.code;
          } else life = happened(life, each);
          expect(life.state === before || mayMove(codeTransitions, before, life.state)).toBe(true);
          // What was never activated is never alive, and what is alive is not frozen.
          expect(life.state === 'ALIVE' || life.state === 'EXPIRED' ? life.activatedAt !== null : true).toBe(true);
          if (life.state === 'ALIVE') expect(life.freezeReason).toBeNull();
        }
      }),
    );
  });

  it.each([
    ['codes', CODE_STATES, codeTransitions, 'CREATED'],
    ['applications', APPLICATION_STATES, applicationTransitions, 'REQUESTED'],
  ] as const)('of %s reaches each state of its table', (_, states, table: Transitions<string>, begin) => {
    const reached = new Set<string>([begin]);
    for (const state of reached) for (const next of table[state] ?? []) reached.add(next);
    expect([...reached].sort()).toEqual([...states].sort());
  });
});

describe('the quota (L17)', () => {
  const bought = { amount: 3, expireAt: at(365) };
  const wanted = { effectiveAt: at(1), expireAt: at(30) };
  const codeOf = (...parameters: Parameters<typeof quotaFault>) => {
    const result = quotaFault(...parameters);
    return result.ok ? null : result.refusal.code;
  };

  it('grants as many licences as were bought, and not one more', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.integer({ min: 1, max: 20 }), (taken, amount) => {
        expect(codeOf(wanted, { ...bought, amount }, taken, at(1))).toBe(taken < amount ? null : 'QUOTA_USED_UP');
      }),
    );
  });

  it('stays inside the validity of the order, and needs an end where the order has one (000901, 000902)', () => {
    expect(codeOf({ ...wanted, expireAt: null }, bought, 0, at(1))).toBe('LICENCE_DATES');
    expect(codeOf({ ...wanted, expireAt: at(366) }, bought, 0, at(1))).toBe('LICENCE_DATES');
    expect(codeOf({ ...wanted, expireAt: at(1) }, bought, 0, at(0))).toBe('LICENCE_DATES');
    expect(codeOf({ ...wanted, expireAt: null }, { ...bought, expireAt: null }, 0, at(1))).toBeNull();
  });
});
