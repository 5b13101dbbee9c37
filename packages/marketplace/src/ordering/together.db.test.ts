/** Orders that are placed or paid together end as if each had been placed and paid by itself, to the cent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { contentOf } from '../catalog/index.ts';
import { createBuyer } from '../directory/index.ts';
import { BANK, balanceOf, credit, trialBalance } from '../ledger/index.ts';
import { inTransaction, sql, type Tx } from '../platform/database/database.ts';
import { money } from '../platform/money.ts';
import { uuid } from '../platform/random.ts';
import type { Result } from '../platform/result.ts';
import {
  type Order,
  ordersByIds,
  type PayOrder,
  type PlaceOrder,
  payOrder,
  payTogether,
  placeOrder,
  placeTogether,
} from './index.ts';

const world = fileWorld();
const run = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(world().platform.db, work);

/** 12.00 a user and month, 5 users a step */
async function monthlyPrice(): Promise<string> {
  const { platform, demo } = world();
  const content = await contentOf(platform.db, demo.goodsId, 1);
  return content.specifications[0]?.skus[0]?.prices[1]?.priceItemId ?? '';
}

/** a buyer's money, in whole yuan; how many times 60.00 each of the orders costs; one that is unknown, foreign, or paid before */
const buyers = fc.array(
  fc.record({
    money: fc.integer({ min: 1, max: 600 }),
    orders: fc.array(
      fc.record({
        steps: fc.integer({ min: 1, max: 4 }),
        as: fc.constantFrom('own', 'own', 'own', 'foreign', 'paid', 'unknown', 'twice'),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  { minLength: 2, maxLength: 5 },
);
type Buyers = typeof buyers extends fc.Arbitrary<infer T> ? T : never;

async function newBuyer(amount: number): Promise<string> {
  const { platform } = world();
  const name = `b-${uuid(platform.random)}`;
  const now = platform.clock.now();
  return run(async (tx) => {
    const buyerId = await createBuyer(platform, tx, { accountName: name, name, site: 'CN' }, now);
    const topUp = { entryId: uuid(platform.random), kind: 'TOP_UP' as const, reference: name, traceId: name };
    await credit(tx, buyerId, { ...topUp, debit: BANK, amount: money(`${amount}.00`, 'CNY') }, now);
    return buyerId;
  });
}

/** What stays when ids, traces and instants are taken away. */
const shapeOf = (result: Result<Order>) =>
  result.ok
    ? {
        ...result.value,
        ...{
          orderId: '',
          buyerId: '',
          traceId: '',
          createdAt: null,
          cancelAt: null,
          paidAt: result.value.paidAt !== null,
        },
        lines: result.value.lines.map((line) => ({
          ...line,
          ...{ orderId: '', orderLineId: '', resourceId: '', buyerId: '', effectiveFrom: null, expireAt: null },
        })),
      }
    : result.refusal;

/** The same market twice: what its payments answer, and what is left of each balance. */
async function played(plan: Buyers, pay: (asked: readonly PayOrder[]) => Promise<Result<Order>[]>) {
  const { platform } = world();
  const priceItemId = await monthlyPrice();
  const now = platform.clock.now();
  const stranger = await newBuyer(1);
  const asked: PayOrder[] = [];
  const again: PayOrder[] = [];
  const ids: string[] = [];
  for (const each of plan) {
    const buyerId = await newBuyer(each.money + 60 * each.orders.filter(({ as }) => as === 'paid').length * 4);
    ids.push(buyerId);
    for (const { steps, as } of each.orders) {
      const lines = [{ priceItemId, quantity: 5 * steps, periodNumber: 1, parameters: [] }];
      const placed = await run((tx) =>
        placeOrder(platform, tx, { buyerId, userId: 'u', lines, traceId: uuid(platform.random) }, now),
      );
      if (!placed.ok) throw new Error(placed.refusal.code);
      const scope = { kind: 'buyer' as const, buyerId: as === 'foreign' ? stranger : buyerId, placedBy: null };
      const one = { orderId: as === 'unknown' ? 'CS0' : placed.value.orderId, scope };
      if (as === 'paid') await run((tx) => payOrder(platform, tx, one, now));
      asked.push(one);
      if (as === 'twice') again.push(one);
    }
  }
  // what is asked a second time waits for the first, so it comes last in both
  asked.push(...again);
  const answers = (await pay(asked)).map(shapeOf);
  const left = await Promise.all(ids.map(async (id) => (await balanceOf(platform.db, id, 'CNY')).amount));
  const orderIds = asked.map(({ orderId }) => orderId);
  const orders = await ordersByIds(platform.db, [...new Set(orderIds)], { scope: { kind: 'all' } });
  const events = await sql<{ type: string; count: number }>`
    SELECT type, count(*) AS count FROM platform.events WHERE aggregate = ANY(${orderIds.map((id) => `order:${id}`)}::text[])
    GROUP BY type ORDER BY type`.execute(platform.db);
  const states = orders.map(({ state, lines }) => `${state} ${lines.map((line) => line.state).join()}`).toSorted();
  return { answers, left, states, events: events.rows };
}

describe('payments made together', () => {
  it('answer, charge and tell what payments one by one do', async () => {
    const { platform } = world();
    await fc.assert(
      fc.asyncProperty(buyers, async (plan) => {
        const now = platform.clock.now();
        const single = (each: PayOrder) => run((tx) => payOrder(platform, tx, each, now));
        const alone = await played(plan, async (asked) => {
          const answers: Result<Order>[] = [];
          for (const each of asked) answers.push(await single(each));
          return answers;
        });
        const group = await played(plan, async (asked) => {
          const answers = await run(async (tx) => (await payTogether(platform, tx, asked, now))(asked));
          const done: Result<Order>[] = [];
          for (const [place, each] of asked.entries()) {
            const answer = answers[place] ?? 'ALONE';
            done.push(answer === 'ALONE' ? await single(each) : answer);
          }
          return done;
        });
        expect(group).toEqual(alone);
        expect((await trialBalance(platform.db)).balanced).toBe(true);
      }),
      { numRuns: 12 },
    );
  });
});

describe('orders placed together', () => {
  it('are those that are placed one by one; what takes something is left to be placed alone', async () => {
    const { platform } = world();
    const priceItemId = await monthlyPrice();
    const now = platform.clock.now();
    const line = { priceItemId, quantity: 5, periodNumber: 1, parameters: [] };
    const userId = 'u';
    const choices = [
      {},
      { lines: [{ ...line, quantity: 15, autoRenew: true }, line] },
      { expectedAmount: '1.00' },
      { lines: [{ ...line, quantity: 7 }] },
      { lines: [{ ...line, priceItemId: 'unknown' }] },
      { lines: [{ ...line, parameters: [{ name: 'unasked', value: 'x' }] }] },
      { expectedAmount: '60.00' },
    ];
    const buyerIds = await Promise.all(choices.map(() => newBuyer(1)));
    const asked = () =>
      choices.map((choice, place) => ({
        ...{ buyerId: buyerIds[place] ?? '', userId, lines: [line], traceId: uuid(platform.random) },
        ...choice,
      }));
    const alone: Result<Order>[] = [];
    for (const each of asked()) alone.push(await run((tx) => placeOrder(platform, tx, each, now)));
    const placed = async (tx: Tx, list: readonly PlaceOrder[]) => (await placeTogether(platform, tx, list, now))(list);
    const group = await run((tx) => placed(tx, asked()));
    expect(group.map((each) => (each === 'ALONE' ? each : shapeOf(each)))).toEqual(alone.map(shapeOf));
    expect(group.map((each) => each !== 'ALONE' && each.ok)).toEqual([true, true, false, false, false, false, true]);
    const written = group.flatMap((each) => (each !== 'ALONE' && each.ok ? [each.value] : []));
    const ids = written.map(({ orderId }) => orderId);
    expect(new Set(await ordersByIds(platform.db, ids, { scope: { kind: 'all' } }))).toEqual(new Set(written));
    const { rows } = await sql`SELECT 1 FROM platform.tasks WHERE subject = ANY(${ids}::text[])`.execute(platform.db);
    expect(rows).toHaveLength(ids.length);

    const taking = [{ offerId: 'offer' }, { voucherId: 'voucher' }].flatMap((each) =>
      asked()
        .slice(0, 1)
        .map((plain) => ({ ...plain, ...each })),
    );
    expect(await run((tx) => placed(tx, taking))).toEqual(['ALONE', 'ALONE']);
  });
});
