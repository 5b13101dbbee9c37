/** Looking into the audit log (O-50): newest first, by who, what, to what, with what result, when. */
import type { Change } from './audit-changes.ts';
import { type Executor, sql } from './database/database.ts';

export interface AuditRecord {
  readonly seq: number;
  readonly at: Date;
  readonly actor: string;
  readonly role: string;
  readonly onBehalfOf: string | null;
  readonly action: string;
  readonly object: string;
  readonly result: string;
  readonly ip: string | null;
  readonly requestId: string;
  /** null = nothing that is known */
  readonly changes: readonly Change[] | null;
}

export interface AuditFilter {
  /** user ids, or names that are no accounts: `system`, `command-line`; null = everybody */
  readonly actors: readonly string[] | null;
  /** whole, or its first part: `session` finds `session.sign-in` too */
  readonly action?: string | undefined;
  /** whole (`order:CS1`), or an id that stands in it */
  readonly object?: string | undefined;
  readonly result?: 'done' | 'refused' | undefined;
  readonly requestId?: string | undefined;
  readonly from?: Date | undefined;
  /** before this instant */
  readonly to?: Date | undefined;
}

/** @param before the last record of the page before; null = from the newest on */
export async function searchAudit(
  executor: Executor,
  { actors, action, object, result, requestId, from, to }: AuditFilter,
  before: number | null,
  limit: number,
): Promise<AuditRecord[]> {
  const conditions = [
    before === null ? null : sql`seq < ${before}`,
    actors === null ? null : sql`actor = ANY(${actors}::text[])`,
    action === undefined ? null : sql`(action = ${action} OR starts_with(action, ${`${action}.`}))`,
    object === undefined
      ? null
      : sql`(object = ${object} OR string_to_array(translate(object, ' /', '::'), ':') @> ARRAY[${object}::text])`,
    result === undefined ? null : result === 'done' ? sql`result = 'done'` : sql`starts_with(result, 'refused')`,
    requestId === undefined ? null : sql`request_id = ${requestId}`,
    from === undefined ? null : sql`occurred_at >= ${from}`,
    to === undefined ? null : sql`occurred_at < ${to}`,
  ].filter((condition) => condition !== null);
  const { rows } = await sql<AuditRecord>`
    SELECT seq, occurred_at AS at, actor, role, on_behalf_of AS "onBehalfOf", action, object, result, ip, request_id AS "requestId", changes
    FROM platform.audit_log WHERE ${sql.join([sql`true`, ...conditions], sql` AND `)}
    ORDER BY seq DESC LIMIT ${limit}`.execute(executor);
  return rows;
}
