/** Business information certification of sellers: without it no bill is made (settlement.md S2-1). */
import { type Executor, sql } from '../platform/database/database.ts';

/** @returns false = there is no such seller, or it stands so already */
export async function certifySeller(executor: Executor, sellerId: string, at: Date | null): Promise<boolean> {
  const result = await sql`
    UPDATE directory.sellers SET certified_at = ${at}::timestamptz
    WHERE seller_id = ${sellerId} AND (certified_at IS NULL) <> (${at}::timestamptz IS NULL)`.execute(executor);
  return Number(result.numAffectedRows ?? 0) > 0;
}

export interface CertifiedSeller {
  readonly sellerId: string;
  readonly name: string;
  readonly certifiedAt: Date | null;
}
/** All sellers of a site with their certification, by name. */
export async function sellerCertifications(executor: Executor, site: string): Promise<CertifiedSeller[]> {
  const { rows } = await sql<CertifiedSeller>`
    SELECT seller_id AS "sellerId", name, certified_at AS "certifiedAt" FROM directory.sellers WHERE site = ${site} ORDER BY name, seller_id`.execute(
    executor,
  );
  return rows;
}

export async function uncertifiedSellers(executor: Executor): Promise<string[]> {
  const { rows } = await sql<{ seller_id: string }>`
    SELECT seller_id FROM directory.sellers WHERE certified_at IS NULL ORDER BY seller_id`.execute(executor);
  return rows.map((row) => row.seller_id);
}

/** Distributors whose bank account is not verified: their bills stay until it is. */
export async function uncertifiedDistributors(executor: Executor): Promise<string[]> {
  const { rows } = await sql<{ distributor_id: string }>`
    SELECT distributor_id FROM directory.distributors WHERE certified_at IS NULL ORDER BY distributor_id`.execute(
    executor,
  );
  return rows.map((row) => row.distributor_id);
}

export async function certifiedAt(executor: Executor, sellerId: string): Promise<Date | null> {
  const { rows } = await sql<{ certified_at: Date | null }>`
    SELECT certified_at FROM directory.sellers WHERE seller_id = ${sellerId}`.execute(executor);
  return rows[0]?.certified_at ?? null;
}
