/**
 * Renewals that nobody orders by hand (B-63): quoted like any other, for one period of the kind that was bought last.
 * What the buyer has to pay with is read under its lock first: coupons and cards, then the balance or credit (B-32,
 * B-33). Where it is short no order is made, and what is missing on the balance is told.
 */
import {
  creditAccessOf,
  type Order,
  placePaid,
  type QuotedLine,
  quoteEachRenewal,
  type RenewalRequest,
} from '../ordering/index.ts';
import type { Tx } from '../platform/database/database.ts';
import { decimal, type Money, money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { traceId } from '../platform/random.ts';
import type { Refusal } from '../platform/result.ts';
import { SITES } from '../platform/site.ts';
import { lockMeans, type Means, type Part, planAlone, walletKey } from '../wallet/index.ts';
import type { PaidPeriod } from './changes.ts';
import { insertPeriods, type PaidTime } from './periods.ts';
import { DEFAULT_SETTINGS, type RenewalSettings, renewalSettingsOf } from './renewal-settings.ts';
import { resourceOf } from './resource.ts';
import type { Instance } from './row.ts';

export type Attempt =
  | { readonly kind: 'PAID'; readonly period: PaidPeriod; readonly traceId: string }
  | { readonly kind: 'SHORT'; readonly missing: Money }
  /** not offered any more: withdrawn, or no price for such a period (C29) */
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal };

/**
 * All of a batch in the statements of one. Who gets what a balance or a coupon still holds is decided in the order of the list, as if
 * they came one by one.
 * @param instances locked by the caller, with no open order
 */
export async function renewAutomatically(
  platform: Platform,
  tx: Tx,
  instances: readonly Instance[],
  now: Date,
): Promise<Map<string, Attempt>> {
  const attempts = new Map<string, Attempt>();
  if (instances.length === 0) return attempts;
  const settings = await renewalSettingsOf(
    tx,
    instances.map(({ buyerId }) => buyerId),
  );
  const requests = instances.map((instance) => request(instance, settings.get(instance.buyerId) ?? DEFAULT_SETTINGS));
  const quoted: Quoted[] = [];
  for (const [place, quote] of (await quoteEachRenewal(tx, requests, now)).entries()) {
    const instance = instances[place];
    if (!instance) continue;
    if (quote.ok) quoted.push({ instance, line: quote.value });
    else attempts.set(instance.resourceId, { kind: 'REFUSED', refusal: quote.refusal });
  }
  const allowed = await creditAccessOf(tx, quoted.map(soldOf));
  const { enough, short } = share(quoted, allowed, await lockMeans(tx, quoted.map(walletOf), now));
  for (const [resourceId, missing] of short) attempts.set(resourceId, { kind: 'SHORT', missing });
  const asked = enough.map(({ instance, line, parts }) => {
    return { userId: instance.placedBy, line, parts, traceId: traceId(platform.random) };
  });
  const paid: PaidTime[] = [];
  for (const [place, order] of (await placePaid(platform, tx, asked, now)).entries()) {
    const instance = enough[place]?.instance;
    if (!instance) continue;
    const period = periodOf(order);
    attempts.set(instance.resourceId, { kind: 'PAID', traceId: order.traceId, period });
    paid.push(timeOf(instance, period));
  }
  await insertPeriods(tx, paid);
  return attempts;
}

interface Quoted {
  readonly instance: Instance;
  readonly line: QuotedLine;
}
interface Paid extends Quoted {
  readonly parts: readonly Part[];
}

const walletOf = ({ instance: { buyerId, site } }: Quoted) => ({ buyerId, currency: SITES[site].currency });
const soldOf = ({ instance: { buyerId }, line }: Quoted) => ({
  ...{ buyerId, goodsId: line.resource.goodsId, version: line.version },
});

/** Each in turn takes its amount, where there is enough; `short` has what is missing. Pure. */
function share(
  quoted: readonly Quoted[],
  allowed: Awaited<ReturnType<typeof creditAccessOf>>,
  means: ReadonlyMap<string, Means>,
): { enough: Paid[]; short: Map<string, Money> } {
  const left = new Map(means);
  const enough: Paid[] = [];
  const short = new Map<string, Money>();
  for (const [place, each] of quoted.entries()) {
    const wallet = walletKey(walletOf(each));
    const { amount, currency } = each.line.amount;
    const access = allowed[place] ?? { coupon: false, limit: false };
    const plan = planAlone(decimal(amount), left.get(wallet) ?? NOTHING, access);
    if ('missing' in plan) {
      short.set(each.instance.resourceId, money(plan.missing, currency));
      continue;
    }
    left.set(wallet, plan.left);
    enough.push({ ...each, parts: plan.parts });
  }
  return { enough, short };
}
const NOTHING: Means = { purses: [], balance: decimal('0'), credit: decimal('0') };

/** A subscription by months renews for a month, one by years for a year; to the unified day, where the buyer set one. */
const request = (instance: Instance, { unifyDay }: RenewalSettings): RenewalRequest => {
  const resource = resourceOf(instance, 'EXPIRY');
  return { resource, periodType: resource.periodType ?? 'month', periodNumber: 1, unifyDay, target: null };
};

function periodOf({ orderId, lines }: Order): PaidPeriod {
  const [bought] = lines;
  if (!bought || bought.expireAt === null) throw new Error(`the automatic renewal ${orderId} has no end`);
  const { orderLineId, amount, expireAt, snapshot, ...rest } = bought;
  const { specificationName, linearAttribute } = snapshot;
  return { orderId, orderLineId, amount, expireAt, plan: { ...rest, specificationName, linearAttribute } };
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
