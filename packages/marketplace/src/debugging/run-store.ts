/** SQL of runs: tasks and, once over, their record. */
import { z } from 'zod';
import { localizedText } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import type { DueItem } from '../platform/due.ts';
import { WAITING } from '../platform/tasks/task-table.ts';
import { withinScope } from './case-store.ts';
import { CHECKS } from './checks.ts';
import { RUNS } from './schema.ts';

const headers = z.array(z.object({ name: z.string(), value: z.string() }));
const record = z.object({
  startedAt: z.string(),
  durationMs: z.number(),
  httpStatus: z.number().nullable(),
  resultCode: z.string().nullable(),
  resultMsg: z.string().nullable(),
  request: z.object({ method: z.string(), url: z.string(), headers, body: z.string() }),
  response: z.object({ headers, body: z.string(), truncated: z.boolean() }).nullable(),
  checks: z.array(
    z.object({
      check: z.enum(CHECKS),
      outcome: z.enum(['ok', 'failed', 'not-reached']),
      message: localizedText.nullable(),
    }),
  ),
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
export type KeptRecord = z.infer<typeof record>;

export interface Run {
  readonly id: string;
  readonly kind: 'DEBUG' | 'PROBE' | 'OWNERSHIP';
  readonly state: string;
  readonly attempts: number;
  readonly trace_id: string;
  readonly seller_id: string;
  readonly goods_id: string | null;
  readonly activity: string;
  readonly protocol: string;
  readonly url: string;
  readonly key_id: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly save: boolean;
  readonly case_id: string | null;
  readonly round_id: string | null;
  readonly address_id: string | null;
  readonly actor: string;
  readonly created_at: Date;
  readonly finished_at: Date | null;
  /** null = not over yet */
  readonly passed: boolean | null;
  readonly record: KeptRecord | null;
}
const texts = z.record(z.string(), z.string());
/** A row as the database gave it, its JSON looked at. */
export const checkedRun = (row: Run): Run => ({
  ...row,
  parameters: texts.parse(row.parameters),
  record: record.nullable().parse(row.record),
});

export type NewRun = Pick<Run, 'id' | 'kind' | 'seller_id' | 'trace_id' | 'actor'> &
  Partial<
    Pick<
      Run,
      | 'goods_id'
      | 'activity'
      | 'protocol'
      | 'url'
      | 'key_id'
      | 'parameters'
      | 'save'
      | 'case_id'
      | 'round_id'
      | 'address_id'
    >
  >;

/** Due at once. Runs of one round go one after the other; a person's run waits for nobody. */
export async function insertRuns(executor: Executor, runs: readonly NewRun[], now: Date): Promise<void> {
  if (runs.length === 0) return;
  const values = runs.map(
    (
      run,
    ) => sql`(${run.id}::uuid, ${run.seller_id}, ${run.round_id ?? run.address_id ?? run.id}, ${now}, ${run.trace_id}, ${now},
      ${run.kind}, ${run.seller_id}, ${run.goods_id ?? null}, ${run.activity ?? ''}, ${run.protocol ?? ''}, ${run.url ?? ''},
      ${run.key_id ?? ''}, ${JSON.stringify(run.parameters ?? {})}::jsonb, ${run.save ?? false}, ${run.case_id ?? null}::uuid,
      ${run.round_id ?? null}::uuid, ${run.address_id ?? null}::uuid, ${run.actor})`,
  );
  await sql`
    INSERT INTO debugging.runs (id, pool, lane, due_at, trace_id, created_at, kind, seller_id, goods_id, activity, protocol, url,
      key_id, parameters, save, case_id, round_id, address_id, actor)
    VALUES ${sql.join(values)}`.execute(executor);
}

const columns = sql`id, kind, state, attempts, trace_id, seller_id, goods_id, activity, protocol, url, key_id, parameters, save,
  case_id, round_id, address_id, actor, created_at, finished_at, passed`;

export async function runById(executor: Executor, runId: string, scope: Scope): Promise<Run | null> {
  const { rows } =
    await sql<Run>`SELECT ${columns}, record FROM debugging.runs WHERE id = ${runId}::uuid AND goods_id IS NOT NULL AND ${withinScope(scope)}`.execute(
      executor,
    );
  return rows[0] ? checkedRun(rows[0]) : null;
}

export async function runsOfRounds(executor: Executor, roundIds: readonly string[]): Promise<Run[]> {
  const { rows } =
    await sql<Run>`SELECT ${columns}, record FROM debugging.runs WHERE round_id = ANY(${roundIds}::uuid[]) ORDER BY seq`.execute(
      executor,
    );
  return rows.map(checkedRun);
}

/** The newest run of each case. */
/** The next debugging calls and probes that are due, in order. */
export async function nextRuns(executor: Executor, limit: number): Promise<DueItem[]> {
  const { rows } = await sql<DueItem>`
    SELECT due_at AS at, activity AS name, NULL AS subject, NULL AS "resourceId", goods_id AS "goodsId" FROM debugging.runs
    WHERE ${WAITING} ORDER BY due_at, seq LIMIT ${limit}`.execute(executor);
  return rows;
}

export async function lastRunsOfCases(executor: Executor, caseIds: readonly string[]): Promise<Map<string, Run>> {
  const { rows } = await sql<Run>`
    SELECT DISTINCT ON (case_id) ${columns}, NULL AS record FROM debugging.runs
    WHERE case_id = ANY(${caseIds}::uuid[]) ORDER BY case_id, created_at DESC, seq DESC`.execute(executor);
  return new Map(rows.map((row) => [row.case_id ?? '', checkedRun(row)]));
}

/**
 * Ends a run that this worker still holds. @returns false = its lease ran out meanwhile and another has it: this
 * outcome is thrown away
 */
export async function finishRun(
  executor: Executor,
  held: { readonly run: Run; readonly owner: string },
  outcome: { readonly passed: boolean; readonly record: object | null; readonly caseId: string | null },
  now: Date,
): Promise<boolean> {
  const { run, owner } = held;
  const text = outcome.record && JSON.stringify(outcome.record);
  const result = await sql`
    UPDATE ${sql.table(RUNS)} SET state = 'SUCCEEDED', passed = ${outcome.passed}, record = ${text}::jsonb, case_id = ${outcome.caseId}::uuid,
      finished_at = ${now}, lease_owner = NULL, lease_until = NULL
    WHERE id = ${run.id}::uuid AND state = 'RUNNING' AND lease_owner = ${owner} AND attempts = ${run.attempts}`.execute(
    executor,
  );
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** Records older than this go, in batches; rounds with their outcome stay. @returns how many went */
export async function forgetRuns(executor: Executor, before: Date, limit: number): Promise<number> {
  const result = await sql`
    DELETE FROM debugging.runs WHERE id IN (
      SELECT id FROM debugging.runs WHERE finished_at < ${before} ORDER BY finished_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`.execute(
    executor,
  );
  return Number(result.numAffectedRows ?? 0);
}
