/** The level of a customer decides how long its services live on after their time (settlement.md 7.5). V0 unless set. */
import { type Executor, sql } from '../platform/database/database.ts';

export const BUYER_LEVELS = ['V0', 'V1', 'V2', 'V3', 'V4', 'V5'] as const;
export type BuyerLevel = (typeof BUYER_LEVELS)[number];

/** Levels by buyer id; unknown buyers are missing. */
export async function levelsOf(executor: Executor, buyerIds: readonly string[]): Promise<Map<string, BuyerLevel>> {
  if (buyerIds.length === 0) return new Map();
  const { rows } = await sql<{
    buyer_id: string;
    level: BuyerLevel;
  }>`SELECT buyer_id, level FROM directory.buyers WHERE buyer_id = ANY(${[...new Set(buyerIds)]}::text[])`.execute(
    executor,
  );
  return new Map(rows.map((row) => [row.buyer_id, row.level]));
}

export async function setBuyerLevel(executor: Executor, buyerId: string, level: BuyerLevel): Promise<void> {
  await sql`UPDATE directory.buyers SET level = ${level} WHERE buyer_id = ${buyerId}`.execute(executor);
}
