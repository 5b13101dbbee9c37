/**
 * Licences from purchase to release, in the three dialects, at sellers written from the specification alone
 * (license-and-other-types.md 3, 4, 5): what is called when, what the buyer gets, and where the licence text never stands.
 */
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Hooks,
  KEY,
  type RunningSeller,
  startSeller,
} from '../../../../packages/conformance/src/sellers/right-license.test-support.ts';
import { fileWorld } from '../../../../tests/support/database.ts';
import { ALL, advanceTo, DAY_MS, instanceOf, inTx, payFor, renewedAndPaid } from '../../../../tests/support/lives.ts';
import { granted } from '../../../../tests/support/resources.ts';
import { lineState, newsOf, orderAbout, toldBy } from '../../../../tests/support/told.ts';
import { contentOf, type LicenseVariant, type Protocol, publishProduct } from '../catalog/index.ts';
import { acceptDelivery, deliver, deliveryOfResource, require as giveCode, showSecret } from '../delivery/index.ts';
import { createAccessKey } from '../directory/index.ts';
import {
  activateCodes,
  applicationsOf,
  applyForLicence,
  codeOfResource,
  codesInClear,
  grantedLicence,
  handOverLicence,
  pickUpCode,
} from '../licensing/index.ts';
import { placeOrder } from '../ordering/index.ts';
import { sql } from '../platform/database/database.ts';
import { seededRandom, traceId, uuid } from '../platform/random.ts';
import { sampleProduct } from '../testing/products.ts';
import { listCalls, restart } from './index.ts';

// A shorter window than the published two hours, which policy.test.ts plays.
const newInstance = { windowMs: 10 * 60_000, intervalMs: 2 * 60_000 };
const world = fileWorld({
  openingBalance: '1000000.00',
  config: { retryPolicies: { 'license-provisioning': { newInstance } } },
});
const random = seededRandom('licences');
const sellers: RunningSeller[] = [];
afterEach(() => Promise.all(sellers.splice(0).map((seller) => seller.close())));

const HOUR = 3_600_000;
/** The seller's own clock is real, the marketplace's is not. */
const anyTime = { isFresh: () => true };

async function sellerOf(hooks: Hooks): Promise<RunningSeller> {
  const seller = await startSeller({ ...hooks, post: anyTime });
  sellers.push(seller);
  return seller;
}

async function product(variant: LicenseVariant, protocol: Protocol, productionUrl: string): Promise<string> {
  const { platform, clock, demo } = world();
  const { sellerId } = demo;
  const { keyId } = await createAccessKey(platform, platform.db, sellerId, clock.now(), KEY);
  const goodsId = uuid(random);
  const content = sampleProduct('LICENSE', random, { variant });
  const where = { protocol, productionUrl, keyId };
  await publishProduct(platform.db, { goodsId, sellerId, site: 'CN', ...where, content }, clock.now());
  return goodsId;
}

/** Thirty users: for a month, or for ever. */
async function buy(goodsId: string, mode: 'PERIOD' | 'ONE_TIME' = 'PERIOD') {
  const { platform, clock, demo } = world();
  const { specifications } = await contentOf(platform.db, goodsId, 1);
  const prices = specifications.find(({ chargingMode }) => chargingMode === mode)?.skus[0]?.prices;
  const line = {
    priceItemId: prices?.[0]?.priceItemId ?? '',
    quantity: 30,
    ...(mode === 'PERIOD' ? { periodNumber: 1 } : {}),
    parameters: [],
  };
  const input = { buyerId: demo.buyerId, userId: 'u1', lines: [line], traceId: traceId(random) };
  const order = granted(await inTx(world(), (tx) => placeOrder(platform, tx, input, clock.now())));
  await payFor(world(), order);
  await world().simulator.drain();
  return { order, orderId: order.orderId, resourceId: order.lines[0]?.resourceId ?? '' };
}
type Bought = Awaited<ReturnType<typeof buy>>;

const buyer = () => ({ kind: 'buyer' as const, buyerId: world().demo.buyerId, placedBy: null });
const later = (ms: number) => advanceTo(world(), new Date(world().clock.now().getTime() + ms));
async function deliveryOf(resourceId: string) {
  const delivery = await deliveryOfResource(world().platform.db, resourceId, ALL);
  if (!delivery) throw new Error(`nothing is delivered for ${resourceId}`);
  return delivery;
}
async function accept(resourceId: string): Promise<void> {
  const { deliveryId } = await deliveryOf(resourceId);
  const { platform, clock } = world();
  granted(await inTx(world(), (tx) => acceptDelivery(platform, tx, { deliveryId, scope: buyer() }, clock.now())));
  await world().simulator.drain();
}
async function textOf(resourceId: string): Promise<string> {
  const { deliveryId } = await deliveryOf(resourceId);
  const shown = granted(await showSecret(world().platform, world().platform.db, { deliveryId, scope: buyer() }));
  return shown.value;
}
async function callOf(resourceId: string, activity: string) {
  const query = { scope: ALL, resourceId, activity, before: null, limit: 9 };
  const [call] = await listCalls(world().platform.db, query);
  if (!call) throw new Error(`no ${activity} of ${resourceId}`);
  return call;
}
/** What an agreed refund brings about: the service is told to end (the refund itself is ordering's). */
async function refunded({ order, resourceId }: Bought): Promise<string> {
  const { orderId, orderLineId } = await orderAbout(world(), order, 'UNSUBSCRIBE');
  const { instanceId } = await instanceOf(world(), resourceId);
  const { tell } = newsOf(world(), order, instanceId);
  await tell('release-begun', { occasion: 'release', cause: 'UNSUBSCRIBED', orderId, orderLineId, amountPaid: '1.00' });
  await world().simulator.drain();
  return orderId;
}

/** Everything that is kept for people to read, and everything that stations tell each other. */
async function storedTexts(): Promise<string> {
  const { rows } = await sql<{ text: string }>`
    SELECT coalesce(string_agg(t, ' '), '') AS text FROM (
      SELECT concat_ws(' ', request, response, diagnosis) AS t FROM fulfilment.attempts
      UNION ALL SELECT payload::text FROM platform.events
      UNION ALL SELECT concat_ws(' ', details, last_result_msg) FROM fulfilment.seller_calls) AS kept`.execute(
    world().platform.db,
  );
  return rows[0]?.text ?? '';
}

describe('online License 1.0 (3)', () => {
  it('L12–L14: a licence for thirty users for a month is made, accepted, renewed, expired, released', async () => {
    const seller = await sellerOf({ live: { speaks: ['identification'] } });
    const { orderId, resourceId } = await buy(await product('IDENTIFICATION', 'license-identification', seller.url));
    const [made] = seller.calls;
    // L13, L14: one licence with its quantity; yearly/monthly sends no chargingMode (Q3).
    expect(made?.members).toMatchObject({
      ...{ activity: 'getLicense', orderId, customerId: world().demo.buyerId },
      ...{ amount: '30', periodType: 'month', periodNumber: '1' },
    });
    expect(made?.members).not.toHaveProperty('chargingMode');
    const licence = await textOf(resourceId);
    expect(licence).toMatch(/^LICENCE-[0-9a-f]{40}$/);
    expect(await storedTexts()).not.toContain(licence);
    expect(await deliveryOf(resourceId)).toMatchObject({ status: 'DELIVERED' });
    expect(await lineState(world(), resourceId)).toBe('SUPERVISING');

    await accept(resourceId);
    expect(await lineState(world(), resourceId)).toBe('FULFILLED');
    const running = await instanceOf(world(), resourceId);
    expect(running).toMatchObject({ state: 'ACTIVE', instanceId: made?.members.businessId });

    const renewal = await renewedAndPaid(world(), resourceId);
    const instanceId = running.instanceId;
    const { expireAt } = await instanceOf(world(), resourceId);
    expect(seller.calls.at(-1)?.members).toMatchObject({
      ...{ activity: 'refreshLicense', orderId: renewal.orderId, instanceId },
      expireTime: expireAt?.toISOString().replace(/[-:T]|\..*/g, ''),
    });
    expect(await lineState(world(), renewal.lines[0]?.orderLineId ?? '')).toBe('FULFILLED');

    await advanceTo(world(), new Date((expireAt?.getTime() ?? 0) + 30 * DAY_MS));
    expect((await instanceOf(world(), resourceId)).state).toBe('RELEASED');
    // Expiry and release name the order of the purchase (3.4).
    expect(seller.calls.slice(2).map(({ members: { activity, orderId: order } }) => [activity, order])).toEqual([
      ['expireLicense', orderId],
      ['releaseLicense', orderId],
    ]);
  });

  it('L10, L11: repeats name the same order under a new businessId; after 3 h a restart still delivers, without refund (3.5)', async () => {
    let broken = true;
    const seller = await sellerOf({
      live: {
        speaks: ['identification'],
        instead: () => (broken ? { resultCode: '000005', resultMsg: 'broken' } : null),
      },
    });
    const { orderId, resourceId } = await buy(await product('IDENTIFICATION', 'license-identification', seller.url));
    await later(5 * HOUR);
    expect(seller.calls.map(({ members }) => members.orderId)).toEqual([orderId, orderId, orderId, orderId]);
    expect(new Set(seller.calls.map(({ members }) => members.businessId)).size).toBe(4);
    const call = await callOf(resourceId, 'getLicense');
    expect(call.state).toBe('STOPPED');
    // It counts against the product like an order that was refunded (3.5).
    const counted = sql`SELECT 1 FROM debugging.failed_orders WHERE order_id = ${orderId}`.execute(world().platform.db);
    expect((await counted).rows).toHaveLength(1);
    expect(await lineState(world(), resourceId)).toBe('SUPERVISING');
    broken = false;
    const asked = { callId: call.id, scope: ALL, by: 'seller' };
    granted(await inTx(world(), (tx) => restart(world().platform, tx, asked, world().clock.now())));
    await world().simulator.drain();
    expect(await textOf(resourceId)).toMatch(/^LICENCE-/);
  });

  it('L15: a perpetual licence has no end and no period; delivered by hand instead, its server is asked no more and never told (3.5)', async () => {
    const seller = await sellerOf({
      live: { speaks: ['identification'], instead: () => ({ resultCode: '000100', resultMsg: 'none left' }) },
    });
    const bought = await buy(await product('IDENTIFICATION', 'license-identification', seller.url), 'ONE_TIME');
    const { resourceId } = bought;
    expect(seller.calls[0]?.members).toMatchObject({ chargingMode: '3', amount: '30' });
    for (const absent of ['expireTime', 'periodType', 'periodNumber'])
      expect(seller.calls[0]?.members).not.toHaveProperty(absent);
    const { platform, clock, demo } = world();
    const { deliveryId } = await deliveryOf(resourceId);
    const scope = { kind: 'seller' as const, sellerId: demo.sellerId, goodsIds: null };
    const code = { deliveryId, scope: buyer(), text: 'HW-0001', fileIds: [] };
    granted(await inTx(world(), (tx) => giveCode(platform, tx, code, clock.now())));
    const given = { licenceText: 'BY-HAND', fileId: null, enablingAt: null, result: '', proofFileIds: [] };
    granted(await inTx(world(), (tx) => deliver(platform, tx, { deliveryId, scope, ...given }, clock.now())));
    await world().simulator.drain();
    await accept(resourceId);
    expect((await callOf(resourceId, 'getLicense')).state).toBe('RESOLVED');
    await later(5 * HOUR);
    expect(seller.calls).toHaveLength(1);
    const orderId = await refunded(bought);
    expect(await toldBy(world(), 'fulfilment.call-done', resourceId)).toMatchObject([{ callId: null, orderId }]);
    expect(seller.calls).toHaveLength(1);
  });
});

describe('authorisation code 2.0 (4)', () => {
  async function activated(resourceId: string): Promise<string> {
    const { platform, clock, demo } = world();
    granted(await inTx(world(), (tx) => pickUpCode(platform, tx, { resourceId, scope: buyer() }, clock.now())));
    const code = (await codesInClear(platform, platform.db, [resourceId])).get(resourceId) ?? '';
    const asked = { sellerId: demo.sellerId, codes: [code], realEffectAt: null };
    const [result] = await inTx(world(), (tx) => activateCodes(platform, tx, asked, clock.now()));
    if (!result || 'fault' in result) throw new Error('not activated');
    await world().simulator.drain();
    return code;
  }
  async function completed(resourceId: string): Promise<void> {
    const { platform, clock, demo } = world();
    const { deliveryId } = await deliveryOf(resourceId);
    const scope = { kind: 'seller' as const, sellerId: demo.sellerId, goodsIds: null };
    const proof = uuid(random);
    await sql`INSERT INTO platform.files (file_id, owner_kind, owner_id, kept_by, purpose, name, size, sha256, media_type, created_at)
      VALUES (${proof}, 'seller', ${demo.sellerId}, 'u2', 'PROOF', 'proof.png', 1, ${'ab'.repeat(32)}, 'image/png', ${clock.now()})`.execute(
      platform.db,
    );
    const given = { licenceText: null, fileId: null, enablingAt: null, result: 'done', proofFileIds: [proof] };
    granted(await inTx(world(), (tx) => deliver(platform, tx, { deliveryId, scope, ...given }, clock.now())));
    await world().simulator.drain();
  }
  const stateOf = async (resourceId: string) =>
    (await codeOfResource(world().platform.db, resourceId, ALL))?.state ?? 'none';

  it('one code per resource with its amount (Q5): picked up, activated, renewed, expired, released; the seller is told', async () => {
    const seller = await sellerOf({ live: { speaks: ['code'], learnsCodes: true } });
    const { orderId, resourceId } = await buy(await product('CODE', 'license-code', seller.url));
    expect(await codeOfResource(world().platform.db, resourceId, ALL)).toMatchObject({
      ...{ state: 'CREATED', amount: 30, orderId },
    });
    expect(seller.calls).toHaveLength(0);
    const code = await activated(resourceId);
    expect(await stateOf(resourceId)).toBe('ALIVE');
    await completed(resourceId);
    const { expireAt } = await instanceOf(world(), resourceId);
    expect(await codeOfResource(world().platform.db, resourceId, ALL)).toMatchObject({ expireAt });

    const renewal = await renewedAndPaid(world(), resourceId);
    expect(seller.calls.at(-1)?.members).toMatchObject({
      ...{ activity: 'refreshLicenseCode', license: code, scene: 'RENEWAL' },
      ...{ orderId: renewal.orderId, orderLineId: `${renewal.orderId}-000001` },
    });
    expect(await storedTexts()).not.toContain(code);
    const end = (await instanceOf(world(), resourceId)).expireAt?.getTime() ?? 0;
    await advanceTo(world(), new Date(end + 30 * DAY_MS));
    expect(await stateOf(resourceId)).toBe('RELEASED');
    expect(seller.calls.slice(1).map(({ members: { activity, status } }) => [activity, status])).toEqual([
      ['updateLicenseCodeStatus', 'FREEZE'],
      ['releaseLicenseCode', undefined],
    ]);
  });

  it('without a production address the life goes on alone: renewal and release need no call (4.5)', async () => {
    const { resourceId } = await buy(await product('CODE', 'none', ''));
    await activated(resourceId);
    await completed(resourceId);
    const renewal = await renewedAndPaid(world(), resourceId);
    expect(await lineState(world(), renewal.lines[0]?.orderLineId ?? '')).toBe('FULFILLED');
    const end = (await instanceOf(world(), resourceId)).expireAt?.getTime() ?? 0;
    await advanceTo(world(), new Date(end + 30 * DAY_MS));
    expect((await instanceOf(world(), resourceId)).state).toBe('RELEASED');
    expect(await stateOf(resourceId)).toBe('RELEASED');
  });

  it('a refund stops a one-time code too (Q13), and names its order', async () => {
    const seller = await sellerOf({ live: { speaks: ['code'], learnsCodes: true } });
    const bought = await buy(await product('CODE', 'license-code', seller.url), 'ONE_TIME');
    const { resourceId } = bought;
    const code = await activated(resourceId);
    await completed(resourceId);
    const orderId = await refunded(bought);
    expect(seller.calls.at(-1)?.members).toMatchObject({
      ...{ activity: 'releaseLicenseCode', license: code, orderId },
    });
    expect(await stateOf(resourceId)).toBe('RELEASED');
  });
});

describe('online provisioning (5)', () => {
  it('opens, waits for its acceptance, and has licences made inside the quota (L17)', async () => {
    const seller = await sellerOf({ live: { speaks: ['provisioning'], pending: 1 } });
    const { resourceId } = await buy(await product('PROVISIONED', 'license-provisioning', seller.url));
    await later(10 * 60_000);
    expect(seller.calls.map(({ members }) => members.activity)).toEqual([
      'newInstance',
      ...['queryInstance', 'queryInstance'],
    ]);
    expect(await lineState(world(), resourceId)).toBe('SUPERVISING');
    await accept(resourceId);
    const instance = await instanceOf(world(), resourceId);
    expect(instance.state).toBe('ACTIVE');

    const { platform, clock, demo } = world();
    const apply = async (deviceFingerprint: string | null) => {
      const quota = { ...instance, instanceId: instance.instanceId ?? '', amount: 2 };
      const dates = { effectiveAt: clock.now(), expireAt: instance.expireAt };
      const asked = { quota, ...dates, deviceFingerprint, by: 'u1' };
      const applied = await inTx(world(), (tx) => applyForLicence(platform, tx, asked, clock.now()));
      await world().simulator.drain();
      return applied;
    };
    const { eventId } = granted(await apply('machine-1'));
    expect(seller.calls.at(-1)?.members).toMatchObject({
      ...{ activity: 'getLicenseAsync', eventId, deviceFingerprint: 'machine-1' },
      effectiveTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d z$/),
    });
    const bytes = new TextEncoder().encode('LICENCE-OF-MACHINE-1');
    const given = { kind: 'CHARACTERS' as const, fileName: null, bytes };
    const upload = { sellerId: demo.sellerId, eventId, licence: given };
    expect(await inTx(world(), (tx) => handOverLicence(platform, tx, upload, clock.now()))).toBe('DONE');
    expect(Buffer.from((await grantedLicence(platform, platform.db, eventId, buyer())) ?? []).toString()).toBe(
      'LICENCE-OF-MACHINE-1',
    );
    // A refusal is final, is not repeated, and gives its place in the quota back (000903).
    const refused = granted(await apply(null));
    const known = await applicationsOf(platform.db, resourceId, ALL);
    expect(known.find((each) => each.eventId === refused.eventId)).toMatchObject({
      ...{ state: 'REFUSED', refusalCode: '000903' },
    });
    expect(known.find((each) => each.eventId === eventId)).toMatchObject({ state: 'GRANTED' });
    expect(granted(await apply('machine-2')).state).toBe('REQUESTED');
    expect(await apply('machine-3')).toMatchObject({ ok: false, refusal: { code: 'QUOTA_USED_UP' } });

    await renewedAndPaid(world(), resourceId);
    expect(seller.calls.at(-1)?.members).toMatchObject({ activity: 'refreshInstance', scene: 'RENEWAL' });
    const end = (await instanceOf(world(), resourceId)).expireAt?.getTime() ?? 0;
    await advanceTo(world(), new Date(end + 30 * DAY_MS));
    expect((await instanceOf(world(), resourceId)).state).toBe('RELEASED');
    // What was still on its way when the service ended is granted no more (91381033).
    const open = (await applicationsOf(platform.db, resourceId, ALL)).find(({ state }) => state === 'CLOSED');
    expect(open).toBeDefined();
  });

  it('newInstance that fails to the end of its window is refunded in full', async () => {
    const seller = await sellerOf({
      live: { speaks: ['provisioning'], instead: () => ({ resultCode: '000100', resultMsg: 'none left' }) },
    });
    const { resourceId } = await buy(await product('PROVISIONED', 'license-provisioning', seller.url));
    await later(HOUR);
    expect(seller.calls).toHaveLength(6);
    expect(await lineState(world(), resourceId)).toBe('REFUNDED');
  });
});
