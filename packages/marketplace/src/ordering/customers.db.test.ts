/** A seller's customers, whoever ordered last first: pages of them, each added up in full. */
import { expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { sql } from '../platform/database/database.ts';
import { type Customer, listCustomers } from './index.ts';

const world = fileWorld();
const BUYERS = 24;
const SCOPE = { kind: 'seller', sellerId: 'another', goodsIds: null } as const;
const idOf = (buyer: number) => `customer-${String(buyer).padStart(2, '0')}`;
const at = (buyer: number, order: number) =>
  new Date(Date.UTC(2026, 0, 5) + (Math.ceil(buyer / 2) * 100 + order) * 3_600_000);

/** Buyer n orders n times for 10.00: of each third the first was not delivered, each fourth gives its last back for 7.00. */
async function sell(): Promise<void> {
  const lines = Array.from({ length: BUYERS }, (_, place) => place + 1).flatMap((buyer) => {
    const one = (order: number, type: 'NEW' | 'UNSUBSCRIBE', state: string, amount: number) => ({
      order_id: `${idOf(buyer)}:${order}`,
      order_line_id: `${idOf(buyer)}:${order}-1`,
      buyer_id: idOf(buyer),
      type,
      state,
      amount,
      at: at(buyer, order),
    });
    const back = buyer % 4 === 0;
    const state = (order: number) =>
      (buyer % 3 === 0 && order === 1) || (back && order === buyer) ? 'REFUNDED' : 'FULFILLED';
    const bought = Array.from({ length: buyer }, (_, place) => one(place + 1, 'NEW', state(place + 1), 10));
    return back ? [...bought, one(50, 'UNSUBSCRIBE', 'FULFILLED', 7)] : bought;
  });
  const rows = sql`jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
    AS r (order_id text, order_line_id text, buyer_id text, type text, state text, amount numeric, at timestamptz)`;
  const { db } = world().platform;
  await sql`
    INSERT INTO ordering.orders (order_id, order_type, state, buyer_id, placed_by, site, amount, currency, trace_id, created_at)
    SELECT order_id, type, 'COMPLETED', buyer_id, 'u', 'CN', amount, 'CNY', order_id, at FROM ${rows}`.execute(db);
  await sql`
    INSERT INTO ordering.order_lines (order_line_id, order_id, resource_id, buyer_id, seller_id, state, goods_id, version, specification_id, sku_code, price_item_id,
      charging_mode, quantity, list_amount, amount, snapshot, created_at)
    SELECT order_line_id, order_id, order_line_id, buyer_id, 'another', state, 'g', 1, 's', 'k', 'p', 'ONE_TIME', 1, amount, amount, '{}', at FROM ${rows}`.execute(
    db,
  );
  await sql`
    INSERT INTO ordering.refunds (refund_id, kind, state, resource_id, buyer_id, seller_id, goods_id, site, order_id, line_ids, amount, paid, currency, reason,
      contact_consent, product_name, requested_by, requested_at, unsubscribe_order_id, trace_id)
    SELECT 'r-' || order_id, 'NEGOTIATED', 'DONE', order_line_id, buyer_id, 'another', 'g', 'CN', order_id, ARRAY[order_line_id], 7, 10, 'CNY', '', false, '{}', 'u', at,
      buyer_id || ':50', order_id
    FROM ${rows} WHERE state = 'REFUNDED' AND order_id = buyer_id || ':' || substr(buyer_id, 10)::int AND substr(buyer_id, 10)::int % 4 = 0`.execute(
    db,
  );
}

const expected = (buyer: number) => ({
  buyerId: idOf(buyer),
  orders: buyer,
  amount: {
    amount: `${10 * buyer - (buyer % 3 === 0 ? 10 : 0) - (buyer % 4 === 0 ? 7 : 0)}.00`,
    currency: 'CNY',
  },
  firstOrderAt: at(buyer, 1),
  lastOrderAt: at(buyer, buyer),
});

it('are found page by page, with what they paid less what came back', async () => {
  const { db } = world().platform;
  await sell();
  const found: Customer[] = [];
  for (;;) {
    const last = found.at(-1);
    const before = last ? { at: last.lastOrderAt, id: last.buyerId } : null;
    const page = await listCustomers(db, { scope: SCOPE, currency: 'CNY', before, limit: 5 });
    if (page.length === 0) break;
    expect(page.length).toBeLessThanOrEqual(5);
    found.push(...page);
  }
  const all = Array.from({ length: BUYERS }, (_, place) => expected(place + 1));
  expect(found).toEqual(
    all.toSorted((a, b) => b.lastOrderAt.getTime() - a.lastOrderAt.getTime() || (a.buyerId < b.buyerId ? 1 : -1)),
  );
  expect(
    await listCustomers(db, { scope: { ...SCOPE, goodsIds: [] }, currency: 'CNY', before: null, limit: 5 }),
  ).toEqual([]);
});
