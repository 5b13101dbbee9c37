/** SQL of enterprises and of who administers them. */
import { type Executor, executeUnanswered, sql } from '../../platform/database/database.ts';
import type { Administrator, AdministratorScope, Enterprise, EnterpriseFacts } from './definition.ts';

export interface EnterpriseCounts {
  readonly departments: number;
  readonly members: number;
}

/** Whose enterprises: a buyer's own, those that a person administers, or all (operators). */
export type Reach =
  | { readonly kind: 'all' }
  | { readonly kind: 'buyer'; readonly buyerId: string }
  | { readonly kind: 'administrator'; readonly userId: string }
  /** those that a person in the distributor role set up */
  | { readonly kind: 'distributor'; readonly userId: string };

const columns = sql`e.enterprise_id AS "enterpriseId", e.buyer_id AS "buyerId", e.name, e.short_name AS "shortName", e.region, e.industry,
  e.description, e.source, e.created_at AS "createdAt", e.dissolved_at AS "dissolvedAt"`;

const within = (reach: Reach) => {
  if (reach.kind === 'all') return sql`true`;
  if (reach.kind === 'buyer') return sql`e.buyer_id = ${reach.buyerId}`;
  if (reach.kind === 'distributor') return sql`e.distributed_by = ${reach.userId}`;
  return sql`EXISTS (SELECT FROM directory.administrators a
    WHERE a.enterprise_id = e.enterprise_id AND a.user_id = ${reach.userId} AND a.state = 'ACTIVE')`;
};

/** @param distributedBy who set it up for a customer (X13); null = the buyer did */
export async function insertEnterprise(
  executor: Executor,
  enterprise: Enterprise,
  distributedBy: string | null,
): Promise<void> {
  const { enterpriseId, buyerId, name, shortName, region, industry, description, source, createdAt } = enterprise;
  await executeUnanswered(
    executor,
    sql`INSERT INTO directory.enterprises (enterprise_id, buyer_id, name, short_name, region, industry, description, source, created_at, distributed_by)
      VALUES (${enterpriseId}, ${buyerId}, ${name}, ${shortName}, ${region}, ${industry}, ${description}, ${source}, ${createdAt}, ${distributedBy})`,
  );
}

export async function updateEnterprise(
  executor: Executor,
  enterpriseId: string,
  facts: EnterpriseFacts,
): Promise<void> {
  await sql`UPDATE directory.enterprises SET region = ${facts.region}, industry = ${facts.industry}, description = ${facts.description}
    WHERE enterprise_id = ${enterpriseId}`.execute(executor);
}

export async function setSource(executor: Executor, enterpriseId: string, source: Enterprise['source']): Promise<void> {
  await sql`UPDATE directory.enterprises SET source = ${source} WHERE enterprise_id = ${enterpriseId}`.execute(
    executor,
  );
}

export async function dissolve(executor: Executor, enterpriseId: string, now: Date): Promise<void> {
  await sql`UPDATE directory.enterprises SET dissolved_at = ${now}, short_name = short_name || '~' || enterprise_id
    WHERE enterprise_id = ${enterpriseId} AND dissolved_at IS NULL`.execute(executor);
}

/** @param lock until the transaction ends nobody else changes the directory of this enterprise */
export async function enterpriseWithin(
  executor: Executor,
  enterpriseId: string,
  reach: Reach,
  lock = false,
): Promise<Enterprise | null> {
  const { rows } = await sql<Enterprise>`SELECT ${columns} FROM directory.enterprises e
    WHERE e.enterprise_id = ${enterpriseId} AND ${within(reach)} ${lock ? sql`FOR NO KEY UPDATE` : sql``}`.execute(
    executor,
  );
  return rows[0] ?? null;
}

export async function enterprisesWithin(
  executor: Executor,
  reach: Reach,
): Promise<(Enterprise & EnterpriseCounts & { administrators: number })[]> {
  const { rows } = await sql<Enterprise & EnterpriseCounts & { administrators: number }>`SELECT ${columns},
      (SELECT count(*) FROM directory.departments d WHERE d.enterprise_id = e.enterprise_id) AS departments,
      (SELECT count(*) FROM directory.members m WHERE m.enterprise_id = e.enterprise_id AND m.deleted_at IS NULL) AS members,
      (SELECT count(*) FROM directory.administrators a WHERE a.enterprise_id = e.enterprise_id AND a.state = 'ACTIVE') AS administrators
    FROM directory.enterprises e WHERE e.dissolved_at IS NULL AND ${within(reach)}
    ORDER BY e.created_at DESC, e.enterprise_id DESC LIMIT 200`.execute(executor);
  return rows;
}

/** Locks the buyer, so that two creations at once count each other. */
export async function livingEnterprises(
  executor: Executor,
  buyerId: string,
  distributedBy: string | null,
): Promise<number> {
  await sql`SELECT 1 FROM directory.buyers WHERE buyer_id = ${buyerId} FOR NO KEY UPDATE`.execute(executor);
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM directory.enterprises
    WHERE buyer_id = ${buyerId} AND distributed_by IS NOT DISTINCT FROM ${distributedBy} AND dissolved_at IS NULL`.execute(
    executor,
  );
  return rows[0]?.count ?? 0;
}

export async function shortNameTaken(executor: Executor, shortName: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM directory.enterprises WHERE short_name = ${shortName}`.execute(executor);
  return rows.length > 0;
}

export async function enterprisesByIds(executor: Executor, ids: readonly string[]): Promise<Map<string, Enterprise>> {
  const { rows } =
    await sql<Enterprise>`SELECT ${columns} FROM directory.enterprises e WHERE e.enterprise_id = ANY(${ids}::text[])`.execute(
      executor,
    );
  return new Map(rows.map((row) => [row.enterpriseId, row]));
}

export async function countsOf(executor: Executor, enterpriseId: string): Promise<EnterpriseCounts> {
  const { rows } = await sql<EnterpriseCounts>`SELECT
      (SELECT count(*) FROM directory.departments WHERE enterprise_id = ${enterpriseId}) AS departments,
      (SELECT count(*) FROM directory.members WHERE enterprise_id = ${enterpriseId} AND deleted_at IS NULL) AS members`.execute(
    executor,
  );
  return rows[0] ?? { departments: 0, members: 0 };
}

export interface NewAdministrator {
  readonly enterpriseId: string;
  readonly userId: string;
  readonly by: string;
  readonly scope: AdministratorScope | null;
}

export async function invite(
  executor: Executor,
  { enterpriseId, userId, by, scope }: NewAdministrator,
  now: Date,
): Promise<boolean> {
  const result =
    await sql`INSERT INTO directory.administrators (enterprise_id, user_id, state, invited_by, invited_at, scope)
    VALUES (${enterpriseId}, ${userId}, 'INVITED', ${by}, ${now}, ${scope === null ? null : JSON.stringify(scope)}::jsonb) ON CONFLICT DO NOTHING`.execute(
      executor,
    );
  return Number(result.numAffectedRows ?? 0) > 0;
}

export async function acceptInvitation(executor: Executor, enterpriseId: string, userId: string): Promise<boolean> {
  const result = await sql`UPDATE directory.administrators a SET state = 'ACTIVE' FROM directory.enterprises e
    WHERE a.enterprise_id = ${enterpriseId} AND a.user_id = ${userId} AND e.enterprise_id = a.enterprise_id AND e.dissolved_at IS NULL`.execute(
    executor,
  );
  return Number(result.numAffectedRows ?? 0) > 0;
}

/** @param businessOnly leaves enterprise administrators alone */
export async function removeAdministrator(
  executor: Executor,
  enterpriseId: string,
  userId: string,
  businessOnly: boolean,
): Promise<boolean> {
  const result = await sql`DELETE FROM directory.administrators
    WHERE enterprise_id = ${enterpriseId} AND user_id = ${userId} ${businessOnly ? sql`AND scope IS NOT NULL` : sql``}`.execute(
    executor,
  );
  return Number(result.numAffectedRows ?? 0) > 0;
}

export async function administratorsOf(executor: Executor, enterpriseId: string): Promise<Administrator[]> {
  const { rows } =
    await sql<Administrator>`SELECT a.user_id AS "userId", u.login_name AS "loginName", u.display_name AS "displayName",
      a.state, a.invited_at AS "invitedAt", a.scope FROM directory.administrators a JOIN directory.users u ON u.user_id = a.user_id
    WHERE a.enterprise_id = ${enterpriseId} ORDER BY a.invited_at, a.user_id`.execute(executor);
  return rows;
}

/** Invitations that a person has not answered yet. */
export async function invitationsOf(
  executor: Executor,
  userId: string,
): Promise<{ enterpriseId: string; name: string; invitedAt: Date }[]> {
  const { rows } = await sql<{ enterpriseId: string; name: string; invitedAt: Date }>`
    SELECT e.enterprise_id AS "enterpriseId", e.name, a.invited_at AS "invitedAt"
    FROM directory.administrators a JOIN directory.enterprises e ON e.enterprise_id = a.enterprise_id
    WHERE a.user_id = ${userId} AND a.state = 'INVITED' AND e.dissolved_at IS NULL ORDER BY a.invited_at`.execute(
    executor,
  );
  return rows;
}

/** E-15a: another scope for a business administrator. @returns false = there is none of this name */
export async function setScope(
  executor: Executor,
  enterpriseId: string,
  userId: string,
  scope: AdministratorScope,
): Promise<boolean> {
  const result = await sql`UPDATE directory.administrators SET scope = ${JSON.stringify(scope)}::jsonb
    WHERE enterprise_id = ${enterpriseId} AND user_id = ${userId} AND scope IS NOT NULL`.execute(executor);
  return Number(result.numAffectedRows ?? 0) > 0;
}

/** What a business administrator may reach in an enterprise; nothing for whoever is none of it. */
export async function scopeOfAdministrator(
  executor: Executor,
  enterpriseId: string,
  userId: string,
): Promise<AdministratorScope> {
  const { rows } = await sql<{ scope: AdministratorScope | null }>`SELECT scope FROM directory.administrators
    WHERE enterprise_id = ${enterpriseId} AND user_id = ${userId} AND state = 'ACTIVE'`.execute(executor);
  return rows[0]?.scope ?? { departments: [], applications: [] };
}

/** An account that can administer enterprises, by its login name: of an enterprise or (`business`) a business administrator. */
export async function administratorAccount(
  executor: Executor,
  loginName: string,
  business: boolean,
): Promise<string | null> {
  const { rows } = await sql<{ user_id: string }>`SELECT user_id FROM directory.users
    WHERE login_name = ${loginName} AND role = ${business ? 'EB' : 'EA'} AND NOT disabled`.execute(executor);
  return rows[0]?.user_id ?? null;
}

/** Where somebody who administers enterprises reads messages. */
export async function tenantOfUser(executor: Executor, userId: string): Promise<string | null> {
  const { rows } = await sql<{ buyer_id: string | null }>`SELECT buyer_id FROM directory.users
    WHERE user_id = ${userId}`.execute(executor);
  return rows[0]?.buyer_id ?? null;
}
