/** One approved asset of each kind that a specification can sell (their pages have their own test). */
import { randomUUID } from 'node:crypto';
import {
  type AssetInfo,
  type AssetKind,
  type AssetSource,
  createAsset,
  decideVersion,
} from '../../packages/marketplace/src/catalog/index.ts';
import { inTransaction } from '../../packages/marketplace/src/platform/database/database.ts';
import { zipOf } from '../../packages/marketplace/src/platform/files/archives.test-support.ts';
import { keepFile } from '../../packages/marketplace/src/platform/files/index.ts';
import type { World } from '../../packages/marketplace/src/testing/index.ts';
import { imageInfo, imageVersion } from './asset-objects.ts';
import { granted } from './resources.ts';

export const REFERENCES = {
  AI_MODEL: 'asset-centre/invoice-model',
  CONTAINER: `registry.example.com/yunfan/queue@sha256:${'c'.repeat(64)}`,
} as const;
export const IMAGE_REGION = 'cn-north-4';
const ALL = { kind: 'all' as const };

/** @returns the asset's name, by which the editor offers it */
export async function approvedAsset(world: World, kind: AssetKind): Promise<string> {
  const { platform, demo, clock, simulator } = world;
  const name = `Yunfan ${kind}`;
  const by = { sellerId: demo.sellerId, userId: 'dev' };
  const { info, source } = await made(world, kind);
  const version = { version: '1.0', releaseNotes: '', source };
  const { assetId } = granted(
    await inTransaction(platform.db, (tx) => createAsset(platform, tx, { by, name, info, version }, clock.now())),
  );
  await simulator.drain();
  if (kind === 'AI_MODEL') {
    const decision = { approve: true, reason: '', by: 'operator' };
    const wanted = { assetId, version: version.version, scope: ALL, decision };
    granted(await inTransaction(platform.db, (tx) => decideVersion(tx, wanted, clock.now())));
  }
  return name;
}

async function made(world: World, kind: AssetKind): Promise<{ info: AssetInfo; source: AssetSource }> {
  switch (kind) {
    case 'APPLICATION':
      return { info: { kind }, source: { kind, fileId: await file(world, 'PACKAGE'), vulnerabilities: [] } };
    case 'IMAGE':
      return { info: imageInfo, source: { ...imageVersion('1.0').source, regions: [IMAGE_REGION] } };
    case 'DATA_FILE':
      return { info: { kind, format: 'CSV' }, source: { kind, fileId: await file(world, 'DATA') } };
    case 'AI_MODEL':
      return {
        info: { kind, modelKind: 'MODEL', deployments: ['ONLINE'] },
        source: { kind, reference: REFERENCES.AI_MODEL },
      };
    case 'CONTAINER':
      return { info: { kind, containerKind: 'CHART' }, source: { kind, reference: REFERENCES.CONTAINER } };
    case 'API_GROUP':
      return {
        info: { kind, gateway: 'APIG', groupId: `g-${randomUUID()}`, regionId: IMAGE_REGION, authentication: 'APP' },
        source: { kind, apis: 3 },
      };
  }
}

async function file({ platform, demo, clock }: World, purpose: 'PACKAGE' | 'DATA'): Promise<string> {
  const owner = { kind: 'seller' as const, id: demo.sellerId };
  async function* content() {
    yield zipOf([{ name: 'yunfan/readme.txt', content: Buffer.from(purpose) }]);
  }
  const name = purpose === 'DATA' ? 'census.zip' : 'installer.zip';
  const wanted = { owner, keptBy: 'dev', purpose, name, content: content() };
  return granted(await keepFile(platform, wanted, clock.now())).fileId;
}
