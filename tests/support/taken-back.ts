/** An application to leave the marketplace that its seller took back, for tests that only look at one. */
import { inTransaction } from '../../packages/marketplace/src/platform/database/database.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';
import { uuid } from '../../packages/marketplace/src/platform/random.ts';
import { insertLeaving, saveDecision } from '../../packages/marketplace/src/settlement/leaving/store.ts';

/** @returns its id */
export async function takenBack({ db, clock, random }: Platform, sellerId: string): Promise<string> {
  const [now, leavingId] = [clock.now(), uuid(random)];
  await inTransaction(db, async (tx) => {
    const asked = { leavingId, sellerId, state: 'PENDING', reason: 'a test', askedAt: now, askedBy: 'Ann' } as const;
    await insertLeaving(tx, { ...asked, decidedAt: null, decidedBy: null, comment: null });
    await saveDecision(tx, leavingId, { state: 'WITHDRAWN', by: 'Ann', comment: null }, now);
  });
  return leavingId;
}
