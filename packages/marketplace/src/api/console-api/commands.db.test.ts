/** Purchases of many people at the same moment share transactions, and each is answered as if it had come alone. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { clientAs, consoleClient } from '../../../../../tests/support/console-client.ts';
import { fileWorld } from '../../../../../tests/support/database.ts';
import { contentOf } from '../../catalog/index.ts';
import { createBuyer } from '../../directory/index.ts';
import { createCaller } from '../../fulfilment/index.ts';
import { BANK, balanceOf, credit, trialBalance } from '../../ledger/index.ts';
import { inTransaction, sql } from '../../platform/database/database.ts';
import { money } from '../../platform/money.ts';
import { uuid } from '../../platform/random.ts';
import { createApp } from '../app.ts';
import { order as orderSchema } from './order-schemas.ts';
import { problem } from './schemas.ts';

const world = fileWorld();
let priceItemId = '';
let app: ReturnType<typeof createApp>;
beforeAll(async () => {
  const { platform, demo } = world();
  app = createApp({ platform, caller: createCaller(platform) });
  priceItemId =
    (await contentOf(platform.db, demo.goodsId, 1)).specifications[0]?.skus[0]?.prices[1]?.priceItemId ?? '';
});

/** somebody with so many yuan; an order costs 60 */
async function person(yuan: number) {
  const { platform } = world();
  const name = `p-${uuid(platform.random)}`;
  const now = platform.clock.now();
  const buyerId = await inTransaction(platform.db, async (tx) => {
    const id = await createBuyer(platform, tx, { accountName: name, name, site: 'CN' }, now);
    const topUp = { entryId: uuid(platform.random), kind: 'TOP_UP' as const, reference: name, traceId: name };
    await credit(tx, id, { ...topUp, debit: BANK, amount: money(`${yuan}.00`, 'CNY') }, now);
    return id;
  });
  return { buyerId, client: await clientAs(platform, app, 'BO', { buyerId }) };
}
type Person = Awaited<ReturnType<typeof person>>;

const body = (quantity: number) => ({
  lines: [{ priceItemId, quantity, periodNumber: 1 }],
  agreementsAccepted: true,
});
const order = ({ client }: Person, key: string = randomUUID()) =>
  client.post('/console/orders', body(5), { 'idempotency-key': key });
const pay = ({ client }: Person, orderId: string, key: string = randomUUID()) =>
  client.post(`/console/orders/${orderId}/payment`, { method: 'BALANCE' }, { 'idempotency-key': key });
const ordered = async (by: Person) => orderSchema.parse(await (await order(by)).json()).orderId;
const codeIn = async (answer: Response) => problem.parse(await answer.json()).code;
const left = async ({ buyerId }: Person) => (await balanceOf(world().platform.db, buyerId, 'CNY')).amount;

describe('purchases at the same moment', () => {
  it('have each its own order, answer and charge, in fewer transactions; the same keys again give the same answers', async () => {
    const { platform } = world();
    const people = await Promise.all(Array.from({ length: 12 }, () => person(100)));
    const keys = people.map(() => ({ order: randomUUID(), payment: randomUUID() }));
    const placed = await Promise.all(people.map((each, place) => order(each, keys[place]?.order)));
    expect(placed.map(({ status }) => status)).toEqual(people.map(() => 201));
    const texts = await Promise.all(placed.map((answer) => answer.text()));
    const ids = texts.map((text) => orderSchema.parse(JSON.parse(text)).orderId);
    expect(new Set(ids).size).toBe(12);
    const paid = await Promise.all(people.map((each, place) => pay(each, ids[place] ?? '', keys[place]?.payment)));
    expect(paid.map(({ status }) => status)).toEqual(people.map(() => 200));
    expect(await Promise.all(people.map(left))).toEqual(people.map(() => '40.00'));
    const { rows } = await sql<{ written: number }>`
      SELECT count(DISTINCT xmin::text) AS written FROM ordering.orders WHERE order_id = ANY(${ids}::text[])`.execute(
      platform.db,
    );
    expect(rows[0]?.written).toBeLessThan(6);
    const again = await Promise.all(people.map((each, place) => order(each, keys[place]?.order)));
    expect(again.map((answer) => answer.headers.get('idempotency-replayed'))).toEqual(people.map(() => 'true'));
    expect(await Promise.all(again.map((answer) => answer.text()))).toEqual(texts);
    const log = await sql<{ actor: string; object: string }>`
      SELECT actor, object FROM platform.audit_log WHERE action = 'order.pay' AND object = ANY(${ids.map((id) => `order:${id}`)}::text[])`.execute(
      platform.db,
    );
    expect(new Set(log.rows.map(({ actor, object }) => `${actor} ${object}`))).toEqual(
      new Set(people.map(({ client }, place) => `${client.userId} order:${ids[place]}`)),
    );
    expect((await trialBalance(platform.db)).balanced).toBe(true);
  });

  it('do not spoil each other: short, foreign, unknown, malformed, unstorable, twice', async () => {
    const [rich, poor, other, double] = await Promise.all([person(100), person(59), person(100), person(100)]);
    const [mine, short, theirs, twice] = [
      await ordered(rich),
      await ordered(poor),
      await ordered(other),
      await ordered(double),
    ];
    const key = randomUUID();
    const answers = await Promise.all([
      pay(rich, mine),
      pay(poor, short),
      pay(rich, theirs),
      pay(other, 'CS0'),
      other.client.post(`/console/orders/${theirs}/payment`, { method: 'SHELLS' }),
      pay(double, twice),
      pay(double, twice),
      other.client.post('/console/orders', {
        ...body(5),
        lines: [{ priceItemId: 'a\u0000b', quantity: 5, periodNumber: 1 }],
      }),
      order(other, key),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 409, 404, 404, 400, 200, 200, 400, 201]);
    expect(await codeIn(answers[1])).toBe('INSUFFICIENT_BALANCE');
    expect(await Promise.all([rich, poor, other, double].map(left))).toEqual(['40.00', '59.00', '100.00', '40.00']);
    expect((await order(other, key)).headers.get('idempotency-replayed')).toBe('true');
    expect((await trialBalance(world().platform.db)).balanced).toBe(true);
  });

  it('of two servers that hold the same orders and balances end, each paid once', async () => {
    const { platform } = world();
    const servers = [app, createApp({ platform, caller: createCaller(platform) })];
    const people = await Promise.all(Array.from({ length: 6 }, () => person(1_000)));
    const ids = await Promise.all(people.map(ordered));
    const both = await Promise.all(
      servers.flatMap((server, which) =>
        (which === 0 ? people : people.toReversed()).map((each) => {
          const orderId = ids[people.indexOf(each)] ?? '';
          return pay({ ...each, client: consoleClient(server, each.client) }, orderId);
        }),
      ),
    );
    expect(both.map(({ status }) => status)).toEqual(both.map(() => 200));
    expect(await Promise.all(people.map(left))).toEqual(people.map(() => '940.00'));
  });

  it('of two servers: a key that is under way on one is refused by the other at once, and what it holds keeps nobody waiting', async () => {
    const { platform } = world();
    const other = createApp({ platform, caller: createCaller(platform) });
    const elsewhere = (by: Person): Person => ({ ...by, client: consoleClient(other, by.client) });
    const [held, free] = await Promise.all([person(1_000), person(1_000)]);
    const [mine, second, theirs] = [await ordered(held), await ordered(held), await ordered(free)];
    const key = randomUUID();
    let release: () => void = () => {};
    const released = new Promise<void>((done) => {
      release = done;
    });
    let reached: () => void = () => {};
    const isHeld = new Promise<void>((done) => {
      reached = done;
    });
    const detach = platform.pause.at('ordering.before-pay-commit', (orderId) => {
      if (orderId !== mine) return Promise.resolve();
      reached();
      return released;
    });
    const first = pay(held, mine, key);
    await isHeld;
    const repeated = await pay(elsewhere(held), mine, key);
    expect([repeated.status, await codeIn(repeated)]).toEqual([409, 'IDEMPOTENCY_IN_FLIGHT']);
    // the order is held, the others of the same moment are not
    const waiting = pay(elsewhere(held), mine);
    expect((await pay(elsewhere(free), theirs)).status).toBe(200);
    release();
    detach();
    expect((await Promise.all([first, waiting])).map(({ status }) => status)).toEqual([200, 200]);
    expect((await pay(elsewhere(held), second)).status).toBe(200);
    expect(await Promise.all([held, free].map(left))).toEqual(['880.00', '940.00']);
  });

  it('of one balance that is short for both, on two servers: one is paid, the other hears that it is short', async () => {
    const { platform } = world();
    const servers = [app, createApp({ platform, caller: createCaller(platform) })];
    for (let turn = 0; turn < 3; turn += 1) {
      const buyer = await person(100);
      const ids = [await ordered(buyer), await ordered(buyer)];
      const both = await Promise.all(
        servers.map((server, which) =>
          pay({ ...buyer, client: consoleClient(server, buyer.client) }, ids[which] ?? ''),
        ),
      );
      expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      expect(await left(buyer)).toBe('40.00');
    }
    expect((await trialBalance(platform.db)).balanced).toBe(true);
  });
});
