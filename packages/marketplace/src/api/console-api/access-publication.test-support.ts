/** Who may do what: assets, publication, debugging. */
import { imageInfo, imageVersion } from '../../../../../tests/support/asset-objects.ts';
import type { Objects } from '../../../../../tests/support/two-tenants.ts';
import { type Access, assetOf, debugIds, goods, publicationOf } from './access-objects.test-support.ts';

const asset = ({ goodsId }: Objects) => ({ assetId: assetOf.get(goodsId) ?? '', version: '1.0' });
const SEE_ASSETS = { x: 'SO SP SD SS SF OR OM OA' };
const DEBUG = { x: 'SO SD OM', o: 'SP' };
const PROBES = { x: 'SO SD OM OA', o: 'SP' };
const release = { activity: 'releaseInstance', parameters: { instanceId: 'debug-instance-1' } };
const application = ({ goodsId }: Objects) => ({ applicationId: publicationOf.get(goodsId)?.applicationId ?? '' });
const attribute = ({ goodsId }: Objects) => ({ attributeId: publicationOf.get(goodsId)?.attributeIds[0] ?? '' });
const MANAGE = { x: 'SO', o: 'SP' };
const INSPECT = { x: 'SO SF OR OM OA', o: 'SP SD SS' };
const DEFINITION = { type: 'QUANTITY', name: { zh: '容量', en: 'Capacity' }, description: '' };
let codes = 0;

export const PUBLICATION_ACCESS: Readonly<Record<string, Access>> = {
  'read /publication-form': { x: 'SO SP' },
  'read /attributes': { x: 'SO SP' },
  'command /attributes': { x: 'SO SP', body: () => ({ ...DEFINITION, code: `new${++codes}` }) },
  'command /attributes/{attributeId}': {
    x: 'SO SP',
    object: attribute,
    body: () => ({ ...DEFINITION, code: `changed${++codes}` }),
  },
  'command /attributes/{attributeId}/deletion': {
    x: 'SO SP',
    // each of them deletes another one
    object: ({ goodsId }) => ({ attributeId: publicationOf.get(goodsId)?.attributeIds.pop() ?? '' }),
  },
  'command /drafts': { x: 'SO SP', body: () => ({ accessType: 'SERVICE' }) },
  'command /own-products/{goodsId}/draft': { ...MANAGE, object: goods },
  'read /drafts/{goodsId}': { ...MANAGE, object: goods },
  'command /drafts/{goodsId}': {
    ...MANAGE,
    object: goods,
    body: ({ goodsId }) => ({ revision: 1, ...publicationOf.get(goodsId)?.draft }),
    refusedByRule: true,
  },
  'command /drafts/{goodsId}/submission': {
    ...MANAGE,
    object: goods,
    body: () => ({ revision: 1 }),
    refusedByRule: true,
  },
  // not while an application is open
  'command /drafts/{goodsId}/deletion': { ...MANAGE, object: goods, refusedByRule: true },
  'read /own-products': { x: 'SO SP SD SS SF OR OM OA' },
  'read /own-products/{goodsId}': { ...INSPECT, object: goods },
  'read /own-products/{goodsId}/versions/{version}': {
    ...INSPECT,
    object: ({ goodsId }) => ({ goodsId, version: '1' }),
  },
  'read /own-products/{goodsId}/differences': { ...INSPECT, object: goods, query: () => '?from=1&to=1' },
  'command /own-products/{goodsId}/visibility': { ...MANAGE, object: goods, body: () => ({ visibility: 'PUBLIC' }) },
  'command /own-products/{goodsId}/removal': {
    ...MANAGE,
    object: goods,
    body: () => ({ reason: 'a test' }),
    refusedByRule: true,
  },
  // of what was never approved, so that the other routes keep their products
  'command /own-products/{goodsId}/withdrawal': {
    x: 'OM',
    object: ({ goodsId }) => ({ goodsId: publicationOf.get(goodsId)?.writtenGoodsId ?? '' }),
    body: () => ({ reason: 'a test' }),
    refusedByRule: true,
  },
  'command /own-products/{goodsId}/freeze': { x: 'OM', object: goods, body: () => ({ reason: 'a test' }) },
  'command /own-products/{goodsId}/release': { x: 'OM', object: goods, body: () => ({ reason: 'a test' }) },
  'read /applications': { x: 'SO SP SD SS SF OR OM OA' },
  'read /applications/{applicationId}': { ...INSPECT, object: application },
  'command /applications/{applicationId}/withdrawal': { ...MANAGE, object: application, refusedByRule: true },
  'read /review-queue': { x: 'OR OM' },
  'command /applications/{applicationId}/decision': {
    x: 'OR OM',
    object: application,
    body: () => ({ approve: false, reasons: [{ section: 'ACCESS', reason: 'a test' }] }),
    refusedByRule: true,
  },
  'read /catalogue/export': { x: 'SO SP', query: () => '?format=yaml' },
  'command /catalogue/imports': {
    x: 'SO SP',
    body: () => ({ format: 'yaml', data: 'catalogue: 1\nproducts: []\n', apply: false }),
  },
  'read /debugging/products': { x: 'SO SP SD OM' },
  'read /debugging/products/{goodsId}': { ...DEBUG, object: goods },
  'command /debugging/products/{goodsId}/requests': { ...DEBUG, object: goods, body: () => release },
  'command /debugging/products/{goodsId}/runs': { ...DEBUG, object: goods, body: () => release },
  'read /debugging/runs/{runId}': { ...PROBES, object: debugIds },
  'read /debugging/cases': { x: 'SO SP SD OM' },
  'command /debugging/cases/{caseId}/runs': { ...DEBUG, object: debugIds },
  'command /debugging/cases/{caseId}/deletion': { ...DEBUG, object: debugIds },
  'read /probes': { x: 'SO SP SD OM OA' },
  'read /probes/{goodsId}': { ...PROBES, object: goods },
  'command /probes/{goodsId}/runs': { ...DEBUG, object: goods },
  'command /probes/{goodsId}/freeze': { x: 'OM', object: goods, body: () => ({ reason: 'a test' }) },
  'command /probes/{goodsId}/release': { x: 'OM', object: goods, body: () => ({ reason: 'a test' }) },
  'read /asset-regions': SEE_ASSETS,
  'read /assets': SEE_ASSETS,
  'read /assets/{assetId}': { ...SEE_ASSETS, object: asset },
  'command /assets': {
    x: 'SO SP',
    body: () => ({ name: 'An image', info: imageInfo, version: imageVersion('1.0') }),
  },
  'command /assets/{assetId}': { x: 'SO SP', object: asset, body: () => ({ name: 'An image', info: imageInfo }) },
  'command /assets/{assetId}/versions': {
    x: 'SO SP',
    object: asset,
    body: () => imageVersion('1.1'),
    refusedByRule: true,
  },
  'command /assets/{assetId}/versions/{version}/regions': {
    x: 'SO SP',
    object: asset,
    body: () => ({ regions: ['cn-east-3'] }),
    refusedByRule: true,
  },
  'command /assets/{assetId}/versions/{version}/decision': {
    x: 'OR OM',
    object: asset,
    body: () => ({ approve: true }),
    refusedByRule: true,
  },
};
