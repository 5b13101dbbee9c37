/**
 * Every cent, twice (design.md): append-only double entry. Postings of one entry add up to zero; only a buyer's
 * spendable balance is a locked row (design.md 4.10), every other account is the sum of its postings.
 */
import { type Executor, list, settled, sql } from '../platform/database/database.ts';
import type { Migration } from '../platform/database/migrations.ts';
import { type Currency, currencyOf, decimal, type Money, money } from '../platform/money.ts';
import { balanceAccount } from './accounts.ts';
import { type Entry, type EntryKind, writeEntries, writeEntry } from './entry.ts';

export const ledgerSchema: Migration = {
  id: '0011-ledger',
  sql: `
CREATE SCHEMA ledger;
CREATE TABLE ledger.entries (
  entry_id uuid PRIMARY KEY, kind text NOT NULL, reference text NOT NULL, occurred_at timestamptz NOT NULL, trace_id text NOT NULL,
  UNIQUE (kind, reference)
);
CREATE INDEX ON ledger.entries (trace_id);
CREATE TABLE ledger.postings (
  entry_id uuid NOT NULL REFERENCES ledger.entries, place int NOT NULL, account text NOT NULL, currency text NOT NULL,
  debit numeric NOT NULL CHECK (debit >= 0), credit numeric NOT NULL CHECK (credit >= 0),
  PRIMARY KEY (entry_id, place), CHECK ((debit = 0) <> (credit = 0))
);
CREATE INDEX ON ledger.postings (account, currency);
CREATE TABLE ledger.balances (
  buyer_id text NOT NULL, currency text NOT NULL, amount numeric NOT NULL CHECK (amount >= 0), PRIMARY KEY (buyer_id, currency)
);
CREATE FUNCTION ledger.is_append_only() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.postings FOR EACH STATEMENT EXECUTE FUNCTION ledger.is_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entries FOR EACH STATEMENT EXECUTE FUNCTION ledger.is_append_only();
`,
};

/** An entry of one amount from one account to another. */
export interface Movement extends Omit<Entry, 'postings'> {
  readonly debit: string;
  readonly credit: string;
  readonly amount: Money;
}

/** A movement out of a buyer's balance. */
export interface Payment extends Omit<Movement, 'debit'> {
  readonly buyerId: string;
}

/**
 * Buyer pays from the balance: taken and posted in one statement.
 * @returns `short` = the balance is short, nothing was written; `repeated` = this fact was posted before, and the caller
 * must not commit, or the balance would be taken from without a posting
 */
export async function payFromBalance(
  executor: Executor,
  payment: Payment,
  now: Date,
): Promise<'paid' | 'short' | 'repeated'> {
  const { taken, posted } = await takeAndPost(executor, [payment], now);
  if (taken === 0) return 'short';
  return posted > 0 ? 'paid' : 'repeated';
}

/**
 * The same for many at once, for a caller that found the balances to be enough. They are locked in one order, as everywhere.
 * @throws Error when one is short by now or was posted before: nothing may be committed then
 */
export async function payAllFromBalances(executor: Executor, payments: readonly Payment[], now: Date): Promise<void> {
  const due = payments.filter(({ amount }) => !decimal(amount.amount).isZero());
  if (due.length === 0) return;
  const wallets = new Set(due.map(({ buyerId, amount }) => `${buyerId} ${amount.currency}`));
  const locking = lockBalances(
    executor,
    due.map(({ buyerId, amount: { currency } }) => ({ buyerId, currency })),
  );
  const taking = takeAndPost(executor, due, now);
  await settled<unknown>([locking, taking]);
  const { taken, posted } = await taking;
  if (taken !== wallets.size || posted !== due.length)
    throw new Error(`of ${due.length} payments from ${wallets.size} balances ${posted} were posted, from ${taken}`);
}

async function takeAndPost(
  executor: Executor,
  payments: readonly Payment[],
  now: Date,
): Promise<{ taken: number; posted: number }> {
  const column = (of: (payment: Payment) => string) => payments.map(of);
  const { rows } = await sql<{ taken: number; posted: number }>`
    WITH paid AS (
      SELECT * FROM unnest(${column((p) => p.entryId)}::uuid[], ${column((p) => p.kind)}::text[], ${column((p) => p.reference)}::text[], ${column((p) => p.traceId)}::text[],
        ${column((p) => p.buyerId)}::text[], ${column((p) => balanceAccount(p.buyerId))}::text[], ${column((p) => p.credit)}::text[],
        ${column((p) => p.amount.currency)}::text[], ${column((p) => p.amount.amount)}::numeric[])
        AS p (entry_id, kind, reference, trace_id, buyer_id, debit, credit, currency, amount)),
    sums AS (SELECT buyer_id, currency, sum(amount) AS amount FROM paid GROUP BY buyer_id, currency),
    taken AS (
      UPDATE ledger.balances b SET amount = b.amount - s.amount FROM sums s
      WHERE b.buyer_id = s.buyer_id AND b.currency = s.currency AND b.amount >= s.amount RETURNING b.buyer_id, b.currency),
    entry AS (
      INSERT INTO ledger.entries (entry_id, kind, reference, occurred_at, trace_id)
      SELECT entry_id, kind, reference, ${now}::timestamptz, trace_id FROM paid JOIN taken USING (buyer_id, currency)
      ON CONFLICT (kind, reference) DO NOTHING RETURNING entry_id),
    posted AS (
      INSERT INTO ledger.postings (entry_id, place, account, currency, debit, credit)
      SELECT entry_id, side.place, side.account, currency, side.debit, side.credit
      FROM entry JOIN paid USING (entry_id)
      CROSS JOIN LATERAL (VALUES (1, paid.debit, paid.amount, 0::numeric), (2, paid.credit, 0::numeric, paid.amount)) AS side (place, account, debit, credit)
      RETURNING place)
    SELECT (SELECT count(*) FROM taken) AS taken, (SELECT count(*) FROM posted WHERE place = 1) AS posted`.execute(
    executor,
  );
  return rows[0] ?? { taken: 0, posted: 0 };
}

export async function addToBalance(executor: Executor, buyerId: string, amount: Money): Promise<void> {
  await sql`
    INSERT INTO ledger.balances (buyer_id, currency, amount) VALUES (${buyerId}, ${amount.currency}, ${amount.amount}::numeric)
    ON CONFLICT (buyer_id, currency) DO UPDATE SET amount = ledger.balances.amount + EXCLUDED.amount`.execute(executor);
}

export async function balanceOf(executor: Executor, buyerId: string, currency: Currency): Promise<Money> {
  const { rows } = await sql<{
    amount: string;
  }>`SELECT amount FROM ledger.balances WHERE buyer_id = ${buyerId} AND currency = ${currency}`.execute(executor);
  return money(rows[0]?.amount ?? '0', currency);
}

/** Balances that nobody else moves until this transaction ends; locked in one order everywhere. A buyer without one is missing. */
export async function lockBalances(
  executor: Executor,
  wallets: readonly { readonly buyerId: string; readonly currency: Currency }[],
): Promise<{ buyerId: string; amount: Money }[]> {
  if (wallets.length === 0) return [];
  const { rows } = await sql<{ buyer_id: string; currency: string; amount: string }>`
    SELECT buyer_id, currency, amount FROM ledger.balances
    WHERE (buyer_id, currency) IN (SELECT * FROM unnest(${wallets.map((each) => each.buyerId)}::text[], ${wallets.map((each) => each.currency)}::text[]))
    ORDER BY buyer_id, currency FOR UPDATE`.execute(executor);
  return rows.map((row) => ({ buyerId: row.buyer_id, amount: money(row.amount, currencyOf(row.currency)) }));
}

/** Balances of buyers in whatever currency, as they are now. A buyer without one is missing. */
export async function balancesOf(
  executor: Executor,
  buyerIds: readonly string[],
): Promise<{ buyerId: string; amount: Money }[]> {
  const { rows } = await sql<{ buyer_id: string; currency: string; amount: string }>`
    SELECT buyer_id, currency, amount FROM ledger.balances WHERE buyer_id = ANY(${list(buyerIds, 'text')})`.execute(
    executor,
  );
  return rows.map((row) => ({ buyerId: row.buyer_id, amount: money(row.amount, currencyOf(row.currency)) }));
}

/**
 * Writes one movement, debit and credit of the same amount. A zero amount (trial, free order) has nothing to post.
 * @returns false = this fact was posted before (a repeat), nothing was written
 */
export async function post(executor: Executor, movement: Movement, now: Date): Promise<boolean> {
  const { debit, credit: receiver, amount, ...entry } = movement;
  const postings = [
    { account: debit, debit: amount },
    { account: receiver, credit: amount },
  ];
  return writeEntry(executor, { ...entry, postings }, now);
}

/** Moves money into a buyer's balance: a top-up from the bank, a refund from the prepaid orders. Posted once per reference. */
export async function credit(
  executor: Executor,
  buyerId: string,
  movement: Omit<Movement, 'credit'>,
  now: Date,
): Promise<boolean> {
  const fresh = await post(executor, { ...movement, credit: balanceAccount(buyerId) }, now);
  if (fresh) await addToBalance(executor, buyerId, movement.amount);
  return fresh;
}

/** An entry of several sides, one of which may be a buyer's balance; `postings` holds the others. */
export interface BalanceEntry extends Entry {
  readonly buyerId: string;
  /** what goes out of the balance, or comes in; zero = nothing of it moves */
  readonly balance: { readonly debit: Money } | { readonly credit: Money };
}

/**
 * Moves a balance together with other accounts: a payment with several instruments, a refund to them.
 * @returns `short` = the balance is short, nothing was written; `repeated` = this fact was posted before, and a caller
 * that took something must not commit
 * @throws RangeError when debits and credits differ
 */
export async function postWithBalance(
  executor: Executor,
  { buyerId, balance, postings, ...entry }: BalanceEntry,
  now: Date,
): Promise<'posted' | 'short' | 'repeated'> {
  if ('debit' in balance && !(await takeFromBalance(executor, buyerId, balance.debit))) return 'short';
  const all = [...postings, { account: balanceAccount(buyerId), ...balance }];
  const fresh = await writeEntry(executor, { ...entry, postings: all }, now);
  if (fresh && 'credit' in balance && !decimal(balance.credit.amount).isZero())
    await addToBalance(executor, buyerId, balance.credit);
  return fresh ? 'posted' : 'repeated';
}

/** A payment of several sides; `postings` holds those besides the balance. */
export interface BalancePayment extends Entry {
  readonly buyerId: string;
  readonly balance: { readonly debit: Money };
}

/**
 * The same for payments of many buyers, for a caller that has locked the balances and found them to be enough.
 * @throws Error when one is short or was posted before: that is our own fault, and nothing may be committed
 */
export async function postAllWithBalances(
  executor: Executor,
  payments: readonly BalancePayment[],
  now: Date,
): Promise<void> {
  if (payments.length === 0) return;
  const due = payments.filter(({ balance }) => !decimal(balance.debit.amount).isZero());
  const { rows } = await sql<{ wallets: number; taken: number }>`
    WITH sums AS (
      SELECT buyer_id, currency, sum(amount) AS amount
      FROM unnest(${due.map((each) => each.buyerId)}::text[], ${due.map((each) => each.balance.debit.currency)}::text[], ${due.map((each) => each.balance.debit.amount)}::numeric[])
        AS p (buyer_id, currency, amount) GROUP BY buyer_id, currency),
    taken AS (
      UPDATE ledger.balances b SET amount = b.amount - s.amount FROM sums s
      WHERE b.buyer_id = s.buyer_id AND b.currency = s.currency AND b.amount >= s.amount RETURNING 1)
    SELECT (SELECT count(*) FROM sums) AS wallets, (SELECT count(*) FROM taken) AS taken`.execute(executor);
  const entries = payments.map(({ buyerId, balance, postings, ...entry }) => {
    return { ...entry, postings: [...postings, { account: balanceAccount(buyerId), ...balance }] };
  });
  const posted = await writeEntries(executor, entries, now);
  if (rows[0]?.wallets !== rows[0]?.taken || posted !== payments.length)
    throw new Error(`of ${payments.length} payments ${posted} were posted; not every balance had enough`);
}

async function takeFromBalance(executor: Executor, buyerId: string, { amount, currency }: Money): Promise<boolean> {
  if (decimal(amount).isZero()) return true;
  const { numAffectedRows } = await sql`
    UPDATE ledger.balances SET amount = amount - ${amount}::numeric
    WHERE buyer_id = ${buyerId} AND currency = ${currency} AND amount >= ${amount}::numeric`.execute(executor);
  return Number(numAffectedRows ?? 0) > 0;
}

/** Whether a fact is in the books already. */
export async function isPosted(executor: Executor, kind: EntryKind, reference: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM ledger.entries WHERE kind = ${kind} AND reference = ${reference}`.execute(
    executor,
  );
  return rows.length > 0;
}

/** What credits exceed debits by, account by account, of all accounts of a kind; those of zero are missing. */
export async function sumsOf(executor: Executor, kind: string): Promise<Map<string, string>> {
  const [first = '', last = ''] = kind.split(':');
  const { rows } = await sql<{ account: string; amount: string }>`
    SELECT account, trim_scale(sum(credit) - sum(debit))::text AS amount FROM ledger.postings
    WHERE starts_with(account, ${`${first}:`}) AND account LIKE ${`%:${last}`} GROUP BY account HAVING sum(credit) <> sum(debit)`.execute(
    executor,
  );
  return new Map(rows.map((row) => [row.account, row.amount]));
}

export interface TrialBalance {
  readonly debits: string;
  readonly credits: string;
  /** accounts whose spendable balance differs from the sum of their postings */
  readonly differing: readonly string[];
  readonly balanced: boolean;
}

/** The invariants of the ledger: debits equal credits, per entry and in all; each balance equals its postings. */
export async function trialBalance(executor: Executor): Promise<TrialBalance> {
  const { rows } = await sql<{ debits: string; credits: string; lopsided: number; differing: string[] | null }>`
    SELECT (SELECT coalesce(sum(debit), 0) FROM ledger.postings) AS debits,
           (SELECT coalesce(sum(credit), 0) FROM ledger.postings) AS credits,
           (SELECT count(*) FROM (SELECT 1 FROM ledger.postings GROUP BY entry_id, currency HAVING sum(debit) <> sum(credit)) x) AS lopsided,
           (SELECT array_agg(b.buyer_id || ' ' || b.currency) FROM ledger.balances b
            WHERE b.amount <> (SELECT coalesce(sum(p.credit) - sum(p.debit), 0) FROM ledger.postings p
                               WHERE p.account = 'buyer:' || b.buyer_id || ':balance' AND p.currency = b.currency)) AS differing`.execute(
    executor,
  );
  const [row] = rows;
  const differing = row?.differing ?? [];
  const debits = row?.debits ?? '0';
  const credits = row?.credits ?? '0';
  return {
    debits,
    credits,
    differing,
    balanced: decimal(debits).equals(decimal(credits)) && row?.lopsided === 0 && differing.length === 0,
  };
}

export interface LedgerLine {
  readonly entryId: string;
  readonly kind: string;
  readonly reference: string;
  readonly amount: Money;
  readonly at: Date;
}
/** Money movements of one trace, oldest first, for the timeline. */
export const entriesOfTrace = (executor: Executor, traceId: string): Promise<LedgerLine[]> =>
  entriesOfTraces(executor, [traceId]);

/** Money movements of all these traces, oldest first. */
export async function entriesOfTraces(executor: Executor, traceIds: readonly string[]): Promise<LedgerLine[]> {
  const { rows } = await sql<{
    entry_id: string;
    kind: string;
    reference: string;
    occurred_at: Date;
    amount: string;
    currency: string;
  }>`
    SELECT e.entry_id, e.kind, e.reference, e.occurred_at, sum(p.debit) AS amount, p.currency
    FROM ledger.entries e JOIN ledger.postings p USING (entry_id) WHERE e.trace_id = ANY(${traceIds}::text[])
    GROUP BY e.entry_id, e.kind, e.reference, e.occurred_at, p.currency ORDER BY e.occurred_at`.execute(executor);
  return rows.map((row) => ({
    entryId: row.entry_id,
    kind: row.kind,
    reference: row.reference,
    at: row.occurred_at,
    amount: money(row.amount, currencyOf(row.currency)),
  }));
}
