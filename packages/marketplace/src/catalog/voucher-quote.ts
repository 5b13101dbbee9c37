/**
 * What a voucher takes off an order (C53, settlement.md S9-5 … S9-8): one per order, after the discounts, shared among the
 * lines that it is good for, so that each line knows what was paid for it. Pure.
 */
import { Decimal } from 'decimal.js';
import { decimal, money, plain } from '../platform/money.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { Quote } from './model.ts';

export interface VoucherTerms {
  readonly voucherId: string;
  readonly faceValue: string;
  /** the sum due of the eligible lines from which on it may be used (S9-7); null = none */
  readonly minimumSpend: string | null;
}

/**
 * Takes the voucher off, pro rata to the amounts of the eligible lines: Σ parts = min(face value, sum of the eligible
 * lines), and no line falls below zero. Each part is the difference of two running totals cut to cents, so nothing is left over.
 * @param eligible places in `quotes` that the voucher is good for
 * Refuses VOUCHER_NOT_USABLE: no eligible line, or the minimum is not reached.
 */
export function applyVoucher(
  quotes: readonly Quote[],
  eligible: ReadonlySet<number>,
  voucher: VoucherTerms,
): Result<Quote[]> {
  const due = quotes
    .filter((_, place) => eligible.has(place))
    .reduce((total, { amount }) => total.plus(amount.amount), decimal('0'));
  if (due.isZero())
    return refuse('VOUCHER_NOT_USABLE', 'S9-6: the voucher is not for these products', {
      voucherId: voucher.voucherId,
    });
  if (voucher.minimumSpend !== null && due.lessThan(voucher.minimumSpend))
    return refuse('VOUCHER_NOT_USABLE', `S9-7: the voucher is usable from ${voucher.minimumSpend}`, {
      voucherId: voucher.voucherId,
      minimumSpend: voucher.minimumSpend,
      due: due.toFixed(2),
    });
  const face = decimal(voucher.faceValue);
  const total = face.lessThan(due) ? face : due;
  let reached = decimal('0');
  let taken = decimal('0');
  return ok(
    quotes.map((quote, place) => {
      if (!eligible.has(place)) return quote;
      const paid = decimal(quote.amount.amount);
      reached = reached.plus(paid);
      const upToHere = total.times(reached).dividedBy(due).toDecimalPlaces(2, Decimal.ROUND_DOWN);
      const share = upToHere.minus(taken);
      taken = upToHere;
      const rest = paid.minus(share);
      const { currency } = quote.amount;
      return {
        ...quote,
        amount: money(rest, currency),
        deductions: [
          ...quote.deductions,
          { kind: 'VOUCHER' as const, id: voucher.voucherId, amount: money(share, currency) },
        ],
        derivation: [
          ...quote.derivation,
          { rule: 'C53', text: `${plain(paid)} − ${plain(share)}`, value: rest.toFixed(2) },
        ],
      };
    }),
  );
}
