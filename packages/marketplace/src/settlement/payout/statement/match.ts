/**
 * What an entry of a statement does to the payment that it names. Exact or not at all: another amount, another currency,
 * a second booking are for a person. It depends on the payment's state alone, so the order of statements does not matter:
 * what can not be yet (a return before its payment) stays open and is looked at again. Pure.
 */
import { decimal } from '../../../platform/money.ts';
import type { PaymentState } from '../states.ts';
import type { StatementEntry } from './entry.ts';

export const OPEN_REASONS = [
  'NO_REFERENCE',
  'UNKNOWN_REFERENCE',
  'OTHER_AMOUNT',
  'NOT_APPROVED',
  'ALREADY_PAID',
  'ALREADY_RETURNED',
  'NOT_PAID_YET',
  'REVERSAL',
] as const;
export type OpenReason = (typeof OPEN_REASONS)[number];
export type Verdict = { readonly does: 'PAY' | 'RETURN' } | { readonly does: 'NOTHING'; readonly because: OpenReason };

export interface KnownPayment {
  readonly state: PaymentState;
  readonly amount: string;
  readonly currency: string;
}
type Booking = Pick<StatementEntry, 'direction' | 'amount' | 'currency' | 'reversal' | 'endToEndId'>;

/** @param payment the one that the entry names; null = it names none, or none that is known */
export function verdictOn(entry: Booking, payment: KnownPayment | null): Verdict {
  if (payment === null) return nothing(entry.endToEndId === null ? 'NO_REFERENCE' : 'UNKNOWN_REFERENCE');
  const out = entry.direction === 'DEBIT';
  switch (payment.state) {
    case 'PROPOSED':
    case 'DROPPED':
    case 'FAILED':
      return nothing('NOT_APPROVED');
    case 'APPROVED':
      if (!out) return nothing('NOT_PAID_YET');
      if (entry.reversal) return nothing('REVERSAL');
      return sameAmount(entry, payment) ? { does: 'PAY' } : nothing('OTHER_AMOUNT');
    case 'PAID':
      if (out) return nothing('ALREADY_PAID');
      return sameAmount(entry, payment) ? { does: 'RETURN' } : nothing('OTHER_AMOUNT');
    case 'RETURNED':
      return nothing(out ? 'ALREADY_PAID' : 'ALREADY_RETURNED');
  }
}

export const sameAmount = (one: Pick<Booking, 'amount' | 'currency'>, other: Pick<Booking, 'amount' | 'currency'>) =>
  one.currency === other.currency && decimal(one.amount).equals(decimal(other.amount));

const nothing = (because: OpenReason): Verdict => ({ does: 'NOTHING', because });

/** Names as banks change them: width, case, spaces and signs do not count. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}]/gu, '');
