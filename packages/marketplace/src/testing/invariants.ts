/** What must hold after every simulation or crash run (design.md 7). Each part returns sentences about what does not. */
import type { Db } from '../platform/database/database.ts';
import { callsFollowEvents, noCallLostOrRepeated, oneIdentityPerLine } from './invariants/calls.ts';
import { statesMoveAlongTheirDiagrams } from './invariants/diagrams.ts';
import { historyOf } from './invariants/history.ts';
import { nothingWaits } from './invariants/leftovers.ts';
import { eachPaidLineEndsOnce } from './invariants/lines.ts';
import { eachIsToldOnce } from './invariants/messages.ts';
import { moneyAddsUp } from './invariants/money.ts';
import { salesAddUp } from './invariants/sales.ts';
import { sellersRememberTheSame } from './invariants/sellers.ts';
import { settlementAddsUp } from './invariants/settlement.ts';
import { nothingBeforeItsTime } from './invariants/times.ts';
import { usageAddsUp } from './invariants/usage.ts';

/** A call, as its seller wrote it down. */
export interface SeenBySeller {
  readonly activity: string;
  readonly orderId: string | null;
  readonly orderLineId: string | null;
  readonly instanceId: string | null;
  /** tells this call from every other: V2.0's nonce, V1.0's authToken */
  readonly nonce: string;
}

/** An instance, as its seller remembers it. */
export interface SellerInstance {
  readonly instanceId: string;
  readonly protocol: 'saas-v2' | 'saas-v1';
  readonly seller: string;
  readonly status: 'ACTIVE' | 'FROZEN' | 'RELEASED';
  /** as it was sent last; null = never (V2.0 reads it from the order) */
  readonly expireTime: string | null;
  /** the order line whose plan it has since the purchase; null = that of the purchase */
  readonly planLine: string | null;
  /** where the protocol tells it (V1.0) */
  readonly quantity: number | null;
}

/**
 * @param log what reached the sellers, in order
 * @param now what was due by then must be done
 * @param memory what the sellers have at the end, by instanceId; absent = they were not asked
 */
export async function brokenInvariants(
  db: Db,
  log: readonly SeenBySeller[],
  now: Date,
  memory?: ReadonlyMap<string, SellerInstance>,
): Promise<string[]> {
  const history = await historyOf(db);
  return [
    ...(await eachPaidLineEndsOnce(db, history)),
    ...(await moneyAddsUp(db)),
    ...(await salesAddUp(db)),
    ...(await usageAddsUp(db, now)),
    ...(await settlementAddsUp(db)),
    ...(await nothingWaits(db, now)),
    ...(await statesMoveAlongTheirDiagrams(db, history)),
    ...(await nothingBeforeItsTime(db, history)),
    ...oneIdentityPerLine(log),
    ...(await noCallLostOrRepeated(db, log)),
    ...(await callsFollowEvents(db, history)),
    ...(memory ? await sellersRememberTheSame(db, memory) : []),
    ...(await eachIsToldOnce(db, history)),
  ];
}
