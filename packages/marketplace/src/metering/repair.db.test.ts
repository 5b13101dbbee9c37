/** What an operator puts right: usage without a price, charges that rated anew are others; a sound period stays as it is. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MeteredShop, meteredShop, type OpenService, PACKAGE } from '../../../../tests/support/metered-shop.ts';
import { granted, run } from '../../../../tests/support/resources.ts';
import { sharedWorld } from '../../../../tests/support/shared-world.ts';
import { balanceOf, trialBalance } from '../ledger/index.ts';
import { inTransaction, sql } from '../platform/database/database.ts';
import { traceId } from '../platform/random.ts';
import {
  chargesOf,
  giveUsagePrice,
  previewRerating,
  recordsOf,
  recordsOfScope,
  rerate,
  takeUsage,
  usageOfSellers,
  usagePricesOf,
  usageToRepair,
} from './index.ts';

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
const db = () => world().platform.db;
const now = () => world().clock.now();
const later = (hours: number) => world().simulator.advanceTo(new Date(now().getTime() + hours * HOUR));
const sdk = (ms: number) => `${new Date(ms).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
let serial = 0;

/** Hours of usage that are over, the last first. */
async function use(service: OpenService, usages: readonly string[]): Promise<void> {
  const records = usages.map((usage, place) => {
    serial += 1;
    const end = now().getTime() - place * HOUR;
    return {
      ...{ instance_id: service.instanceId, metering_sn: `repair-${serial}`, usage_value: usage },
      ...{ begin_time: sdk(end - HOUR), end_time: sdk(end), record_time: sdk(end) },
    };
  });
  const { platform, demo } = world();
  const requestId = traceId(platform.random);
  const push = { sellerId: demo.sellerId, form: 'SIGNED', records, requestId, nonce: null } as const;
  await takeUsage(platform, push, now());
}
const charges = ({ resourceId }: OpenService) =>
  chargesOf(db(), { scope: { kind: 'all' }, resourceId, before: null, limit: 50 });
const balance = async (buyerId: string) => (await balanceOf(db(), buyerId, 'CNY')).amount;
const preview = async ({ resourceId }: OpenService) =>
  granted(await inTransaction(db(), (tx) => previewRerating(tx, resourceId, new Date(0))));

it('usage without a price is listed with its reason; a price of the product repairs it, once', async () => {
  const { demo } = world();
  const buyerId = await shop().buyer('no price', '100');
  const service = await shop().open(buyerId);
  await later(3);
  await use(service, ['100']);
  await sql`UPDATE metering.meters SET price = NULL WHERE resource_id = ${service.resourceId}`.execute(db());
  await later(3);
  const listed = async () =>
    (await usageToRepair(db(), now())).filter(({ resourceId }) => resourceId === service.resourceId);
  expect(await listed()).toMatchObject([{ reason: 'NO_PRICE', priced: false, records: 1, usage: '100' }]);
  const mine = async () => (await usageOfSellers(db(), new Date(0), now())).find((s) => s.sellerId === demo.sellerId);
  expect(await mine()).toMatchObject({ unrated: 1, heldUp: 0 });
  const [price] = await usagePricesOf(db(), demo.goodsId);
  const give = (priceItemId: string) =>
    run(world(), (tx) => giveUsagePrice(tx, { resourceId: service.resourceId, priceItemId }, now()));
  expect(await give('OFFI0')).toMatchObject({ refusal: { code: 'PRICE_UNKNOWN' } });
  expect(granted(await give(price?.priceItemId ?? ''))).toEqual({ records: 1 });
  await later(1);
  expect(await listed()).toEqual([]);
  expect(await mine()).toMatchObject({ unrated: 0 });
  expect(await balance(buyerId)).toBe('97.50');
  expect(await give(price?.priceItemId ?? '')).toMatchObject({ refusal: { code: 'USAGE_PRICED' } });
});

it('S3-20, C31: rated anew, a sound period gives the same charges; a wrong price gives the difference, and each cent comes back', async () => {
  const buyerId = await shop().buyer('anew', '1000');
  await shop().open(buyerId, PACKAGE);
  const service = await shop().open(buyerId);
  await later(3);
  await use(service, ['33.3', '4000.1']);
  await later(4);
  await use(service, ['7000.7', '12.5', '6.25']);
  await later(5);
  const before = await balance(buyerId);
  const sound = await preview(service);
  expect(sound.charges.length).toBeGreaterThan(2);
  expect(sound.charges.filter(({ differs }) => differs)).toEqual([]);
  expect(sound.difference.amount).toBe('0.00');
  const anew = (expected: string) =>
    run(world(), (tx) =>
      rerate(
        world().platform,
        tx,
        { resourceId: service.resourceId, since: new Date(0), reason: 'the price was wrong', expected },
        now(),
      ),
    );
  expect(await anew('0')).toMatchObject({ refusal: { code: 'NOTHING_DIFFERS' } });
  // an operator's mistake of before: usage was rated at twice the price
  await sql`UPDATE metering.meters SET price = jsonb_set(price, '{brackets,0,unitPrice}', '"0.0125"') WHERE resource_id = ${service.resourceId}`.execute(
    db(),
  );
  const { difference, charges: changed } = await preview(service);
  expect(Number(difference.amount)).toBeLessThan(0);
  expect(await anew('-999')).toMatchObject({ refusal: { code: 'RERATING_CHANGED' } });
  const paidBefore = (await charges(service)).reduce((sum, { amount }) => sum + Number(amount), 0);
  expect(granted(await anew(difference.amount)).reversed).toBeLessThanOrEqual(changed.length);
  await later(1);
  const living = (await charges(service)).filter(({ state }) => state !== 'REVERSED');
  const paidNow = living.reduce((sum, { amount }) => sum + Number(amount), 0);
  expect((paidNow - paidBefore).toFixed(2)).toBe(difference.amount);
  expect((Number(await balance(buyerId)) - Number(before)).toFixed(2)).toBe((-Number(difference.amount)).toFixed(2));
  expect((await preview(service)).charges.filter(({ differs }) => differs)).toEqual([]);
  expect((await trialBalance(db())).balanced).toBe(true);
  const { resourceId } = service;
  const chargeId = living[0]?.chargeId;
  expect(await recordsOf(db(), { resourceId, chargeId, before: null, limit: 50 })).toHaveLength(
    living[0]?.records ?? 0,
  );
  expect((await recordsOf(db(), { resourceId, before: null, limit: 50 })).every(({ state }) => state === 'RATED')).toBe(
    true,
  );
});

it('a seller reads the records of all services page by page, each once; another seller reads none', async () => {
  const { demo } = world();
  const query = { only: undefined, from: undefined, to: undefined, limit: 3 };
  const scope = { kind: 'seller', sellerId: demo.sellerId, goodsIds: null } as const;
  const seen: string[] = [];
  let before: { at: Date; id: string } | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof recordsOfScope>> = await recordsOfScope(db(), { ...query, scope, before });
    seen.push(...page.map(({ recordId }) => recordId));
    const last = page.at(-1);
    if (!last) break;
    before = { at: last.beginAt, id: last.recordId };
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThan(5);
  const foreign = { kind: 'seller', sellerId: 'another', goodsIds: null } as const;
  expect(await recordsOfScope(db(), { ...query, scope: foreign, before: null })).toEqual([]);
});
