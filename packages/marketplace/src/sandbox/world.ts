/** What every part of a sandbox works with. */
import type { DemoFacts } from '../demo/facts.ts';
import { type Scope, userByLogin } from '../directory/index.ts';
import type { Caller } from '../fulfilment/index.ts';
import { type Executor, inTransaction, type Tx } from '../platform/database/database.ts';
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
export async function buyerUser(executor: Executor, { accounts }: DemoFacts): Promise<string> {
  const owner = accounts.find(({ area }) => area === 'buyer');
  const user = owner && (await userByLogin(executor, owner.loginName));
  if (!user) throw new Error('the demo buyer has no account');
  return user.user_id;
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
