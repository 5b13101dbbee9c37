/** SQL of applications: new products, changes, removals (catalogue.md 8.2). */
import { z } from 'zod';
import type { Scope } from '../../directory/index.ts';
import { type Executor, sql, type Tx } from '../../platform/database/database.ts';
import { fileRef } from '../definition.ts';
import { type DraftContent, type DraftInterface, SECTIONS, type Section } from './draft.ts';
import { readContent, readInterface } from './draft-store.ts';
import type { ApplicationKind, ApplicationState } from './model.ts';

const removalSchema = z.object({
  specificationIds: z.array(z.string()),
  skuCodes: z.array(z.string()),
  reason: z.string(),
  proof: z.array(fileRef),
});
/** What is to be stopped; both lists empty = the whole product (S-37). */
export type Removal = z.infer<typeof removalSchema>;

const reasonsSchema = z.array(z.object({ section: z.enum(SECTIONS), reason: z.string() }));
export interface SectionReason {
  readonly section: Section;
  readonly reason: string;
}

export interface Application {
  readonly applicationId: string;
  readonly goodsId: string;
  readonly sellerId: string;
  readonly kind: ApplicationKind;
  readonly state: ApplicationState;
  readonly content: DraftContent;
  readonly interface: DraftInterface;
  readonly removal: Removal | null;
  readonly baseVersion: number;
  readonly submittedAt: Date;
  /** user id */
  readonly submittedBy: string;
  readonly dueAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly reasons: readonly SectionReason[];
  readonly comment: string;
  /** that the approval made */
  readonly version: number | null;
}
type Row = Omit<Application, 'content' | 'interface' | 'removal' | 'reasons'> &
  Record<'content' | 'interface' | 'removal' | 'reasons', unknown>;
const COLUMNS = sql`application_id AS "applicationId", goods_id AS "goodsId", seller_id AS "sellerId", kind, state, content, interface,
  removal, base_version AS "baseVersion", submitted_at AS "submittedAt", submitted_by AS "submittedBy", due_at AS "dueAt",
  decided_at AS "decidedAt", decided_by AS "decidedBy", reasons, comment, version`;

const read = (row: Row): Application => ({
  ...row,
  content: readContent(row.content),
  interface: readInterface(row.interface),
  removal: removalSchema.nullable().parse(row.removal),
  reasons: reasonsSchema.parse(row.reasons),
});

/** @returns false = another application of the product is pending (C40) */
export async function insertApplication(
  tx: Tx,
  application: Omit<
    Application,
    'state' | 'decidedAt' | 'decidedBy' | 'reasons' | 'comment' | 'version' | 'submittedAt'
  >,
  now: Date,
): Promise<boolean> {
  const { removal } = application;
  const result = await sql`
    INSERT INTO catalog.applications (application_id, goods_id, seller_id, kind, state, content, interface, removal, base_version,
                                      submitted_at, submitted_by, due_at)
    VALUES (${application.applicationId}::uuid, ${application.goodsId}, ${application.sellerId}, ${application.kind}, 'PENDING',
            ${JSON.stringify(application.content)}, ${JSON.stringify(application.interface)},
            ${removal && JSON.stringify(removal)}::jsonb, ${application.baseVersion}, ${now}, ${application.submittedBy}, ${application.dueAt})
    ON CONFLICT (goods_id) WHERE state = 'PENDING' DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === 1;
}

const scoped = (scope: Scope) => {
  if (scope.kind === 'buyer') return sql`false`;
  if (scope.kind === 'all') return sql`true`;
  const own = sql`seller_id = ${scope.sellerId}`;
  return scope.goodsIds ? sql`${own} AND goods_id = ANY(${scope.goodsIds}::text[])` : own;
};

export async function applicationById(
  executor: Executor,
  { scope, applicationId }: { readonly scope: Scope; readonly applicationId: string },
  lock?: 'lock',
): Promise<Application | null> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM catalog.applications WHERE application_id = ${applicationId}::uuid AND ${scoped(scope)}
    ${lock ? sql`FOR UPDATE` : sql``}`.execute(executor);
  return rows[0] ? read(rows[0]) : null;
}

export interface ApplicationQuery {
  readonly scope: Scope;
  readonly state?: ApplicationState | undefined;
  readonly kind?: ApplicationKind | undefined;
  readonly goodsIds?: readonly string[] | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

/** Newest first. */
export async function listApplications(executor: Executor, query: ApplicationQuery): Promise<Application[]> {
  const conditions = [scoped(query.scope)];
  if (query.state) conditions.push(sql`state = ${query.state}`);
  if (query.kind) conditions.push(sql`kind = ${query.kind}`);
  if (query.goodsIds) conditions.push(sql`goods_id = ANY(${query.goodsIds}::text[])`);
  if (query.before)
    conditions.push(sql`(submitted_at, application_id) < (${query.before.at}, ${query.before.id}::uuid)`);
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM catalog.applications WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY submitted_at DESC, application_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows.map(read);
}

/** Pending ones, due first (O-8). */
export async function reviewQueue(
  executor: Executor,
  query: {
    readonly kind?: ApplicationKind | undefined;
    readonly accessType?: string | undefined;
    readonly limit: number;
  },
): Promise<Application[]> {
  const conditions = [sql`state = 'PENDING'`];
  if (query.kind) conditions.push(sql`kind = ${query.kind}`);
  if (query.accessType) conditions.push(sql`content->>'accessType' = ${query.accessType}`);
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM catalog.applications WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY due_at, application_id LIMIT ${query.limit}`.execute(executor);
  return rows.map(read);
}

/** @returns how many are pending, and how many of them overdue */
export async function pendingCounts(executor: Executor, now: Date): Promise<{ total: number; overdue: number }> {
  const { rows } = await sql<{ total: number; overdue: number }>`
    SELECT count(*) AS total, count(*) FILTER (WHERE due_at < ${now}) AS overdue FROM catalog.applications WHERE state = 'PENDING'`.execute(
    executor,
  );
  return rows[0] ?? { total: 0, overdue: 0 };
}

export async function decideApplication(
  tx: Tx,
  applicationId: string,
  decision: {
    readonly state: Exclude<ApplicationState, 'PENDING'>;
    readonly by: string;
    readonly reasons: readonly SectionReason[];
    readonly comment: string;
    readonly version: number | null;
  },
  now: Date,
): Promise<void> {
  await sql`
    UPDATE catalog.applications SET state = ${decision.state}, decided_at = ${now}, decided_by = ${decision.by},
      reasons = ${JSON.stringify(decision.reasons)}::jsonb, comment = ${decision.comment}, version = ${decision.version}
    WHERE application_id = ${applicationId}::uuid AND state = 'PENDING'`.execute(tx);
}
