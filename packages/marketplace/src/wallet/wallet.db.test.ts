/** What pays an order, what comes back, and when it counts for the seller – with the books right after every step. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { advanceTo, inTx, ordering, startObedientSeller } from '../../../../tests/support/lives.ts';
import { demoSpecifications, granted } from '../../../../tests/support/resources.ts';
import { sharedWorld } from '../../../../tests/support/shared-world.ts';
import { setCredit } from '../catalog/index.ts';
import { createBuyer } from '../directory/index.ts';
import { unsubscribe } from '../instances/index.ts';
import { BANK, balanceOf, credit, trialBalance } from '../ledger/index.ts';
import {
  cancelOrder,
  linesFailed,
  moneyBackOf,
  type Order,
  ordersByIds,
  type PaymentChoice,
  payOrder,
  placeOrder,
  receiveNotice,
  startOnline,
} from '../ordering/index.ts';
import { sql } from '../platform/database/database.ts';
import { decimal, money } from '../platform/money.ts';
import { traceId, uuid } from '../platform/random.ts';
import type { Result } from '../platform/result.ts';
import { explainLine } from '../settlement/index.ts';
import {
  buyCard,
  chargeUsage,
  chargeUsageToBalances,
  creditLineOf,
  grantCredit,
  grantPurse,
  listPurses,
  type PurseKind,
  repay,
  statementsOf,
  walletFaults,
  withdrawPurse,
} from './index.ts';

const world = sharedWorld();
const ALL = { kind: 'all' } as const;
const now = () => world().clock.now();
const later = (days: number) => new Date(now().getTime() + days * 86_400_000);
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.refusal.code);
const amount = (value: string) => money(value, 'CNY');

beforeAll(async () => {
  const seller = await startObedientSeller(world());
  return () => seller.close();
});
afterEach(async () => {
  const { db } = world().platform;
  expect(await walletFaults(db)).toEqual([]);
  expect(await trialBalance(db)).toMatchObject({ balanced: true });
});

/** A buyer of its own, with money on its balance. */
async function buyer(funds: string, kind: 'ENTERPRISE' | 'INDIVIDUAL' = 'ENTERPRISE'): Promise<string> {
  const { platform } = world();
  const account = { accountName: `a-${uuid(platform.random)}`, name: 'A', site: 'CN' as const, kind };
  const buyerId = await createBuyer(platform, platform.db, account, now());
  const entry = { entryId: uuid(platform.random), kind: 'TOP_UP', reference: buyerId, debit: BANK } as const;
  await inTx(world(), (tx) => credit(tx, buyerId, { ...entry, amount: amount(funds), traceId: 't' }, now()));
  return buyerId;
}
const balance = async (buyerId: string) => (await balanceOf(world().platform.db, buyerId, 'CNY')).amount;
const purse = async (buyerId: string, kind: PurseKind, value: string, days = 30) => {
  const validTo = kind === 'CARD' ? null : later(days);
  const grant = { buyerId, kind, amount: amount(value), validFrom: now(), validTo, reason: 'r', by: 'finance' };
  return granted(await inTx(world(), (tx) => grantPurse(world().platform, tx, grant, now()))).purseId;
};
const left = async (buyerId: string) =>
  Object.fromEntries(
    (await listPurses(world().platform.db, { buyerId, before: null, limit: 20 })).map((each) => [
      each.kind,
      decimal(each.leftOver).toFixed(2),
    ]),
  );
const limit = (buyerId: string, value: string) =>
  inTx(world(), (tx) =>
    grantCredit(tx, { buyerId, limit: amount(value), termDays: 15, reason: 'r', by: 'finance' }, now()),
  );
const creditSwitch = async (coupon: 'OFF' | 'ALL', limit: 'OFF' | 'ALL') => {
  const { goodsId } = world().demo;
  granted(await inTx(world(), (tx) => setCredit(tx, { goodsId, scope: ALL, credit: { coupon, limit }, buyers: [] })));
};
/** Two lines of the demo product, a month for so many users each. */
async function placed(buyerId: string, quantities: readonly number[] = [10]): Promise<Order> {
  const prices = (await demoSpecifications(world()))[0]?.skus[0]?.prices ?? [];
  const priceItemId = prices.find(({ periodType }) => periodType === 'month')?.priceItemId ?? '';
  const lines = quantities.map((quantity) => ({ priceItemId, quantity, periodNumber: 1, parameters: [] }));
  const asked = { buyerId, userId: 'u1', lines, traceId: traceId(world().platform.random) };
  return granted(await inTx(world(), (tx) => placeOrder(world().platform, tx, asked, now())));
}
const pay = (orderId: string, choice: PaymentChoice) =>
  inTx(world(), (tx) => payOrder(world().platform, tx, { orderId, scope: ALL, choice }, now()));
const lineOf = async (lineId: string) => {
  const explained = await explainLine(world().platform.db, lineId, null, now());
  if (!explained) throw new Error(`there is no line ${lineId}`);
  return explained.view;
};
const giveBack = async (resourceId: string) => {
  const asked = { ...ordering(world()), resourceId, reason: 'not needed', contactConsent: true };
  granted(await inTx(world(), (tx) => unsubscribe(world().platform, tx, asked, now())));
  await world().simulator.drain();
};

/** What the wallet told of one coupon, card or statement. */
const toldOf = async (aggregate: string) => {
  const { rows } = await sql<{ type: string; payload: { daysLeft?: number } }>`
    SELECT type, payload FROM platform.events WHERE aggregate = ${aggregate} ORDER BY event_id`.execute(
    world().platform.db,
  );
  return rows.map(
    ({ type, payload }) => `${type.replace('wallet.', '')}${payload.daysLeft ? ` ${payload.daysLeft}` : ''}`,
  );
};

describe('a mixed payment', () => {
  it('B-32, B-33, S1-4: coupons, then cards, then the balance; frozen with each line, the seller’s cash is without what does not count', async () => {
    const buyerId = await buyer('100000');
    const order = await placed(buyerId, [10, 20]);
    const total = decimal(order.amount.amount);
    const ids = [await purse(buyerId, 'CARD', '20'), await purse(buyerId, 'COUPON_UNCOUNTED', '30')];
    const paid = granted(await pay(order.orderId, { purseIds: ids, rest: 'BALANCE' }));
    expect(await left(buyerId)).toEqual({ CARD: '0.00', COUPON_UNCOUNTED: '0.00' });
    expect(await balance(buyerId)).toBe(decimal('100000').minus(total).plus(50).toFixed(2));
    const parts = paid.lines.map(({ payment }) => payment ?? []);
    expect(parts.map((each) => each.map(({ instrument }) => instrument))).toEqual([
      ['COUPON_UNCOUNTED', 'CARD', 'BALANCE'],
      ['COUPON_UNCOUNTED', 'CARD', 'BALANCE'],
    ]);
    paid.lines.forEach(({ payment, amount: price }) => {
      const sum = (payment ?? []).reduce((all, part) => all.plus(part.amount), decimal('0'));
      expect(sum.toFixed(2)).toBe(price.amount);
    });
    const again = granted(await pay(order.orderId, { purseIds: ids, rest: 'BALANCE' }));
    expect(again.paidAt).toEqual(paid.paidAt);
    await world().simulator.drain();
    for (const { orderLineId, amount: price, payment } of paid.lines) {
      const uncounted = payment?.find(({ instrument }) => instrument === 'COUPON_UNCOUNTED')?.amount ?? '0';
      const { cash, line } = await lineOf(orderLineId);
      expect(decimal(cash ?? '').toFixed(2)).toBe(decimal(price.amount).minus(uncounted).toFixed(2));
      expect(line).toMatchObject({ credit: false });
    }
  });

  it('B-34: a refusal names the gap and takes nothing', async () => {
    const buyerId = await buyer('10');
    const order = await placed(buyerId);
    const card = await purse(buyerId, 'CARD', '5');
    const refused = await pay(order.orderId, { purseIds: [card], rest: 'BALANCE' });
    const gap = decimal(order.amount.amount).minus(15).toFixed(2);
    expect(refused).toMatchObject({ refusal: { code: 'INSUFFICIENT_BALANCE', facts: { gap } } });
    expect([await left(buyerId), await balance(buyerId)]).toEqual([{ CARD: '5.00' }, '10.00']);
    expect(codeOf(await pay(order.orderId, { purseIds: ['nobody’s'], rest: 'BALANCE' }))).toBe('PURSE_NOT_USABLE');
  });

  it('S7-4, 7.3, B-81: a full refund returns to the instruments, told before; an expired coupon is void', async () => {
    const buyerId = await buyer('100000');
    const order = await placed(buyerId);
    const ids = [
      await purse(buyerId, 'CARD', '20'),
      await purse(buyerId, 'COUPON', '30', 1),
      await purse(buyerId, 'COUPON_UNCOUNTED', '40'),
    ];
    const [line] = granted(await pay(order.orderId, { purseIds: ids, rest: 'BALANCE' })).lines;
    await world().simulator.drain();
    const look = () => moneyBackOf(world().platform.db, [line?.orderLineId ?? ''], order.amount, now());
    const shown = await look();
    expect(shown.filter((each) => each.void)).toEqual([]);
    expect(Object.fromEntries(shown.map((each) => [each.instrument, each.amount.amount]))).toEqual({
      ...{ CARD: '20.00', COUPON: '30.00', COUPON_UNCOUNTED: '40.00' },
      BALANCE: decimal(order.amount.amount).minus(90).toFixed(2),
    });
    await advanceTo(world(), later(2));
    expect((await look()).filter((each) => each.void)).toEqual([
      { instrument: 'COUPON', void: true, amount: amount('30.00') },
    ]);
    await giveBack(line?.resourceId ?? '');
    expect(await left(buyerId)).toEqual({ CARD: '20.00', COUPON: '0.00', COUPON_UNCOUNTED: '40.00' });
    expect(await balance(buyerId)).toBe('100000.00');
    const [kept] = (await ordersByIds(world().platform.db, [order.orderId], { scope: ALL }))[0]?.lines ?? [];
    for (const part of kept?.payment ?? []) expect(part.given).toBe(part.amount);
  });

  it('B-40: what could not be delivered goes back at once, to what paid it', async () => {
    const buyerId = await buyer('100000');
    const order = await placed(buyerId);
    const paid = granted(await pay(order.orderId, { purseIds: [await purse(buyerId, 'CARD', '20')], rest: 'BALANCE' }));
    const ids = paid.lines.map(({ orderLineId }) => orderLineId);
    await inTx(world(), (tx) => linesFailed(world().platform, tx, ids, now()));
    await inTx(world(), (tx) => linesFailed(world().platform, tx, ids, now()));
    expect([await left(buyerId), await balance(buyerId)]).toEqual([{ CARD: '20.00' }, '100000.00']);
  });

  it('S1-4: a card is bought from the balance; one that is taken back pays nothing more', async () => {
    const buyerId = await buyer('50');
    const asked = { buyerId, amount: amount('40') };
    const card = granted(await inTx(world(), (tx) => buyCard(world().platform, tx, asked, now())));
    expect([await balance(buyerId), await left(buyerId)]).toEqual(['10.00', { CARD: '40.00' }]);
    expect(codeOf(await inTx(world(), (tx) => buyCard(world().platform, tx, asked, now())))).toBe(
      'INSUFFICIENT_BALANCE',
    );
    granted(await inTx(world(), (tx) => withdrawPurse(world().platform, tx, card.purseId, now())));
    const order = await placed(buyerId);
    expect(codeOf(await pay(order.orderId, { purseIds: [card.purseId], rest: 'BALANCE' }))).toBe('PURSE_NOT_USABLE');
    const [long, gone] = [await purse(buyerId, 'COUPON', '5', 8), await purse(buyerId, 'COUPON', '5', 8)];
    granted(await inTx(world(), (tx) => withdrawPurse(world().platform, tx, gone, now())));
    await advanceTo(world(), later(2));
    expect(await toldOf(`purse:${card.purseId}`)).toEqual(['purse-withdrawn']);
    expect(await toldOf(`purse:${long}`)).toEqual(['purse-granted', 'purse-ending']);
    expect(await toldOf(`purse:${gone}`)).toEqual(['purse-granted', 'purse-withdrawn']);
  });
});

describe('credit', () => {
  it('S2-9, B-3: only where the seller allows it, only for enterprises, only up to the limit', async () => {
    const buyerId = await buyer('0.01');
    const order = await placed(buyerId);
    await creditSwitch('OFF', 'OFF');
    const onCredit = () => pay(order.orderId, { purseIds: [], rest: 'CREDIT' });
    granted(await limit(buyerId, '1'));
    expect(codeOf(await onCredit())).toBe('CREDIT_NOT_ALLOWED');
    await creditSwitch('ALL', 'ALL');
    expect(await onCredit()).toMatchObject({ refusal: { code: 'INSUFFICIENT_CREDIT', facts: { available: '1.00' } } });
    expect(codeOf(await limit(await buyer('1', 'INDIVIDUAL'), '1'))).toBe('CREDIT_ENTERPRISE_ONLY');
  });

  it('S2-3, S2-11, S2-14 (T2, T3): an order on credit waits until its whole month is repaid, and counts in that month', async () => {
    const buyerId = await buyer('100000');
    granted(await limit(buyerId, '100000'));
    const coupon = await purse(buyerId, 'CREDIT_COUPON', '10', 300);
    const order = await placed(buyerId);
    const other = await placed(buyerId);
    const [line] = granted(await pay(order.orderId, { purseIds: [coupon], rest: 'CREDIT' })).lines;
    granted(await pay(other.orderId, { purseIds: [], rest: 'CREDIT' }));
    await world().simulator.drain();
    const lineId = line?.orderLineId ?? '';
    const owed = decimal(order.amount.amount).plus(other.amount.amount);
    expect((await lineOf(lineId)).waiting.map(({ rule }) => rule)).toEqual(['S2-3']);
    expect(await balance(buyerId)).toBe('100000.00');
    const wallet = { buyerId, currency: 'CNY' as const };
    expect((await creditLineOf(world().platform.db, wallet))?.used).toBe(owed.minus(10).toFixed(2));
    await advanceTo(world(), '2026-02-01T00:00:00Z');
    const [statement] = await statementsOf(world().platform.db, wallet);
    expect(statement).toMatchObject({ month: '202601', state: 'ISSUED', charged: owed.toFixed(2) });
    const repaid = (value: string) =>
      inTx(world(), (tx) => repay(world().platform, tx, { ...wallet, month: '202601', amount: value }, now()));
    granted(await repaid('100'));
    await world().simulator.drain();
    expect((await lineOf(lineId)).state).toBe('WAITING');
    expect(codeOf(await repaid('1000000'))).toBe('INVALID_AMOUNT');
    await advanceTo(world(), '2026-03-05T00:00:00Z');
    const third = await placed(buyerId);
    expect(codeOf(await pay(third.orderId, { purseIds: [], rest: 'CREDIT' }))).toBe('CREDIT_OVERDUE');
    expect(granted(await repaid(owed.minus(100).toFixed(2))).state).toBe('REPAID');
    await world().simulator.drain();
    for (const id of [lineId, other.lines[0]?.orderLineId ?? ''])
      expect(await lineOf(id)).toMatchObject({ state: 'READY', period: '202603', line: { credit: true } });
    expect((await creditLineOf(world().platform.db, wallet))?.used).toBe('0.00');
    expect(codeOf(await repaid('1'))).toBe('NOTHING_OWED');
    // issued, three days before it is due and when it is overdue: each told once
    expect(await toldOf(`credit:${buyerId}:202601`)).toEqual([
      ...['statement-issued', 'statement-due 3', 'statement-due -1', 'month-repaid'],
    ]);
  });

  it('7.3: a refund lessens what is owed, what was repaid goes to the balance', async () => {
    const buyerId = await buyer('100');
    granted(await limit(buyerId, '100000'));
    const [one, two] = [await placed(buyerId), await placed(buyerId)];
    granted(await pay(one.orderId, { purseIds: [], rest: 'CREDIT' }));
    granted(await pay(two.orderId, { purseIds: [], rest: 'CREDIT' }));
    await world().simulator.drain();
    const wallet = { buyerId, currency: 'CNY' as const };
    const [{ month } = { month: '' }] = await statementsOf(world().platform.db, wallet);
    granted(await inTx(world(), (tx) => repay(world().platform, tx, { ...wallet, month, amount: '100' }, now())));
    await giveBack(one.lines[0]?.orderLineId ?? '');
    expect(await balance(buyerId)).toBe('0.00');
    await giveBack(two.lines[0]?.orderLineId ?? '');
    // of the second 100 had been repaid
    expect(await balance(buyerId)).toBe('100.00');
    expect((await creditLineOf(world().platform.db, wallet))?.used).toBe('0.00');
  });

  it('S2-9: usage takes the balance, then credit whatever the switch says, once per reference; all or nothing', async () => {
    const buyerId = await buyer('30');
    granted(await limit(buyerId, '50'));
    await creditSwitch('OFF', 'OFF');
    const charge = (reference: string, value: string) =>
      inTx(world(), (tx) =>
        chargeUsage(world().platform, tx, { buyerId, reference, amount: amount(value), traceId: 't' }, now()),
      );
    const taken = { fromBalance: amount('30'), onCredit: amount('20') };
    expect(granted(await charge('u1', '50'))).toMatchObject({ ...taken, repeated: false });
    expect(granted(await charge('u1', '50'))).toMatchObject({ ...taken, repeated: true });
    expect(await charge('u2', '40')).toMatchObject({
      refusal: { code: 'INSUFFICIENT_FUNDS', facts: { gap: '40.00' } },
    });
    await creditSwitch('ALL', 'ALL');
  });

  it('usage of many buyers is charged at once: of each, in their order, what comes before the first that the balance does not have', async () => {
    const [rich, short, none] = [await buyer('30'), await buyer('5'), 'nobody-with-a-balance'];
    const charge = (buyerId: string, reference: string, value: string) => ({
      ...{ buyerId, reference, amount: amount(value), traceId: 't' },
    });
    const charges = [
      charge(rich, 'm1', '10.01'),
      charge(short, 'm2', '4.00'),
      charge(none, 'm3', '0.01'),
      charge(short, 'm4', '1.01'),
      charge(short, 'm5', '0.01'),
      charge(rich, 'm6', '19.99'),
    ];
    const atOnce = () => inTx(world(), (tx) => chargeUsageToBalances(world().platform, tx, charges, now()));
    expect([...(await atOnce())]).toEqual(['m1', 'm2', 'm6']);
    expect([await balance(rich), await balance(short)]).toEqual(['0.00', '1.00']);
    // m2 was charged before: nothing may be committed
    const again = [charge(short, 'm2', '0.01')];
    await expect(inTx(world(), (tx) => chargeUsageToBalances(world().platform, tx, again, now()))).rejects.toThrow(
      'were posted',
    );
    expect(await balance(short)).toBe('1.00');
  });
});

describe('an online payment', () => {
  const start = async (orderId: string, purseIds: readonly string[] = []) =>
    granted(await inTx(world(), (tx) => startOnline(world().platform, tx, { orderId, scope: ALL, purseIds }, now())));
  const notice = (paymentId: string, value: string, outcome: 'PAID' | 'FAILED' = 'PAID') =>
    inTx(world(), (tx) =>
      receiveNotice(
        world().platform,
        tx,
        { paymentId, outcome, amount: value, currency: 'CNY', gatewayReference: 'g' },
        now(),
      ),
    );

  it('B-33: pays what coupons and cards leave, once, however often the gateway tells it', async () => {
    const buyerId = await buyer('1');
    const order = await placed(buyerId);
    const card = await purse(buyerId, 'CARD', '20');
    const payment = await start(order.orderId, [card]);
    expect(payment.amount).toBe(decimal(order.amount.amount).minus(20).toFixed(2));
    expect(codeOf(await notice(payment.paymentId, '1.00'))).toBe('AMOUNT_DIFFERS');
    for (let times = 0; times < 2; times += 1)
      expect(granted(await notice(payment.paymentId, payment.amount)).state).toBe('PAID');
    const [paid] = await ordersByIds(world().platform.db, [order.orderId], { scope: ALL });
    expect(paid?.lines[0]?.payment?.map(({ instrument }) => instrument)).toEqual(['CARD', 'ONLINE']);
    expect(await balance(buyerId)).toBe('1.00');
  });

  it('of an order that was cancelled meanwhile goes to the balance; money after a failure counts', async () => {
    const buyerId = await buyer('1');
    const order = await placed(buyerId);
    const payment = await start(order.orderId);
    granted(await notice(payment.paymentId, payment.amount, 'FAILED'));
    granted(
      await inTx(world(), (tx) => cancelOrder(world().platform, tx, { orderId: order.orderId, scope: ALL }, now())),
    );
    expect(granted(await notice(payment.paymentId, payment.amount)).outcome).toBe('ORDER_STATE');
    expect(await balance(buyerId)).toBe(decimal(payment.amount).plus(1).toFixed(2));
  });
});
