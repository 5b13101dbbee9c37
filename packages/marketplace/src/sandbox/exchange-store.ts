/** SQL of exchanges: written once, never changed, the last ten thousand kept. */
import { z } from 'zod';
import { type Executor, executeUnanswered, sql } from '../platform/database/database.ts';
import { type Exchange, type ExchangePage, type ExchangeSummary, exchange, exchangeSummary } from './schemas.ts';

export const MOST_EXCHANGES = 10_000;
/** how many more there may be before the oldest go */
const SLACK = 200;

/** An exchange without what the database gives it. */
export type NewExchange = Omit<Exchange, 'exchangeId'>;

export interface ExchangeQuery {
  readonly before?: string | undefined;
  readonly activity?: string | undefined;
  readonly limit: number;
}

export async function insertExchange(executor: Executor, made: NewExchange): Promise<ExchangeSummary> {
  const { request, response } = made;
  const { rows } = await sql<Row>`
    INSERT INTO sandbox.exchanges (direction, at, wire_at, activity, protocol, method, url, status, result_code, duration_ms, call_id, resource_id,
      fault, replay_of, codes, request_headers, request_body, signature, response_headers, response_body, truncated, transport_fault, diagnosis)
    VALUES (${made.direction}, ${made.at}, ${made.wireAt}, ${made.activity}, ${made.protocol}, ${made.method}, ${made.url}, ${made.status}, ${made.resultCode},
      ${made.durationMs}, ${made.callId}::uuid, ${made.resourceId}, ${made.fault}, ${made.replayOf}::bigint,
      ${made.diagnosis}::text[], ${JSON.stringify(request.headers)}::jsonb, ${request.body}, ${JSON.stringify(made.signature)}::jsonb,
      ${response ? JSON.stringify(response.headers) : null}::jsonb, ${response?.body ?? null}, ${response?.truncated ?? false}, ${made.transportFault},
      ${JSON.stringify(made.diagnosisDetails)}::jsonb)
    RETURNING ${summaryColumns}`.execute(executor);
  const [row] = rows;
  if (!row) throw new Error('unreachable: nothing was inserted');
  const id = Number(row.exchangeId);
  if (id % SLACK === 0)
    await executeUnanswered(executor, sql`DELETE FROM sandbox.exchanges WHERE exchange_id <= ${id - MOST_EXCHANGES}`);
  return toSummary(row);
}

/** Newest first. @param before an exchange's id; activity: only such */
export async function exchangePage(
  executor: Executor,
  { before, activity, limit }: ExchangeQuery,
): Promise<ExchangePage> {
  const older = before === undefined ? sql`true` : sql`exchange_id < ${before}::bigint`;
  const wanted = activity === undefined ? sql`true` : sql`activity = ${activity}`;
  const { rows } =
    await sql<Row>`SELECT ${summaryColumns} FROM sandbox.exchanges WHERE ${older} AND ${wanted} ORDER BY exchange_id DESC LIMIT ${limit + 1}`.execute(
      executor,
    );
  const items = rows.slice(0, limit).map(toSummary);
  return { items, nextBefore: rows.length > limit ? (items.at(-1)?.exchangeId ?? null) : null };
}

export async function exchangeById(executor: Executor, exchangeId: string): Promise<Exchange | null> {
  if (!/^\d{1,15}$/.test(exchangeId)) return null;
  const [found] = await wholeExchanges(executor, sql`exchange_id = ${exchangeId}::bigint`, 1);
  return found ?? null;
}

/** Whole ones after an id, oldest first. */
export const exchangesAfter = (executor: Executor, after: string, limit: number): Promise<Exchange[]> =>
  wholeExchanges(executor, sql`exchange_id > ${after}::bigint`, limit);

export async function lastExchangeId(executor: Executor): Promise<string> {
  const { rows } = await sql<{
    id: string;
  }>`SELECT coalesce(max(exchange_id), 0)::text AS id FROM sandbox.exchanges`.execute(executor);
  return rows[0]?.id ?? '0';
}

const summaryColumns = sql`exchange_id::text AS "exchangeId", direction, at, wire_at AS "wireAt", activity, protocol, method, url, status, result_code AS "resultCode",
  duration_ms AS "durationMs", call_id::text AS "callId", resource_id AS "resourceId", fault, replay_of::text AS "replayOf", codes AS diagnosis`;

interface Row {
  readonly exchangeId: string;
  readonly at: Date;
  readonly wireAt: Date;
}
const iso = (row: Row) => ({ ...row, at: row.at.toISOString(), wireAt: row.wireAt.toISOString() });
const toSummary = (row: Row): ExchangeSummary => exchangeSummary.parse(iso(row));

async function wholeExchanges(executor: Executor, which: ReturnType<typeof sql>, limit: number): Promise<Exchange[]> {
  const { rows } = await sql<Row>`
    SELECT ${summaryColumns}, jsonb_build_object('headers', request_headers, 'body', request_body) AS request, signature,
      CASE WHEN response_body IS NOT NULL THEN jsonb_build_object('headers', response_headers, 'body', response_body, 'truncated', truncated) END AS response,
      transport_fault AS "transportFault", diagnosis AS "diagnosisDetails"
    FROM sandbox.exchanges WHERE ${which} ORDER BY exchange_id LIMIT ${limit}`.execute(executor);
  return z.array(exchange).parse(rows.map(iso));
}
