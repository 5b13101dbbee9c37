/** Assets: a seller's own, for operators everybody's (L18, L21–L25, section 9). */
import type { z } from 'zod';
import {
  type Asset,
  addRegions,
  addVersion,
  assetById,
  type BySeller,
  changeAsset,
  createAsset,
  decideVersion,
  listAssets,
  regionsOf,
  usedApiGroupAssets,
  usesOfAsset,
  versionsOfAssets,
} from '../../catalog/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import * as schemas from './asset-schemas.ts';
import { auditDone } from './audit.ts';
import { namesFor } from './names.ts';
import { presentAsset, presentAssetCard } from './present-assets.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';

type Details = z.infer<typeof schemas.assetDetails>;

export const assetRoutes: ConsoleRoute[] = [
  read({
    path: '/asset-regions',
    summary: 'Where images of this site can be offered (L24)',
    action: 'catalog.inspect',
    query: noQuery,
    response: schemas.assetRegions,
    async run({ platform }) {
      const items = regionsOf(platform.config.site).map(({ regionId, name }) => ({ regionId, name: { ...name } }));
      return ok({ items });
    },
  }),
  read({
    path: '/assets',
    summary: 'Assets, newest first, each with its newest version',
    action: 'catalog.inspect',
    query: schemas.assetQuery,
    response: schemas.assetPage,
    async run({ platform: { db }, scope }, query) {
      const before = query.cursor ? decodeCursor(query.cursor) : null;
      const { kind, state, q, sellerId } = query;
      const assets = await listAssets(db, { scope, kind, state, q, sellerId, before, limit: query.limit + 1 });
      const page = toPage(assets, query.limit, (asset) => ({ at: asset.createdAt, id: asset.assetId }));
      const ids = page.items.map(({ assetId }) => assetId);
      const [versions, used] = [await versionsOfAssets(db, ids), await usedApiGroupAssets(db, ids)];
      const names = await namesFor(db, [{ buyerIds: [], sellerIds: page.items.map((asset) => asset.sellerId) }]);
      const items = page.items.flatMap((asset) => {
        const own = versions.filter(({ assetId }) => assetId === asset.assetId);
        const card = presentAssetCard(asset, own, {
          seller: names.seller(asset.sellerId),
          usedUp: used.has(asset.assetId),
        });
        return card ? [card] : [];
      });
      return ok({ items, nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/assets/{assetId}',
    summary: 'One asset with all its versions, their reports and regions',
    action: 'catalog.inspect',
    query: noQuery,
    response: schemas.assetDetails,
    async run({ platform, params, scope }) {
      const { assetId = '' } = params;
      const asset = isUuid(assetId) ? await assetById(platform.db, assetId, scope) : null;
      return asset ? ok(await shown(platform.db, asset)) : refuse('NOT_FOUND', 'there is no such asset');
    },
  }),
  command({
    path: '/assets',
    summary: 'Add an asset with its first version; it is scanned next',
    action: 'catalog.manage',
    body: schemas.newAsset,
    response: schemas.assetDetails,
    status: 201,
    run: (call, body, tx) =>
      done(call, tx, 'asset.create', (by) => createAsset(call.platform, tx, { by, ...body }, call.now)),
  }),
  command({
    path: '/assets/{assetId}',
    summary: 'Change the name and what is said about the asset as a whole',
    action: 'catalog.manage',
    body: schemas.changeAsset,
    response: schemas.assetDetails,
    run: (call, body, tx) =>
      done(call, tx, 'asset.change', (by) => changeAsset(tx, { assetId: call.params.assetId ?? '', by, ...body })),
  }),
  command({
    path: '/assets/{assetId}/versions',
    summary: 'Add a version; it is scanned next, what was sold stays as it is (L21)',
    action: 'catalog.manage',
    body: schemas.newAssetVersion,
    response: schemas.assetDetails,
    status: 201,
    run: (call, version, tx) =>
      done(call, tx, 'asset.add-version', (by) =>
        addVersion(call.platform, tx, { assetId: call.params.assetId ?? '', by, version }, call.now),
      ),
  }),
  command({
    path: '/assets/{assetId}/versions/{version}/regions',
    summary: 'Copy an image into further regions (L23, L24)',
    action: 'catalog.manage',
    body: schemas.addAssetRegions,
    response: schemas.assetDetails,
    run: (call, { regions }, tx) =>
      done(call, tx, 'asset.add-regions', (by) => {
        const { assetId = '', version = '' } = call.params;
        return addRegions(call.platform, tx, { assetId, version, by, regions }, call.now);
      }),
  }),
  command({
    path: '/assets/{assetId}/versions/{version}/decision',
    summary: 'Approve a version that was tested, or reject one with the reason',
    action: 'catalog.review',
    body: schemas.decideAsset,
    response: schemas.assetDetails,
    async run(call, { approve, reason }, tx) {
      const { assetId = '', version = '' } = call.params;
      const decision = { approve, reason, by: call.principal.loginName };
      const decided = await decideVersion(tx, { assetId, version, scope: call.scope, decision }, call.now);
      return finished(call, tx, approve ? 'asset.approve' : 'asset.reject', decided);
    },
  }),
];

/** A command of the asset's seller. */
async function done(
  call: Call,
  tx: Tx,
  action: string,
  run: (by: BySeller) => Promise<Result<Asset>>,
): Promise<Result<Details>> {
  if (call.scope.kind !== 'seller') return refuse('NOT_FOUND', 'there is no such asset');
  const by = { sellerId: call.scope.sellerId, userId: call.principal.userId };
  return finished(call, tx, action, await run(by));
}

async function finished(call: Call, tx: Tx, action: string, result: Result<Asset>): Promise<Result<Details>> {
  if (!result.ok) return result;
  await auditDone(call, tx, { action, object: `asset:${result.value.assetId}`, traceId: null });
  return ok(await shown(tx, result.value));
}

async function shown(executor: Executor, asset: Asset): Promise<Details> {
  const versions = await versionsOfAssets(executor, [asset.assetId]);
  const used = await usedApiGroupAssets(executor, [asset.assetId]);
  const names = await namesFor(executor, [{ buyerIds: [], sellerIds: [asset.sellerId] }]);
  const facts = { seller: names.seller(asset.sellerId), usedUp: used.has(asset.assetId) };
  return presentAsset(asset, versions, facts, await usesOfAsset(executor, asset.assetId));
}
