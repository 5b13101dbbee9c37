/** SQL of the log of operations (S6-1) and of the buyers whose deliveries the platform reviews (S-48). */
import { type Executor, sql } from '../../platform/database/database.ts';
import { type Operation, operation } from './definition.ts';

export async function insertOperations(executor: Executor, operations: readonly Operation[]): Promise<void> {
  if (operations.length === 0) return;
  await sql`
    INSERT INTO delivery.operations (operation_id, delivery_id, at, by, user_id, what, from_step, to_step, text, files)
    SELECT "operationId", "deliveryId", at, by, "userId", what, "from", "to", text, files
    FROM jsonb_to_recordset(${JSON.stringify(operations)}::jsonb) AS o ("operationId" text, "deliveryId" text, at timestamptz, by text, "userId" text, what text,
      "from" text, "to" text, text text, files jsonb)`.execute(executor);
}

/** Oldest first: the evidence in a dispute (S-44). */
export async function operationsOf(executor: Executor, deliveryId: string): Promise<Operation[]> {
  const { rows } = await sql<Record<string, unknown> & { at: Date }>`
    SELECT operation_id AS "operationId", delivery_id AS "deliveryId", at, by, user_id AS "userId", what, from_step AS "from", to_step AS "to", text, files
    FROM delivery.operations WHERE delivery_id = ${deliveryId} ORDER BY seq`.execute(executor);
  return rows.map((row) => operation.parse({ ...row, at: row.at.toISOString() }));
}

/** 赋能云, 基地云: what a buyer belongs to decides whether the platform reviews its joint-operation deliveries. */
export const TRACKS = ['ENABLING', 'BASE'] as const;
export type Track = (typeof TRACKS)[number];

/** @param track null = none any more; open orders keep their flow */
export async function setTrack(executor: Executor, buyerId: string, track: Track | null, now: Date): Promise<void> {
  if (track === null) await sql`DELETE FROM delivery.tracks WHERE buyer_id = ${buyerId}`.execute(executor);
  else
    await sql`
      INSERT INTO delivery.tracks (buyer_id, track, since) VALUES (${buyerId}, ${track}, ${now})
      ON CONFLICT (buyer_id) DO UPDATE SET track = excluded.track, since = excluded.since`.execute(executor);
}

export async function tracksOf(executor: Executor, buyerIds: readonly string[]): Promise<ReadonlyMap<string, Track>> {
  if (buyerIds.length === 0) return new Map();
  const { rows } = await sql<{ buyer_id: string; track: Track }>`
    SELECT buyer_id, track FROM delivery.tracks WHERE buyer_id = ANY(${buyerIds}::text[])`.execute(executor);
  return new Map(rows.map((row) => [row.buyer_id, row.track]));
}
