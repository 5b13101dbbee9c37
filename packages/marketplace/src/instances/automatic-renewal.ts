/**
 * Renewals that nobody orders by hand (B-63): quoted like any other, for one period of the kind that was bought last.
 * The balance is read under its lock first; where it is short no order is made, and the missing amount is told.
 */
import { lockBalances } from '../ledger/index.ts';
import {
  MOST_RENEWALS,
  payOrder,
  placeFor,
  type QuotedLine,
  quoteRenewals,
  type RenewalRequest,
} from '../ordering/index.ts';
import type { Tx } from '../platform/database/database.ts';
import { decimal, type Money, money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { traceId } from '../platform/random.ts';
import { ok, type Refusal, type Result, refuse } from '../platform/result.ts';
import { SITES } from '../platform/site.ts';
import type { PaidPeriod } from './changes.ts';
import { insertPeriods, type PaidTime } from './periods.ts';
import { resourceOf } from './resource.ts';
import type { Instance } from './row.ts';

export type Attempt =
  | { readonly kind: 'PAID'; readonly period: PaidPeriod; readonly traceId: string }
  | { readonly kind: 'SHORT'; readonly missing: Money }
  /** not offered any more: withdrawn, or no price for such a period (C29) */
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal };

/** @param instances locked by the caller, with no open order */
export async function renewAutomatically(
  platform: Platform,
  tx: Tx,
  instances: readonly Instance[],
  now: Date,
): Promise<Map<string, Attempt>> {
  const attempts = new Map<string, Attempt>();
  if (instances.length === 0) return attempts;
  const quoted: { instance: Instance; line: QuotedLine }[] = [];
  for (const [place, quote] of (await quoteEach(tx, instances, now)).entries()) {
    const instance = instances[place];
    if (!instance) continue;
    if (quote.ok) quoted.push({ instance, line: quote.value });
    else attempts.set(instance.resourceId, { kind: 'REFUSED', refusal: quote.refusal });
  }
  const wallet = ({ buyerId, site }: Instance) => ({ buyerId, currency: SITES[site].currency });
  const key = (instance: Instance) => `${instance.buyerId} ${SITES[instance.site].currency}`;
  const balances = await lockBalances(
    tx,
    quoted.map(({ instance }) => wallet(instance)),
  );
  const left = new Map(
    balances.map(({ buyerId, amount }) => [`${buyerId} ${amount.currency}`, decimal(amount.amount)]),
  );
  const paid: PaidTime[] = [];
  for (const { instance, line } of quoted) {
    const balance = left.get(key(instance)) ?? decimal('0');
    const rest = balance.minus(line.amount.amount);
    if (rest.isNegative()) {
      attempts.set(instance.resourceId, { kind: 'SHORT', missing: money(rest.negated(), line.amount.currency) });
      continue;
    }
    const bought = await buy(platform, tx, instance, line, now);
    attempts.set(instance.resourceId, bought);
    if (bought.kind !== 'PAID') continue;
    left.set(key(instance), rest);
    paid.push(timeOf(instance, bought.period));
  }
  await insertPeriods(tx, paid);
  return attempts;
}

/** As many at once as an order may hold; only when one of them is refused, one by one. */
async function quoteEach(tx: Tx, instances: readonly Instance[], now: Date): Promise<Result<QuotedLine>[]> {
  const quotes: Result<QuotedLine>[] = [];
  for (let from = 0; from < instances.length; from += MOST_RENEWALS) {
    const requests = instances.slice(from, from + MOST_RENEWALS).map(request);
    const all = await quoteRenewals(tx, requests, now);
    if (all.ok) quotes.push(...all.value.map(ok));
    else for (const item of requests) quotes.push(await quoteOne(tx, item, now));
  }
  return quotes;
}

async function quoteOne(tx: Tx, item: RenewalRequest, now: Date): Promise<Result<QuotedLine>> {
  const one = await quoteRenewals(tx, [item], now);
  if (!one.ok) return one;
  const [value] = one.value;
  return value ? ok(value) : refuse('RENEWAL_NOT_ALLOWED', 'nothing was quoted');
}

/** A subscription by months renews for a month, one by years for a year. */
const request = (instance: Instance): RenewalRequest => {
  const resource = resourceOf(instance, 'EXPIRY');
  return { resource, periodType: resource.periodType ?? 'month', periodNumber: 1, unifyDay: null, target: null };
};

async function buy(platform: Platform, tx: Tx, instance: Instance, line: QuotedLine, now: Date): Promise<Attempt> {
  const trace = traceId(platform.random);
  const { buyerId, placedBy } = instance;
  const order = { buyerId, userId: placedBy, lines: [line], traceId: trace, paidAtOnce: true };
  const placed = await placeFor(platform, tx, order, now);
  if (!placed.ok) return { kind: 'REFUSED', refusal: placed.refusal };
  const { orderId } = placed.value;
  const paid = await payOrder(platform, tx, { orderId, scope: { kind: 'all' } }, now);
  const [bought] = paid.ok ? paid.value.lines : [];
  // The balance is locked and was enough: a payment that fails now is our own fault, and nothing of it may stay.
  if (!bought || bought.expireAt === null) throw new Error(`the automatic renewal ${orderId} could not be paid`);
  const { snapshot, ...rest } = bought;
  const { specificationName, linearAttribute } = snapshot;
  return {
    kind: 'PAID',
    traceId: trace,
    period: {
      orderId,
      orderLineId: bought.orderLineId,
      amount: bought.amount,
      expireAt: bought.expireAt,
      plan: { ...rest, specificationName, linearAttribute },
    },
  };
}

const timeOf = (instance: Instance, { plan, orderId, orderLineId, amount, expireAt }: PaidPeriod): PaidTime => ({
  ...plan,
  resourceId: instance.resourceId,
  orderId,
  orderLineId,
  occasion: 'RENEWAL',
  from: instance.expireAt ?? expireAt,
  to: expireAt,
  amount,
});
