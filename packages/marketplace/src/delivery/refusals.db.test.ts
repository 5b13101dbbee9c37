/** Who may not, what is not possible now, and what is not done twice: nothing of it changes anything. */
import { describe, expect, it } from 'vitest';
import { createShop } from '../../../../tests/support/shop.ts';
import { inTransaction } from '../platform/database/database.ts';
import { eventsOfTrace } from '../platform/events.ts';
import {
  acceptDelivery,
  deliver,
  deliveryById,
  fileOfDelivery,
  listDeliveries,
  require,
  ship,
  showReceiver,
  showSecret,
} from './index.ts';

const { world, value, tryTo, buy, agree, deliveryOf, states, file } = createShop();
const NOTHING = { licenceText: null, fileId: null, enablingAt: null, result: '', proofFileIds: [] };
const refused = (code: string) => ({ ok: false, refusal: expect.objectContaining({ code }) });
const scopes = () => ({
  buyer: { kind: 'buyer', buyerId: world().demo.buyerId, placedBy: null } as const,
  stranger: { kind: 'buyer', buyerId: 'stranger', placedBy: null } as const,
  colleague: { kind: 'buyer', buyerId: world().demo.buyerId, placedBy: 'u2' } as const,
  seller: { kind: 'seller', sellerId: world().demo.sellerId, goodsIds: null } as const,
  other: { kind: 'seller', sellerId: 'other', goodsIds: null } as const,
  unassigned: { kind: 'seller', sellerId: world().demo.sellerId, goodsIds: [] } as const,
});

describe('foreign deliveries', () => {
  it('are not there: for other buyers, purchasers, sellers and unassigned delivery people (P-2, L8)', async () => {
    const { platform } = world();
    const lineId = await buy({ type: 'LICENSE' });
    const { deliveryId } = await deliveryOf(lineId);
    const { buyer, seller, ...foreign } = scopes();
    for (const scope of Object.values(foreign)) {
      const asked = { deliveryId, scope };
      expect(await deliveryById(platform.db, deliveryId, { scope })).toBeNull();
      expect(await listDeliveries(platform.db, { scope, before: null, limit: 10 })).toEqual([]);
      expect(await tryTo((tx, now) => acceptDelivery(platform, tx, asked, now))).toEqual(refused('NOT_FOUND'));
      const given = { ...asked, ...NOTHING, licenceText: 'KEY' };
      expect(await tryTo((tx, now) => deliver(platform, tx, given, now))).toEqual(refused('NOT_FOUND'));
      expect(await showSecret(platform, platform.db, asked)).toEqual(refused('NOT_FOUND'));
    }
    value(
      await tryTo((tx, now) =>
        deliver(platform, tx, { deliveryId, scope: seller, ...NOTHING, licenceText: 'KEY' }, now),
      ),
    );
    // L8: the seller who gave it, and operators, do not read it back either
    expect(await showSecret(platform, platform.db, { deliveryId, scope: seller })).toEqual(refused('NOT_FOUND'));
    expect(await showSecret(platform, platform.db, { deliveryId, scope: { kind: 'all' } })).toEqual(
      refused('NOT_FOUND'),
    );
    expect(value(await showSecret(platform, platform.db, { deliveryId, scope: buyer })).value).toBe('KEY');
  });

  it('files of others are no proof, and a licence file is for its buyer alone (L6, L8)', async () => {
    const { platform } = world();
    const { buyer, seller } = scopes();
    const { deliveryId } = await deliveryOf(await buy({ type: 'LICENSE' }));
    const [theirs, unknown] = [await file('PROOF', 'buyer'), '00000000-0000-4000-8000-00000000dead'];
    const wrongPurpose = await file('LICENCE');
    for (const proof of [theirs, unknown, wrongPurpose]) {
      const given = { deliveryId, scope: seller, ...NOTHING, proofFileIds: [proof] };
      expect(await tryTo((tx, now) => deliver(platform, tx, given, now))).toEqual(refused('FILE_UNKNOWN'));
    }
    const [fileId, proof] = [await file('LICENCE'), await file('PROOF')];
    const given = { deliveryId, scope: seller, ...NOTHING, fileId, proofFileIds: [proof] };
    value(await tryTo((tx, now) => deliver(platform, tx, given, now)));
    const templateOf = async () => null;
    const asked = { deliveryId, kind: 'GOODS', fileId, templateOf } as const;
    expect(await fileOfDelivery(platform.db, { ...asked, scope: seller })).toEqual(refused('FILE_UNKNOWN'));
    expect((await fileOfDelivery(platform.db, { ...asked, scope: buyer })).ok).toBe(true);
    const document = { ...asked, kind: 'DOCUMENT', fileId: proof } as const;
    expect((await fileOfDelivery(platform.db, { ...document, scope: seller })).ok).toBe(true);
  });
});

it('nothing is accepted before it was delivered, and nothing happens twice, even at the same moment (L39)', async () => {
  const { platform } = world();
  const { buyer, seller } = scopes();
  const lineId = await buy({ type: 'SERVICE' });
  const { deliveryId } = await deliveryOf(lineId);
  const acceptance = () => tryTo((tx, now) => acceptDelivery(platform, tx, { deliveryId, scope: buyer }, now));
  expect(await acceptance()).toEqual(refused('DELIVERY_STATE'));
  await agree(lineId);
  const proofs = [await file('PROOF')];
  const handOver = () =>
    tryTo((tx, now) => deliver(platform, tx, { deliveryId, scope: seller, ...NOTHING, proofFileIds: proofs }, now));
  const twice = await Promise.all([handOver(), handOver()]);
  expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await handOver()).toEqual(refused('DELIVERY_STATE'));
  const asked = { deliveryId, scope: buyer, text: 'too late', fileIds: [] };
  expect(await tryTo((tx, now) => require(platform, tx, asked, now))).toEqual(refused('DELIVERY_STATE'));
  const accepted = await Promise.all([acceptance(), acceptance()]);
  expect(accepted.filter(({ ok }) => ok)).toHaveLength(1);
  await world().simulator.drain();
  expect(await states(lineId)).toMatchObject({ order: 'COMPLETED', delivery: 'ACCEPTED', instance: 'ACTIVE' });
});

it('a parcel is not handed over as a text, nothing else is shipped, and only its seller reads the receiver (L37)', async () => {
  const { platform } = world();
  const { seller, other } = scopes();
  const parcel = await deliveryOf(await buy({ type: 'HARDWARE' }));
  const service = await deliveryOf(await buy({ type: 'ORCHESTRATION' }));
  const sent = { scope: seller, carrier: 'SF', trackingNo: 'SF1', proofFileIds: [] };
  const shipped = (deliveryId: string) => tryTo((tx, now) => ship(platform, tx, { ...sent, deliveryId }, now));
  expect(await shipped(service.deliveryId)).toEqual(refused('DELIVERY_NOT_ALLOWED'));
  const given = { deliveryId: parcel.deliveryId, scope: seller, ...NOTHING, result: 'sent' };
  expect(await tryTo((tx, now) => deliver(platform, tx, given, now))).toEqual(refused('DELIVERY_NOT_ALLOWED'));
  expect(await showReceiver(platform, platform.db, { deliveryId: parcel.deliveryId, scope: other })).toEqual(
    refused('NOT_FOUND'),
  );
  value(await shipped(parcel.deliveryId));
  expect(await shipped(parcel.deliveryId)).toEqual(refused('DELIVERY_STATE'));
});

it('an event that is heard again changes nothing', async () => {
  const { platform, clock } = world();
  const lineId = await buy({ type: 'CONTENT' });
  const before = await deliveryOf(lineId);
  const events = await eventsOfTrace(platform.db, before.traceId);
  const paid = events.find(({ type }) => type === 'ordering.order-paid');
  if (!paid) throw new Error('the payment was not told');
  const subscription = platform.events.subscriptions.find(({ name }) => name === 'delivery:follow');
  clock.moveTo(new Date(clock.now().getTime() + 1_000));
  await inTransaction(platform.db, (tx) => subscription?.handle(tx, [paid]) ?? Promise.resolve());
  expect(await deliveryOf(lineId)).toEqual(before);
});
