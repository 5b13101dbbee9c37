/** Each action of a script, done to a marketplace as its console does it. A refusal is an answer like any other. */
import { csrfToken } from '../../directory/index.ts';
import { closeCall, restart, stopCall } from '../../fulfilment/index.ts';
import {
  change,
  checkRenewalChange,
  convert,
  cure,
  freezeForViolation,
  renew,
  setExpiryPolicy,
  unsubscribe,
} from '../../instances/index.ts';
import { decideRefund, linesOfResource, type Order, placeTrial, withdrawRefund } from '../../ordering/index.ts';
import type { VirtualClock } from '../../platform/clock.ts';
import { type Db, inTransaction, type Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import type { Result } from '../../platform/result.ts';
import type { Dice } from '../dice.ts';
import { type Fitting, type Found, findCall, findInstances, findOrder, findRefund } from './finding.ts';
import type { Process } from './life.ts';
import { type Market, type MarketBuyer, topUp } from './market.ts';
import { actOnPeople } from './people.ts';
import type { Action } from './script.ts';
import type { Sellers } from './sellers.ts';
import { pushUse, type UsageMemory } from './usage.ts';
import { paymentFor, repayAll } from './wallets.ts';

export interface Stage {
  readonly market: Market;
  readonly sellers: Sellers;
  readonly clock: VirtualClock;
  readonly dice: Dice;
  readonly usage: UsageMemory;
  /** past the process: what people remember, and what is only looked up */
  readonly db: Db;
  process(): Process;
  /** lets the process die in what follows, and begins another one. @returns what was answered, if it was */
  surviving<T>(work: () => Promise<T>): Promise<T | undefined>;
}

const ALL = { kind: 'all' } as const;
const MINUTE_MS = 60_000;

export async function perform(stage: Stage, action: Action): Promise<void> {
  const { clock, db, market, sellers } = stage;
  const now = () => clock.now();
  const product = (place: number) => market.products[place % market.products.length];
  const buyerAt = (place: number) => market.buyers[place % market.buyers.length];
  const command = <T>(work: (process: Process, tx: Tx) => Promise<Result<T>>) =>
    stage.surviving(() => commanded(stage.process(), work));
  const onInstance = async (fitting: Fitting, place: number, work: (found: Found) => Promise<unknown>) => {
    const [found] = await findInstances(db, fitting, place);
    if (found) await work(found);
  };
  const ordered = async (paid: 'no' | 'once' | 'twice', work: (process: Process, tx: Tx) => Promise<Result<Order>>) => {
    const order = await command(work);
    if (order && paid !== 'no') await pay(stage, order, paid);
  };
  const ordering = ({ platform }: Process) => ({
    scope: ALL,
    userId: market.buyers[0]?.userId ?? '',
    traceId: trace(platform),
  });

  switch (action.do) {
    case 'buy': {
      const buyer = buyerAt(action.buyer);
      const lines = Array.from({ length: action.lines }, (_, place) => lineOf(market, action, place));
      const body = { lines: lines.flatMap((line) => line ?? []), agreementsAccepted: true };
      const answer = buyer && (await stage.surviving(() => request(stage, buyer, 'POST', '/orders', body)));
      if (answer?.status !== 201 || action.pay === 'no') return;
      const placed: unknown = await answer.json();
      if (buyer && isOrder(placed)) await pay(stage, { ...placed, buyerId: buyer.buyerId }, action.pay);
      return;
    }
    case 'people':
      return actOnPeople(stage, action);
    case 'use':
      return pushUse(stage, action);
    case 'try': {
      const [buyer, skuCode] = [
        buyerAt(action.buyer),
        product(action.product)?.content.specifications[0]?.skus[0]?.skuCode,
      ];
      if (!buyer || skuCode === undefined) return;
      await ordered('once', ({ platform }, tx) =>
        placeTrial(
          platform,
          tx,
          { buyerId: buyer.buyerId, userId: buyer.userId, skuCode, parameters: [], traceId: trace(platform) },
          now(),
        ),
      );
      return;
    }
    case 'pay': {
      const order = await findOrder(db, action.order);
      if (order && action.pay !== 'no') await pay(stage, order, action.pay);
      return;
    }
    case 'cancel': {
      const order = await findOrder(db, action.order);
      const buyer = market.buyers.find(({ buyerId }) => buyerId === order?.buyerId);
      if (order && buyer)
        await stage.surviving(() => request(stage, buyer, 'POST', `/orders/${order.orderId}/cancellation`));
      return;
    }
    case 'renew': {
      const found = await findInstances(db, 'renewable', action.instance, action.several);
      const { periodType, periods, unifyDay } = action;
      const items = found.map(({ resourceId }) => ({
        resourceId,
        periodType,
        periodNumber: periods,
        unifyDay,
        target: null,
      }));
      if (items.length > 0)
        await ordered(action.pay, (process, tx) => renew(process.platform, tx, { ...ordering(process), items }, now()));
      return;
    }
    case 'renew-with-change':
      return onInstance('renewable', action.instance, async (found) => {
        const target = { skuCode: siblingOf(market, found, action.sku), quantity: action.quantity };
        const { resourceId } = found;
        await stage.surviving(() =>
          checkRenewalChange(
            stage.process().platform,
            stage.process().caller,
            { scope: ALL, resourceId, target },
            now(),
          ),
        );
        const items = [{ resourceId, periodType: 'month' as const, periodNumber: 1, unifyDay: null, target }];
        await ordered(action.pay, (process, tx) => renew(process.platform, tx, { ...ordering(process), items }, now()));
      });
    case 'convert':
      return onInstance('trial', action.instance, ({ resourceId }) => {
        const bought = { resourceId, periodType: action.periodType, periodNumber: action.periods };
        return ordered(action.pay, (process, tx) =>
          convert(process.platform, tx, { ...ordering(process), ...bought }, now()),
        );
      });
    case 'change':
      return onInstance('changeable', action.instance, (found) => {
        const target = { skuCode: siblingOf(market, found, action.sku), quantity: found.quantity + action.quantity };
        const { resourceId } = found;
        return ordered(action.pay, (process, tx) =>
          change(process.platform, tx, { ...ordering(process), resourceId, target }, now()),
        );
      });
    case 'policy':
      return onInstance('renewable', action.instance, ({ resourceId }) =>
        command(({ platform }, tx) =>
          setExpiryPolicy(platform, tx, { scope: ALL, resourceId, policy: action.policy }, now()),
        ),
      );
    case 'refund':
      return onInstance('living', action.instance, async ({ resourceId }) => {
        const asked = { resourceId, subject: action.subject, reason: 'not needed', contactConsent: true };
        await command((process, tx) => unsubscribe(process.platform, tx, { ...ordering(process), ...asked }, now()));
      });
    case 'decide': {
      const refund = await findRefund(db, action.refund);
      const as = refund?.state === 'SELLER_REVIEW' ? 'SELLER' : 'OPERATOR';
      const decision = { as, agree: action.agree, comment: '', scope: ALL, userId: 'decides' } as const;
      if (refund)
        await command(({ platform }, tx) =>
          decideRefund(platform, tx, { ...decision, refundId: refund.refundId }, now()),
        );
      return;
    }
    case 'withdraw': {
      const refund = await findRefund(db, action.refund);
      if (refund)
        await command(({ platform }, tx) =>
          withdrawRefund(platform, tx, { refundId: refund.refundId, scope: ALL }, now()),
        );
      return;
    }
    case 'freeze':
      return onInstance('living', action.instance, ({ resourceId }) =>
        command(({ platform }, tx) =>
          freezeForViolation(platform, tx, { scope: ALL, resourceId, reason: 'spam' }, now()),
        ),
      );
    case 'cure':
      return onInstance('violating', action.instance, ({ resourceId }) =>
        command(({ platform }, tx) => cure(platform, tx, { scope: ALL, resourceId }, now())),
      );
    case 'top-up': {
      const buyer = buyerAt(action.buyer);
      const reference = uuid(stage.dice.random);
      if (buyer)
        await stage.surviving(() =>
          inTransaction(stage.process().platform.db, (tx) =>
            toppedUp(stage.process().platform, tx, buyer.buyerId, reference),
          ),
        );
      return;
    }
    case 'view': {
      const buyer = buyerAt(action.instance);
      return onInstance('any', action.instance, async ({ resourceId }) => {
        if (buyer) await stage.surviving(() => request(stage, buyer, 'GET', `/instances/${resourceId}`));
      });
    }
    case 'call': {
      const callId = await findCall(db, action.call, action.hand);
      if (callId === undefined) return;
      const input = { callId, scope: ALL, by: 'hand', reason: 'by telephone' };
      const byHand = { restart, stop: stopCall, close: closeCall }[action.hand];
      await command(({ platform }, tx) => byHand(platform, tx, input, now()));
      return;
    }
    case 'seller':
      sellers.feels(product(action.seller)?.host ?? '', action.mood);
      return;
    case 'work':
      return passTime(stage, new Date(now().getTime() + action.minutes * MINUTE_MS), true);
    case 'sleep':
      return passTime(stage, new Date(now().getTime() + action.minutes * MINUTE_MS), false);
    case 'until':
      return onInstance('timed', action.instance, async (found) => {
        const { expireAt, freezeAt, releaseAt } = found;
        const turn = {
          expiry: expireAt,
          freeze: freezeAt ?? expireAt,
          release: releaseAt ?? expireAt,
          begin: await lastPeriodFrom(db, found),
        }[action.moment];
        const to = new Date((turn ?? now()).getTime() + action.minutes * MINUTE_MS);
        await passTime(stage, to > now() ? to : now(), action.working);
      });
    case 'die':
    case 'die-at':
      throw new Error('a death is part of the action that follows');
  }
}

async function passTime(stage: Stage, to: Date, working: boolean): Promise<void> {
  if (working)
    await stage.surviving(() => stage.process().simulator.advanceTo(to > stage.clock.now() ? to : stage.clock.now()));
  else if (to > stage.clock.now()) stage.clock.moveTo(to);
}

/** Whoever gets money repays what was bought on credit. */
async function toppedUp(platform: Platform, tx: Tx, buyerId: string, reference: string): Promise<void> {
  await topUp(platform, tx, buyerId, '30000.00', reference);
  await repayAll(platform, tx, buyerId, platform.clock.now());
}

const commanded = async <T>(
  process: Process,
  work: (process: Process, tx: Tx) => Promise<Result<T>>,
): Promise<T | undefined> => {
  const result = await inTransaction(process.platform.db, (tx) => work(process, tx));
  return result.ok ? result.value : undefined;
};

/** Somebody who is not sure presses again with the same key, also after the server came back. */
async function pay(stage: Stage, order: { orderId: string; buyerId: string }, how: 'once' | 'twice'): Promise<void> {
  const buyer = stage.market.buyers.find(({ buyerId }) => buyerId === order.buyerId);
  if (!buyer) return;
  const key = uuid(stage.dice.random);
  const body = await paymentFor(stage.db, order, stage.clock.now());
  const once = () =>
    stage.surviving(() => request(stage, buyer, 'POST', `/orders/${order.orderId}/payment`, body, key));
  await once();
  if (how === 'twice') await once();
}

function request(
  stage: Stage,
  buyer: MarketBuyer,
  method: 'GET' | 'POST',
  path: string,
  body: object = {},
  key = uuid(stage.dice.random),
): Promise<Response> {
  return stage.process().fetch(
    new Request(`http://simulation.test/api/console${path}`, {
      method,
      headers: {
        cookie: `jishi_session=${buyer.token}`,
        'content-type': 'application/json',
        'x-csrf-token': csrfToken(buyer.token),
        'x-request-id': uuid(stage.dice.random).replaceAll('-', ''),
        'idempotency-key': key,
      },
      ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
    }),
  );
}

/** The lines of one order are of different products. */
function lineOf({ products }: Market, action: Extract<Action, { do: 'buy' }>, place: number) {
  const product = products[(action.product + place) % products.length];
  const specification = product?.content.specifications[action.specification];
  const prices = specification?.skus[0]?.prices ?? [];
  const price = prices.find(({ periodType }) => periodType === action.periodType) ?? prices[0];
  if (!price) return null;
  const inPeriods = price.periodType !== null;
  return {
    priceItemId: price.priceItemId,
    ...(specification?.linearAttribute
      ? { quantity: Math.min(action.quantity, specification.linearAttribute.maximum) }
      : {}),
    ...(inPeriods ? { periodNumber: action.periods } : {}),
  };
}

function siblingOf({ products }: Market, { goodsId, skuCode }: Found, place: number): string {
  const specifications = products.find((product) => product.goodsId === goodsId)?.content.specifications ?? [];
  const skus = specifications.find((each) => each.skus.some((sku) => sku.skuCode === skuCode))?.skus ?? [];
  return skus[place % Math.max(skus.length, 1)]?.skuCode ?? skuCode;
}

async function lastPeriodFrom(db: Db, { resourceId }: Found): Promise<Date | null> {
  return (await linesOfResource(db, resourceId)).at(-1)?.effectiveFrom ?? null;
}

const trace = ({ random }: Process['platform']): string => uuid(random).replaceAll('-', '');
const isOrder = (value: unknown): value is { orderId: string } =>
  typeof value === 'object' && value !== null && 'orderId' in value && typeof value.orderId === 'string';
