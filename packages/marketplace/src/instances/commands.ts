/**
 * What buyers order for a running instance, and what they and the operator set: one transaction a command. The quotes
 * check the same rules, so that nobody is shown a price for what is refused. The instance is locked before its orders,
 * and its orders before balances, everywhere.
 */
import type { Scope } from '../directory/index.ts';
import {
  type Order,
  placeFor,
  quoteChange as priceChange,
  quoteConversion as priceConversion,
  quoteRenewals as priceRenewals,
  type QuotedLine,
  type Target,
} from '../ordering/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { PeriodType } from '../platform/site.ts';
import { sellerAgrees } from './change-check.ts';
import { cured, violated } from './changes.ts';
import type { ExpiryPolicy } from './definition.ts';
import { factsOf, found, foundOne, refused } from './facts.ts';
import { commitChanges } from './news.ts';
import { resourceOf } from './resource.ts';
import type { Instance } from './row.ts';
import { mayChange, mayConvert, mayCure, mayFreeze, mayRenew, mayRenewItself, mayRenewWithChange } from './rules.ts';

export interface RenewalItem {
  readonly resourceId: string;
  readonly periodType: PeriodType;
  readonly periodNumber: number;
  /** day of the month on which all are to end (B-60); null = as they fall */
  readonly unifyDay: number | null;
  /** renewal with change (B-64); null = as it is */
  readonly target: Target | null;
}
/** Who orders, and what was shown as the price. */
export interface Ordering {
  readonly scope: Scope;
  readonly userId: string;
  readonly expectedAmount?: string | undefined;
  readonly traceId: string;
}

/** Several at once, or none (B-60). */
export async function quoteRenewal(
  _platform: Platform,
  executor: Executor,
  input: { scope: Scope; items: readonly RenewalItem[]; lock?: boolean },
  now: Date,
): Promise<Result<QuotedLine[]>> {
  const ids = input.items.map(({ resourceId }) => resourceId);
  if (new Set(ids).size !== ids.length) return refuse('VALIDATION', 'an instance is renewed once in an order');
  const instances = await found(executor, ids, { scope: input.scope, lock: input.lock ?? false });
  if (!instances.ok) return instances;
  const facts = await factsOf(executor, instances.value);
  for (const [place, item] of input.items.entries()) {
    const fact = facts[place];
    const refusal = fact && (item.target ? mayRenewWithChange(fact, now) : mayRenew(fact, now));
    if (refusal) return refused(refusal);
    if (item.target) {
      const agreed = await sellerAgrees(executor, { ...item.target, resourceId: item.resourceId }, now);
      if (!agreed.ok) return agreed;
    }
  }
  const requests = instances.value.flatMap((instance, place) => {
    const item = input.items[place];
    return item ? [{ ...item, resource: resourceOf(instance, 'EXPIRY') }] : [];
  });
  return priceRenewals(executor, requests, now);
}

export async function renew(
  platform: Platform,
  tx: Tx,
  input: Ordering & { items: readonly RenewalItem[] },
  now: Date,
): Promise<Result<Order>> {
  return place(platform, tx, input, await quoteRenewal(platform, tx, { ...input, lock: true }, now), now);
}

export interface Conversion {
  readonly resourceId: string;
  readonly periodType: PeriodType;
  readonly periodNumber: number;
}
export async function quoteConversion(
  _platform: Platform,
  executor: Executor,
  input: Conversion & { scope: Scope; lock?: boolean },
  now: Date,
): Promise<Result<QuotedLine>> {
  const instance = await allowed(executor, input, mayConvert, now);
  if (!instance.ok) return instance;
  const { periodType, periodNumber } = input;
  return priceConversion(executor, { resource: resourceOf(instance.value), periodType, periodNumber }, now);
}

export async function convert(
  platform: Platform,
  tx: Tx,
  input: Ordering & Conversion,
  now: Date,
): Promise<Result<Order>> {
  return place(platform, tx, input, one(await quoteConversion(platform, tx, { ...input, lock: true }, now)), now);
}

/** Upgrade or scale-out of a running subscription, at once (B-70). */
export async function quoteChange(
  _platform: Platform,
  executor: Executor,
  input: { scope: Scope; resourceId: string; target: Target; lock?: boolean },
  now: Date,
): Promise<Result<QuotedLine>> {
  const instance = await allowed(executor, input, mayChange, now);
  if (!instance.ok) return instance;
  return priceChange(executor, { resource: resourceOf(instance.value), target: input.target }, now);
}

export async function change(
  platform: Platform,
  tx: Tx,
  input: Ordering & { resourceId: string; target: Target },
  now: Date,
): Promise<Result<Order>> {
  return place(platform, tx, input, one(await quoteChange(platform, tx, { ...input, lock: true }, now)), now);
}

const one = (quote: Result<QuotedLine>): Result<QuotedLine[]> => (quote.ok ? ok([quote.value]) : quote);

async function allowed(
  executor: Executor,
  input: { scope: Scope; resourceId: string; lock?: boolean },
  rule: typeof mayChange,
  now: Date,
): Promise<Result<Instance>> {
  const instance = await foundOne(executor, input.resourceId, { scope: input.scope, lock: input.lock ?? false });
  if (!instance.ok) return instance;
  const [facts] = await factsOf(executor, [instance.value]);
  const refusal = facts && rule(facts, now);
  return refusal ? refused(refusal) : instance;
}

async function place(
  platform: Platform,
  tx: Tx,
  { userId, expectedAmount, traceId }: Ordering,
  quote: Result<QuotedLine[]>,
  now: Date,
): Promise<Result<Order>> {
  if (!quote.ok) return quote;
  const [first] = quote.value;
  if (!first) return refuse('VALIDATION', 'an order needs at least one line');
  const { buyerId } = first.resource;
  if (quote.value.some(({ resource }) => resource.buyerId !== buyerId))
    return refuse('VALIDATION', 'an order is of one buyer');
  return placeFor(platform, tx, { buyerId, userId, lines: quote.value, expectedAmount, traceId }, now);
}

/** B-62. Automatic renewal begins with the next 03:00, never at once. */
export async function setExpiryPolicy(
  platform: Platform,
  tx: Tx,
  input: { scope: Scope; resourceId: string; policy: ExpiryPolicy },
  now: Date,
): Promise<Result<Instance>> {
  const instance = await allowed(tx, { ...input, lock: true }, mayRenewItself, now);
  if (!instance.ok) return instance;
  const life = { ...instance.value, expiryPolicy: input.policy, refusedTold: null, steppedAt: now };
  await commitChanges(platform, tx, [{ before: instance.value, life, news: [], traceId: life.traceId }], now);
  return ok(life);
}

/** O-14: the operator freezes at once; the clock goes on, and a renewal does not lift it. */
export async function freezeForViolation(
  platform: Platform,
  tx: Tx,
  input: {
    scope: Scope;
    resourceId: string;
    reason: string;
    evidence?: string | undefined;
    references?: readonly string[] | undefined;
  },
  now: Date,
): Promise<Result<Instance>> {
  const instance = await foundOne(tx, input.resourceId, { scope: input.scope, lock: true });
  if (!instance.ok) return instance;
  const refusal = mayFreeze(instance.value);
  if (refusal) return refused(refusal);
  const { reason, evidence = '', references = [] } = input;
  const frozen = violated(instance.value, { reason, evidence, references }, now);
  await commitChanges(platform, tx, [{ before: instance.value, ...frozen, traceId: instance.value.traceId }], now);
  return ok(frozen.life);
}

export async function cure(
  platform: Platform,
  tx: Tx,
  input: { scope: Scope; resourceId: string },
  now: Date,
): Promise<Result<Instance>> {
  const instance = await foundOne(tx, input.resourceId, { scope: input.scope, lock: true });
  if (!instance.ok) return instance;
  const refusal = mayCure(instance.value);
  if (refusal) return refused(refusal);
  const clean = cured(instance.value);
  await commitChanges(platform, tx, [{ before: instance.value, ...clean, traceId: instance.value.traceId }], now);
  return ok(clean.life);
}
