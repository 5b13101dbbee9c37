/** What every part of a sandbox works with. */
import type { DemoFacts } from '../demo/facts.ts';
import type { Scope } from '../directory/index.ts';
import type { Caller } from '../fulfilment/index.ts';
import { type Executor, inTransaction, sql, type Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import type { Result } from '../platform/result.ts';

export interface SandboxWorld {
  readonly platform: Platform;
  readonly demo: DemoFacts;
  /** asks the seller live */
  readonly caller: Caller;
}

export const EVERYTHING: Scope = { kind: 'all' };
export const buyerScope = ({ demo }: SandboxWorld): Scope => ({ kind: 'buyer', buyerId: demo.buyerId, placedBy: null });

/** The demo buyer's own account. */
export async function buyerUser(executor: Executor, buyerId: string): Promise<string> {
  const { rows } = await sql<{ user_id: string }>`
    SELECT user_id FROM directory.users WHERE buyer_id = ${buyerId} ORDER BY (role <> 'BO'), created_at, user_id LIMIT 1`.execute(
    executor,
  );
  return rows[0]?.user_id ?? 'sandbox';
}

/** One transaction a command; a refusal leaves nothing behind. */
export async function commanded<T>(
  world: SandboxWorld,
  work: (tx: Tx, now: Date) => Promise<Result<T>>,
): Promise<Result<T>> {
  const refused: Result<T>[] = [];
  try {
    return await inTransaction(world.platform.db, async (tx) => {
      const result = await work(tx, world.platform.clock.now());
      if (result.ok) return result;
      refused.push(result);
      throw new Undone();
    });
  } catch (error) {
    const [result] = refused;
    if (error instanceof Undone && result) return result;
    throw error;
  }
}

/** Rolls a refused command back; never leaves this file. */
class Undone extends Error {}
