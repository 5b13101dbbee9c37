/** Which bills go on together: the minimum of a class, carry-over, combined release (S2-6, S4-4 … S4-6). Pure. */
import { Decimal } from 'decimal.js';
import { decimal } from '../platform/money.ts';
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

/** @param bills in the order of their runs */
export function releasesOf(bills: readonly BillTotal[], policy: Policy): Release[] {
  const held = new Map<string, BillTotal[]>();
  const releases: Release[] = [];
  for (const bill of bills) {
    const key = `${bill.sellerId}\n${bill.class}`;
    const together = [...(held.get(key) ?? []), bill];
    const total = together.reduce((sum, each) => sum.plus(each.total), decimal('0'));
    if (heldReason(total, policy) !== null) held.set(key, together);
    else {
      held.delete(key);
      releases.push({ run: bill.run, sellerId: bill.sellerId, class: bill.class, bills: together, total });
    }
  }
  return releases;
}

/** Why a sum stays: below the minimum (S2-6), or nothing to pay (S4-6); null = it goes on. */
export function heldReason(total: Decimal, policy: Policy): 'S2-6' | 'S4-6' | null {
  if (total.lessThan(policy.minimum)) return 'S2-6';
  return total.greaterThan(0) ? null : 'S4-6';
}

/** To 2 decimals, once, on the total (S1-11). */
export const roundTotal = (total: Decimal, policy: Policy): Decimal =>
  total.toDecimalPlaces(2, policy.rounding === 'TRUNCATE' ? Decimal.ROUND_DOWN : Decimal.ROUND_HALF_UP);
