/** Those who bring buyers: distributors of the old model, customer service providers, resellers (settlement.md 1.1). */
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import { uuid } from '../platform/random.ts';
import type { Result } from '../platform/result.ts';
import type { Site } from '../platform/site.ts';
import { newAccount } from './accounts.ts';
import type { DirectoryContext } from './service.ts';

export const DISTRIBUTOR_KINDS = ['DISTRIBUTOR', 'CSP', 'RESELLER'] as const;
export type DistributorKind = (typeof DISTRIBUTOR_KINDS)[number];

export interface DistributorParty {
  readonly distributorId: string;
  readonly kind: DistributorKind;
  readonly name: string;
  readonly email: string;
  readonly site: Site;
  /** its bank account is verified; null = nothing is paid out */
  readonly certifiedAt: Date | null;
  readonly createdAt: Date;
  /** login names of its people */
  readonly members: readonly string[];
}

/** @returns the id that orders name (C55) */
export async function createDistributor(
  context: Pick<DirectoryContext, 'random'>,
  executor: Executor,
  party: {
    readonly kind: DistributorKind;
    readonly name: string;
    readonly site: Site;
    readonly email?: string | undefined;
  },
  now: Date,
): Promise<string> {
  const distributorId = uuid(context.random).replaceAll('-', '');
  await sql`INSERT INTO directory.distributors (distributor_id, kind, name, site, email, created_at)
    VALUES (${distributorId}, ${party.kind}, ${party.name}, ${party.site}, ${party.email ?? ''}, ${now})`.execute(
    executor,
  );
  return distributorId;
}

const COLUMNS = sql`
  d.distributor_id AS "distributorId", d.kind, d.name, d.email, d.site, d.certified_at AS "certifiedAt", d.created_at AS "createdAt",
  ARRAY(SELECT u.login_name FROM directory.users u WHERE u.distributor_id = d.distributor_id ORDER BY 1) AS members`;

/** All of a site, by name. */
export async function distributorsOf(executor: Executor, site: Site): Promise<DistributorParty[]> {
  const { rows } = await sql<DistributorParty>`
    SELECT ${COLUMNS} FROM directory.distributors d WHERE d.site = ${site} ORDER BY d.name, d.distributor_id`.execute(
    executor,
  );
  return rows;
}

export async function distributorById(executor: Executor, distributorId: string): Promise<DistributorParty | null> {
  const { rows } = await sql<DistributorParty>`
    SELECT ${COLUMNS} FROM directory.distributors d WHERE d.distributor_id = ${distributorId}`.execute(executor);
  return rows[0] ?? null;
}

/** Kinds by id; unknown ids are missing. */
export async function distributorKinds(
  executor: Executor,
  ids: readonly string[],
): Promise<Map<string, DistributorKind>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; kind: DistributorKind }>`
    SELECT distributor_id AS id, kind FROM directory.distributors WHERE distributor_id = ANY(${[...new Set(ids)]}::text[])`.execute(
    executor,
  );
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

export async function distributorNames(executor: Executor, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT distributor_id AS id, name FROM directory.distributors WHERE distributor_id = ANY(${[...new Set(ids)]}::text[])`.execute(
    executor,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Its bank account was verified, or is no longer. */
export async function certifyDistributor(executor: Executor, distributorId: string, at: Date | null): Promise<void> {
  await sql`UPDATE directory.distributors SET certified_at = ${at}::timestamptz WHERE distributor_id = ${distributorId}`.execute(
    executor,
  );
}

/** A person of a distributor, with an initial password that is told once (E-13). Refuses LOGIN_NAME_TAKEN. */
export const addDistributorMember = (
  context: DirectoryContext,
  tx: Tx,
  member: { readonly distributorId: string; readonly loginName: string; readonly displayName: string },
  now: Date,
): Promise<Result<{ readonly userId: string; readonly password: string }>> =>
  newAccount(context, tx, { ...member, role: 'DO' }, now);
