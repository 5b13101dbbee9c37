/** A plan of milestones says what is wrong with it before it is sent. */
import { describe, expect, it } from 'vitest';
import { emptyPlan, type MilestoneDraft, planFaultOf, planOf } from './milestone-draft.ts';

const PLAN: readonly MilestoneDraft[] = [
  { key: 1, name: ' Set-up ', share: 40, plannedOn: '2026-03-01' },
  { key: 2, name: 'Training', share: 60, plannedOn: '2026-03-01' },
];
const faulty = (change: Partial<MilestoneDraft>) =>
  planFaultOf(PLAN.map((each, place) => (place === 1 ? { ...each, ...change } : each)));

describe('a plan of milestones', () => {
  it('has names, shares of 100 % together, and days in their order', () => {
    expect(planFaultOf(PLAN)).toBeNull();
    expect(planFaultOf(emptyPlan())).toBe('incomplete');
    expect(faulty({ share: null })).toBe('incomplete');
    expect(faulty({ name: 'Set-up' })).toBe('sameName');
    expect(faulty({ share: 59 })).toBe('sum');
    expect(faulty({ plannedOn: '2026-02-28' })).toBe('order');
    expect(planOf(PLAN)[0]).toEqual({ name: 'Set-up', share: 40, plannedOn: '2026-03-01' });
  });
});
