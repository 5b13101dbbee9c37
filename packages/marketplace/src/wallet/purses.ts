/**
 * Cash coupons and stored-value cards: given by the operator's finance, bought by the buyer, taken back, ended by time.
 * A coupon that counts costs the platform when it is given; buying a card moves money, it is no consumption (S1-4).
 */
import { BANK, COUPONS, type Posting, postWithBalance, unspentAccount } from '../ledger/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { NewEvent } from '../platform/events.ts';
import { decimal, type Money, money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { traceId, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { addTask, type TaskHandler } from '../platform/tasks/marketplace-tasks.ts';
import { type PurseKind, RULES } from './kinds.ts';
import { endPurse, insertPurse, lockPurses, type StoredPurse } from './purse-store.ts';

export interface GrantPurse {
  readonly buyerId: string;
  readonly kind: PurseKind;
  readonly amount: Money;
  readonly validFrom: Date;
  /** coupons end; cards do not */
  readonly validTo: Date | null;
  readonly reason: string;
  readonly by: string;
}

/** The operator gives a coupon, or a card that was sold outside. Refuses INVALID_VALIDITY, INVALID_AMOUNT. */
export async function grantPurse(
  platform: Platform,
  tx: Tx,
  grant: GrantPurse,
  now: Date,
): Promise<Result<StoredPurse>> {
  const { kind, validFrom, validTo } = grant;
  if (kind === 'CARD' ? validTo !== null : validTo === null || validTo <= now || validTo <= validFrom)
    return refuse('INVALID_VALIDITY', 'a coupon ends after it begins and later than now; a card does not end');
  const made = await create(platform, tx, grant, fundedBy(kind), now);
  if (!made.ok) return made;
  const subject = made.value.purseId;
  if (validTo !== null) {
    const task = { subject, traceId: 'wallet' };
    await addTask(tx, { ...task, id: uuid(platform.random), kind: END_PURSE, dueAt: validTo }, now);
    const dueAt = new Date(validTo.getTime() - ENDING_DAYS * DAY_MS);
    // what is given for a shorter time has just been told
    if (dueAt > now) await addTask(tx, { ...task, id: uuid(platform.random), kind: PURSE_ENDING, dueAt }, now);
  }
  await platform.events.publish(tx, [purseEvent('wallet.purse-granted', made.value)], now);
  return made;
}

/** the buyer is told so long before that a coupon ends [chosen: no page says it] */
const ENDING_DAYS = 7;
const DAY_MS = 86_400_000;
export const PURSE_ENDING = 'wallet.purse-ending';
/** Task: a coupon ends soon; one of which nothing is left needs no word. */
export const purseEndingTask =
  (platform: Platform): TaskHandler =>
  async (tx, { subject }, now) => {
    const [purse] = await lockPurses(tx, [subject]);
    if (purse?.state !== 'ACTIVE' || decimal(purse.leftOver).isZero()) return 'resolved';
    await platform.events.publish(tx, [purseEvent('wallet.purse-ending', purse)], now);
    return 'done';
  };

const purseEvent = (type: string, purse: StoredPurse): NewEvent => ({
  type,
  aggregate: `purse:${purse.purseId}`,
  payload: {
    ...{ buyerId: purse.buyerId, purseId: purse.purseId, kind: purse.kind },
    left: money(purse.leftOver, purse.currency),
    ...{ validFrom: purse.validFrom.toISOString(), validTo: purse.validTo?.toISOString() ?? null },
  },
  traceId: 'wallet',
});

/** The buyer buys a card from the balance. Refuses INVALID_AMOUNT, INSUFFICIENT_BALANCE. */
export const buyCard = (
  platform: Platform,
  tx: Tx,
  { buyerId, amount }: { readonly buyerId: string; readonly amount: Money },
  now: Date,
): Promise<Result<StoredPurse>> => {
  const card = { buyerId, kind: 'CARD', amount, validFrom: now, validTo: null, reason: '', by: buyerId } as const;
  return create(platform, tx, card, 'balance', now);
};

/** Where the money of what the operator gives comes from; a credit coupon is a limit and holds none. */
const fundedBy = (kind: PurseKind): string => (kind === 'CARD' ? BANK : COUPONS);

async function create(
  platform: Platform,
  tx: Tx,
  grant: GrantPurse,
  from: string,
  now: Date,
): Promise<Result<StoredPurse>> {
  const { buyerId, kind, amount, validFrom, validTo, reason, by } = grant;
  const value = decimal(amount.amount);
  if (!value.isPositive() || value.isZero() || value.decimalPlaces() > 2)
    return refuse('INVALID_AMOUNT', 'an amount is above zero, with two decimals at most');
  const purseId = uuid(platform.random);
  const face = value.toFixed(2);
  const { holds } = RULES[kind];
  if (holds !== null) {
    const zero = money('0', amount.currency);
    const sides: Posting[] = [{ account: unspentAccount(holds, purseId), credit: amount }];
    if (from !== 'balance') sides.push({ account: from, debit: amount });
    const entry = { entryId: uuid(platform.random), kind: 'GRANT', reference: purseId, buyerId } as const;
    const balance = { debit: from === 'balance' ? amount : zero };
    const posted = await postWithBalance(
      tx,
      { ...entry, traceId: traceId(platform.random), postings: sides, balance },
      now,
    );
    if (posted === 'short') return refuse('INSUFFICIENT_BALANCE', 'the balance is short', { amount: face });
  }
  const purse: StoredPurse = {
    ...{ purseId, buyerId, kind, currency: amount.currency, face, leftOver: face, validFrom, validTo },
    ...{ state: 'ACTIVE', reason, grantedBy: by, createdAt: now },
  };
  await insertPurse(tx, purse);
  return ok(purse);
}

/** The operator takes back what is left. Refuses NOT_FOUND, PURSE_STATE. */
export async function withdrawPurse(
  platform: Platform,
  tx: Tx,
  purseId: string,
  now: Date,
): Promise<Result<StoredPurse>> {
  const [purse] = await lockPurses(tx, [purseId]);
  if (!purse) return refuse('NOT_FOUND', 'there is no such coupon or card');
  if (purse.state !== 'ACTIVE') return refuse('PURSE_STATE', `it is ${purse.state}`, { state: purse.state });
  await end(platform, tx, purse, 'WITHDRAWN', now);
  await platform.events.publish(tx, [purseEvent('wallet.purse-withdrawn', purse)], now);
  return ok({ ...purse, state: 'WITHDRAWN', leftOver: '0.00' });
}

export const END_PURSE = 'wallet.end-purse';
/** Task: a coupon whose time is over is void (S7-4). */
export const endPurseTask =
  (platform: Platform): TaskHandler =>
  async (tx, { subject }, now) => {
    const [purse] = await lockPurses(tx, [subject]);
    if (purse?.state !== 'ACTIVE') return 'resolved';
    await end(platform, tx, purse, 'EXPIRED', now);
    return 'done';
  };

/** A card that the operator takes back was sold outside, or is paid out there: its money leaves through the bank. */
async function end(
  platform: Platform,
  tx: Tx,
  purse: StoredPurse,
  state: 'WITHDRAWN' | 'EXPIRED',
  now: Date,
): Promise<void> {
  const { purseId, buyerId, kind, leftOver, currency } = purse;
  const { holds } = RULES[kind];
  const amount = money(leftOver, currency);
  if (holds !== null) {
    const postings = [
      { account: unspentAccount(holds, purseId), debit: amount },
      { account: fundedBy(kind), credit: amount },
    ];
    const entry = { entryId: uuid(platform.random), kind: 'WITHDRAWAL', reference: purseId, buyerId } as const;
    const balance = { debit: money('0', currency) };
    await postWithBalance(tx, { ...entry, traceId: traceId(platform.random), postings, balance }, now);
  }
  await endPurse(tx, purseId, state);
}
