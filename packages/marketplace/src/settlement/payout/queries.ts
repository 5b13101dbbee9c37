/** Pay-outs as people see them: runs with their progress, payments, statements and their bookings. No account number whole. */
import { type Executor, sql } from '../../platform/database/database.ts';
import type { KeyRing } from '../../platform/key-ring.ts';
import { isUuid } from '../../platform/uuid.ts';
import type { Day } from '../calendar.ts';
import type { Payee } from './due.ts';
import { filesOfRun, type PayoutFile } from './files/exporting.ts';
import { ENTRY_ACCOUNT, PAYEE_ACCOUNT } from './schema.ts';
import { type OpenReason, plainName, sameAmount, verdictOn } from './statement/match.ts';
import type { PaymentState, PayoutState } from './states.ts';

/** How far a run is: payments and their sum by state. */
export type Progress = readonly { readonly state: PaymentState; readonly payments: number; readonly total: string }[];
export interface RunView {
  readonly runId: string;
  readonly currency: string;
  readonly executionDay: Day;
  readonly state: PayoutState;
  readonly total: string;
  readonly payments: number;
  readonly payer: AccountView;
  readonly madeByName: string;
  readonly madeAt: Date;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  readonly progress: Progress;
}
export interface AccountView {
  readonly holder: string;
  readonly bankName: string;
  readonly tail: string;
}
export interface PaymentView {
  readonly paymentId: string;
  readonly runId: string;
  readonly requisitionId: string;
  readonly payee: Payee;
  readonly amount: string;
  readonly currency: string;
  readonly state: PaymentState;
  readonly account: AccountView;
  readonly paidOn: Day | null;
  readonly bankReference: string | null;
  readonly reason: string | null;
}
type Keyset = { readonly at: Date; readonly id: string } | null;

const PROGRESS = sql`(
  SELECT coalesce(jsonb_agg(jsonb_build_object('state', s.state, 'payments', s.payments, 'total', s.total::text) ORDER BY s.state), '[]')
  FROM (SELECT state, count(*) AS payments, sum(amount) AS total FROM settlement.payments p WHERE p.run_id = r.run_id GROUP BY state) s)`;

/** Newest first. */
export async function listRuns(
  executor: Executor,
  query: {
    readonly site: string;
    readonly runId?: string | undefined;
    readonly before: Keyset;
    readonly limit: number;
  },
): Promise<RunView[]> {
  const { site, runId = null, before, limit } = query;
  const { rows } = await sql<RunView>`
    SELECT run_id AS "runId", currency, execution_day AS "executionDay", state, total, payments,
      jsonb_build_object('holder', holder, 'bankName', bank_name, 'tail', tail) AS payer,
      made_by_name AS "madeByName", made_at AS "madeAt", decided_by_name AS "decidedByName", decided_at AS "decidedAt", reason, ${PROGRESS} AS progress
    FROM settlement.payout_runs r WHERE site = ${site} AND (${runId}::text IS NULL OR run_id = ${runId})
      AND (${before?.at ?? null}::timestamptz IS NULL OR (made_at, run_id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}))
    ORDER BY made_at DESC, run_id DESC LIMIT ${limit}`.execute(executor);
  return rows;
}

export interface RunDetail extends RunView {
  readonly items: readonly PaymentView[];
  readonly files: readonly PayoutFile[];
}
export async function runDetail(executor: Executor, site: string, runId: string): Promise<RunDetail | null> {
  const [run] = await listRuns(executor, { site, runId, before: null, limit: 1 });
  if (!run) return null;
  const items = await payments(executor, sql`run_id = ${runId}`);
  return { ...run, items, files: await filesOfRun(executor, runId) };
}

/** Every attempt to pay a requisition, oldest first. */
export const paymentsOfRequisition = async (
  executor: Executor,
  requisitionId: string | null,
): Promise<PaymentView[]> => (requisitionId === null ? [] : payments(executor, sql`requisition_id = ${requisitionId}`));

async function payments(executor: Executor, condition: ReturnType<typeof sql>): Promise<PaymentView[]> {
  const { rows } = await sql<PaymentView>`
    SELECT payment_id AS "paymentId", run_id AS "runId", requisition_id AS "requisitionId", jsonb_build_object('kind', payee_kind, 'id', payee_id) AS payee, amount, currency, state,
      jsonb_build_object('holder', holder, 'bankName', bank_name, 'tail', tail) AS account, paid_on AS "paidOn", bank_reference AS "bankReference", reason
    FROM settlement.payments WHERE ${condition} ORDER BY changed_at, payment_id`.execute(executor);
  return rows;
}

export interface StatementView {
  readonly statementId: string;
  readonly name: string;
  readonly format: 'CAMT_053' | 'CSV';
  readonly sha256: string;
  readonly tail: string | null;
  readonly entries: number;
  readonly known: number;
  readonly notBooked: number;
  readonly importedBy: string;
  readonly importedAt: Date;
  /** of its new bookings, those that still wait for a person */
  readonly open: number;
  readonly matched: number;
}
export async function listStatements(executor: Executor, site: string, limit: number): Promise<StatementView[]> {
  const { rows } = await sql<StatementView>`
    SELECT statement_id AS "statementId", name, format, sha256, tail, entries, known, not_booked AS "notBooked", imported_by_name AS "importedBy", imported_at AS "importedAt",
      (SELECT count(*) FROM settlement.statement_entries e WHERE e.statement_id = s.statement_id AND e.state = 'OPEN') AS open,
      (SELECT count(*) FROM settlement.statement_entries e WHERE e.statement_id = s.statement_id AND e.state = 'MATCHED') AS matched
    FROM settlement.statements s WHERE site = ${site} ORDER BY imported_at DESC, statement_id LIMIT ${limit}`.execute(
    executor,
  );
  return rows;
}

export interface EntryView {
  readonly entryId: string;
  readonly statementId: string;
  readonly place: string;
  readonly direction: 'DEBIT' | 'CREDIT';
  readonly bookedOn: Day;
  readonly amount: string;
  readonly currency: string;
  readonly endToEndId: string | null;
  readonly bankReference: string | null;
  readonly name: string | null;
  readonly tail: string | null;
  readonly remark: string | null;
  readonly reason: string | null;
  readonly state: 'OPEN' | 'MATCHED' | 'SET_ASIDE';
  readonly paymentId: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly note: string | null;
  /** why nothing settled it by itself; null = it is not open, or will be */
  readonly because: OpenReason | null;
  /** payments of the same amount, account and name: for a person to look at */
  readonly suggested: readonly string[];
}
export interface EntryQuery {
  readonly site: string;
  readonly state?: EntryView['state'] | undefined;
  readonly statementId?: string | undefined;
  readonly entryId?: string | undefined;
  /** after this one */
  readonly after?: { readonly bookedOn: string; readonly entryId: string } | undefined;
  readonly limit: number;
}

/** By the day of booking. */
export async function listEntries(executor: Executor, keys: KeyRing, query: EntryQuery): Promise<EntryView[]> {
  const { site, state = null, statementId = null, entryId = null, after, limit } = query;
  if (statementId !== null && !isUuid(statementId)) return [];
  const { rows } = await sql<
    Omit<EntryView, 'because' | 'suggested'> & {
      reversal: boolean;
      sealed: string | null;
      named: { state: PaymentState; amount: string; currency: string } | null;
    }
  >`
    SELECT e.entry_id AS "entryId", e.statement_id AS "statementId", e.place, e.direction, e.booked_on AS "bookedOn", e.amount, e.currency, e.end_to_end_id AS "endToEndId",
      e.bank_reference AS "bankReference", e.name, e.tail, e.remark, e.reason, e.state, e.payment_id AS "paymentId", e.decided_by_name AS "decidedBy", e.decided_at AS "decidedAt", e.note,
      e.reversal, e.sealed, CASE WHEN p.payment_id IS NOT NULL THEN jsonb_build_object('state', p.state, 'amount', p.amount::text, 'currency', p.currency) END AS named
    FROM settlement.statement_entries e JOIN settlement.statements s USING (statement_id) LEFT JOIN settlement.payments p ON p.payment_id = e.end_to_end_id
    WHERE s.site = ${site} AND (${state}::text IS NULL OR e.state = ${state}) AND (${statementId}::uuid IS NULL OR e.statement_id = ${statementId}::uuid) AND (${entryId}::text IS NULL OR e.entry_id = ${entryId})
      AND (${after?.bookedOn ?? null}::text IS NULL OR (e.booked_on, e.entry_id) > (${after?.bookedOn ?? null}, ${after?.entryId ?? null}))
    ORDER BY e.booked_on, e.entry_id LIMIT ${limit}`.execute(executor);
  const candidates = await candidatesFor(
    executor,
    rows.filter((row) => row.state === 'OPEN').map(({ amount }) => amount),
  );
  return rows.map(({ reversal, sealed, named, ...entry }) => {
    const verdict = entry.state === 'OPEN' ? verdictOn({ ...entry, reversal }, named) : null;
    const number = sealed === null ? null : keys.open(sealed, ENTRY_ACCOUNT);
    const direction = entry.direction === 'DEBIT' ? 'APPROVED' : 'PAID';
    // whatever the bank tells of the payee has to agree, and it has to tell something
    const fits = (each: Candidate): boolean => {
      const account = number === null ? null : keys.open(each.sealed, PAYEE_ACCOUNT) === number;
      const name = entry.name === null ? null : plainName(entry.name) === plainName(each.holder);
      const told = [account, name].filter((one) => one !== null);
      const named = entry.remark?.includes(each.payment_id) === true;
      return each.state === direction && sameAmount(each, entry) && told.every(Boolean) && (told.length > 0 || named);
    };
    return {
      ...entry,
      because: verdict?.does === 'NOTHING' ? verdict.because : null,
      suggested: verdict?.does === 'NOTHING' ? candidates.filter(fits).map((each) => each.payment_id) : [],
    };
  });
}

interface Candidate {
  readonly payment_id: string;
  readonly amount: string;
  readonly currency: string;
  readonly state: PaymentState;
  readonly holder: string;
  readonly sealed: string;
}
/** enough to choose from; equal amounts are rare */
const MOST_CANDIDATES = 200;
async function candidatesFor(executor: Executor, amounts: readonly string[]): Promise<Candidate[]> {
  if (amounts.length === 0) return [];
  const { rows } = await sql<Candidate>`
    SELECT payment_id, amount, currency, state, holder, sealed FROM settlement.payments
    WHERE state IN ('APPROVED', 'PAID') AND amount = ANY(${[...new Set(amounts)]}::numeric[]) ORDER BY payment_id LIMIT ${MOST_CANDIDATES}`.execute(
    executor,
  );
  return rows;
}
