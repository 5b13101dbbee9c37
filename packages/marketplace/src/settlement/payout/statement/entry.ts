/** What a bank statement says, whichever form it came in, and what makes an entry the same entry. Pure. */
import { createHash } from 'node:crypto';
import type { Day } from '../../calendar.ts';

export interface StatementEntry {
  /** where it stands in its file: a path or a line */
  readonly place: string;
  /** DEBIT: money left the account */
  readonly direction: 'DEBIT' | 'CREDIT';
  readonly bookedOn: Day;
  /** never negative */
  readonly amount: string;
  readonly currency: string;
  /** what the payer named the payment by: our requisition */
  readonly endToEndId: string | null;
  readonly bankReference: string | null;
  readonly name: string | null;
  readonly account: string | null;
  readonly remark: string | null;
  /** it takes another booking back */
  readonly reversal: boolean;
  /** of a return: code and words of the bank */
  readonly reason: string | null;
}

export interface Statement {
  readonly format: 'CAMT_053' | 'CSV';
  /** whose account it is of; null = it does not say */
  readonly account: string | null;
  readonly entries: readonly StatementEntry[];
  /** announced, not booked yet: they come again */
  readonly notBooked: number;
}

/**
 * Names each entry, the same in every statement that holds it: by the bank's reference where there is one, else by all
 * that is known. Equal entries of one file are counted, so that two real payments stay two.
 */
export function keysOf(entries: readonly StatementEntry[]): string[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const { direction, bookedOn, amount, currency, endToEndId, bankReference } = entry;
    const more = bankReference === null ? [entry.name, entry.account, entry.remark] : [bankReference];
    const text = JSON.stringify([direction, bookedOn, amount, currency, endToEndId, ...more]);
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return createHash('sha256').update(`${text} ${count}`).digest('hex');
  });
}
