/** Where hardware is sent (L37): given with the order, sealed at rest, opened for those who deliver it. */
import { z } from 'zod';
import { type Executor, sql } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';

export const receiver = z.object({ name: z.string(), phone: z.string(), address: z.string() });
export type Receiver = z.infer<typeof receiver>;

const PURPOSE = 'ordering.receiver';
/** Columns that hold sealed values, for key rotation. */
export const orderingSealed = [
  { table: 'ordering.receivers', id: 'order_id', column: 'sealed', purpose: PURPOSE },
] as const;

export async function keepReceiver(
  platform: Platform,
  executor: Executor,
  orderId: string,
  who: Receiver,
): Promise<void> {
  const sealed = platform.keys.seal(JSON.stringify(who), PURPOSE);
  await sql`INSERT INTO ordering.receivers (order_id, sealed) VALUES (${orderId}, ${sealed})`.execute(executor);
}

/** @returns null = the order sends nothing */
export async function receiverOf(platform: Platform, executor: Executor, orderId: string): Promise<Receiver | null> {
  const { rows } = await sql<{
    sealed: string;
  }>`SELECT sealed FROM ordering.receivers WHERE order_id = ${orderId}`.execute(executor);
  return rows[0] ? receiver.parse(JSON.parse(platform.keys.open(rows[0].sealed, PURPOSE))) : null;
}
