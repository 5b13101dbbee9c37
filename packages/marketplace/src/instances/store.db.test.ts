/** Lists of services read what they show, not all that was ever sold. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import type { FakeSeller } from '../../../../tests/support/fake-seller.ts';
import { DAY_MS, startObedientSeller, subscribed } from '../../../../tests/support/lives.ts';
import type { Scope } from '../directory/index.ts';
import { sql } from '../platform/database/database.ts';
import { listInstances, positionIn } from './index.ts';
import { instanceList } from './store.ts';

const world = fileWorld();
let seller: FakeSeller;
beforeAll(async () => {
  seller = await startObedientSeller(world());
});
afterAll(() => seller.close());

it('what ends within some days is found by its end, and comes in that order, of a seller and of a buyer', async () => {
  const { platform, clock, demo } = world();
  const { resourceId, sellerId, buyerId } = await subscribed(world());
  // two years of subscriptions, one every third hour; the past ones are released
  await sql`
    INSERT INTO instances.instances
    SELECT copy.* FROM instances.instances i, generate_series(1, 6000) AS n, jsonb_populate_record(i, jsonb_build_object('resource_id', 'ZZ' || n, 'instance_id', 'many-' || n, 'next_at', NULL,
      'created_at', i.created_at + n * interval '1 second', 'expire_at', i.created_at + (n - 3000) * interval '3 hours',
      'state', CASE WHEN n < 3000 THEN 'RELEASED' ELSE 'ACTIVE' END)) AS copy WHERE i.resource_id = ${resourceId}`.execute(
    platform.db,
  );
  await sql`ANALYZE instances.instances`.execute(platform.db);
  const expiringBefore = new Date(clock.now().getTime() + 3 * DAY_MS);
  const plan = async (scope: Scope) => {
    const list = instanceList({ scope, expiringBefore, before: null, limit: 21 });
    const { rows } = await sql<{ 'QUERY PLAN': string }>`EXPLAIN ${list}`.execute(platform.db);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  const ofSeller = { kind: 'seller', sellerId, goodsIds: null } as const;
  expect(await plan(ofSeller)).toContain('instances_of_seller_ending');
  expect(await plan({ ...ofSeller, goodsIds: [demo.goodsId] })).toContain('instances_of_seller_ending');
  expect(await plan({ kind: 'buyer', buyerId, placedBy: null })).toContain('instances_of_buyer_ending');
  const found = await listInstances(platform.db, { scope: ofSeller, expiringBefore, before: null, limit: 200 });
  expect(found.length).toBeGreaterThan(20);
  expect(found.length).toBeLessThan(30);
  expect(
    found.every(({ state, expireAt }) => state === 'ACTIVE' && expireAt !== null && expireAt < expiringBefore),
  ).toBe(true);
  const ends = found.map(({ expireAt }) => expireAt?.getTime() ?? 0);
  expect(ends).toEqual(ends.toSorted((one, other) => one - other));
  const pages: string[] = [];
  for (let before: { at: Date; id: string } | null = null; ; ) {
    const page = await listInstances(platform.db, { scope: ofSeller, expiringBefore, before, limit: 7 });
    pages.push(...page.map((each) => each.resourceId));
    const last = page.at(-1);
    if (!last) break;
    before = positionIn({ expiringBefore }, last);
  }
  expect(pages).toEqual(found.map((each) => each.resourceId));
});
