/** Which bills go on together: the minimum of a class, carry-over, combined release (S2-6, S4-4 … S4-6). Pure. */
import { type Decimal, decimal } from '../platform/exact.ts';
import type { Policy, ProductClass } from './facts.ts';

/** @template Class null = what a distributor earned, of all classes (4.6) */
export interface BillTotal<Class = ProductClass> {
  /** seller, or distributor */
  readonly sellerId: string;
  readonly class: Class;
  /** place of its run among the runs */
  readonly run: number;
  readonly period: string;
  /** rounded */
  readonly total: Decimal;
}
export interface Release<Class = ProductClass> {
  readonly run: number;
  readonly sellerId: string;
  readonly class: Class;
  readonly bills: readonly BillTotal<Class>[];
  readonly total: Decimal;
}

/** Which bills go on together, and why the others stay, by their place among the bills. */
export interface Released<Class = ProductClass> {
  readonly releases: readonly Release<Class>[];
  readonly held: ReadonlyMap<BillTotal<Class>, HeldReason>;
}
export type HeldReason = 'S2-6' | 'S4-6';

/** @param bills in the order of their runs @param minimum what a class must reach (S2-6); distributors' bills have none */
export function releasesOf<Class>(bills: readonly BillTotal<Class>[], minimum: Decimal): Released<Class> {
  const waiting = new Map<string, readonly BillTotal<Class>[]>();
  const releases: Release<Class>[] = [];
  for (const bill of bills) {
    const key = `${bill.sellerId}\n${bill.class}`;
    const together = [...(waiting.get(key) ?? []), bill];
    const total = sumOf(together);
    waiting.set(key, heldReason(total, minimum) === null ? [] : together);
    if (heldReason(total, minimum) === null)
      releases.push({ run: bill.run, sellerId: bill.sellerId, class: bill.class, bills: together, total });
  }
  const held = new Map<BillTotal<Class>, HeldReason>();
  for (const together of waiting.values()) {
    const reason = heldReason(sumOf(together), minimum);
    if (reason !== null) for (const bill of together) held.set(bill, reason);
  }
  return { releases, held };
}

const sumOf = (bills: readonly BillTotal<unknown>[]): Decimal =>
  bills.reduce((sum, { total }) => sum.plus(total), decimal('0'));

/** Why a sum stays: below the minimum (S2-6), or nothing to pay (S4-6); null = it goes on. */
function heldReason(total: Decimal, minimum: Decimal): HeldReason | null {
  if (minimum.greaterThan(0) && total.lessThan(minimum)) return 'S2-6';
  return total.greaterThan(0) ? null : 'S4-6';
}

/** To 2 decimals, once, on the total (S1-11). */
export const roundTotal = (total: Decimal, policy: Policy): Decimal => total.toDecimalPlaces(2, policy.rounding);
