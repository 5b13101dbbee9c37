/** Sellers that may sell hardware: the operator keeps the list (license-and-other-types.md L36). */
import { type Executor, sql } from '../platform/database/database.ts';

export interface HardwareSeller {
  readonly sellerId: string;
  readonly name: string;
  /** since when it is on the list; null = it is not */
  readonly listedAt: Date | null;
}

/** All sellers of a site with their place on the list, by name. */
export async function hardwareSellers(executor: Executor, site: string): Promise<HardwareSeller[]> {
  const { rows } = await sql<HardwareSeller>`
    SELECT seller_id AS "sellerId", name, hardware_at AS "listedAt" FROM directory.sellers WHERE site = ${site} ORDER BY name, seller_id`.execute(
    executor,
  );
  return rows;
}

export async function maySellHardware(executor: Executor, sellerId: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM directory.sellers WHERE seller_id = ${sellerId} AND hardware_at IS NOT NULL`.execute(executor);
  return rows.length > 0;
}

/**
 * Takes a seller onto the list (`at`), or off it (null). What it sells already goes on being sold.
 * @returns false = there is no such seller, or it stands so already
 */
export async function listForHardware(executor: Executor, sellerId: string, at: Date | null): Promise<boolean> {
  const result = await sql`
    UPDATE directory.sellers SET hardware_at = ${at}::timestamptz
    WHERE seller_id = ${sellerId} AND (hardware_at IS NULL) <> (${at}::timestamptz IS NULL)`.execute(executor);
  return Number(result.numAffectedRows ?? 0) > 0;
}
