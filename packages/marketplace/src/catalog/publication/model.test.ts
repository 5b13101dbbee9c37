/** The states of products and applications (8.1, 8.2), walked at random; three working days for a review (S-31). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayMove, type Transitions } from '../../platform/state-machine.ts';
import type { ProductState } from '../store.ts';
import { APPLICATION_MOVES, APPLIED_IN, PRODUCT_MOVES, reviewDueAt } from './model.ts';

const STATES: readonly ProductState[] = [
  'DRAFT',
  'IN_REVIEW',
  'REJECTED',
  'ON_SALE',
  'TRADE_FROZEN',
  'STOPPED',
  'WITHDRAWN',
];

/** A walk by random choices, to where no choice is left or they run out. */
function walk<S extends string>(table: Transitions<S>, begin: S, choices: readonly number[]): S[] {
  const way = [begin];
  for (const choice of choices) {
    const [at] = way.slice(-1);
    const next = at === undefined ? [] : table[at];
    const to = next[choice % Math.max(1, next.length)];
    if (to === undefined) break;
    way.push(to);
  }
  return way;
}

describe('a product', () => {
  const walks = fc.array(fc.nat(9), { maxLength: 30 });

  it('8.1: once approved it is never a draft again, stopped it is only withdrawn, withdrawn it stays', () => {
    fc.assert(
      fc.property(walks, (choices) => {
        const way = walk(PRODUCT_MOVES, 'DRAFT', choices);
        const approved = way.indexOf('ON_SALE');
        const after = approved === -1 ? [] : way.slice(approved);
        expect(after.filter((state) => ['DRAFT', 'IN_REVIEW', 'REJECTED'].includes(state))).toEqual([]);
        const stopped = way.indexOf('STOPPED');
        if (stopped !== -1) expect(way.slice(stopped + 1).filter((state) => state !== 'WITHDRAWN')).toEqual([]);
        const withdrawn = way.indexOf('WITHDRAWN');
        if (withdrawn !== -1) expect(withdrawn).toBe(way.length - 1);
      }),
    );
  });

  it('7.5: each state is reached from the draft', () => {
    const seen = new Set<ProductState>(['DRAFT']);
    for (const state of seen) for (const next of PRODUCT_MOVES[state]) seen.add(next);
    expect([...seen].toSorted()).toEqual([...STATES].toSorted());
  });

  it('C38, C29: STOPPED and WITHDRAWN are not applied for, changed or sold again', () => {
    for (const state of ['STOPPED', 'WITHDRAWN'] as const) {
      expect(mayMove(PRODUCT_MOVES, state, 'ON_SALE')).toBe(false);
      expect(Object.values(APPLIED_IN).some((states) => states.includes(state))).toBe(false);
    }
  });
});

it('C40a: a decided application is decided for good', () => {
  for (const state of ['APPROVED', 'REJECTED', 'WITHDRAWN'] as const) expect(APPLICATION_MOVES[state]).toEqual([]);
  expect([...APPLICATION_MOVES.PENDING].toSorted()).toEqual(['APPROVED', 'REJECTED', 'WITHDRAWN']);
});

it.each([
  ['Monday morning', '2026-01-05T02:00:00Z', '2026-01-08T16:00:00.000Z'],
  ['Thursday', '2026-01-08T02:00:00Z', '2026-01-13T16:00:00.000Z'],
  ['Saturday', '2026-01-10T02:00:00Z', '2026-01-14T16:00:00.000Z'],
])('S-31: what is submitted on %s is due at the end of the third working day', (_day, at, due) => {
  expect(reviewDueAt(new Date(at), 'CN').toISOString()).toBe(due);
});
