/**
 * Who sent a request, remembered for a second: a person's page asks several times in a row, and each look is a trip to
 * the database.
 *
 * How long something revoked still works: signing out, and what `distrustSessions` is told of, count at once in this
 * process. Everything else (another process signed the person out or disabled the account, a session's time is over)
 * counts after at most `TRUSTED_MS`.
 */
import { type Db, type Executor, perDatabase } from '../platform/database/database.ts';
import { lookUp } from '../platform/database/look-ups.ts';
import type { Principal } from './permissions.ts';
import { sessionsOf, sessionUsed } from './store.ts';

export const TRUSTED_MS = 1_000;
/** while a change may still wait for its commit, what is read may be of before it, and is not remembered */
const COMMITTED_WITHIN_MS = 10_000;
const MOST_REMEMBERED = 10_000;

interface Remembered {
  readonly principal: Principal;
  /** real time, since the clock of a simulation may stand still … */
  readonly atMs: number;
  /** … or jump */
  readonly at: Date;
}
const memoryOf = perDatabase(() => ({
  remembered: new Map<string, Remembered>(),
  leaving: new Map<string, number>(),
  distrustUntilMs: 0,
}));

const sessionNow = lookUp(sessionsOf);

/** The person of a session, or null; see above for how exact that is. `principalOf` is exact. */
export async function recentPrincipal(db: Db, tokenHash: string, now: Date): Promise<Principal | null> {
  const memory = memoryOf(db);
  const atMs = performance.now();
  const known = memory.remembered.get(tokenHash);
  if (known && atMs - known.atMs < TRUSTED_MS && Math.abs(now.getTime() - known.at.getTime()) < TRUSTED_MS)
    return known.principal;
  const session = await sessionNow(db, { tokenHash, now });
  if (session?.stale) await sessionUsed(db, tokenHash, now);
  const principal = session?.principal ?? null;
  if (principal && performance.now() >= Math.max(memory.distrustUntilMs, memory.leaving.get(tokenHash) ?? 0)) {
    makeRoom(memory.remembered);
    memory.remembered.set(tokenHash, { principal, atMs, at: now });
  }
  return principal;
}

/** A session is about to end. */
export function sessionEnds(executor: Executor, tokenHash: string): void {
  const { remembered, leaving } = memoryOf(executor);
  remembered.delete(tokenHash);
  makeRoom(leaving);
  leaving.set(tokenHash, performance.now() + COMMITTED_WITHIN_MS);
}

/** Something about accounts is about to change: a role, a right, a lock. */
export function distrustSessions(executor: Executor): void {
  const memory = memoryOf(executor);
  memory.remembered.clear();
  memory.distrustUntilMs = performance.now() + COMMITTED_WITHIN_MS;
}

function makeRoom(map: Map<string, unknown>): void {
  if (map.size >= MOST_REMEMBERED) map.clear();
}
