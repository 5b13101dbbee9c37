/**
 * A seller that has left the marketplace (settlement.md S4-7, S-7): its record stays for what is past, its people only read
 * (`permissions.ts`), its programs are refused, and its company does not join again. Who may leave is decided by `settlement/leaving`.
 */
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { Site } from '../platform/site.ts';
import { type Company, companyKeys } from './leaving-rules.ts';
import { distrustSessions } from './recent-sessions.ts';

/** @returns null = it is a seller still, or there is no such one */
export async function leftAt(executor: Executor, sellerId: string): Promise<Date | null> {
  const { rows } = await sql<{ left_at: Date | null }>`
    SELECT left_at FROM directory.sellers WHERE seller_id = ${sellerId}`.execute(executor);
  return rows[0]?.left_at ?? null;
}

/** For what begins something new: the seller does not leave before this transaction ends. Refuses SELLER_LEFT. */
export async function staysSeller(tx: Tx, sellerId: string): Promise<Result<null>> {
  const { rows } = await sql<{ left_at: Date | null }>`
    SELECT left_at FROM directory.sellers WHERE seller_id = ${sellerId} FOR SHARE`.execute(tx);
  return (rows[0]?.left_at ?? null) === null ? ok(null) : hasLeft;
}
export const hasLeft = refuse('SELLER_LEFT', 'S4-7: this seller has left the marketplace');

/** Nothing new begins before this transaction ends. @returns null = there is no such seller */
export async function lockSeller(
  tx: Tx,
  sellerId: string,
): Promise<{ readonly name: string; readonly leftAt: Date | null } | null> {
  const { rows } = await sql<{ name: string; leftAt: Date | null }>`
    SELECT name, left_at AS "leftAt" FROM directory.sellers WHERE seller_id = ${sellerId} FOR UPDATE`.execute(tx);
  return rows[0] ?? null;
}

/** For good. */
export async function closeSeller(tx: Tx, sellerId: string, now: Date): Promise<void> {
  distrustSessions(tx);
  const { rows } = await sql<Company>`SELECT name, email FROM directory.sellers WHERE seller_id = ${sellerId}`.execute(
    tx,
  );
  const keys = rows.flatMap(companyKeys);
  await sql`UPDATE directory.sellers SET left_at = ${now}, left_keys = ${keys}::text[] WHERE seller_id = ${sellerId}`.execute(
    tx,
  );
}

/** Refuses JOINING_AGAIN when the company, by its name or the mailbox of its account, was a seller and left. */
export async function mayJoin(executor: Executor, site: Site, company: Company): Promise<Result<null>> {
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM directory.sellers
    WHERE site = ${site} AND left_at IS NOT NULL AND left_keys && ${companyKeys(company)}::text[] ORDER BY left_at LIMIT 1`.execute(
    executor,
  );
  const [left] = rows;
  return left
    ? refuse('JOINING_AGAIN', 'S4-7: this company has left the marketplace, and cannot join again', {
        rule: 'S4-7',
        name: left.name,
      })
    : ok(null);
}
