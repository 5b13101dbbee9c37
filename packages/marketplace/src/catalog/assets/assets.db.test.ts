/** Assets from the submission to what may be sold: scanned, copied, decided; what is refused and by which rule. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { inTransaction } from '../../platform/database/database.ts';
import { tarGzOf } from '../../platform/files/archives.test-support.ts';
import { keepFile } from '../../platform/files/index.ts';
import { uuid } from '../../platform/random.ts';
import {
  type AssetInfo,
  type AssetSource,
  addRegions,
  addVersion,
  approvedAsset,
  createAsset,
  decideVersion,
  recordingCopier,
  type Scanner,
  stepAssets,
  versionsOfAssets,
} from './index.ts';

const world = sharedWorld();
const IMAGE: AssetInfo = {
  kind: 'IMAGE',
  osType: 'LINUX',
  osVersion: 'openEuler 24.03',
  arch: 'x86_64',
  minDiskGiB: 40,
  minRamMiB: 2048,
  agency: 'marketplace',
  securityGroup: [],
};
const image = (changes: object = {}): AssetSource => ({
  kind: 'IMAGE',
  origin: 'PRIVATE_SYSTEM_DISK',
  sourceImageId: uuid(world().platform.random),
  sizeBytes: 1_000_000,
  sha256: 'a'.repeat(64),
  regions: ['cn-north-4'],
  vulnerabilities: [],
  ...changes,
});
const seller = () => ({ sellerId: world().demo.sellerId, userId: 'somebody' });

async function create(info: AssetInfo, source: AssetSource, by = seller()) {
  const { platform, clock } = world();
  const version = { version: '1.0', releaseNotes: '', source };
  return inTransaction(platform.db, (tx) =>
    createAsset(platform, tx, { by, name: 'An asset', info, version }, clock.now()),
  );
}
async function add(assetId: string, version: string, source: AssetSource, by = seller()) {
  const { platform, clock } = world();
  const wanted = { assetId, by, version: { version, releaseNotes: '', source } };
  return inTransaction(platform.db, (tx) => addVersion(platform, tx, wanted, clock.now()));
}
async function created(info: AssetInfo, source: AssetSource): Promise<string> {
  const asset = await create(info, source);
  if (!asset.ok) throw new Error(asset.refusal.code);
  return asset.value.assetId;
}
const versionsOf = (assetId: string) => versionsOfAssets(world().platform.db, [assetId]);
const approved = (assetId: string) => approvedAsset(world().platform.db, assetId);
async function decide(assetId: string, approve: boolean, reason: string) {
  const { platform, clock } = world();
  const decision = { approve, reason, by: 'reviewer' };
  const wanted = { assetId, version: '1.0', scope: { kind: 'all' as const }, decision };
  return inTransaction(platform.db, (tx) => decideVersion(tx, wanted, clock.now()));
}

async function packageFile(): Promise<string> {
  const { platform, clock, demo } = world();
  async function* content() {
    yield tarGzOf([{ name: 'bin/run', content: Buffer.from('#!') }]);
  }
  const owner = { kind: 'seller' as const, id: demo.sellerId };
  const wanted = { owner, keptBy: 'somebody', purpose: 'PACKAGE' as const, name: 'app.tgz', content: content() };
  const file = await keepFile(platform, wanted, clock.now());
  if (!file.ok) throw new Error(file.refusal.code);
  return file.value.fileId;
}

describe('an application package', () => {
  it('L18, L21: scanning, then approved with a report; the newest approved version is what is sold', async () => {
    const { simulator } = world();
    const first = await packageFile();
    const assetId = await created({ kind: 'APPLICATION' }, { kind: 'APPLICATION', fileId: first, vulnerabilities: [] });
    expect(await versionsOf(assetId)).toMatchObject([{ state: 'SCANNING', waitsFor: 'SCAN', file: { fileId: first } }]);
    expect(await approved(assetId)).toBeNull();
    await simulator.drain();
    expect(await versionsOf(assetId)).toMatchObject([
      {
        state: 'APPROVED',
        report: { checks: [{ check: 'CHECKSUM', passed: true }, { check: 'TYPE' }, { check: 'VULNERABILITY' }] },
      },
    ]);
    const second = await packageFile();
    const severe = [{ id: 'CVE-2026-0001', cvss: '7.0' }];
    expect(await add(assetId, '1.1', { kind: 'APPLICATION', fileId: second, vulnerabilities: severe })).toMatchObject({
      ok: true,
    });
    await simulator.drain();
    expect((await versionsOf(assetId)).map(({ version, state }) => [version, state])).toEqual([
      ['1.1', 'REJECTED'],
      ['1.0', 'APPROVED'],
    ]);
    expect(await approved(assetId)).toMatchObject({ version: '1.0', file: { fileId: first, name: 'app.tgz' } });
    const mild = [{ id: 'CVE-2026-0002', cvss: '6.9' }];
    await add(assetId, '1.2', { kind: 'APPLICATION', fileId: second, vulnerabilities: mild });
    await simulator.drain();
    expect(await approved(assetId)).toMatchObject({ version: '1.2', file: { fileId: second } });
  });

  it('L21: bytes that changed on disk are rejected; a version is never replaced', async () => {
    const { platform, simulator } = world();
    const fileId = await packageFile();
    const { dir } = platform.config.files;
    const bytes = await open(join(dir, fileId.slice(0, 2), fileId), 'r+');
    await bytes.write('x', 30);
    await bytes.close();
    const source: AssetSource = { kind: 'APPLICATION', fileId, vulnerabilities: [] };
    const assetId = await created({ kind: 'APPLICATION' }, source);
    await simulator.drain();
    expect((await versionsOf(assetId))[0]).toMatchObject({
      state: 'REJECTED',
      report: { checks: [{ check: 'CHECKSUM', passed: false }, {}, {}] },
    });
    expect(await add(assetId, '1.0', source)).toMatchObject({ refusal: { code: 'VERSION_EXISTS' } });
  });

  it('a foreign file id, a foreign asset and a version of another kind are refused', async () => {
    const fileId = await packageFile();
    const source: AssetSource = { kind: 'APPLICATION', fileId, vulnerabilities: [] };
    const stranger = { sellerId: 'another-seller', userId: 'somebody' };
    expect(await create({ kind: 'APPLICATION' }, source, stranger)).toMatchObject({
      refusal: { code: 'FILE_UNKNOWN' },
    });
    expect(await create({ kind: 'DATA_FILE', format: 'CSV' }, { kind: 'DATA_FILE', fileId })).toMatchObject({
      refusal: { code: 'FILE_UNKNOWN' },
    });
    const assetId = await created({ kind: 'APPLICATION' }, source);
    expect(await add(assetId, '2.0', source, stranger)).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
    expect(await add(assetId, '2.0', image())).toMatchObject({ refusal: { code: 'ASSET_KIND' } });
  });
});

describe('an image', () => {
  it('L23, L24, L25: scanned, then copied into its regions, more of them later', async () => {
    const { platform, simulator, clock } = world();
    const assetId = await created(IMAGE, image({ regions: ['cn-north-4', 'cn-east-3'] }));
    await simulator.drain();
    const first = await approved(assetId);
    expect(first).toMatchObject({
      sha256: 'a'.repeat(64),
      regions: [{ regionId: 'cn-north-4' }, { regionId: 'cn-east-3' }],
    });
    const wanted = { assetId, version: '1.0', by: seller(), regions: ['cn-south-1'] };
    const added = await inTransaction(platform.db, (tx) => addRegions(platform, tx, wanted, clock.now()));
    expect(added).toMatchObject({ ok: true });
    await simulator.drain();
    expect((await approved(assetId))?.regions.slice(0, 2)).toEqual(first?.regions);
    expect((await approved(assetId))?.regions).toHaveLength(3);
    const again = await inTransaction(platform.db, (tx) => addRegions(platform, tx, wanted, clock.now()));
    expect(again).toMatchObject({ refusal: { code: 'ASSET_REGION' } });
  });

  it.each(['DATA_DISK', 'FULL_MACHINE', 'ISO', 'ENCRYPTED', 'SHARED', 'PUBLISHED', 'REBUILT'])(
    'L22: %s is not accepted',
    async (origin) => {
      expect(await create(IMAGE, image({ origin }))).toMatchObject({ refusal: { code: 'IMAGE_ORIGIN' } });
    },
  );

  it('L22: an image that is a version already is no source; L24: nor is a region of another site', async () => {
    const source = image();
    await created(IMAGE, source);
    expect(await create(IMAGE, source)).toMatchObject({ refusal: { code: 'IMAGE_ORIGIN' } });
    expect(await create(IMAGE, image({ regions: ['eu-west-101'] }))).toMatchObject({
      refusal: { code: 'ASSET_REGION' },
    });
    expect(await create(IMAGE, image({ regions: ['cn-north-4', 'cn-north-4'] }))).toMatchObject({
      refusal: { code: 'ASSET_REGION' },
    });
  });

  it('L25: one with a severe vulnerability is rejected, and its source may be mended and sent again', async () => {
    const source = image({ vulnerabilities: [{ id: 'CVE-2026-0003', cvss: '10.0' }] });
    const assetId = await created(IMAGE, source);
    await world().simulator.drain();
    expect((await versionsOf(assetId))[0]).toMatchObject({
      state: 'REJECTED',
      regions: [{ status: 'COPYING' }],
      nextAt: null,
    });
    expect(await approved(assetId)).toBeNull();
    expect(await add(assetId, '1.1', source)).toMatchObject({ ok: true });
  });

  it('L25: a scanner that can not look now is asked again; what an operator decided meanwhile stands', async () => {
    const { platform, clock, simulator } = world();
    await simulator.drain();
    const assetId = await created(IMAGE, image());
    let asked = 0;
    const broken: Scanner = {
      name: 'broken',
      scan() {
        asked += 1;
        return asked === 1 ? Promise.reject(new Error('not now')) : Promise.resolve([]);
      },
    };
    await stepAssets(platform, broken, recordingCopier);
    expect(await versionsOf(assetId)).toMatchObject([{ state: 'SCANNING', waitsFor: 'SCAN' }]);
    expect(await decide(assetId, true, '')).toMatchObject({ refusal: { code: 'ASSET_STATE' } });
    await simulator.advanceTo(new Date(clock.now().getTime() + 120_000));
    expect(await versionsOf(assetId)).toMatchObject([{ state: 'APPROVED', report: { scanner: 'built-in' } }]);
    expect(await decide(assetId, false, '')).toMatchObject({ refusal: { code: 'REASON_MISSING' } });
    expect(await decide(assetId, false, 'malware was found')).toMatchObject({ ok: true });
    expect(await approved(assetId)).toBeNull();
  });
});

describe('section 9', () => {
  const group: AssetInfo = {
    kind: 'API_GROUP',
    gateway: 'APIG',
    groupId: 'group-1',
    regionId: 'cn-north-4',
    authentication: 'APP',
  };

  it('a group of APIs is one asset for ever: it can not be registered again as if it were new', async () => {
    const assetId = await created(group, { kind: 'API_GROUP', apis: 3 });
    await world().simulator.drain();
    expect(await approved(assetId)).toMatchObject({ apiGroupId: 'group-1', regions: [] });
    expect(await create(group, { kind: 'API_GROUP', apis: 3 })).toMatchObject({ refusal: { code: 'API_GROUP_TAKEN' } });
    const other: AssetInfo = { ...group, kind: 'API_GROUP', gateway: 'AGENTS' };
    expect(await create(other, { kind: 'API_GROUP', apis: 1 })).toMatchObject({ ok: true });
  });

  it('a model is tested by an operator after its scan; a container is referenced by its digest', async () => {
    const model = await created(
      { kind: 'AI_MODEL', modelKind: 'MODEL', deployments: ['ONLINE'] },
      { kind: 'AI_MODEL', reference: 'asset-centre/model-1' },
    );
    const digest = 'b'.repeat(64);
    const chart = await created(
      { kind: 'CONTAINER', containerKind: 'CHART' },
      { kind: 'CONTAINER', reference: `registry/chart@sha256:${digest}` },
    );
    await world().simulator.drain();
    expect(await versionsOf(model)).toMatchObject([{ state: 'SCANNING', waitsFor: 'OPERATOR' }]);
    expect(await approved(model)).toBeNull();
    expect(await decide(model, true, '')).toMatchObject({ ok: true });
    expect(await approved(model)).toMatchObject({ reference: 'asset-centre/model-1', version: '1.0' });
    expect(await approved(chart)).toMatchObject({ sha256: digest });
  });
});
