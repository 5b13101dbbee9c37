/** Settlement in the ledger: one entry per bill when it is made, one per requisition when it is paid. */
import {
  distributorAccount,
  PLATFORM_FEES,
  type Posting,
  PREPAID,
  postEntries,
  sellerAccount,
} from '../../ledger/index.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import { type Currency, currencyOf, decimal, money } from '../../platform/money.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import type { Site } from '../../platform/site.ts';
import type { Period } from '../calendar.ts';

interface BillSums {
  readonly bill_id: string;
  readonly seller_id: string;
  readonly currency: string;
  readonly cash: string;
  readonly total: string;
  readonly distributors: readonly { readonly id: string; readonly amount: string }[] | null;
}

/**
 * What was paid leaves the prepaid orders: to the seller, to distributors, the rest to the platform. A distributor's own
 * bill is the sum of these parts and posts its adjustments alone (S4-3).
 */
export async function postBills(platform: Platform, tx: Tx, site: Site, period: Period, now: Date): Promise<void> {
  const { rows } = await sql<BillSums>`
    SELECT b.bill_id, b.seller_id, b.currency, b.cash, b.total,
      (SELECT jsonb_agg(jsonb_build_object('id', d.distributor_id, 'amount', d.settlement::text) ORDER BY d.distributor_id) FROM settlement.bill_distributors d WHERE d.bill_id = b.bill_id) AS distributors
    FROM settlement.bills b WHERE b.site = ${site} AND b.period = ${period} AND b.seller_id IS NOT NULL ORDER BY b.bill_id`.execute(
    tx,
  );
  const posted = [
    ...rows.map((bill) => ({ reference: bill.bill_id, postings: postingsOf(bill) })),
    ...(await adjustedCommissions(tx, site, period)).map((bill) => ({
      reference: bill.bill_id,
      postings: postingsOfAdjustments(bill),
    })),
  ];
  const entries = posted.map((entry) => ({
    entryId: uuid(platform.random),
    kind: 'BILL' as const,
    traceId: `settlement-${site}-${period}`,
    ...entry,
  }));
  // the random numbers are in the order of the bills, so that two runs with one seed are equal
  for (let from = 0; from < entries.length; from += ENTRIES_AT_ONCE)
    await postEntries(tx, entries.slice(from, from + ENTRIES_AT_ONCE), now);
}
/** bounds one statement to a megabyte or so */
const ENTRIES_AT_ONCE = 2_000;

export function postingsOf(bill: BillSums): Posting[] {
  const currency = currencyOf(bill.currency);
  const parts = (bill.distributors ?? []).map(({ id, amount }) => ({ account: distributorAccount(id), amount }));
  const out = [{ account: sellerAccount(bill.seller_id), amount: bill.total }, ...parts];
  const rest = out.reduce((left, { amount }) => left.minus(amount), decimal(bill.cash));
  return [
    side(PREPAID, decimal(bill.cash).negated().toFixed(), currency),
    ...out.map(({ account, amount }) => side(account, amount, currency)),
    side(PLATFORM_FEES, rest.toFixed(), currency),
  ];
}

interface AdjustedCommission {
  readonly bill_id: string;
  readonly distributor_id: string;
  readonly currency: string;
  /** what its adjustments sum to */
  readonly amount: string;
}
async function adjustedCommissions(tx: Tx, site: Site, period: Period): Promise<AdjustedCommission[]> {
  const { rows } = await sql<AdjustedCommission>`
    SELECT b.bill_id, b.distributor_id, b.currency, sum(l.distributor_settlement) AS amount
    FROM settlement.lines l JOIN settlement.bills b ON b.site = l.site AND b.period = l.bill_period AND b.distributor_id = l.distributor_id
    WHERE l.site = ${site} AND l.bill_period = ${period} AND l.distributor_settlement IS NOT NULL AND l.seller_id IS NULL
    GROUP BY b.bill_id HAVING sum(l.distributor_settlement) <> 0 ORDER BY b.bill_id`.execute(tx);
  return rows;
}

/** What a dispute gives a distributor the platform bears, as with a seller, whose fee it lessens. */
export function postingsOfAdjustments(bill: Omit<AdjustedCommission, 'bill_id'>): Posting[] {
  const currency = currencyOf(bill.currency);
  return [
    side(distributorAccount(bill.distributor_id), bill.amount, currency),
    side(PLATFORM_FEES, decimal(bill.amount).negated().toFixed(), currency),
  ];
}

/** A credit; a negative amount is a debit. */
function side(account: string, amount: string, currency: Currency): Posting {
  const value = decimal(amount);
  return value.isNegative()
    ? { account, debit: money(value.negated(), currency) }
    : { account, credit: money(value, currency) };
}
