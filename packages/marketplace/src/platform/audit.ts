/** Audit log: who did what to which object; append-only (O-50). */
import type { Change } from './audit-changes.ts';
import { type Executor, executeUnanswered, sql } from './database/database.ts';
import type { Migration } from './database/migrations.ts';

export const auditSchema: Migration = {
  id: '0004-audit',
  sql: `
CREATE TABLE platform.audit_log (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  occurred_at timestamptz NOT NULL,
  actor text NOT NULL, role text NOT NULL, action text NOT NULL, object text NOT NULL,
  result text NOT NULL, ip text, request_id text NOT NULL, trace_id text,
  -- the seller or buyer that an operator acted for (P-4); null = for oneself
  on_behalf_of text,
  -- what a command changed: [{field, before, after}], secrets masked; null = nothing that is known
  changes jsonb
);
-- what somebody looks for: an object by its whole name or by an id in it, a person, an action
CREATE INDEX ON platform.audit_log (object, seq);
CREATE INDEX ON platform.audit_log USING gin (string_to_array(translate(object, ' /', '::'), ':'));
CREATE INDEX ON platform.audit_log (actor, seq);
CREATE INDEX ON platform.audit_log (action, seq);
CREATE FUNCTION platform.audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platform.audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION platform.audit_is_append_only();
`,
};

export interface AuditEntry {
  readonly actor: string;
  readonly role: string;
  readonly action: string;
  readonly object: string;
  /** `refused` with the code of the refusal */
  readonly result: 'done' | `refused ${string}`;
  readonly ip: string | null;
  readonly requestId: string;
  readonly traceId: string | null;
  /** the seller or buyer that an operator acts for (P-4): `seller:…`, `buyer:…` */
  readonly onBehalfOf?: string | null;
  readonly changes?: readonly Change[];
}

export const writeAudit = (executor: Executor, entry: AuditEntry, now: Date): Promise<void> =>
  writeAudits(executor, [entry], now);

/** Entries of one instant, in their order. */
export async function writeAudits(executor: Executor, entries: readonly AuditEntry[], now: Date): Promise<void> {
  if (entries.length === 0) return;
  const column = (of: (entry: AuditEntry) => string | null) => entries.map(of);
  await executeUnanswered(
    executor,
    sql`
    INSERT INTO platform.audit_log (occurred_at, actor, role, action, object, result, ip, request_id, trace_id, on_behalf_of, changes)
    SELECT ${now}, actor, role, action, object, result, ip, request_id, trace_id, on_behalf_of, changes
    FROM unnest(${column((e) => e.actor)}::text[], ${column((e) => e.role)}::text[], ${column((e) => e.action)}::text[], ${column((e) => e.object)}::text[],
      ${column((e) => e.result)}::text[], ${column((e) => e.ip)}::text[], ${column((e) => e.requestId)}::text[], ${column((e) => e.traceId)}::text[],
      ${column((e) => e.onBehalfOf ?? null)}::text[], ${column((e) => (e.changes?.length ? JSON.stringify(e.changes) : null))}::jsonb[])
      WITH ORDINALITY AS e (actor, role, action, object, result, ip, request_id, trace_id, on_behalf_of, changes, place)
    ORDER BY place`,
  );
}
