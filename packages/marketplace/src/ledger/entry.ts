/** One entry of the ledger: any number of postings that add up to zero in each currency, written once per fact. */
import { type Executor, sql } from '../platform/database/database.ts';
import { decimal, type Money } from '../platform/money.ts';

export type EntryKind =
  | 'TOP_UP'
  | 'PAYMENT'
  | 'REFUND'
  | 'BILL'
  | 'PAYOUT'
  | 'ADJUSTMENT'
  /** a cash coupon or a stored-value card is given, bought, taken back or void */
  | 'GRANT'
  | 'WITHDRAWAL'
  | 'REPAYMENT'
  | 'USAGE';

/** One side of an entry: either a debit or a credit, never less than zero. */
export interface Posting {
  readonly account: string;
  readonly debit?: Money;
  readonly credit?: Money;
}

export interface Entry {
  readonly entryId: string;
  /** with `reference` the identity of the fact: it is posted once */
  readonly kind: EntryKind;
  readonly reference: string;
  readonly traceId: string;
  readonly postings: readonly Posting[];
}

/**
 * Writes an entry; sides of zero are left out, and an entry of nothing writes nothing.
 * @returns false = this fact was posted before (a repeat), nothing was written
 * @throws RangeError when debits and credits of a currency differ, a side is negative or is both, or a buyer's balance is
 * among the accounts: those move by `credit` and `payFromBalance` only, which keep the balance itself
 */
export async function postEntry(executor: Executor, entry: Entry, now: Date): Promise<boolean> {
  refuseBalances(entry);
  return writeEntry(executor, entry, now);
}

/**
 * The same for many at once, in one statement: the bills of a month are thousands.
 * @returns how many were new; those that were posted before stay as they are
 */
export async function postEntries(executor: Executor, entries: readonly Entry[], now: Date): Promise<number> {
  entries.forEach(refuseBalances);
  return writeEntries(executor, entries, now);
}

/** The same for accounts of every kind; for this station. */
export async function writeEntries(executor: Executor, entries: readonly Entry[], now: Date): Promise<number> {
  const rows = entries.map(({ postings, ...entry }) => ({ ...entry, sides: balanced(postings) }));
  const written = rows.filter(({ sides }) => sides.length > 0);
  if (written.length === 0) return 0;
  const { rows: counted } = await sql<{ count: number }>`
    WITH told AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(written)}::jsonb) AS e ("entryId" uuid, kind text, reference text, "traceId" text, sides jsonb)),
    entry AS (
      INSERT INTO ledger.entries (entry_id, kind, reference, occurred_at, trace_id) SELECT "entryId", kind, reference, ${now}, "traceId" FROM told
      ON CONFLICT (kind, reference) DO NOTHING RETURNING entry_id),
    posted AS (
      INSERT INTO ledger.postings (entry_id, place, account, currency, debit, credit)
      SELECT entry.entry_id, p.place, p.side ->> 'account', p.side ->> 'currency', (p.side ->> 'debit')::numeric, (p.side ->> 'credit')::numeric
      FROM entry JOIN told ON told."entryId" = entry.entry_id CROSS JOIN LATERAL jsonb_array_elements(told.sides) WITH ORDINALITY AS p (side, place))
    SELECT count(*) AS count FROM entry`.execute(executor);
  return counted[0]?.count ?? 0;
}

function refuseBalances({ postings }: Entry): void {
  for (const { account } of postings)
    if (account.startsWith('buyer:') && account.endsWith(':balance'))
      throw new RangeError(`${account} moves with its balance only: credit or payFromBalance`);
}

/** The same for accounts of every kind; for this station, which moves the balances beside it. */
export async function writeEntry(executor: Executor, entry: Entry, now: Date): Promise<boolean> {
  const sides = balanced(entry.postings);
  if (sides.length === 0) return true;
  const column = (of: (side: Side) => string) => sides.map(of);
  const result = await sql`
    WITH entry AS (
      INSERT INTO ledger.entries (entry_id, kind, reference, occurred_at, trace_id)
      VALUES (${entry.entryId}, ${entry.kind}, ${entry.reference}, ${now}, ${entry.traceId})
      ON CONFLICT (kind, reference) DO NOTHING RETURNING entry_id)
    INSERT INTO ledger.postings (entry_id, place, account, currency, debit, credit)
    SELECT entry_id, p.place, p.account, p.currency, p.debit, p.credit
    FROM entry CROSS JOIN unnest(${column((side) => side.account)}::text[], ${column((side) => side.currency)}::text[],
      ${column((side) => side.debit)}::numeric[], ${column((side) => side.credit)}::numeric[])
      WITH ORDINALITY AS p (account, currency, debit, credit, place)`.execute(executor);
  return Number(result.numAffectedRows ?? 0) > 0;
}

interface Side {
  readonly account: string;
  readonly currency: string;
  readonly debit: string;
  readonly credit: string;
}

/** Sides that are not zero, after it is sure that they add up. */
function balanced(postings: readonly Posting[]): Side[] {
  const differences = new Map<string, ReturnType<typeof decimal>>();
  const sides: Side[] = [];
  for (const { account, debit, credit } of postings) {
    const amount = debit ?? credit;
    if (amount === undefined || (debit !== undefined && credit !== undefined))
      throw new RangeError(`a posting is either a debit or a credit: ${account}`);
    const value = decimal(amount.amount);
    if (value.isNegative() && !value.isZero())
      throw new RangeError(`an amount is positive; its direction is in debit and credit: ${account} ${amount.amount}`);
    if (value.isZero()) continue;
    const before = differences.get(amount.currency) ?? decimal('0');
    differences.set(amount.currency, debit ? before.plus(value) : before.minus(value));
    sides.push({
      account,
      currency: amount.currency,
      debit: debit ? amount.amount : '0',
      credit: debit ? '0' : amount.amount,
    });
  }
  for (const [currency, difference] of differences)
    if (!difference.isZero())
      throw new RangeError(`debits and credits differ by ${difference.toFixed()} ${currency}: nothing is posted`);
  return sides;
}
