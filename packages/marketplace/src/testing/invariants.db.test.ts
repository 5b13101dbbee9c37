/** The invariants of the simulation see each kind of damage, so that a quiet simulation means something. */
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedWorld } from '../../../../tests/support/shared-world.ts';
import { virtualClock } from '../platform/clock.ts';
import { sql } from '../platform/database/database.ts';
import { createDice } from './dice.ts';
import { brokenInvariants, type SeenBySeller } from './invariants.ts';
import { buyFromDemo } from './purchase.ts';
import { createSellers } from './simulation/sellers.ts';
import { TEST_START } from './world.ts';

const clock = virtualClock(TEST_START);
// With this seed the first orders are delivered at once.
const sellers = createSellers(createDice('sound'), clock, 20_000);
const world = sharedWorld({ outbound: sellers.outbound });
const orders: string[] = [];

beforeAll(async () => {
  for (let count = 0; count < 4; count += 1) orders.push((await buyFromDemo(world())).orderId);
  await world().simulator.advanceTo(new Date(world().clock.now().getTime() + 4 * 86_400_000));
});

const faults = (log: readonly SeenBySeller[] = sellers.log) =>
  brokenInvariants(world().platform.db, log, world().clock.now());
const damaged = async (damage: string, repair: string): Promise<string> => {
  const { db } = world().platform;
  await sql.raw(damage).execute(db);
  const found = await faults();
  await sql.raw(repair).execute(db);
  return found.join('\n');
};

describe('after an undisturbed run', () => {
  it('all hold', async () => {
    expect(await faults()).toEqual([]);
  });

  it('a line that ended with nothing is seen, and that its events say otherwise', async () => {
    const line = `'${orders[0]}-000001'`;
    const { rows } = await sql<{
      state: string;
    }>`SELECT state FROM ordering.order_lines WHERE order_line_id = ${`${orders[0]}-000001`}`.execute(
      world().platform.db,
    );
    const found = await damaged(
      `UPDATE ordering.order_lines SET state = 'QUERYING' WHERE order_line_id = ${line}`,
      `UPDATE ordering.order_lines SET state = '${rows[0]?.state}' WHERE order_line_id = ${line}`,
    );
    expect(found).toMatch(/ends neither done once nor with one full refund/);
    expect(found).toMatch(/is stored as QUERYING, its events say/);
  });

  it('a cent too much is seen', async () => {
    expect(
      await damaged(
        'UPDATE ledger.balances SET amount = amount + 0.01',
        'UPDATE ledger.balances SET amount = amount - 0.01',
      ),
    ).toMatch(/out of balance/);
  });

  it('a price, a piece and a voucher that no order explains are seen', async () => {
    const line = `'${orders[0]}-000001'`;
    const sku = `(SELECT sku_code::uuid FROM ordering.order_lines WHERE order_line_id = ${line})`;
    const found = await damaged(
      `UPDATE ordering.order_lines SET list_amount = list_amount + 1 WHERE order_line_id = ${line};
       INSERT INTO catalog.stock (sku_code, goods_id, total, reserved) VALUES (${sku}, 'g', 9, 1);
       INSERT INTO catalog.vouchers (voucher_id, seller_id, state, name, face_value, currency, items, modes, with_offers, claimable, valid_from, valid_to, total, created_by, created_at)
         VALUES ('v', 's', 'VOID', 'v', 1, 'CNY', '[]', '{}', true, true, '2026-01-01', '2027-01-01', 9, 's', '2026-01-01');
       INSERT INTO catalog.voucher_grants (voucher_id, buyer_id, granted_at, order_id, order_lines) VALUES ('v', 'b', '2026-01-01', '${orders[0]}', '{}')`,
      `UPDATE ordering.order_lines SET list_amount = list_amount - 1 WHERE order_line_id = ${line};
       DELETE FROM catalog.stock; DELETE FROM catalog.voucher_grants; DELETE FROM catalog.vouchers`,
    );
    expect(found).toMatch(/its deductions are not what is taken off its list price/);
    expect(found).toMatch(/1 reserved and 0 consumed, but orders hold 0 and 0/);
    expect(found).toMatch(/voucher v of b is bound to order/);
  });

  it('a call that waits for ever is seen', async () => {
    const call = `(SELECT id FROM fulfilment.seller_calls ORDER BY seq LIMIT 1)`;
    expect(
      await damaged(
        `UPDATE fulfilment.seller_calls SET state = 'RUNNING' WHERE id = ${call}`,
        `UPDATE fulfilment.seller_calls SET state = 'SUCCEEDED' WHERE id = ${call}`,
      ),
    ).toMatch(/call newInstance RUNNING .* is left over/);
  });

  it('a second identity, a repeat after success and a forgotten answer are seen', async () => {
    const { rows } = await sql<{ nonce: string }>`
      SELECT substring(a.request ->> 'url' FROM 'nonce=([A-Za-z0-9]+)') AS nonce FROM fulfilment.attempts a JOIN fulfilment.seller_calls c ON c.id = a.call_id
      WHERE a.outcome IN ('ok', 'accepted') AND c.activity = 'newInstance'`.execute(world().platform.db);
    const success = sellers.log.find((call) => call.nonce === rows[0]?.nonce);
    if (!success) throw new Error('no instance was created');
    expect((await faults([...sellers.log, { ...success, nonce: 'again' }])).join()).toMatch(
      /was repeated after its success was recorded/,
    );
    expect((await faults([...sellers.log, { ...success, orderId: 'another' }])).join()).toMatch(
      /reached its seller under/,
    );
    expect((await faults(sellers.log.filter((call) => call !== success))).join()).toMatch(/was never given/);
  });
});

describe('after a bill run', () => {
  beforeAll(() => world().simulator.advanceTo(new Date('2026-02-04T00:00:00Z')));

  it('all hold, and there are bills', async () => {
    const { rows } = await sql`SELECT 1 FROM settlement.bills`.execute(world().platform.db);
    expect(rows.length).toBeGreaterThan(0);
    expect(await faults()).toEqual([]);
  });

  it.each([
    [
      'a bill that is not the sum of its lines',
      'settlement.lines SET settlement = settlement',
      /is not the sum of its lines/,
    ],
    [
      'a bill that is not in the ledger as it is',
      'settlement.bills SET total = total',
      /is not in the ledger as it is/,
    ],
  ])('%s is seen', async (_, column, told) => {
    expect(await damaged(`UPDATE ${column} + 1`, `UPDATE ${column} - 1`)).toMatch(told);
  });

  it('a line that no bill has, and one that does not count, are seen', async () => {
    const line = `line_id = '${orders[0]}-000001'`;
    expect(
      await damaged(
        `UPDATE settlement.lines SET bill_period = '202512', increment_period = '202512', paid_period = '202512' WHERE ${line}; INSERT INTO settlement.periods (site, period, state) VALUES ('CN', '202512', 'CLOSED')`,
        `UPDATE settlement.lines SET bill_period = period, increment_period = period, paid_period = period WHERE ${line}; DELETE FROM settlement.periods WHERE period = '202512'`,
      ),
    ).toMatch(/is in no bill/);
    expect(
      await damaged(
        `UPDATE settlement.lines SET state = 'WAITING', period = ready_at::text, ready_at = NULL, bill_period = NULL WHERE ${line}`,
        `UPDATE settlement.lines SET state = 'READY', ready_at = period::timestamptz, period = '202601', bill_period = '202601' WHERE ${line}`,
      ),
    ).toMatch(/is fulfilled and does not count/);
  });
});
