/** Whatever order statements come in, and however often, payments end the same; another amount never settles one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAYMENT_STATES, type PaymentState, paymentTransitions } from '../states.ts';
import { type KnownPayment, plainName, sameAmount, verdictOn } from './match.ts';

type Entry = Parameters<typeof verdictOn>[0];
const entry = (more: Partial<Entry> = {}): Entry => ({
  direction: 'DEBIT',
  amount: '10.00',
  currency: 'CNY',
  reversal: false,
  endToEndId: 'R-1',
  ...more,
});
const payment = (state: PaymentState): KnownPayment => ({ state, amount: '10.00', currency: 'CNY' });

describe('what an entry does to its payment', () => {
  it('pays what was approved, returns what was paid, and nothing else', () => {
    for (const state of PAYMENT_STATES) {
      const done = { PAY: 'PAID', RETURN: 'RETURNED', NOTHING: null } as const;
      for (const direction of ['DEBIT', 'CREDIT'] as const) {
        const to = done[verdictOn(entry({ direction }), payment(state)).does];
        const expected =
          state === 'APPROVED' && direction === 'DEBIT'
            ? 'PAID'
            : state === 'PAID' && direction === 'CREDIT'
              ? 'RETURNED'
              : null;
        expect([state, direction, to]).toEqual([state, direction, expected]);
        if (to !== null) expect(paymentTransitions[state]).toContain(to);
      }
    }
  });

  it('another amount or currency is never matched by itself', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.constantFrom('CNY', 'USD'),
        fc.constantFrom('DEBIT', 'CREDIT'),
        (cents, currency, direction) => {
          const booked = entry({ amount: (cents / 100).toFixed(2), currency, direction });
          const verdict = verdictOn(booked, payment(direction === 'DEBIT' ? 'APPROVED' : 'PAID'));
          expect(verdict.does !== 'NOTHING').toBe(sameAmount(booked, payment('APPROVED')));
        },
      ),
    );
    expect(verdictOn(entry({ amount: '10' }), payment('APPROVED'))).toEqual({ does: 'PAY' });
  });

  it('what is unknown, or comes a second time, is for a person', () => {
    expect(verdictOn(entry({ endToEndId: null }), null)).toEqual({ does: 'NOTHING', because: 'NO_REFERENCE' });
    expect(verdictOn(entry(), null)).toEqual({ does: 'NOTHING', because: 'UNKNOWN_REFERENCE' });
    expect(verdictOn(entry(), payment('PAID'))).toEqual({ does: 'NOTHING', because: 'ALREADY_PAID' });
    expect(verdictOn(entry({ direction: 'CREDIT' }), payment('APPROVED'))).toEqual({
      does: 'NOTHING',
      because: 'NOT_PAID_YET',
    });
    expect(verdictOn(entry({ reversal: true }), payment('APPROVED'))).toEqual({ does: 'NOTHING', because: 'REVERSAL' });
  });
});

it('any order and any repetition of statements ends in the same state', () => {
  const ids = ['R-1', 'R-2', 'R-3'];
  const booked = fc.record({
    endToEndId: fc.constantFrom(...ids, 'R-9', null),
    direction: fc.constantFrom('DEBIT' as const, 'CREDIT' as const),
    amount: fc.constantFrom('10.00', '10.00', '11.00'),
    currency: fc.constant('CNY'),
    reversal: fc.constant(false),
  });
  const statements = fc.array(fc.array(booked, { maxLength: 4 }), { minLength: 1, maxLength: 5 });
  /** as an import does: what is open is looked at after each, payments before returns */
  const run = (given: readonly (readonly Entry[])[]): [string, PaymentState][] => {
    const states = new Map<string, PaymentState>(ids.map((id) => [id, 'APPROVED']));
    const seen = new Map<string, Entry>();
    for (const statement of given) {
      for (const each of statement) seen.set(JSON.stringify(each), each);
      for (const direction of ['DEBIT', 'CREDIT'] as const)
        for (const each of seen.values()) {
          const state = states.get(each.endToEndId ?? '');
          if (each.direction !== direction || state === undefined || each.endToEndId === null) continue;
          const { does } = verdictOn(each, payment(state));
          if (does !== 'NOTHING') states.set(each.endToEndId, does === 'PAY' ? 'PAID' : 'RETURNED');
        }
    }
    return [...states];
  };
  fc.assert(
    fc.property(statements, fc.array(fc.nat()), (given, order) => {
      const shuffled = given
        .map((each, place) => ({ each, key: order[place] ?? 0 }))
        .toSorted((one, other) => one.key - other.key)
        .map(({ each }) => each.toReversed());
      expect(run([...shuffled, ...given])).toEqual(run(given));
      expect(run([given.flat()])).toEqual(run(given));
    }),
  );
});

it('names are compared as banks change them', () => {
  expect(plainName('星云科技（深圳） 有限公司')).toBe(plainName('星云科技(深圳)有限公司'));
  expect(plainName('ＡＢＣ Co., Ltd.')).toBe(plainName('abc co ltd'));
});
