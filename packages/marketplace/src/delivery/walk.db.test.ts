/** Each type from its payment to its acceptance: who hands over, what the buyer gets, when its time begins (L5–L9, L35–L39). */
import { describe, expect, it } from 'vitest';
import { renewedAndPaid } from '../../../../tests/support/lives.ts';
import { ALL, createShop } from '../../../../tests/support/shop.ts';
import { instanceById } from '../instances/index.ts';
import { activateCodes, codeOfResource, openCode } from '../licensing/index.ts';
import { ordersByIds } from '../ordering/index.ts';
import { sql } from '../platform/database/database.ts';
import {
  acceptDelivery,
  confirmRequirement,
  type Deliver,
  deliver,
  fileOfDelivery,
  listDeliveries,
  require,
  ship,
  showReceiver,
  showSecret,
} from './index.ts';

const { world, value, tryTo, buy, agree, deliveryOf, states, file, told } = createShop();
const DAY = 86_400_000;
const NOTHING = { licenceText: null, fileId: null, enablingAt: null, result: '', proofFileIds: [] };
const WAITS = { order: 'PROCESSING', line: 'SUPERVISING', delivery: 'PENDING', instance: 'PROVISIONING' };
const ACTIVE = { order: 'COMPLETED', line: 'FULFILLED', delivery: 'ACCEPTED', instance: 'ACTIVE' };

const scopes = () => ({
  buyer: { kind: 'buyer', buyerId: world().demo.buyerId, placedBy: null } as const,
  seller: { kind: 'seller', sellerId: world().demo.sellerId, goodsIds: null } as const,
});
async function handOver(lineId: string, given: Partial<Omit<Deliver, 'deliveryId' | 'scope'>>) {
  const { deliveryId } = await deliveryOf(lineId);
  const input = { deliveryId, scope: scopes().seller, ...NOTHING, ...given };
  const delivery = value(await tryTo((tx, now) => deliver(world().platform, tx, input, now)));
  await world().simulator.drain();
  return delivery;
}
async function accept(lineId: string) {
  const { deliveryId } = await deliveryOf(lineId);
  value(await tryTo((tx, now) => acceptDelivery(world().platform, tx, { deliveryId, scope: scopes().buyer }, now)));
  await world().simulator.drain();
}
const later = (days: number) => world().simulator.advanceTo(new Date(world().clock.now().getTime() + days * DAY));
const instanceOf = async (lineId: string) => await instanceById(world().platform.db, lineId, ALL);

describe('an offline licence', () => {
  it('waits for its seller, is sealed at rest, and runs from the enabling time (L5, L6, L7, L8)', async () => {
    const lineId = await buy({ type: 'LICENSE', modes: ['PERIOD'] });
    expect(await states(lineId)).toEqual(WAITS);
    await later(3);
    const enablingAt = new Date(world().clock.now().getTime() - DAY);
    await handOver(lineId, { licenceText: 'KEY-1234', enablingAt, proofFileIds: [await file('PROOF')] });
    expect(await states(lineId)).toEqual({ ...WAITS, delivery: 'DELIVERED' });
    const { rows } = await sql<{ row: string }>`
      SELECT d::text AS row FROM delivery.deliveries d WHERE order_line_id = ${lineId}`.execute(world().platform.db);
    expect(rows[0]?.row).not.toContain('KEY-1234');
    const { deliveryId } = await deliveryOf(lineId);
    const shown = value(await showSecret(world().platform, world().platform.db, { deliveryId, scope: scopes().buyer }));
    expect(shown.value).toBe('KEY-1234');
    await later(1);
    await accept(lineId);
    expect(await states(lineId)).toEqual(ACTIVE);
    // a month from the enabling time on, to the end of its last day (C19a)
    const instance = await instanceOf(lineId);
    expect(instance?.expireAt?.toISOString()).toBe('2026-02-07T15:59:59.000Z');
    const [order] = await ordersByIds(world().platform.db, [instance?.orderId ?? ''], { scope: ALL });
    expect(order?.lines[0]).toMatchObject({ effectiveFrom: enablingAt, expireAt: instance?.expireAt });
    // T-11: after one and three days of waiting for the seller, after one for the buyer
    const reminded = 'delivery.reminded';
    const expected = [reminded, reminded, 'delivery.delivered', reminded, 'delivery.accepted'];
    expect(await told(lineId)).toEqual(expected);
  });

  it('runs from the acceptance when no enabling time was given; bought once it never ends (L7)', async () => {
    const lineId = await buy({ type: 'LICENSE', modes: ['PERIOD'] });
    await handOver(lineId, { licenceText: 'KEY' });
    await later(40); // longer than the month that was bought
    expect((await states(lineId)).instance).toBe('PROVISIONING');
    const acceptedAt = world().clock.now();
    await accept(lineId);
    expect((await instanceOf(lineId))?.expireAt?.getTime()).toBeGreaterThan(acceptedAt.getTime() + 27 * DAY);
    const once = await buy({ type: 'LICENSE' });
    await handOver(once, { licenceText: 'KEY' });
    await accept(once);
    expect((await instanceOf(once))?.expireAt).toBeNull();
  });
});

it('a renewal makes no new delivery: the expiry moves on, what was handed over stays (L9)', async () => {
  const lineId = await buy({ type: 'LICENSE', modes: ['PERIOD'] });
  await handOver(lineId, { licenceText: 'KEY' });
  await accept(lineId);
  const [before, first] = [await deliveryOf(lineId), await instanceOf(lineId)];
  const { orderId } = await renewedAndPaid(world(), lineId, { periodType: 'month', periodNumber: 1 });
  const second = await instanceOf(lineId);
  expect(second?.expireAt?.getTime()).toBeGreaterThan((first?.expireAt?.getTime() ?? 0) + 27 * DAY);
  expect(second?.state).toBe('ACTIVE');
  const renewals = await listDeliveries(world().platform.db, { scope: ALL, orderId, before: null, limit: 10 });
  expect(renewals).toEqual([]);
  expect(await deliveryOf(lineId)).toEqual(before);
});

it('an authorisation code is activated, then proved, and accepted by the system (4.1, S-47)', async () => {
  const lineId = await buy({ type: 'LICENSE', variant: 'CODE' });
  expect(await states(lineId)).toEqual(WAITS);
  const { platform, demo, simulator, clock } = world();
  const code = await codeOfResource(platform.db, lineId, ALL);
  const codes = code ? [openCode(platform, code)] : [];
  const activatedAt = clock.now();
  await tryTo(async (tx, now) => ({
    ok: true,
    value: await activateCodes(platform, tx, { sellerId: demo.sellerId, codes, realEffectAt: null }, now),
  }));
  await simulator.drain();
  expect((await deliveryOf(lineId)).payload).toMatchObject({ activatedAt: activatedAt.toISOString() });
  // whose endpoints hear of it (licence.activated)
  const { rows } = await sql<{ seller: string }>`SELECT DISTINCT payload->>'sellerId' AS seller FROM platform.events
    WHERE type = 'licensing.code-activated' AND payload->>'resourceId' = ${lineId}`.execute(platform.db);
  expect(rows).toEqual([{ seller: demo.sellerId }]);
  await handOver(lineId, { proofFileIds: [await file('PROOF')] });
  expect(await states(lineId)).toEqual(ACTIVE);
});

it('a professional service takes a requirement, is proved and accepted (L35)', async () => {
  const lineId = await buy({ type: 'SERVICE' });
  const { deliveryId } = await deliveryOf(lineId);
  const asked = {
    deliveryId,
    scope: scopes().buyer,
    text: 'Move two servers',
    fileIds: [await file('REQUIREMENT', 'buyer')],
  };
  value(await tryTo((tx, now) => require(world().platform, tx, asked, now)));
  expect((await deliveryOf(lineId)).requirement).toMatchObject({
    text: 'Move two servers',
    files: [{ name: 'proof.pdf' }],
  });
  const taken = { deliveryId, scope: scopes().seller };
  value(await tryTo((tx, now) => confirmRequirement(world().platform, tx, taken, now)));
  await handOver(lineId, { result: 'Moved', proofFileIds: [await file('PROOF')] });
  await accept(lineId);
  expect(await states(lineId)).toEqual(ACTIVE);
  expect(await told(lineId)).toEqual([
    'delivery.required',
    'delivery.requirement-confirmed',
    'delivery.delivered',
    'delivery.accepted',
  ]);
});

it('hardware is sent to the receiver of the order, with carrier and number (L36, L37)', async () => {
  const lineId = await buy({ type: 'HARDWARE' });
  const { platform } = world();
  const { deliveryId } = await deliveryOf(lineId);
  const to = value(await showReceiver(platform, platform.db, { deliveryId, scope: scopes().seller }));
  expect(to.value).toMatchObject({ name: 'Zhang San', address: 'Beijing 1' });
  const sent = { deliveryId, scope: scopes().seller, carrier: 'SF', trackingNo: 'SF1234', proofFileIds: [] };
  value(await tryTo((tx, now) => ship(platform, tx, sent, now)));
  expect((await deliveryOf(lineId)).payload).toMatchObject({ carrier: 'SF', trackingNo: 'SF1234', hasReceiver: true });
  await accept(lineId);
  expect(await states(lineId)).toEqual(ACTIVE);
});

it('a data file is given by its seller and had by its buyer (section 9)', async () => {
  const { platform } = world();
  const lineId = await buy({ type: 'DATA', assetId: '00000000-0000-4000-8000-00000000dead' });
  expect(await states(lineId)).toEqual(WAITS);
  const fileId = await file('DATA');
  await agree(lineId);
  await handOver(lineId, { fileId });
  const { deliveryId, payload } = await deliveryOf(lineId);
  expect(payload).toMatchObject({ kind: 'FILE', file: { fileId, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  const asked = { deliveryId, kind: 'GOODS', fileId, templateOf: async () => null } as const;
  expect((await fileOfDelivery(platform.db, { ...asked, scope: scopes().buyer })).ok).toBe(true);
  await accept(lineId);
  expect(await states(lineId)).toEqual(ACTIVE);
});

it('orchestration is delivered by the seller, content is there at once (section 9)', async () => {
  const built = await buy({ type: 'ORCHESTRATION' });
  await handOver(built, { proofFileIds: [await file('PROOF')] });
  await accept(built);
  expect(await states(built)).toEqual(ACTIVE);
  const content = await buy({ type: 'CONTENT' });
  expect(await states(content)).toEqual({ ...ACTIVE, delivery: 'DELIVERED' });
});
