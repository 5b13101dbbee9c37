/**
 * A breaker per seller address: after 10 attempts in a row that did not reach a working server, its pool gets one slot
 * until the address answers again (`schema.ts`, column slots). It holds up nobody else, and it shortens nobody's
 * window: what comes late for it moves its plan (`policy.ts` nextAttempt). Pure.
 */
import type { AttemptRecord } from './call.ts';
import type { SellerCall } from './store.ts';

/** What a batch of attempts says of one address. */
export interface Tally {
  readonly pool: string;
  /** in a row, at the end of the batch */
  readonly failures: number;
  /** when it last answered; null = never in this batch, so the failures come on top of the earlier ones */
  readonly answeredAt: Date | null;
}

/** Pools in one order. Calls that people wait for have pools of their own and are not counted. */
export function tallyOf(attempts: readonly { readonly call: SellerCall; readonly record: AttemptRecord }[]): Tally[] {
  const tallies = new Map<string, Tally>();
  const inOrder = attempts.toSorted((a, b) => a.record.finishedAt.getTime() - b.record.finishedAt.getTime());
  for (const { call, record } of inOrder) {
    if (call.once || !wasSent(record)) continue;
    const { pool } = call;
    const known = tallies.get(pool) ?? { pool, failures: 0, answeredAt: null };
    tallies.set(
      pool,
      isDown(record)
        ? { ...known, failures: known.failures + 1 }
        : { pool, failures: 0, answeredAt: record.finishedAt },
    );
  }
  return [...tallies.values()].toSorted((a, b) => (a.pool < b.pool ? -1 : 1));
}

/** No connection, no answer in time, or a server that says itself that it is broken. */
function isDown(record: AttemptRecord): boolean {
  return record.httpStatus === null ? record.response === null : record.httpStatus >= 500;
}

/** A call that we could not even make says nothing about the seller. */
function wasSent(record: AttemptRecord): boolean {
  return record.request.url !== '';
}
