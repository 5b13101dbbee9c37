/**
 * A seller leaves (S4-7, S-7): it applies once nothing hinders, the operator looks, and what hinders is counted anew in the
 * transaction that closes the account. Then nothing is renewed, its programs are refused, and its company does not join again.
 */
import { withdrawStopped } from '../../catalog/index.ts';
import { closeSeller, hasLeft, lockSeller } from '../../directory/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { traceId, uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { mayMove } from '../../platform/state-machine.ts';
import { dayAt } from '../calendar.ts';
import { lockShared } from '../live/periods.ts';
import { releaseBills } from '../live/releasing.ts';
import { type Hindrance, leavingTransitions, mayTakeTheRest } from './model.ts';
import { standingOf } from './standing.ts';
import { insertLeaving, type Leaving, lastLeaving, leavingById, saveDecision } from './store.ts';

export interface ApplyToLeave {
  readonly sellerId: string;
  readonly reason: string;
  readonly by: string;
}

/** Refuses SELLER_LEFT, LEAVING_OPEN (one waits), LEAVING_HINDERED. */
export async function applyToLeave(
  platform: Platform,
  tx: Tx,
  { sellerId, reason, by }: ApplyToLeave,
  now: Date,
): Promise<Result<Leaving>> {
  const { site } = platform.config;
  const seller = await lockSeller(tx, sellerId);
  if (!seller) return unknown;
  if (seller.leftAt !== null) return hasLeft;
  const last = await lastLeaving(tx, sellerId);
  if (last?.state === 'PENDING') return refuse('LEAVING_OPEN', 'S4-7: an application to leave waits for its review');
  const { hindrances } = await standingOf(tx, sellerId, site);
  if (hindrances.length > 0) return hindered(hindrances);
  const leaving: Leaving = {
    ...{ leavingId: uuid(platform.random), sellerId, state: 'PENDING', reason },
    ...{ askedAt: now, askedBy: by, decidedAt: null, decidedBy: null, comment: null },
  };
  await insertLeaving(tx, leaving);
  await tell(platform, tx, 'asked', leaving, seller.name, now);
  return ok(leaving);
}

/** The seller stays. Refuses NOT_FOUND, LEAVING_STATE. */
export async function withdrawLeaving(
  tx: Tx,
  { sellerId, by }: { readonly sellerId: string; readonly by: string },
  now: Date,
): Promise<Result<Leaving>> {
  const last = await lastLeaving(tx, sellerId);
  if (!last) return unknown;
  return decided(tx, last.leavingId, { state: 'WITHDRAWN', by, comment: null }, now);
}

export interface DecideLeaving {
  readonly leavingId: string;
  readonly approve: boolean;
  readonly comment: string;
  readonly by: string;
}

/** Refuses NOT_FOUND, LEAVING_STATE, and an approval with LEAVING_HINDERED: something came between. */
export async function decideLeaving(
  platform: Platform,
  tx: Tx,
  { leavingId, approve, comment, by }: DecideLeaving,
  now: Date,
): Promise<Result<Leaving>> {
  const { site } = platform.config;
  const asked = await leavingById(tx, leavingId);
  if (!asked) return unknown;
  const { sellerId } = asked;
  // no bill is made, and nothing of the seller is listed, while it is counted
  await lockShared(tx, site);
  const seller = await lockSeller(tx, sellerId);
  if (!seller) return unknown;
  const { hindrances } = approve ? await standingOf(tx, sellerId, site) : NOTHING;
  if (hindrances.length > 0 && asked.state === 'PENDING') return hindered(hindrances);
  const done = await decided(tx, leavingId, { state: approve ? 'APPROVED' : 'REJECTED', by, comment }, now);
  if (!done.ok) return done;
  if (approve) {
    // what was only stopped could be renewed for ever (C29)
    await withdrawStopped(tx, sellerId, now);
    await closeSeller(tx, sellerId, now);
  }
  await tell(platform, tx, 'decided', done.value, seller.name, now);
  return done;
}

/** What is held below the minimum goes on as it is, since nothing more comes (`mayTakeTheRest`). Refuses LEAVING_HINDERED. */
export async function takeTheRest(platform: Platform, tx: Tx, sellerId: string, now: Date): Promise<Result<null>> {
  const { site } = platform.config;
  await lockShared(tx, site);
  if ((await lockSeller(tx, sellerId)) === null) return unknown;
  const { hindrances } = await standingOf(tx, sellerId, site);
  if (!mayTakeTheRest(hindrances)) return hindered(hindrances);
  await releaseBills(tx, site, dayAt(now, site), now, sellerId);
  return ok(null);
}

async function decided(
  tx: Tx,
  leavingId: string,
  decision: {
    readonly state: 'APPROVED' | 'REJECTED' | 'WITHDRAWN';
    readonly by: string;
    readonly comment: string | null;
  },
  now: Date,
): Promise<Result<Leaving>> {
  const leaving = await leavingById(tx, leavingId, 'lock');
  if (!leaving) return unknown;
  if (!mayMove(leavingTransitions, leaving.state, decision.state))
    return refuse('LEAVING_STATE', `this application is ${leaving.state}`, { state: leaving.state });
  await saveDecision(tx, leavingId, decision, now);
  const { state, by: decidedBy, comment } = decision;
  return ok({ ...leaving, state, decidedBy, comment, decidedAt: now });
}

const NOTHING = { hindrances: [] } as const;
const unknown = refuse('NOT_FOUND', 'there is no application to leave');
const hindered = (hindrances: readonly Hindrance[]): Result<never> =>
  refuse('LEAVING_HINDERED', 'S4-7: products, orders, settlement or invoices are still open', {
    rule: 'S4-7',
    kinds: hindrances.map(({ kind, count }) => `${kind} ${count}`).join(', '),
  });

/** `settlement.leaving-asked`, `settlement.leaving-decided` (N-11) */
const tell = (
  { events, random }: Platform,
  tx: Tx,
  what: 'asked' | 'decided',
  { leavingId, sellerId, state, comment }: Leaving,
  name: string,
  now: Date,
): Promise<void> =>
  events.publish(
    tx,
    [
      {
        type: `settlement.leaving-${what}`,
        aggregate: `leaving:${leavingId}`,
        payload: { leavingId, sellerId, name, approved: state === 'APPROVED', comment: comment ?? '' },
        traceId: traceId(random),
      },
    ],
    now,
  );
