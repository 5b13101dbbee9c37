/** SQL of attempts: what was said and heard each time, for people to read. They are written with their calls (`store.ts`). */
import type { RawBuilder } from 'kysely';
import { z } from 'zod';
import { localizedText } from '../catalog/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import type { AttemptRecord } from './call.ts';

const kept = z.object({
  /** null = an older attempt, whose messages were not asked for */
  request: z
    .object({
      method: z.string(),
      url: z.string(),
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
      body: z.string(),
    })
    .nullable(),
  response: z
    .object({
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
      body: z.string(),
      truncated: z.boolean(),
    })
    .nullable(),
  diagnosis: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['error', 'warning']),
      summary: localizedText,
      expected: z.string(),
      seen: z.string(),
      fix: localizedText,
      reference: z.string(),
    }),
  ),
});
export interface Attempt extends z.infer<typeof kept> {
  readonly callId: string;
  readonly attempt: number;
  readonly actor: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly outcome: AttemptRecord['outcome'];
  readonly httpStatus: number | null;
  readonly resultCode: string | null;
  readonly resultMsg: string | null;
}
interface AttemptRow {
  call_id: string;
  attempt: number;
  actor: string;
  started_at: Date;
  duration_ms: number;
  outcome: AttemptRecord['outcome'];
  http_status: number | null;
  result_code: string | null;
  result_msg: string | null;
  request: unknown;
  response: unknown;
  diagnosis: unknown;
  activity: string;
}
/** Oldest first. @param withMessages the newest so many come with request and response, which may be 64 kB each */
export async function attemptsOf(executor: Executor, callId: string, withMessages = 20): Promise<Attempt[]> {
  const { rows } = await sql<AttemptRow>`
    SELECT call_id, attempt, actor, started_at, duration_ms, outcome, http_status, result_code, result_msg, diagnosis,
           CASE WHEN newest <= ${withMessages} THEN request END AS request, CASE WHEN newest <= ${withMessages} THEN response END AS response
    FROM (SELECT a.*, row_number() OVER (ORDER BY a.attempt DESC) AS newest FROM fulfilment.attempts a WHERE a.call_id = ${callId}::uuid) a
    ORDER BY attempt`.execute(executor);
  return rows.map((row) => ({
    callId: row.call_id,
    attempt: row.attempt,
    actor: row.actor,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    outcome: row.outcome,
    httpStatus: row.http_status,
    resultCode: row.result_code,
    resultMsg: row.result_msg,
    ...kept.parse({ request: row.request, response: row.response, diagnosis: row.diagnosis }),
  }));
}

export interface AttemptSummary {
  readonly callId: string;
  readonly activity: string;
  readonly occasion: string;
  readonly attempt: number;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly outcome: AttemptRecord['outcome'];
  readonly httpStatus: number | null;
  readonly resultCode: string | null;
  /** the seller's own words */
  readonly resultMsg: string | null;
  readonly orderLineId: string;
}
/** Attempts of one trace, oldest first, without their bodies: for the timeline and `jishi start --json`. */
export async function attemptsOfTrace(executor: Executor, traceId: string): Promise<AttemptSummary[]> {
  return summaries(executor, sql`a.trace_id = ${traceId}`);
}

/**
 * The newest attempts of all calls about one resource, of whichever order, oldest first. Looks into the resource details
 * are left out: nothing happened to the service.
 */
export async function attemptsOfResource(
  executor: Executor,
  resourceId: string,
  limit: number,
): Promise<AttemptSummary[]> {
  const own = sql`c.resource_id = ${resourceId} AND c.occasion NOT LIKE 'view:%'`;
  return (await summaries(executor, own, sql`a.started_at DESC, c.seq DESC LIMIT ${limit}`)).toReversed();
}

async function summaries(
  executor: Executor,
  condition: RawBuilder<unknown>,
  order: RawBuilder<unknown> = sql`a.started_at, c.seq`,
): Promise<AttemptSummary[]> {
  const { rows } = await sql<AttemptRow & { occasion: string; order_line_id: string }>`
    SELECT a.call_id, c.activity, c.occasion, c.order_line_id, a.attempt, a.started_at, a.duration_ms, a.outcome, a.http_status, a.result_code, a.result_msg
    FROM fulfilment.attempts a JOIN fulfilment.seller_calls c ON c.id = a.call_id WHERE ${condition} ORDER BY ${order}`.execute(
    executor,
  );
  return rows.map((row) => ({
    callId: row.call_id,
    activity: row.activity,
    occasion: row.occasion,
    attempt: row.attempt,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    outcome: row.outcome,
    httpStatus: row.http_status,
    resultCode: row.result_code,
    resultMsg: row.result_msg,
    orderLineId: row.order_line_id,
  }));
}
