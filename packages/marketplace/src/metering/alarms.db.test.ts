/** Buyers are warned in time, once, of what they asked for: a package that runs low, is used up or lapses, and the balance. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MeteredShop, meteredShop, type OpenService, PACKAGE } from '../../../../tests/support/metered-shop.ts';
import { granted, run } from '../../../../tests/support/resources.ts';
import { sharedWorld } from '../../../../tests/support/shared-world.ts';
import { sql } from '../platform/database/database.ts';
import { traceId } from '../platform/random.ts';
import { moneyCame, setAlarms, setPackageAlarm, takeUsage, watchedPackages } from './index.ts';

const world = sharedWorld();
const shops: MeteredShop[] = [];
const shop = (): MeteredShop => {
  const [first] = shops;
  if (!first) throw new Error('the shop is open inside tests only');
  return first;
};
beforeAll(async () => {
  shops.push(await meteredShop(world()));
});
afterAll(() => Promise.all(shops.map((each) => each.close())));

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = () => world().clock.now();
const later = (ms: number) => world().simulator.advanceTo(new Date(now().getTime() + ms));
const sdk = (ms: number) => `${new Date(ms).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
let serial = 0;

/** Uses so much in the hour that comes, and waits until it is billed. */
async function use(service: OpenService, usage: string): Promise<void> {
  await later(HOUR);
  serial += 1;
  const [begin, end] = [sdk(now().getTime() - HOUR), sdk(now().getTime())];
  const record = {
    ...{ instance_id: service.instanceId, metering_sn: `alarm-${serial}`, usage_value: usage },
    ...{ begin_time: begin, end_time: end, record_time: end },
  };
  const { platform, demo } = world();
  const requestId = traceId(platform.random);
  const push = { sellerId: demo.sellerId, form: 'SIGNED', records: [record], requestId, nonce: null } as const;
  expect(await takeUsage(platform, push, now())).toMatchObject({ outcomes: ['TAKEN'] });
  await later(3 * HOUR);
}
const told = async (buyerId: string): Promise<string[]> => {
  const { rows } = await sql<{ type: string }>`
    SELECT type FROM platform.events WHERE payload ->> 'buyerId' = ${buyerId} AND (type LIKE 'metering.package-%' OR type = 'metering.balance-low') ORDER BY event_id`.execute(
    world().platform.db,
  );
  return rows.map(({ type }) => type.replace('metering.', ''));
};
const messages = async (buyerId: string, variant: string): Promise<number> => {
  const { rows } = await sql<{ count: string }>`
    SELECT count(*) AS count FROM notification.deliveries WHERE tenant = ${`buyer:${buyerId}`} AND variant = ${variant}`.execute(
    world().platform.db,
  );
  return Number(rows[0]?.count ?? 0);
};

it('N-28: a package is told when it is low, once, and when it is used up; the buyer sets the threshold', async () => {
  const { db } = world().platform;
  const buyerId = await shop().buyer('watches packages', '5000');
  await sql`UPDATE directory.buyers SET email = 'watcher@example.com' WHERE buyer_id = ${buyerId}`.execute(db);
  const service = await shop().open(buyerId);
  const bought = await shop().open(buyerId, PACKAGE);
  const quota = Number((await watchedPackages(db, { buyerId, placedBy: null }, now()))[0]?.facts.quota ?? 0);
  await use(service, String(quota * 0.7));
  expect(await told(buyerId)).toEqual([]);
  const half = { kind: 'PERCENT', value: '25' } as const;
  const asked = { buyerId, placedBy: null, resourceId: bought.resourceId };
  granted(await run(world(), (tx) => setPackageAlarm(tx, { ...asked, alarm: half }, now())));
  await use(service, String(quota * 0.1));
  await use(service, String(quota * 0.1));
  expect(await told(buyerId)).toEqual(['package-low']);
  await use(service, String(quota * 0.2));
  expect(await told(buyerId)).toEqual(['package-low', 'package-used-up']);
  expect([await messages(buyerId, 'N-28.low'), await messages(buyerId, 'N-28.used-up')]).toEqual([1, 1]);
  const [seen] = await watchedPackages(db, { buyerId, placedBy: null }, now());
  expect([Number(seen?.rest), seen?.own]).toEqual([0, half]);
});

it('N-28: an alarm beyond the quota, of another buyer or of what is no package is refused', async () => {
  const buyerId = await shop().buyer('asks wrongly', '5000');
  const [service, bought] = [await shop().open(buyerId), await shop().open(buyerId, PACKAGE)];
  const refused = async (resourceId: string, of = buyerId) => {
    const asked = { buyerId: of, placedBy: null, resourceId, alarm: { kind: 'QUANTITY', value: '99999999' } } as const;
    const set = await run(world(), (tx) => setPackageAlarm(tx, asked, now()));
    return set.ok ? 'set' : set.refusal.code;
  };
  expect(await refused(bought.resourceId)).toBe('PACKAGE_ALARM');
  expect(await refused(service.resourceId)).toBe('PACKAGE_ALARM');
  expect(await refused(bought.resourceId, 'somebody else')).toBe('NOT_FOUND');
});

it('a balance below what its buyer set is told once, and again only after it has recovered', async () => {
  const { platform } = world();
  const buyerId = await shop().buyer('watches the balance', '100');
  const service = await shop().open(buyerId);
  await run(world(), (tx) => setAlarms(tx, buyerId, { balanceBelow: '60', packagePercent: null }));
  await use(service, '1000'); // 25.00 each
  await use(service, '1000');
  await use(service, '100');
  expect(await told(buyerId)).toEqual(['balance-low']);
  await shop().topUp(buyerId, '50');
  await moneyCame(platform, platform.db, buyerId, now());
  await use(service, '100');
  expect(await told(buyerId)).toEqual(['balance-low']);
  await use(service, '2000');
  expect(await told(buyerId)).toEqual(['balance-low', 'balance-low']);
});

it('N-28: a package that ends tells what of it would lapse instead of asking for a renewal', async () => {
  const buyerId = await shop().buyer('lets it lapse', '5000');
  const bought = await shop().open(buyerId, PACKAGE);
  const { db } = world().platform;
  const end = new Date(now().getTime() + 16 * DAY);
  await sql`UPDATE instances.instances SET expire_at = ${end}, next_at = ${now()} WHERE resource_id = ${bought.resourceId}`.execute(
    db,
  );
  await later(10 * DAY);
  expect(await told(buyerId)).toEqual(['package-ending', 'package-ending']);
  expect(await messages(buyerId, 'N-25.ends')).toBe(0);
});
