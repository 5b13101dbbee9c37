/** Whatever is done to orders, in whatever sequence: they end where the model says, and the ledger balances to the cent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { contentOf } from '../catalog/index.ts';
import { createBuyer } from '../directory/index.ts';
import { BANK, balanceOf, credit, PREPAID, post, trialBalance } from '../ledger/index.ts';
import { inTransaction, type Tx } from '../platform/database/database.ts';
import { money } from '../platform/money.ts';
import { uuid } from '../platform/random.ts';
import { buyFromDemo } from '../testing/index.ts';
import {
  cancelOrder,
  type LineState,
  linesFulfilled,
  linesQuerying,
  type OrderState,
  orderAfterLines,
  ordersByIds,
  payOrder,
  placeOrder,
} from './index.ts';
import { linesFailed } from './outcome.ts';

const world = fileWorld();
const ALL = { kind: 'all' } as const;

/** What the books should say, in whole yuan (all demo prices are). */
interface Expected {
  balance: number;
  readonly orders: {
    readonly id: string;
    state: OrderState;
    readonly lines: { state: LineState; readonly amount: number }[];
  }[];
}
type Expectation = Expected['orders'][number];

const command = fc.oneof(
  fc.record({ kind: fc.constant('top-up' as const), amount: fc.integer({ min: 1, max: 3_000 }) }),
  fc.record({
    kind: fc.constant('place' as const),
    quantities: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
  }),
  ...(['pay', 'pay', 'cancel', 'querying', 'fulfil', 'fulfil', 'fail', 'fail'] as const).map((kind) =>
    fc.record({ kind: fc.constant(kind), order: fc.nat(20), line: fc.nat(2) }),
  ),
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

const OPEN: readonly LineState[] = ['CALLING', 'QUERYING'];

describe('any sequence of commands', () => {
  it('leaves orders, balance and ledger as the model has them', async () => {
    const { platform, demo } = world();
    const content = await contentOf(platform.db, demo.goodsId, 1);
    const monthly = content.specifications[0]?.skus[0]?.prices[1]?.priceItemId ?? ''; // 12.00 a user, 5 users a step
    const now = platform.clock.now();
    const run = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(platform.db, work);

    const apply = async (buyerId: string, books: Expected, given: Command): Promise<void> => {
      if (given.kind === 'top-up') {
        const amount = money(String(given.amount), 'CNY');
        const id = uuid(platform.random);
        await run((tx) =>
          credit(tx, buyerId, { entryId: id, kind: 'TOP_UP', reference: id, debit: BANK, amount, traceId: id }, now),
        );
        books.balance += given.amount;
        return;
      }
      if (given.kind === 'place') {
        const lines = given.quantities.map((steps) => ({
          priceItemId: monthly,
          quantity: steps * 5,
          periodNumber: 1,
          parameters: [],
        }));
        const placed = await run((tx) => placeOrder(platform, tx, { buyerId, userId: 'u', lines, traceId: 't' }, now));
        if (!placed.ok) return expect.unreachable(placed.refusal.code);
        const amounts = given.quantities.map((steps) => ({ state: 'WAITING' as const, amount: steps * 60 }));
        books.orders.push({ id: placed.value.orderId, state: 'PENDING_PAYMENT', lines: amounts });
        return;
      }
      const order = books.orders[given.order % Math.max(books.orders.length, 1)];
      if (order) await change(books, order, given);
    };

    const change = async (books: Expected, order: Expectation, given: { kind: string; line: number }) => {
      const total = order.lines.reduce((sum, line) => sum + line.amount, 0);
      const place = given.line % order.lines.length;
      const lineIds = [`${order.id}-${String(place + 1).padStart(6, '0')}`];
      const line = order.lines[place];
      if (!line) return;
      if (given.kind === 'pay') {
        const result = await run((tx) => payOrder(platform, tx, { orderId: order.id, scope: ALL }, now));
        if (order.state === 'CANCELLED') expect(result).toMatchObject({ refusal: { code: 'ORDER_STATE' } });
        else if (order.state === 'PENDING_PAYMENT' && total > books.balance)
          expect(result).toMatchObject({
            refusal: { code: 'INSUFFICIENT_BALANCE', facts: { gap: `${total - books.balance}.00` } },
          });
        else expect(result.ok).toBe(true);
        if (order.state !== 'PENDING_PAYMENT' || !result.ok) return;
        books.balance -= total;
        order.state = 'PROCESSING';
        for (const each of order.lines) each.state = 'CALLING';
      } else if (given.kind === 'cancel') {
        const result = await run((tx) => cancelOrder(platform, tx, { orderId: order.id, scope: ALL }, now));
        expect(result.ok).toBe(order.state === 'PENDING_PAYMENT' || order.state === 'CANCELLED');
        if (!result.ok) return;
        order.state = 'CANCELLED';
        for (const each of order.lines) each.state = 'CLOSED';
      } else if (given.kind === 'querying') {
        await run((tx) => linesQuerying(tx, lineIds));
        if (line.state === 'CALLING') line.state = 'QUERYING';
      } else {
        const fails = given.kind === 'fail';
        await run((tx) =>
          fails ? linesFailed(platform, tx, lineIds, now) : linesFulfilled(platform, tx, lineIds, now),
        );
        if (!OPEN.includes(line.state)) return;
        line.state = fails ? 'REFUNDED' : 'FULFILLED';
        if (fails) books.balance += line.amount;
        order.state = orderAfterLines(order.lines.map((each) => each.state));
      }
    };

    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 25 }), async (commands) => {
        const buyerId = await createBuyer(platform, platform.db, { accountName: 'b', name: 'B', site: 'CN' }, now);
        const books: Expected = { balance: 0, orders: [] };
        for (const each of commands) await apply(buyerId, books, each);
        expect((await balanceOf(platform.db, buyerId, 'CNY')).amount).toBe(`${books.balance}.00`);
        const kept = await ordersByIds(
          platform.db,
          books.orders.map((order) => order.id),
          { scope: ALL },
        );
        const states = (orders: readonly { state: string; lines: readonly { state: string }[] }[]) =>
          orders.map((order) => [order.state, ...order.lines.map((line) => line.state)].join(' ')).toSorted();
        expect(states(kept)).toEqual(states(books.orders));
        expect((await trialBalance(platform.db)).balanced).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

it('money that was taken without a posting is an error of ours, and is given back', async () => {
  const { platform, demo } = world();
  const now = platform.clock.now();
  const order = await buyFromDemo(world(), { pay: false });
  const balance = () => balanceOf(platform.db, demo.buyerId, 'CNY');
  const before = await balance();
  const payment = { kind: 'PAYMENT', reference: order.orderId, debit: BANK, credit: PREPAID } as const;
  const entry = { entryId: uuid(platform.random), amount: order.amount, traceId: order.traceId };
  await post(platform.db, { ...payment, ...entry }, now);
  const pay = inTransaction(platform.db, (tx) => payOrder(platform, tx, { orderId: order.orderId, scope: ALL }, now));
  await expect(pay).rejects.toThrow(/its payment is in the ledger/);
  expect(await balance()).toEqual(before);
});
