/** SQL of credit: limits, monthly statements, what stands on them. */
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import { type Currency, currencyOf } from '../platform/money.ts';
import type { Instrument } from './kinds.ts';

export interface CreditLine {
  readonly buyerId: string;
  readonly currency: Currency;
  readonly limit: string;
  /** days from the issue of a statement until it has to be repaid */
  readonly termDays: number;
  readonly state: 'ACTIVE' | 'WITHDRAWN';
  readonly reason: string;
  readonly grantedBy: string;
  readonly changedAt: Date;
  /** owed by the limit, over all months */
  readonly used: string;
}
interface CreditRow extends Omit<CreditLine, 'currency'> {
  readonly currency: string;
}
const CREDIT_COLUMNS = sql`c.buyer_id AS "buyerId", c.currency, c.credit_limit::text AS "limit", c.term_days AS "termDays", c.state, c.reason,
  c.granted_by AS "grantedBy", c.changed_at AS "changedAt",
  (SELECT coalesce(sum(s.limit_owed), 0)::text FROM wallet.statements s WHERE s.buyer_id = c.buyer_id AND s.currency = c.currency) AS used`;

/** @param options.lock for a decision; two payments never use the last of a limit both */
export async function creditLineOf(
  executor: Executor,
  { buyerId, currency }: Wallet,
  options: { readonly lock?: true } = {},
): Promise<CreditLine | null> {
  // the lock first and alone: what is owed is read after it is had
  if (options.lock)
    await sql`SELECT 1 FROM wallet.credit_lines WHERE buyer_id = ${buyerId} AND currency = ${currency} FOR UPDATE`.execute(
      executor,
    );
  const { rows } = await sql<CreditRow>`
    SELECT ${CREDIT_COLUMNS} FROM wallet.credit_lines c WHERE c.buyer_id = ${buyerId} AND c.currency = ${currency}`.execute(
    executor,
  );
  const [row] = rows;
  return row ? { ...row, currency: currencyOf(row.currency) } : null;
}

/** Credit that can be used, locked, of several buyers in one order; without those who owe a month too long. */
export async function lockUsableCredit(tx: Tx, wallets: readonly Wallet[], now: Date): Promise<CreditLine[]> {
  const these = sql`(c.buyer_id, c.currency) IN (SELECT * FROM unnest(${wallets.map((each) => each.buyerId)}::text[], ${wallets.map((each) => each.currency)}::text[]))`;
  const locked = await sql`
    SELECT 1 FROM wallet.credit_lines c WHERE ${these} ORDER BY c.buyer_id, c.currency FOR UPDATE`.execute(tx);
  if (locked.rows.length === 0) return [];
  const { rows } = await sql<CreditRow>`
    SELECT ${CREDIT_COLUMNS} FROM wallet.credit_lines c WHERE ${these} AND c.state = 'ACTIVE' AND NOT EXISTS (
      SELECT 1 FROM wallet.statements s WHERE s.buyer_id = c.buyer_id AND s.currency = c.currency AND s.state = 'ISSUED' AND s.due_at < ${now})`.execute(
    tx,
  );
  return rows.map((row) => ({ ...row, currency: currencyOf(row.currency) }));
}

export async function listCreditLines(
  executor: Executor,
  query: { readonly after: string; readonly limit: number },
): Promise<CreditLine[]> {
  const { rows } = await sql<CreditRow>`
    SELECT ${CREDIT_COLUMNS} FROM wallet.credit_lines c WHERE c.buyer_id > ${query.after} ORDER BY c.buyer_id, c.currency LIMIT ${query.limit}`.execute(
    executor,
  );
  return rows.map((row) => ({ ...row, currency: currencyOf(row.currency) }));
}

export async function putCreditLine(tx: Tx, line: Omit<CreditLine, 'used'>): Promise<void> {
  await sql`
    INSERT INTO wallet.credit_lines (buyer_id, currency, credit_limit, term_days, state, reason, granted_by, changed_at)
    VALUES (${line.buyerId}, ${line.currency}, ${line.limit}, ${line.termDays}, ${line.state}, ${line.reason}, ${line.grantedBy}, ${line.changedAt})
    ON CONFLICT (buyer_id, currency) DO UPDATE SET credit_limit = excluded.credit_limit, term_days = excluded.term_days, state = excluded.state, reason = excluded.reason,
      granted_by = excluded.granted_by, changed_at = excluded.changed_at`.execute(tx);
}

export interface Wallet {
  readonly buyerId: string;
  readonly currency: Currency;
}
export interface StatementKey extends Wallet {
  /** `YYYYMM` in the site's zone */
  readonly month: string;
}
export interface Statement extends StatementKey {
  readonly state: 'OPEN' | 'ISSUED' | 'REPAID';
  readonly charged: string;
  readonly limitOwed: string;
  readonly couponOwed: string;
  readonly issuedAt: Date | null;
  readonly dueAt: Date | null;
  readonly repaidAt: Date | null;
}
interface StatementRow extends Omit<Statement, 'currency'> {
  readonly currency: string;
}
const toStatement = (row: StatementRow): Statement => ({ ...row, currency: currencyOf(row.currency) });
const STATEMENT_COLUMNS = sql`buyer_id AS "buyerId", currency, month, state, charged::text, limit_owed::text AS "limitOwed", coupon_owed::text AS "couponOwed",
  issued_at AS "issuedAt", due_at AS "dueAt", repaid_at AS "repaidAt"`;
const one = ({ buyerId, currency, month }: StatementKey) =>
  sql`buyer_id = ${buyerId} AND currency = ${currency} AND month = ${month}`;

export async function statementsOf(executor: Executor, { buyerId, currency }: Wallet): Promise<Statement[]> {
  const { rows } = await sql<StatementRow>`
    SELECT ${STATEMENT_COLUMNS} FROM wallet.statements WHERE buyer_id = ${buyerId} AND currency = ${currency} ORDER BY month DESC LIMIT 60`.execute(
    executor,
  );
  return rows.map(toStatement);
}

export async function lockStatement(tx: Tx, key: StatementKey): Promise<Statement | null> {
  const { rows } = await sql<StatementRow>`
    SELECT ${STATEMENT_COLUMNS} FROM wallet.statements WHERE ${one(key)} FOR UPDATE`.execute(tx);
  const [row] = rows;
  return row ? toStatement(row) : null;
}

/** What is bought on credit in one step: of which month, by the limit and by credit coupons. */
export interface MonthCharge extends StatementKey {
  readonly limit: string;
  readonly coupon: string;
}
/** @param charges each month once. @returns those that are the first of their month */
export async function charge(tx: Tx, charges: readonly MonthCharge[]): Promise<StatementKey[]> {
  const { rows } = await sql<{ buyer_id: string; currency: string; month: string; fresh: boolean }>`
    INSERT INTO wallet.statements AS s (buyer_id, currency, month, charged, limit_owed, coupon_owed)
    SELECT c."buyerId", c.currency, c.month, c."limit" + c.coupon, c."limit", c.coupon
    FROM jsonb_to_recordset(${JSON.stringify(charges)}::jsonb) AS c ("buyerId" text, currency text, month text, "limit" numeric, coupon numeric)
    ORDER BY c."buyerId", c.currency, c.month
    ON CONFLICT (buyer_id, currency, month) DO UPDATE SET charged = s.charged + excluded.charged, limit_owed = s.limit_owed + excluded.limit_owed, coupon_owed = s.coupon_owed + excluded.coupon_owed
    RETURNING buyer_id, currency, month, xmax = 0 AS fresh`.execute(tx);
  return rows
    .filter(({ fresh }) => fresh)
    .map(({ buyer_id, currency, month }) => ({ buyerId: buyer_id, currency: currencyOf(currency), month }));
}

export async function saveStatement(tx: Tx, statement: Statement): Promise<void> {
  const { state, limitOwed, couponOwed, issuedAt, dueAt, repaidAt } = statement;
  await sql`
    UPDATE wallet.statements SET state = ${state}, limit_owed = ${limitOwed}, coupon_owed = ${couponOwed}, issued_at = ${issuedAt}, due_at = ${dueAt}, repaid_at = ${repaidAt}
    WHERE ${one(statement)}`.execute(tx);
}

export interface StatementEntry {
  readonly at: Date;
  readonly kind: 'CHARGE' | 'REFUND' | 'REPAYMENT';
  readonly instrument: Instrument | null;
  readonly subject: 'ORDER' | 'USAGE' | 'BUYER';
  readonly reference: string;
  readonly amount: string;
}
export type StatedEntry = StatementKey & StatementEntry;
export async function addEntries(tx: Tx, entries: readonly StatedEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    INSERT INTO wallet.statement_entries (buyer_id, currency, month, at, kind, instrument, subject, reference, amount)
    SELECT e."buyerId", e.currency, e.month, e.at, e.kind, e.instrument, e.subject, e.reference, e.amount
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      AS e ("buyerId" text, currency text, month text, at timestamptz, kind text, instrument text, subject text, reference text, amount numeric)`.execute(
    tx,
  );
}

/** What stands on a statement, oldest first. */
export async function entriesOf(executor: Executor, key: StatementKey, limit = 1_000): Promise<StatementEntry[]> {
  const { rows } = await sql<StatementEntry>`
    SELECT at, kind, instrument, subject, reference, amount::text FROM wallet.statement_entries WHERE ${one(key)} ORDER BY seq LIMIT ${limit}`.execute(
    executor,
  );
  return rows;
}

/** What was bought on credit in a month. */
export async function chargedIn(
  executor: Executor,
  key: StatementKey,
): Promise<Pick<StatementEntry, 'subject' | 'reference'>[]> {
  const { rows } = await sql<Pick<StatementEntry, 'subject' | 'reference'>>`
    SELECT DISTINCT subject, reference FROM wallet.statement_entries WHERE ${one(key)} AND kind = 'CHARGE' ORDER BY subject, reference`.execute(
    executor,
  );
  return rows;
}

/** What was charged to credit for one reference. */
export async function chargesFor(executor: Executor, reference: string): Promise<{ month: string; amount: string }[]> {
  const { rows } = await sql<{ month: string; amount: string }>`
    SELECT month, amount::text FROM wallet.statement_entries WHERE reference = ${reference} AND kind = 'CHARGE' ORDER BY seq`.execute(
    executor,
  );
  return rows;
}

/** A month that should have been repaid by now. */
export async function overdueOf(executor: Executor, { buyerId, currency }: Wallet, now: Date): Promise<string | null> {
  const { rows } = await sql<{ month: string }>`
    SELECT month FROM wallet.statements WHERE buyer_id = ${buyerId} AND currency = ${currency} AND state = 'ISSUED' AND due_at < ${now} ORDER BY month LIMIT 1`.execute(
    executor,
  );
  return rows[0]?.month ?? null;
}
