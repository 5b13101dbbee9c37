/** The books by account and month, for people: trial balance, accounts, statement. Of what is sealed; see `months.ts`. */
import { type Executor, sql } from '../platform/database/database.ts';
import { type Currency, currencyOf, decimal, money } from '../platform/money.ts';

export interface Span {
  readonly from: Date;
  readonly until: Date;
}

/** Amounts in one currency: a balance is what debits exceed credits by, negative where credits do. */
export interface Turnover {
  readonly currency: Currency;
  readonly opening: string;
  readonly debit: string;
  readonly credit: string;
  readonly closing: string;
}

export interface TrialRow extends Turnover {
  readonly kind: string;
  readonly accounts: number;
}

/** Per kind of account and currency; in each currency the closings add up to nothing. */
export async function trialOf(executor: Executor, span: Span): Promise<TrialRow[]> {
  const { rows } = await sql<SumRow & { kind: string; accounts: number }>`
    WITH moves AS (${moves(span)})
    SELECT ${kindOf} AS kind, currency, count(DISTINCT account) AS accounts, ${sums}
    FROM moves GROUP BY 1, currency ORDER BY currency, kind`.execute(executor);
  return rows.map((row) => ({ kind: row.kind, accounts: row.accounts, ...turnover(row) }));
}

export interface AccountRow extends Turnover {
  readonly account: string;
}

export interface AccountQuery {
  readonly kind: string;
  /** the last account and currency of the page before */
  readonly after: { readonly account: string; readonly currency: string } | null;
  readonly limit: number;
}

/** The accounts of a kind by name. */
export async function accountsOf(executor: Executor, span: Span, query: AccountQuery): Promise<AccountRow[]> {
  const after = query.after ? sql`AND (account, currency) > (${query.after.account}, ${query.after.currency})` : sql``;
  const { rows } = await sql<SumRow & { account: string }>`
    WITH moves AS (${moves(span)})
    SELECT account, currency, ${sums} FROM moves WHERE ${kindOf} = ${query.kind} ${after}
    GROUP BY account, currency ORDER BY account, currency LIMIT ${query.limit}`.execute(executor);
  return rows.map((row) => ({ account: row.account, ...turnover(row) }));
}

export interface StatementLine {
  readonly entryId: string;
  readonly place: number;
  readonly kind: string;
  readonly reference: string;
  readonly traceId: string;
  /** when it happened; earlier than the month when that one was closed already */
  readonly occurredAt: Date;
  readonly bookedAt: Date;
  readonly debit: string;
  readonly credit: string;
  /** after this line */
  readonly balance: string;
}

export interface StatementQuery {
  readonly account: string;
  readonly currency: Currency;
  /** the last line of the page before */
  readonly after: { readonly at: Date; readonly id: string; readonly place: number } | null;
  readonly limit: number;
}

/** The postings of one account in the order of the books, each with the balance after it. */
export async function statementOf(executor: Executor, span: Span, query: StatementQuery): Promise<StatementLine[]> {
  const { after, account, currency } = query;
  const next = after
    ? sql`WHERE (booked_at, entry_id, place) > (${after.at}, ${after.id}::uuid, ${after.place})`
    : sql``;
  const { rows } = await sql<{
    entry_id: string;
    place: number;
    kind: string;
    reference: string;
    trace_id: string;
    occurred_at: Date;
    booked_at: Date;
    debit: string;
    credit: string;
    balance: string;
  }>`
    WITH lines AS (
      SELECT p.entry_id, p.place, s.booked_at, p.debit, p.credit,
             sum(p.debit - p.credit) OVER (ORDER BY s.booked_at, p.entry_id, p.place ROWS UNBOUNDED PRECEDING) AS balance
      FROM ledger.postings p JOIN ledger.sealed_entries s USING (entry_id)
      WHERE p.account = ${account} AND p.currency = ${currency} AND s.booked_at < ${span.until}),
    page AS (SELECT * FROM lines ${next} ORDER BY booked_at, entry_id, place)
    SELECT page.*, e.kind, e.reference, e.trace_id, e.occurred_at FROM page JOIN ledger.entries e USING (entry_id)
    WHERE booked_at >= ${span.from} ORDER BY booked_at, entry_id, place LIMIT ${query.limit}`.execute(executor);
  const amount = (text: string) => money(text, currency).amount;
  return rows.map((row) => ({
    entryId: row.entry_id,
    place: row.place,
    kind: row.kind,
    reference: row.reference,
    traceId: row.trace_id,
    occurredAt: row.occurred_at,
    bookedAt: row.booked_at,
    debit: amount(row.debit),
    credit: amount(row.credit),
    balance: amount(row.balance),
  }));
}

/** What one account had at the beginning of a span, moved in it, and had at its end, per currency. */
export async function turnoverOf(executor: Executor, span: Span, account: string): Promise<Turnover[]> {
  const { rows } = await sql<SumRow>`
    WITH moves AS (${moves(span)})
    SELECT currency, ${sums} FROM moves WHERE account = ${account} GROUP BY currency ORDER BY currency`.execute(
    executor,
  );
  return rows.map(turnover);
}

interface SumRow {
  readonly currency: string;
  readonly opening: string;
  readonly debit: string;
  readonly credit: string;
}

/** Closed months by the sums that were kept, what follows by its postings. `before` = belongs to the opening balance. */
const moves = ({ from, until }: Span) => sql`
  SELECT account, currency, debit, credit, c.ends_at <= ${from} AS before
  FROM ledger.month_balances JOIN ledger.closings c USING (month) WHERE c.ends_at <= ${until}
  UNION ALL
  SELECT p.account, p.currency, p.debit, p.credit, s.booked_at < ${from}
  FROM ledger.sealed_entries s JOIN ledger.postings p USING (entry_id)
  WHERE s.booked_at < ${until}
    AND s.booked_at >= coalesce((SELECT max(ends_at) FROM ledger.closings WHERE ends_at <= ${until}), '-infinity')`;

const sums = sql`
  coalesce(sum(debit - credit) FILTER (WHERE before), 0) AS opening,
  coalesce(sum(debit) FILTER (WHERE NOT before), 0) AS debit, coalesce(sum(credit) FILTER (WHERE NOT before), 0) AS credit`;

/** as `accountParts` */
const kindOf = sql`regexp_replace(account, '^([a-z]+):.+:([a-z-]+)$', '\\1:\\2')`;

function turnover(row: SumRow): Turnover {
  const currency = currencyOf(row.currency);
  const amount = (text: string) => money(text, currency).amount;
  const closing = decimal(row.opening).plus(row.debit).minus(row.credit);
  return {
    currency,
    opening: amount(row.opening),
    debit: amount(row.debit),
    credit: amount(row.credit),
    closing: money(closing, currency).amount,
  };
}
