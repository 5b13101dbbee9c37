/** What a buyer does with running subscriptions: look, renew, convert, change, set the expiry policy, unsubscribe. */
import { z } from 'zod';
import { contentOf } from '../../catalog/index.ts';
import {
  change,
  checkRenewalChange,
  convert,
  DEFAULT_SETTINGS,
  instanceById,
  quoteChange,
  quoteConversion,
  quoteRefund,
  quoteRenewal,
  type RenewalItem,
  renew,
  renewalSettingsOf,
  setExpiryPolicy,
  setRenewalSettings,
  unsubscribe,
} from '../../instances/index.ts';
import { buyerKey, codeAddressOf, confirm, sendConfirmation } from '../../notification/index.ts';
import { isCoded, moneyBackOf, type Order, placeTrial, type QuotedLine, vouchersOn } from '../../ordering/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { sum } from '../../platform/money.ts';
import { traceId } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { namesFor } from './names.ts';
import { order } from './order-schemas.ts';
import { presentOrder } from './present.ts';
import { presentCodeTo, presentRefundQuote } from './present-subscription.ts';
import { presentRefunds } from './refund-routes.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';
import { subscriptionOf } from './subscription.ts';
import * as schemas from './subscription-schemas.ts';

/** A list does not fit into query parameters otherwise than as text. */
const renewalQuoteQuery = z.object({
  items: z
    .string()
    .max(20_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' });
        return z.NEVER;
      }
    })
    .pipe(schemas.renewalQuoteRequest.shape.items),
});
const targetQuery = z.object({
  skuCode: schemas.changeQuoteRequest.shape.skuCode,
  quantity: z.coerce.number().int().min(1).max(9_999_999),
});
const conversionQuery = z.object({
  periodType: schemas.conversionQuoteRequest.shape.periodType,
  periodNumber: z.coerce.number().int().min(1).max(99),
});

export const subscriptionRoutes: ConsoleRoute[] = [
  read({
    path: '/instances/{resourceId}/subscription',
    summary: 'Where a service stands in its life and what can be done with it now',
    action: 'instance.list',
    query: noQuery,
    response: schemas.subscription,
    run: (call) => found(call, call.platform.db),
  }),
  read({
    path: '/renewal-quotes',
    summary: 'What renewals cost and until when they last; `items` is the JSON text of the items of a renewal',
    action: 'instance.renew',
    query: renewalQuoteQuery,
    response: schemas.subscriptionQuote,
    async run({ platform, scope, now }, { items }) {
      return quoted(platform.db, await quoteRenewal(platform, platform.db, { scope, items: items.map(itemOf) }, now));
    },
  }),
  command({
    path: '/renewals',
    summary: 'Order renewals of one or several services (B-60), with or without a change (B-64)',
    action: 'instance.renew',
    body: schemas.renewalRequest,
    response: order,
    status: 201,
    async run(call, { items, expectedAmount }, tx) {
      const input = { ...orderer(call), items: items.map(itemOf), expectedAmount };
      return ordered(call, tx, 'instance.renew', await renew(call.platform, tx, input, call.now));
    },
  }),
  read({
    path: '/instances/{resourceId}/conversion-quote',
    summary: 'What it costs to make a trial a subscription',
    action: 'instance.renew',
    query: conversionQuery,
    response: schemas.subscriptionQuote,
    async run({ platform, scope, params, now }, query) {
      const input = { ...query, scope, resourceId: params.resourceId ?? '' };
      return quoted(platform.db, one(await quoteConversion(platform, platform.db, input, now)));
    },
  }),
  command({
    path: '/instances/{resourceId}/conversion',
    summary: 'Make a trial a subscription (B-52)',
    action: 'instance.renew',
    body: schemas.conversionRequest,
    response: order,
    status: 201,
    async run(call, { periodType, periodNumber, expectedAmount }, tx) {
      const { platform, now, params } = call;
      const input = { ...orderer(call), resourceId: params.resourceId ?? '', periodType, periodNumber, expectedAmount };
      return ordered(call, tx, 'instance.convert', await convert(platform, tx, input, now));
    },
  }),
  read({
    path: '/instances/{resourceId}/change-quote',
    summary: 'The price difference of an upgrade or scale-out (catalogue.md 6.1)',
    action: 'instance.renew',
    query: targetQuery,
    response: schemas.subscriptionQuote,
    async run({ platform, scope, params, now }, target) {
      const input = { scope, resourceId: params.resourceId ?? '', target };
      return quoted(platform.db, one(await quoteChange(platform, platform.db, input, now)));
    },
  }),
  command({
    path: '/instances/{resourceId}/change',
    summary: 'Order an upgrade or scale-out of a running service (B-70)',
    action: 'instance.renew',
    body: schemas.changeRequest,
    response: order,
    status: 201,
    async run(call, { skuCode, quantity, expectedAmount }, tx) {
      const { platform, now, params } = call;
      const target = { skuCode, quantity };
      const input = { ...orderer(call), resourceId: params.resourceId ?? '', target, expectedAmount };
      return ordered(call, tx, 'instance.change', await change(platform, tx, input, now));
    },
  }),
  read({
    path: '/instances/{resourceId}/change-check',
    summary: 'Ask the seller live whether a renewal may change the service (saas-v2.md 5.7); may take 20 s',
    action: 'instance.renew',
    query: targetQuery,
    response: schemas.changeCheck,
    async run({ platform, caller, scope, params, now }, target) {
      const input = { scope, resourceId: params.resourceId ?? '', target };
      const check = await checkRenewalChange(platform, caller, input, now);
      if (!check.ok) return check;
      const { allowed, message, at } = check.value;
      return ok({ allowed, message, checkedAt: at.toISOString() });
    },
  }),
  command({
    path: '/instances/{resourceId}/expiry-policy',
    summary: 'What happens at expiry: renew by hand, automatically, or not at all (B-62)',
    action: 'instance.renew',
    body: schemas.policyRequest,
    response: schemas.subscription,
    async run(call, { policy }, tx) {
      const { platform, scope, now, params } = call;
      const set = await setExpiryPolicy(platform, tx, { scope, resourceId: params.resourceId ?? '', policy }, now);
      if (!set.ok) return set;
      await audit(call, tx, 'instance.expiry-policy', set.value.resourceId, set.value.traceId);
      return found(call, tx);
    },
  }),
  read({
    path: '/renewal-settings',
    summary: 'When services of this account renew by themselves, and on which day of the month they end (B-63)',
    action: 'renewal.settings',
    query: noQuery,
    response: schemas.renewalSettings,
    async run({ platform, principal }) {
      const buyerId = principal.buyerId ?? '';
      return ok((await renewalSettingsOf(platform.db, [buyerId])).get(buyerId) ?? DEFAULT_SETTINGS);
    },
  }),
  command({
    path: '/renewal-settings',
    summary: 'Set them, for all services of this account (B-63)',
    action: 'renewal.settings',
    body: schemas.renewalSettings,
    response: schemas.renewalSettings,
    async run(call, settings, tx) {
      const { platform, scope, now, principal } = call;
      const set = await setRenewalSettings(platform, tx, { scope, ...settings }, now);
      if (set.ok) await audit(call, tx, 'renewal.settings', principal.buyerId ?? '', traceId(platform.random), 'buyer');
      return set;
    },
  }),
  command({
    path: '/trials',
    summary: 'Order a free trial (C33); it is paid with 0 like any order',
    action: 'order.create',
    body: schemas.trialRequest,
    response: order,
    status: 201,
    async run(call, { skuCode, quantity, parameters }, tx) {
      const { platform, principal, now } = call;
      if (principal.buyerId === null) return refuse('FORBIDDEN', 'only a buyer orders');
      const { userId, traceId: trace } = orderer(call);
      const input = { buyerId: principal.buyerId, userId, skuCode, quantity, parameters, traceId: trace };
      return presented(tx, await placeTrial(platform, tx, input, now));
    },
  }),
  read({
    path: '/instances/{resourceId}/refund-quote',
    summary: 'What comes back when a service, or its renewal not in effect, is given back, and by which rule',
    action: 'instance.unsubscribe',
    query: schemas.refundQuoteQuery,
    response: schemas.refundQuote,
    async run({ platform, scope, params, now }, { kind }) {
      const input = { scope, resourceId: params.resourceId ?? '', kind };
      const quote = await quoteRefund(platform, platform.db, input, now);
      if (!quote.ok) return quote;
      const { path, instance, lines, amount } = quote.value;
      const lineIds = lines.map(({ orderLineId }) => orderLineId);
      const back = await moneyBackOf(platform.db, lineIds, amount, now);
      const vouchers = await vouchersOn(platform.db, lineIds, amount.currency);
      const asked = isCoded(path.kind);
      const codeTo = asked ? await codeAddressOf(platform, platform.db, buyerKey(instance.buyerId)) : null;
      return ok(presentRefundQuote(quote.value, back, vouchers, codeTo));
    },
  }),
  command({
    path: '/instances/{resourceId}/refund-code',
    summary: 'Send the account the code that confirms a five-day or late unsubscription (B-81)',
    action: 'instance.unsubscribe',
    body: schemas.refundCodeRequest,
    response: schemas.refundCode,
    async run(call, _, tx) {
      const { platform, scope, now } = call;
      const resourceId = call.params.resourceId ?? '';
      const quote = await quoteRefund(platform, tx, { scope, resourceId, subject: 'RESOURCE' }, now);
      if (!quote.ok) return quote;
      if (!isCoded(quote.value.path.kind))
        return refuse('REFUND_NOT_ALLOWED', 'S7-1: the seller decides on this refund, no code confirms it');
      const of = codeOf(quote.value.instance);
      const sent = await sendConfirmation(platform, tx, { ...of, traceId: orderer(call).traceId }, now);
      if (!sent.ok) return sent;
      return ok({ ...presentCodeTo(sent.value), expiresAt: sent.value.expiresAt.toISOString() });
    },
  }),
  command({
    path: '/instances/{resourceId}/refunds',
    summary: 'Unsubscribe (B-81, B-82), or take a renewal not in effect back (B-66)',
    action: 'instance.unsubscribe',
    body: schemas.refundRequest,
    response: schemas.refund,
    status: 201,
    async run(call, { kind, amount, reason, contactConsent, code }, tx) {
      const { platform, now, params } = call;
      const instance = await instanceById(tx, params.resourceId ?? '', call.scope);
      if (!instance) return refuse('NOT_FOUND', 'there is no such service');
      if (isCoded(kind)) {
        const confirmed = await confirm(platform, tx, { ...codeOf(instance), code }, now);
        if (!confirmed.ok) return confirmed;
      }
      const input = { ...orderer(call), resourceId: params.resourceId ?? '', kind, amount, reason, contactConsent };
      const refund = await unsubscribe(platform, tx, input, now);
      if (!refund.ok) return refund;
      await audit(call, tx, 'instance.unsubscribe', refund.value.resourceId, refund.value.traceId);
      const [view] = await presentRefunds(call, tx, [refund.value]);
      return view ? ok(view) : refuse('NOT_FOUND', 'there is no such refund application');
    },
  }),
];

/** A code of one service is good for no other. */
const codeOf = ({ buyerId, resourceId }: { readonly buyerId: string; readonly resourceId: string }) => ({
  tenant: buyerKey(buyerId),
  purpose: `unsubscribe:${resourceId}`,
});

const itemOf = (item: z.infer<typeof schemas.renewalItem>): RenewalItem => item;
const one = (quote: Result<QuotedLine>): Result<QuotedLine[]> => (quote.ok ? ok([quote.value]) : quote);
/** Never the request's id as trace: that one may come from the client, and would lead into another order's trace. */
const orderer = ({ scope, principal, platform }: Call) => ({
  scope,
  userId: principal.userId,
  traceId: traceId(platform.random),
});

async function found(call: Call, executor: Executor) {
  const instance = await instanceById(executor, call.params.resourceId ?? '', call.scope);
  return instance
    ? ok(await subscriptionOf(call, executor, instance))
    : refuse('NOT_FOUND', 'there is no such service');
}

async function quoted(executor: Executor, quote: Result<QuotedLine[]>) {
  if (!quote.ok) return quote;
  const [first] = quote.value;
  if (!first) return refuse('VALIDATION', 'nothing was asked for');
  const lines = await Promise.all(quote.value.map((line) => presentLine(executor, line)));
  return ok({
    lines,
    amount: sum(
      quote.value.map(({ amount }) => amount),
      first.amount.currency,
    ),
  });
}

async function presentLine(executor: Executor, line: QuotedLine): Promise<z.infer<typeof schemas.quotedLine>> {
  const content = await contentOf(executor, line.resource.goodsId, line.version);
  const specification = content.specifications.find((each) => each.specificationId === line.specificationId);
  return {
    resourceId: line.resource.resourceId,
    productName: content.name,
    specificationName: specification?.name ?? content.name,
    quantity: line.quantity,
    periodType: line.periodType,
    periodNumber: line.periodNumber,
    from: line.effectiveFrom?.toISOString() ?? null,
    to: line.expireAt?.toISOString() ?? null,
    listAmount: line.listAmount,
    amount: line.amount,
    derivation: [...line.derivation],
  };
}

async function ordered(call: Call, tx: Tx, action: string, placed: Result<Order>) {
  if (placed.ok) await audit(call, tx, action, placed.value.orderId, placed.value.traceId, 'order');
  return presented(tx, placed);
}

async function presented(executor: Executor, placed: Result<Order>) {
  if (!placed.ok) return placed;
  const { buyerId, lines } = placed.value;
  const names = await namesFor(executor, [{ buyerIds: [buyerId], sellerIds: lines.map((line) => line.sellerId) }]);
  return ok(presentOrder(placed.value, names));
}

const audit = (call: Call, tx: Tx, action: string, id: string, trace: string, kind = 'instance') =>
  auditDone(call, tx, { action, object: `${kind}:${id}`, traceId: trace });
