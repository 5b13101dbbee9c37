/** SQL of synchronisation tasks. Of an application one open task runs; the others wait behind it (consoles-and-processes.md 7.8). */
import type { KitInterface } from '@jishi/protocol';
import type { RawBuilder } from 'kysely';
import type { Department } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import type { PlannedCall, TaskKind, TaskState } from './definition.ts';

export interface SyncTask {
  readonly taskId: string;
  readonly applicationId: string;
  readonly enterpriseId: string;
  readonly buyerId: string;
  readonly kind: TaskKind;
  readonly state: TaskState;
  readonly planned: boolean;
  readonly callsTotal: number;
  readonly callsDone: number;
  readonly membersTotal: number;
  readonly membersDone: number;
  readonly attempts: number;
  readonly failedInterface: KitInterface | null;
  readonly errorCode: string | null;
  readonly error: string | null;
  /** diagnosis in both languages, of the last failure */
  readonly errorFacts: { readonly zh: string; readonly en: string } | null;
  readonly callId: string | null;
  readonly operator: string;
  readonly traceId: string;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly lease: number;
  /** in which order they came to be */
  readonly seq: number;
}
export interface SyncCall {
  readonly place: number;
  readonly interface: KitInterface;
  readonly flag: PlannedCall['flag'];
  readonly members: readonly string[];
  readonly department: Department | null;
}

const columns = sql`t.task_id AS "taskId", t.application_id AS "applicationId", t.enterprise_id AS "enterpriseId", t.buyer_id AS "buyerId", t.kind, t.state, t.planned,
  t.calls_total AS "callsTotal", t.calls_done AS "callsDone", t.members_total AS "membersTotal", t.members_done AS "membersDone", t.attempts,
  t.failed_interface AS "failedInterface", t.error_code AS "errorCode", t.error, t.error_facts AS "errorFacts", t.call_id AS "callId", t.operator, t.trace_id AS "traceId",
  t.created_at AS "createdAt", t.started_at AS "startedAt", t.ended_at AS "endedAt", t.lease, t.seq`;
const OPEN = sql`('QUEUED', 'RUNNING', 'WAIT_DECISION')`;

/** @returns false = one of this kind waits already, and will see what this one would have seen */
export async function enqueue(
  executor: Executor,
  task: Pick<SyncTask, 'taskId' | 'applicationId' | 'enterpriseId' | 'buyerId' | 'kind' | 'operator' | 'traceId'>,
  now: Date,
): Promise<boolean> {
  const result =
    await sql`INSERT INTO people.sync_tasks (task_id, application_id, enterprise_id, buyer_id, kind, state, operator, trace_id, created_at, next_at)
    SELECT ${task.taskId}::uuid, ${task.applicationId}::uuid, ${task.enterpriseId}, ${task.buyerId}, ${task.kind}, 'QUEUED', ${task.operator}, ${task.traceId}, ${now},
      CASE WHEN EXISTS (SELECT FROM people.sync_tasks o WHERE o.application_id = ${task.applicationId}::uuid AND o.state IN ${OPEN}) THEN NULL ELSE ${now}::timestamptz END
    WHERE NOT EXISTS (SELECT FROM people.sync_tasks o WHERE o.application_id = ${task.applicationId}::uuid AND o.state = 'QUEUED' AND o.kind = ${task.kind})`.execute(
      executor,
    );
  return Number(result.numAffectedRows ?? 0) > 0;
}

/** The next of an application that has no open task before it. */
export async function releaseNext(executor: Executor, applicationId: string, now: Date): Promise<void> {
  await sql`UPDATE people.sync_tasks SET next_at = ${now} WHERE state = 'QUEUED' AND task_id = (
      SELECT task_id FROM people.sync_tasks WHERE application_id = ${applicationId}::uuid AND state IN ${OPEN} ORDER BY seq LIMIT 1)`.execute(
    executor,
  );
}

/** Takes due tasks; a worker that dies gives them up when their lease ends. */
export async function leaseTasks(executor: Executor, now: Date, until: Date, limit: number): Promise<SyncTask[]> {
  const { rows } =
    await sql<SyncTask>`UPDATE people.sync_tasks t SET state = 'RUNNING', next_at = ${until}, lease = lease + 1, started_at = coalesce(started_at, ${now})
    WHERE t.task_id IN (SELECT task_id FROM people.sync_tasks WHERE next_at <= ${now} ORDER BY next_at, seq LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING ${columns}`.execute(executor);
  return rows;
}

/** @returns false = the lease went to another worker */
export async function holdsLease(
  executor: Executor,
  { taskId, lease }: Pick<SyncTask, 'taskId' | 'lease'>,
): Promise<boolean> {
  const { rows } =
    await sql`SELECT 1 FROM people.sync_tasks WHERE task_id = ${taskId}::uuid AND lease = ${lease} AND state = 'RUNNING' FOR UPDATE`.execute(
      executor,
    );
  return rows.length > 0;
}

export async function savePlan(
  executor: Executor,
  taskId: string,
  calls: readonly PlannedCall[],
  now: Date,
): Promise<void> {
  const rows = calls.map((call, place) => ({ ...call, place: place + 1 }));
  await sql`INSERT INTO people.sync_calls (task_id, place, interface, flag, members, department, state)
    SELECT ${taskId}::uuid, c.place, c.interface, c.flag, ARRAY(SELECT jsonb_array_elements_text(c.members)), c.department, 'WAITING'
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS c (place int, interface text, flag int, members jsonb, department jsonb)`.execute(
    executor,
  );
  const members = calls.reduce((sum, call) => sum + call.members.length, 0);
  await sql`UPDATE people.sync_tasks SET planned = true, calls_total = ${calls.length}, members_total = ${members}, next_at = ${now}
    WHERE task_id = ${taskId}::uuid`.execute(executor);
}

export async function nextCall(executor: Executor, taskId: string): Promise<SyncCall | null> {
  const { rows } = await sql<SyncCall>`SELECT place, interface, flag, members, department FROM people.sync_calls
    WHERE task_id = ${taskId}::uuid AND state = 'WAITING' ORDER BY place LIMIT 1`.execute(executor);
  return rows[0] ?? null;
}

export async function callDone(
  executor: Executor,
  taskId: string,
  { place, members }: SyncCall,
  callId: string,
  now: Date,
): Promise<void> {
  await sql`UPDATE people.sync_calls SET state = 'DONE', attempts = attempts + 1, call_id = ${callId} WHERE task_id = ${taskId}::uuid AND place = ${place}`.execute(
    executor,
  );
  await sql`UPDATE people.sync_tasks SET calls_done = calls_done + 1, members_done = members_done + ${members.length}, attempts = attempts + 1, call_id = ${callId},
      failed_interface = NULL, error_code = NULL, error = NULL, error_facts = NULL, next_at = ${now} WHERE task_id = ${taskId}::uuid`.execute(
    executor,
  );
}

export interface Failure {
  readonly interface: KitInterface;
  readonly code: string | null;
  /** the seller's words, or the cause in English */
  readonly text: string;
  readonly cause: { readonly zh: string; readonly en: string } | null;
  readonly callId: string;
}

/** @param waits false = nobody is asked, the task goes on (dissolving, E-28) */
export async function callFailed(
  executor: Executor,
  taskId: string,
  { place }: SyncCall,
  failure: Failure,
  waits: boolean,
  now: Date,
): Promise<void> {
  await sql`UPDATE people.sync_calls SET state = 'FAILED', attempts = attempts + 1, call_id = ${failure.callId} WHERE task_id = ${taskId}::uuid AND place = ${place}`.execute(
    executor,
  );
  await sql`UPDATE people.sync_tasks SET attempts = attempts + 1, call_id = ${failure.callId}, failed_interface = ${failure.interface}, error_code = ${failure.code},
      error = ${failure.text}, error_facts = ${failure.cause === null ? null : JSON.stringify(failure.cause)},
      state = ${waits ? 'WAIT_DECISION' : 'RUNNING'}, next_at = ${waits ? null : now} WHERE task_id = ${taskId}::uuid`.execute(
    executor,
  );
}

export async function endTask(
  executor: Executor,
  taskId: string,
  state: 'SUCCEEDED' | 'STOPPED',
  now: Date,
): Promise<void> {
  await sql`UPDATE people.sync_tasks SET state = ${state}, ended_at = ${now}, next_at = NULL WHERE task_id = ${taskId}::uuid`.execute(
    executor,
  );
}

export async function failedCalls(executor: Executor, taskId: string): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*) AS count FROM people.sync_calls WHERE task_id = ${taskId}::uuid AND state = 'FAILED'`.execute(
    executor,
  );
  return rows[0]?.count ?? 0;
}

/** Again from the call that failed (E-22, E-23). */
export async function resumeTask(executor: Executor, taskId: string, now: Date): Promise<void> {
  await sql`UPDATE people.sync_calls SET state = 'WAITING' WHERE task_id = ${taskId}::uuid AND state = 'FAILED'`.execute(
    executor,
  );
  await sql`UPDATE people.sync_tasks SET state = 'RUNNING', next_at = ${now} WHERE task_id = ${taskId}::uuid`.execute(
    executor,
  );
}

/** @returns members of the calls that will not be made */
export async function skipRest(executor: Executor, taskId: string): Promise<string[]> {
  const { rows } = await sql<{ members: string[] }>`UPDATE people.sync_calls SET state = 'SKIPPED'
    WHERE task_id = ${taskId}::uuid AND state IN ('WAITING', 'FAILED') RETURNING members`.execute(executor);
  return rows.flatMap(({ members }) => members);
}

export async function taskById(executor: Executor, taskId: string, lock = false): Promise<SyncTask | null> {
  const [found] = await tasksWhere(executor, sql`t.task_id = ${taskId}::uuid`, 1, lock);
  return found ?? null;
}

export interface TaskQuery {
  readonly enterpriseId: string;
  readonly applicationId?: string | undefined;
  /** of these only; undefined = of all */
  readonly within?: readonly string[] | undefined;
  readonly kind?: TaskKind | undefined;
  readonly state?: TaskState | undefined;
  /** the `seq` where the page before ended */
  readonly before: number | null;
  readonly limit: number;
}
export function listTasks(executor: Executor, query: TaskQuery): Promise<SyncTask[]> {
  const parts: RawBuilder<unknown>[] = [sql`t.enterprise_id = ${query.enterpriseId}`];
  if (query.applicationId !== undefined) parts.push(sql`t.application_id = ${query.applicationId}::uuid`);
  if (query.within !== undefined) parts.push(sql`t.application_id = ANY(${query.within}::uuid[])`);
  if (query.kind !== undefined) parts.push(sql`t.kind = ${query.kind}`);
  if (query.state !== undefined) parts.push(sql`t.state = ${query.state}`);
  if (query.before !== null) parts.push(sql`t.seq < ${query.before}`);
  return tasksWhere(executor, sql.join(parts, sql` AND `), query.limit);
}

/** The open tasks of enterprises: what waits for somebody, what runs. */
export const openTasks = (executor: Executor, enterpriseIds: readonly string[]): Promise<SyncTask[]> =>
  tasksWhere(executor, sql`t.enterprise_id = ANY(${enterpriseIds}::text[]) AND t.state IN ${OPEN}`, 500);

async function tasksWhere(
  executor: Executor,
  condition: RawBuilder<unknown>,
  limit: number,
  lock = false,
): Promise<SyncTask[]> {
  const { rows } = await sql<SyncTask>`SELECT ${columns} FROM people.sync_tasks t WHERE ${condition}
    ORDER BY t.seq DESC LIMIT ${limit} ${lock ? sql`FOR UPDATE` : sql``}`.execute(executor);
  return rows;
}
