/**
 * What a buyer gets back for an instance, and asking for it (settlement.md 7): the whole resource, which is released
 * then, or the last renewal while it is not in effect (B-66). Which path is open is ordering's pure rule.
 */
import { type AccessType, contentOf } from '../catalog/index.ts';
import { deliveryOfResource, operationsOf } from '../delivery/index.ts';
import type { Scope } from '../directory/index.ts';
import { codeOfResource } from '../licensing/index.ts';
import {
  applyForRefund,
  type Consumption,
  cancelUnpaidOf,
  consumptionOf,
  type DecideRefund,
  decideRefund,
  type GoodsAt,
  givenBackOf,
  invoicedAmong,
  invoicedRefusal,
  linesOfResource,
  losesFullRefund,
  type OrderType,
  type Refund,
  type RefundFacts,
  type RefundKind,
  type RefundPath,
  type RefundQuota,
  type ResourceLine,
  refundById,
  refundPath,
  refundQuota,
  restOf,
  type UsedPeriod,
} from '../ordering/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import { decimal, type Money, money, sum } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { SITES } from '../platform/site.ts';
import { factsOf, foundOne, refused } from './facts.ts';
import { commitChanges } from './news.ts';
import { lastRenewal, periodsOf } from './periods.ts';
import { resourceOf } from './resource.ts';
import type { Instance } from './row.ts';
import { mayUnsubscribe } from './rules.ts';

export interface RefundQuote {
  readonly path: RefundPath;
  readonly accessType: AccessType;
  /** what was paid for the lines that would be given back; of a negotiated refund the most that can be asked */
  readonly paid: Money;
  /** what comes back; of a negotiated refund at most this */
  readonly amount: Money;
  /** LATE: what is kept (S7-12) */
  readonly consumption: Consumption | null;
  /** of a negotiated one: less than all can be asked for (B-83a) */
  readonly partOnly: boolean;
  readonly quota: RefundQuota;
  readonly lines: readonly ResourceLine[];
}
export interface AskForRefund {
  readonly scope: Scope;
  readonly resourceId: string;
  /** what is given back; absent = the last renewal if it is not in effect, else the resource */
  readonly subject?: RefundFacts['subject'] | undefined;
  /** the path that was shown; another one now is refused */
  readonly kind?: RefundKind | undefined;
}

export async function quoteRefund(
  _platform: Platform,
  executor: Executor,
  input: AskForRefund & { readonly lock?: boolean },
  now: Date,
): Promise<Result<RefundQuote & { readonly instance: Instance }>> {
  const instance = await foundOne(executor, input.resourceId, { scope: input.scope, lock: input.lock ?? false });
  if (!instance.ok) return instance;
  const [facts] = await factsOf(executor, [instance.value]);
  const refusal = facts && mayUnsubscribe(facts, now);
  if (refusal) return refused(refusal);
  const quote = await pathOf(executor, instance.value, input, now);
  return quote.ok ? ok({ ...quote.value, instance: instance.value }) : quote;
}

async function pathOf(
  executor: Executor,
  instance: Instance,
  { kind, ...asked }: AskForRefund,
  now: Date,
): Promise<Result<RefundQuote>> {
  const { resourceId, goodsId, version, buyerId } = instance;
  const renewal = lastRenewal(await periodsOf(executor, [resourceId]));
  const open = renewal !== null && renewal.from > now ? renewal : null;
  const named = kind === undefined ? asked.subject : kind === 'RENEWAL' ? 'RENEWAL' : 'RESOURCE';
  const subject = named ?? (open ? 'RENEWAL' : 'RESOURCE');
  if (subject === 'RESOURCE' && open)
    return refuse('REFUND_NOT_ALLOWED', `S7-8: the renewal ${open.orderId}, not in effect yet, is taken back first`);
  const { supervised, accessType, licenseVariant } = await contentOf(executor, goodsId, version);
  const supervisionCompleted = supervised && !instance.waitsFor.includes('ACCEPTANCE');
  const code = licenseVariant === 'CODE' ? await codeOfResource(executor, resourceId, { kind: 'all' }) : null;
  const quota = await refundQuota(executor, buyerId, now);
  const path = refundPath(
    {
      ...instance,
      accessType,
      supervised,
      // S7-1: what runs was accepted; the time of what is not has not begun (S2-13)
      supervisionCompleted,
      expireAt: supervised && !supervisionCompleted ? null : instance.expireAt,
      codePickedUp: code !== null && code.receivedAt !== null,
      subject,
      renewalFrom: renewal?.from ?? null,
      quotaLeft: quota.left,
    },
    now,
  );
  if (!path.ok) return path;
  if (kind !== undefined && path.value.kind !== kind)
    return refuse('REFUND_NOT_ALLOWED', `S7-1: this instance is refunded as ${path.value.kind}, not as ${kind}`);
  const all = await linesOfResource(executor, resourceId);
  const lines = all.filter(
    (line) =>
      (line.state === 'FULFILLED' || line.state === 'SUPERVISING') &&
      (subject === 'RENEWAL' ? line.orderLineId === renewal?.orderLineId : GIVEN_BACK.includes(line.orderType)),
  );
  if (lines.length === 0) return refuse('REFUND_NOT_ALLOWED', 'S7-8: nothing was paid that could be given back');
  const { currency } = SITES[instance.site];
  const whole = sum(
    lines.map(({ amount }) => amount),
    currency,
  );
  const ids = lines.map(({ orderLineId }) => orderLineId);
  const invoiced = invoicedRefusal(await invoicedAmong(executor, ids));
  if (invoiced) return invoiced;
  const before = await givenBackOf(executor, ids);
  const paid = money(decimal(whole.amount).minus(before).toFixed(2), currency);
  const period = periodOf(path.value, instance);
  const consumption = period ? consumptionOf(paid, period, now) : null;
  const amount = consumption === null ? paid : restOf(paid, consumption);
  if (consumption !== null && decimal(amount.amount).isZero())
    return refuse('REFUND_NOT_ALLOWED', 'S7-12: all that was paid is consumed, nothing would come back');
  const [opening] = lines;
  const partOnly =
    path.value.kind === 'NEGOTIATED' && opening !== undefined && (await saidNothing(executor, instance, opening, now));
  return ok({ path: path.value, accessType, partOnly, paid, amount, consumption, quota, lines });
}

/** B-83a: of flows that begin with a requirement; the log has when it first came. */
async function saidNothing(
  executor: Executor,
  { resourceId, site }: Instance,
  { paidAt }: ResourceLine,
  now: Date,
): Promise<boolean> {
  const delivery = await deliveryOfResource(executor, resourceId, { kind: 'all' });
  if (!delivery?.supervision) return false;
  const first = (await operationsOf(executor, delivery.deliveryId)).find(({ what }) => what === 'SUBMIT_REQUIREMENT');
  if (!first && delivery.supervision.step !== 'WAIT_REQUIREMENT') return false;
  return losesFullRefund(paidAt, first ? new Date(first.at) : null, site, now);
}

/** S7-12: the time that was paid for, from the opening on. @returns undefined = the refund does not depend on it */
function periodOf({ kind }: RefundPath, { activatedAt, expireAt }: Instance): UsedPeriod | undefined {
  if (kind !== 'LATE') return undefined;
  if (activatedAt === null || expireAt === null) throw new Error('a late refund is of what was opened and expires');
  return { effectiveAt: activatedAt, expireAt };
}

/** The opening of the resource and what was paid to change it; renewals are taken back one by one before. */
const GIVEN_BACK: readonly OrderType[] = ['NEW', 'TRIAL_TO_FORMAL', 'CHANGE'];

export interface Unsubscribe extends AskForRefund {
  readonly userId: string;
  /** of a negotiated refund what is asked for; of the others the amount that was shown, which must still be right */
  readonly amount?: string | undefined;
  readonly reason: string;
  readonly contactConsent: boolean;
  readonly traceId: string;
  /** O-21 (c): the operator's decision of an appeal */
  readonly decided?: { readonly comment: string } | undefined;
}

/** 7.4: a parcel that has arrived comes back first; one that is on its way is the platform's to confirm. */
async function goodsOf(tx: Tx, { resourceId }: { readonly resourceId: string }): Promise<GoodsAt> {
  const delivery = await deliveryOfResource(tx, resourceId, { kind: 'all' });
  if (delivery?.payload.kind !== 'PARCEL' || delivery.payload.shippedAt === null) return 'NONE';
  const last = delivery.payload.tracking?.entries.at(-1)?.what;
  return last === 'SIGNED' ? 'RECEIVED' : last === 'RETURNED' ? 'NONE' : 'IN_TRANSIT';
}

/** What is decided is about the goods where they are now: a parcel may have arrived while the application waited (7.4). */
export async function decideOnRefund(
  platform: Platform,
  tx: Tx,
  input: Omit<DecideRefund, 'goods'>,
  now: Date,
): Promise<Result<Refund>> {
  const refund = await refundById(tx, input.refundId, input.scope);
  const goods = refund?.kind === 'NEGOTIATED' ? await goodsOf(tx, refund) : undefined;
  return decideRefund(platform, tx, { ...input, goods }, now);
}

/** Unpaid orders about the instance are cancelled with it; until the application ends no other is taken. */
export async function unsubscribe(platform: Platform, tx: Tx, input: Unsubscribe, now: Date): Promise<Result<Refund>> {
  const quote = await quoteRefund(platform, tx, { ...input, lock: true }, now);
  if (!quote.ok) return quote;
  const { instance, path, paid, amount, lines } = quote.value;
  const asked = input.amount === undefined ? amount : money(input.amount, paid.currency);
  if (path.kind !== 'NEGOTIATED' && !decimal(asked.amount).equals(amount.amount))
    return refuse('PRICE_CHANGED', 'the amount has changed since it was shown', {
      expected: asked.amount,
      amount: amount.amount,
      currency: paid.currency,
    });
  if (quote.value.partOnly && input.decided === undefined && decimal(asked.amount).equals(paid.amount))
    return refuse(
      'REFUND_NOT_ALLOWED',
      'B-83a: no requirement came within a month of the payment, so less than all of it can be asked for',
    );
  await cancelUnpaidOf(platform, tx, [instance.resourceId], now);
  const refund = await applyForRefund(
    platform,
    tx,
    {
      resource: resourceOf(instance),
      kind: path.kind,
      lineIds: lines.map(({ orderLineId }) => orderLineId),
      amount: asked,
      paid,
      period: periodOf(path, instance),
      reason: input.reason,
      contactConsent: input.contactConsent,
      userId: input.userId,
      traceId: input.traceId,
      goods: path.kind === 'NEGOTIATED' ? await goodsOf(tx, instance) : 'NONE',
      decided: input.decided,
    },
    now,
  );
  if (!refund.ok) return refund;
  // what the operator decided is executed already; that is heard of as of every other refund
  const life = { ...instance, refundId: refund.value.refundId };
  await commitChanges(platform, tx, [{ before: instance, life, news: [], traceId: input.traceId }], now);
  return refund;
}
