/**
 * States of a pay-out run and of its payments (O-7, settlement.md 4.4). A run waits for a second person; approved, its
 * payments go to the bank, and bank statements say what became of each. Pure.
 */
import type { Transitions } from '../../platform/state-machine.ts';

/**
 * TO_APPROVE: made, nobody is paid. APPROVED: may be exported, bills are PAYING. COMPLETED: each payment has ended.
 * REJECTED by the second person, WITHDRAWN by whoever made it: its requisitions are due again.
 */
export const PAYOUT_STATES = ['TO_APPROVE', 'APPROVED', 'COMPLETED', 'REJECTED', 'WITHDRAWN'] as const;
export type PayoutState = (typeof PAYOUT_STATES)[number];
export const payoutTransitions: Transitions<PayoutState> = {
  TO_APPROVE: ['APPROVED', 'REJECTED', 'WITHDRAWN'],
  APPROVED: ['COMPLETED'],
  COMPLETED: [],
  REJECTED: [],
  WITHDRAWN: [],
};

/**
 * PROPOSED: its run waits for approval. APPROVED: at the bank. PAID: on a statement. RETURNED: the money came back.
 * FAILED: the bank never paid it, as a person says. DROPPED with its run. After the last three its requisition is due again.
 */
export const PAYMENT_STATES = ['PROPOSED', 'APPROVED', 'PAID', 'RETURNED', 'FAILED', 'DROPPED'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];
export const paymentTransitions: Transitions<PaymentState> = {
  PROPOSED: ['APPROVED', 'DROPPED'],
  APPROVED: ['PAID', 'FAILED'],
  PAID: ['RETURNED'],
  RETURNED: [],
  FAILED: [],
  DROPPED: [],
};
