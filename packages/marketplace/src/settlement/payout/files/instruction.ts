/** What a bank is told in one file: from where, and whom to pay what. Frozen with the run, so each file of it says the same. */
import type { Day } from '../../calendar.ts';

export interface Account {
  readonly holder: string;
  readonly bankName: string;
  readonly bankCode: string;
  readonly number: string;
}
export interface Instruction {
  /** the run: the message and its one block of payments are named by it */
  readonly runId: string;
  readonly createdAt: Date;
  readonly executionDay: Day;
  readonly currency: string;
  readonly payer: Account;
  readonly payments: readonly {
    /** the requisition, which the bank repeats on its statement */
    readonly paymentId: string;
    readonly amount: string;
    readonly payee: Account;
    readonly remittance: string;
  }[];
}
