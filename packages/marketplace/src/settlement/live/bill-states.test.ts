/** Where a bill may be moved (settlement.md 4.4, 4.6): one way on, none past a side that has to act. */
import { describe, expect, it } from 'vitest';
import { BILL_STATES, billTransitions, type Movable, nextStates } from './bill-states.ts';

const bill = (changes: Partial<Movable>): Movable => ({
  ...{ state: 'UNDER_REVIEW', class: 'GENERAL', site: 'CN', released: true },
  ...changes,
});

describe('a bill', () => {
  it('S4-2: of a seller goes from its review to countersigning; no seller confirms it', () => {
    for (const site of ['CN', 'INTL', 'EU'] as const)
      for (const productClass of ['GENERAL', 'JOINT', 'YANXUAN'] as const)
        expect(nextStates(bill({ site, class: productClass }))).toEqual(['TO_COUNTERSIGN']);
  });

  it('4.6: of a distributor is sent to it, and nobody confirms in its place', () => {
    expect(nextStates(bill({ class: null }))).toEqual(['TO_CONFIRM']);
    expect(nextStates(bill({ class: null, state: 'TO_CONFIRM' }))).toEqual([]);
    expect(billTransitions.TO_CONFIRM).toEqual(['TO_COUNTERSIGN', 'UNDER_REVIEW']);
    expect(nextStates(bill({ class: null, state: 'REQUISITION_PENDING' }))).toEqual([
      'TO_INVOICE',
      'REQUISITION_FAILED',
    ]);
  });

  it('4.4: that is held goes nowhere, and a person moves it only along the table', () => {
    for (const state of BILL_STATES) {
      expect(nextStates(bill({ state, released: false }))).toEqual([]);
      for (const to of nextStates(bill({ state }))) expect(billTransitions[state]).toContain(to);
    }
  });
});
