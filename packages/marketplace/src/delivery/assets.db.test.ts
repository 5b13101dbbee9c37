/** What is delivered from an asset: frozen at the payment, granted by region, taken back, given back when it can not be had (L18–L21, L28, 7.3, S7-7). */
import { beforeAll, describe, expect, it } from 'vitest';
import { createShop } from '../../../../tests/support/shop.ts';
import {
  type AssetInfo,
  type AssetSource,
  addVersion,
  approvedAsset,
  createAsset,
  decideVersion,
} from '../catalog/index.ts';
import { balanceOf } from '../ledger/index.ts';
import { eventsOfTrace } from '../platform/events.ts';
import { tarGzOf } from '../platform/files/archives.test-support.ts';
import { checkLink, fileLink, keepFile } from '../platform/files/index.ts';
import { uuid } from '../platform/random.ts';
import {
  acceptDelivery,
  fileOfDelivery,
  type ImageGrant,
  recordedShare,
  recordImage,
  showSecret,
  switchImage,
} from './index.ts';

const { world, value, tryTo, buy, deliveryOf, states, told } = createShop();
const DAY = 86_400_000;
const DONE = { order: 'COMPLETED', line: 'FULFILLED', delivery: 'DELIVERED', instance: 'ACTIVE' };
const REGION = 'cn-north-4';
const buyer = () => ({ kind: 'buyer', buyerId: world().demo.buyerId, placedBy: null }) as const;
const IMAGE: AssetInfo = {
  ...{ kind: 'IMAGE', osType: 'LINUX', osVersion: 'openEuler', arch: 'x86_64', minDiskGiB: 40, minRamMiB: 0 },
  ...{ agency: 'marketplace', securityGroup: [] },
};
const imageOf = (digit: string): AssetSource => ({
  ...{ kind: 'IMAGE', origin: 'PRIVATE_SYSTEM_DISK', sourceImageId: uuid(world().platform.random), sizeBytes: 1 },
  ...{ sha256: digit.repeat(64), regions: [REGION, 'cn-east-3'], vulnerabilities: [] },
});
const by = () => ({ sellerId: world().demo.sellerId, userId: 'somebody' });
async function asset(info: AssetInfo, source: AssetSource): Promise<string> {
  const version = { version: '1.0', releaseNotes: '', source };
  const made = await tryTo((tx, now) => createAsset(world().platform, tx, { by: by(), name: 'A', info, version }, now));
  await world().simulator.drain();
  return value(made).assetId;
}
async function release(assetId: string, name: string, source: AssetSource): Promise<void> {
  const version = { version: name, releaseNotes: '', source };
  value(await tryTo((tx, now) => addVersion(world().platform, tx, { assetId, by: by(), version }, now)));
  await world().simulator.drain();
}
async function packageFile(): Promise<string> {
  async function* content() {
    yield tarGzOf([{ name: 'bin/run', content: Buffer.from('#!') }]);
  }
  const owner = { kind: 'seller' as const, id: world().demo.sellerId };
  const wanted = { owner, keptBy: 'u', purpose: 'PACKAGE' as const, name: 'app.tgz', content: content() };
  return value(await keepFile(world().platform, wanted, world().clock.now())).fileId;
}
const grantsOf = async (lineId: string): Promise<readonly ImageGrant[]> => {
  const { payload } = await deliveryOf(lineId);
  return payload.kind === 'IMAGE_GRANT' ? payload.grants : [];
};
const shareOf = (lineId: string) => recordedShare(world().platform.db, { orderLineId: lineId, regionId: REGION });
const buyImage = (assetId: string) => buy({ type: 'IMAGE', modes: ['PERIOD'], assetId, regionId: REGION });

describe('a software package', () => {
  it('is the version current at the payment, by a link for its buyer and 24 hours, accepted in one step (L18–L21)', async () => {
    const { platform, clock } = world();
    const first = await packageFile();
    const assetId = await asset({ kind: 'APPLICATION' }, { kind: 'APPLICATION', fileId: first, vulnerabilities: [] });
    const lineId = await buy({ type: 'LICENSE', variant: 'PACKAGE', assetId });
    expect(await states(lineId)).toMatchObject({
      line: 'SUPERVISING',
      delivery: 'DELIVERED',
      instance: 'PROVISIONING',
    });
    await release(assetId, '1.1', { kind: 'APPLICATION', fileId: await packageFile(), vulnerabilities: [] });
    const { deliveryId, payload } = await deliveryOf(lineId);
    expect(payload).toMatchObject({ version: '1.0', file: { fileId: first, name: 'app.tgz' } });
    const templateOf = async () => null;
    const asked = { deliveryId, kind: 'GOODS', fileId: first, templateOf } as const;
    expect((await fileOfDelivery(platform.db, { ...asked, scope: buyer() })).ok).toBe(true);
    const foreign = { kind: 'buyer', buyerId: 'stranger', placedBy: null } as const;
    expect((await fileOfDelivery(platform.db, { ...asked, scope: foreign })).ok).toBe(false);
    const now = clock.now();
    const { url, expiresAt } = fileLink(platform, first, { forUser: 'u1', now });
    expect(expiresAt.getTime() - now.getTime()).toBe(DAY);
    const query = new URL(url, 'http://localhost').searchParams;
    const link = { fileId: first, until: query.get('until') ?? '', signature: query.get('signature') ?? '' };
    const at = (userId: string, ms: number) =>
      checkLink(platform.keys, { ...link, userId }, new Date(now.getTime() + ms));
    expect([at('u1', DAY - 1000), at('u1', DAY), at('u2', 0)]).toEqual(['valid', 'expired', 'foreign']);
    value(await tryTo((tx, at) => acceptDelivery(platform, tx, { deliveryId, scope: buyer() }, at)));
    await world().simulator.drain();
    expect(await states(lineId)).toEqual({ ...DONE, delivery: 'ACCEPTED' });
  });
});

describe('an image', () => {
  let assetId = '';
  beforeAll(async () => {
    assetId = await asset(IMAGE, imageOf('a'));
  });

  it('is shared into the region of the order, with its checksum, and the order is completed by that (L28, L29, 7.3)', async () => {
    const lineId = await buyImage(assetId);
    expect(await states(lineId)).toEqual(DONE);
    expect(await grantsOf(lineId)).toMatchObject([
      { regionId: REGION, status: 'DELIVERED', sha256: 'a'.repeat(64), imageVersion: '1.0' },
    ]);
    expect(await shareOf(lineId)).toMatchObject({ accountId: world().demo.buyerId, revokedAt: null });
  });

  it('of a new version changes no grant; the buyer switches to the newest, to no other (7.3)', async () => {
    const { platform, simulator } = world();
    const own = await asset(IMAGE, imageOf('b'));
    const lineId = await buyImage(own);
    await release(own, '2.0', imageOf('c'));
    expect(await grantsOf(lineId)).toMatchObject([{ imageVersion: '1.0' }]);
    const { deliveryId } = await deliveryOf(lineId);
    const to = (version: string) =>
      tryTo((tx, now) => switchImage(platform, tx, { deliveryId, scope: buyer(), version }, now));
    expect(await to('1.0')).toMatchObject({ ok: false, refusal: { code: 'DELIVERY_NOT_ALLOWED' } });
    value(await to('2.0'));
    await simulator.drain();
    const [grant] = await grantsOf(lineId);
    expect(grant).toMatchObject({ imageVersion: '2.0', status: 'DELIVERED', sha256: 'c'.repeat(64) });
    expect(await shareOf(lineId)).toMatchObject({ imageId: grant?.imageId });
  });

  it('is taken back when its time is over (7.3)', async () => {
    const { simulator, clock, platform } = world();
    const lineId = await buyImage(assetId);
    await simulator.advanceTo(new Date(clock.now().getTime() + 60 * DAY));
    expect(await states(lineId)).toMatchObject({ delivery: 'REVOKED', instance: 'RELEASED' });
    expect((await shareOf(lineId))?.revokedAt).toBeInstanceOf(Date);
    const revoked = (await eventsOfTrace(platform.db, (await deliveryOf(lineId)).traceId)).filter(
      ({ type }) => type === 'delivery.revoked',
    );
    expect(revoked).toHaveLength(1);
  });

  it('that is not what was sold is refunded in full, and nothing of it stays shared (S7-7, 7.3)', async () => {
    const { platform, demo } = world();
    const balance = async () => (await balanceOf(platform.db, demo.buyerId, 'CNY')).amount;
    const other = await asset(IMAGE, imageOf('d'));
    const copy = (await approvedAsset(platform.db, other))?.regions.find(({ regionId }) => regionId === REGION);
    await recordImage(platform.db, { regionId: REGION, imageId: copy?.imageId ?? '', sha256: 'e'.repeat(64) });
    const before = await balance();
    const lineId = await buyImage(other);
    expect(await states(lineId)).toEqual({
      order: 'REFUNDED',
      line: 'REFUNDED',
      delivery: 'FAILED',
      instance: 'FAILED',
    });
    expect(await balance()).toBe(before);
    expect(await shareOf(lineId)).toBeNull();
    expect(await told(lineId)).toEqual(['delivery.failed']);
  });
});

describe('what is handed over at once (section 9)', () => {
  it('an API subscription: a key, a sealed secret for its buyer, the quota of the package', async () => {
    const info: AssetInfo = {
      kind: 'API_GROUP',
      gateway: 'APIG',
      groupId: 'weather',
      regionId: 'cn-north-4',
      authentication: 'APP',
    };
    const assetId = await asset(info, { kind: 'API_GROUP', apis: 3 });
    const lineId = await buy({ type: 'API', modes: ['ON_DEMAND_PKG'], assetId });
    expect(await states(lineId)).toEqual(DONE);
    const { deliveryId, payload } = await deliveryOf(lineId);
    expect(payload).toMatchObject({
      apiGroupId: 'weather',
      appKey: expect.stringMatching(/^[A-Z0-9]{20}$/),
      quota: { amount: '10000', unit: { en: 'calls' } },
    });
    const shown = value(await showSecret(world().platform, world().platform.db, { deliveryId, scope: buyer() }));
    expect(shown.value).toMatch(/^[\w-]{43}$/);
  });

  it('a model: the reference of their approved version', async () => {
    const model = await asset(
      { kind: 'AI_MODEL', modelKind: 'MODEL', deployments: ['ONLINE'] },
      { kind: 'AI_MODEL', reference: 'models/7' },
    );
    const decision = { approve: true, reason: '', by: 'reviewer' };
    const wanted = { assetId: model, version: '1.0', scope: { kind: 'all' as const }, decision };
    value(await tryTo((tx, now) => decideVersion(tx, wanted, now)));
    const lineId = await buy({ type: 'AI', assetId: model });
    expect(await states(lineId)).toEqual(DONE);
    expect((await deliveryOf(lineId)).payload).toMatchObject({ version: '1.0', reference: 'models/7' });
  });
});
