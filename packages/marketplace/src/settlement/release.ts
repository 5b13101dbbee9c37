/** Which bills go on together: the minimum of a class, carry-over, combined release (S2-6, S4-4 … S4-6). Pure. */
import { type Decimal, decimal } from '../platform/exact.ts';
import type { Policy, ProductClass } from './facts.ts';

export interface BillTotal {
  readonly sellerId: string;
  readonly class: ProductClass;
  /** place of its run among the runs */
  readonly run: number;
  readonly period: string;
  /** rounded */
  readonly total: Decimal;
}
export interface Release {
  readonly run: number;
  readonly sellerId: string;
  readonly class: ProductClass;
  readonly bills: readonly BillTotal[];
  readonly total: Decimal;
}

/** Which bills go on together, and why the others stay, by their place among the bills. */
export interface Released {
  readonly releases: readonly Release[];
  readonly held: ReadonlyMap<BillTotal, HeldReason>;
}
export type HeldReason = 'S2-6' | 'S4-6';

/** @param bills in the order of their runs */
export function releasesOf(bills: readonly BillTotal[], policy: Policy): Released {
  const waiting = new Map<string, readonly BillTotal[]>();
  const releases: Release[] = [];
  for (const bill of bills) {
    const key = `${bill.sellerId}\n${bill.class}`;
    const together = [...(waiting.get(key) ?? []), bill];
    const total = sumOf(together);
    waiting.set(key, heldReason(total, policy) === null ? [] : together);
    if (heldReason(total, policy) === null)
      releases.push({ run: bill.run, sellerId: bill.sellerId, class: bill.class, bills: together, total });
  }
  const held = new Map<BillTotal, HeldReason>();
  for (const together of waiting.values()) {
    const reason = heldReason(sumOf(together), policy);
    if (reason !== null) for (const bill of together) held.set(bill, reason);
  }
  return { releases, held };
}

const sumOf = (bills: readonly BillTotal[]): Decimal => bills.reduce((sum, { total }) => sum.plus(total), decimal('0'));

/** Why a sum stays: below the minimum (S2-6), or nothing to pay (S4-6); null = it goes on. */
function heldReason(total: Decimal, policy: Policy): HeldReason | null {
  if (total.lessThan(policy.minimum)) return 'S2-6';
  return total.greaterThan(0) ? null : 'S4-6';
}

/** To 2 decimals, once, on the total (S1-11). */
export const roundTotal = (total: Decimal, policy: Policy): Decimal => total.toDecimalPlaces(2, policy.rounding);
