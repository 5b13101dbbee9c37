/**
 * Who may do what: each route of the console API with the roles of consoles-and-processes.md 6.2, written from there and not
 * from the program, and with what a test asks it. One row a route.
 */
import type { AskedInvoices } from '../../../../../tests/support/asked-invoices.ts';
import { imageInfo, imageVersion } from '../../../../../tests/support/asset-objects.ts';
import type { Brought } from '../../../../../tests/support/brought-line.ts';
import { type DebugObjects, newOrigin } from '../../../../../tests/support/debug-objects.ts';
import type { EnterpriseObjects } from '../../../../../tests/support/enterprise-objects.ts';
import type { MeteredObjects } from '../../../../../tests/support/metered-objects.ts';
import { PAID_OUT } from '../../../../../tests/support/paid-out.ts';
import type { PublicationObjects } from '../../../../../tests/support/publication-objects.ts';
import type { Objects } from '../../../../../tests/support/two-tenants.ts';
import { WALLET_MONTH, type WalletObjects } from '../../../../../tests/support/wallet-objects.ts';
import { ROLES } from '../../directory/index.ts';

export interface Access {
  /** roles that may, for all objects of their tenant (operators: of everyone) */
  readonly x: string;
  /** roles that may, for own or assigned objects only */
  readonly o?: string;
  /** where the object stands in the address; absent = the route has no object of a tenant */
  readonly object?: (objects: Objects) => Record<string, string>;
  readonly query?: (objects: Objects) => string;
  readonly body?: (objects: Objects) => object;
  /** whoever may reaches the rules of the object, which then say no: done before, another price, wrong time */
  readonly refusedByRule?: true;
}
const handover = ({ handoverId }: Objects) => ({ deliveryId: handoverId });
const RECEIVES = { x: 'BO', o: 'BP' };
const MAKES = { x: 'SO', o: 'SD' };
const SOME_FILE = '00000000-0000-4000-8000-000000000001';
const ALL = ROLES.join(' ');
const SEE_ORDERS = { x: 'BO BV BF SO SF OM OF OA', o: 'BP SP SD SS' };
const orderId = ({ orderId }: Objects) => ({ orderId });
const resourceId = ({ resourceId }: Objects) => ({ resourceId });
const refundId = ({ refundId }: Objects) => ({ refundId });
const RENEW = { x: 'BO BF', o: 'BP' };
const SERVICES = { x: 'BO BV BF SO SD SS SF OM OA', o: 'BP SP' };
const AT_ONE = { expectedAmount: '1.00', agreementsAccepted: true };
const renewalOf = (id: string) =>
  encodeURIComponent(JSON.stringify([{ resourceId: id, periodType: 'year', periodNumber: 1 }]));
const codeId = ({ codeId }: Objects) => ({ codeId });
const LICENCE = { x: 'BO', o: 'BP' };
const reviewId = ({ reviewId }: Objects) => ({ reviewId });
const questionId = ({ questionId }: Objects) => ({ questionId });
const OPINION = { stars: 4, text: 'It does what it should', pictures: [] };
const callId = ({ callId }: Objects) => ({ callId });
const receiverId = ({ receiverId }: Objects) => ({ receiverId });
const PERSON = { name: 'Ann', language: 'en', phone: null, userId: null, choices: [] };
const EVERYTHING = ['OPENING', 'RENEWAL', 'OPERATIONS', 'MONEY', 'SUSPENSION'].map((name) => ({
  class: name,
  channels: ['SMS', 'EMAIL', 'SITE'],
}));

/** What a seller debugs with, by product. */
export const debugOf = new Map<string, DebugObjects>();
const debugIds = ({ goodsId }: Objects) => ({ ...debugOf.get(goodsId) });
const goods = ({ goodsId }: Objects) => ({ goodsId });
/** Usage of a service, and an access key of its seller, by resource. */
export const meteredOf = new Map<string, MeteredObjects>();
const meteredIds = ({ resourceId }: Objects) => ({ ...meteredOf.get(resourceId) });
const HOOKED = { x: 'SO SD', object: meteredIds };
const USAGE = { x: 'BO BV BF SO SD SF OM OF OA', o: 'BP SP' };
/** An image of the seller of a product; assets belong to the seller as a whole. */
export const assetOf = new Map<string, string>();
const asset = ({ goodsId }: Objects) => ({ assetId: assetOf.get(goodsId) ?? '', version: '1.0' });
/** Bills that were sent to the seller of a product. */
export const billOf = new Map<string, string>();
const billId = ({ goodsId }: Objects) => ({ billId: billOf.get(goodsId) ?? '' });
/** Invoices of the seller and the buyer of a product. */
export const invoiceOf = new Map<string, AskedInvoices>();
const invoiceIds = ({ goodsId }: Objects) => ({ ...invoiceOf.get(goodsId) });
const requisitionId = ({ goodsId }: Objects) => ({ requisitionId: `R-${billOf.get(goodsId)}` });
const TITLE = {
  title: { type: 'PERSONAL', name: 'Ann', taxNumber: null, address: null, phone: null, bank: null, account: null },
  receiver: { email: 'ann@example.com', name: null, phone: null, address: null },
};
export const sellerOf = new Map<string, string>();
/** Enterprises of buyers by the product that is bound to them; the administrator (EA) manages one of the buyer's two. */
export const enterpriseOf = new Map<string, EnterpriseObjects>();
const enterprise = ({ goodsId }: Objects) => ({ ...enterpriseOf.get(goodsId) });
const ENTERPRISE = { x: 'BO OM OA', o: 'EA EB ED', object: enterprise };
const OWN_ENTERPRISE = { x: 'BO', object: enterprise };
const PEOPLE = { x: '', o: 'EA EB', object: enterprise };
/** of the whole directory: not for business administrators */
const WHOLE = { x: '', o: 'EA', object: enterprise };
const SOMEBODY = {
  ...{ userName: 'bob', name: 'Bob', departmentCode: 'hq', position: '', employeeCode: '', employeeType: null },
  ...{ mobile: '', email: '', workPlace: '', entryDate: '', role: 'user', enabled: true },
};
const HQ = { code: 'hq', name: 'HQ', parentCode: null };
const TO_NOBODY = { everyone: false, departments: [], groups: [], members: [] };
const enterprises = (path: string) => `/enterprises/{enterpriseId}${path}`;
const ENTERPRISE_ROUTES: Readonly<Record<string, Access>> = {
  'read /enterprises': { x: 'BO EA EB ED OM OA' },
  'command /enterprises': {
    x: 'BO ED',
    body: () => ({ name: 'n', shortName: 'A', region: '', industry: '', description: '' }),
    refusedByRule: true,
  },
  [`read ${enterprises('')}`]: ENTERPRISE,
  [`command ${enterprises('/facts')}`]: {
    ...OWN_ENTERPRISE,
    body: () => ({ region: '', industry: '', description: '' }),
  },
  [`command ${enterprises('/dissolution')}`]: {
    ...OWN_ENTERPRISE,
    body: () => ({ shortName: '' }),
    refusedByRule: true,
  },
  [`read ${enterprises('/dissolution')}`]: OWN_ENTERPRISE,
  [`command ${enterprises('/dissolution-code')}`]: { ...OWN_ENTERPRISE, refusedByRule: true },
  [`read ${enterprises('/member-invitations')}`]: PEOPLE,
  [`command ${enterprises('/member-invitations')}`]: {
    ...PEOPLE,
    body: () => ({ departmentCode: 'hq', days: 0 }),
    refusedByRule: true,
  },
  [`command ${enterprises('/member-invitations/{code}/revocation')}`]: {
    ...PEOPLE,
    object: (objects) => ({ ...enterprise(objects), code: 'none' }),
    refusedByRule: true,
  },
  [`command ${enterprises('/self-registration')}`]: { ...WHOLE, body: () => ({ open: false }) },
  [`read ${enterprises('/passwords')}`]: PEOPLE,
  [`command ${enterprises('/passwords')}`]: WHOLE,
  [`command ${enterprises('/members/{memberId}/password-code')}`]: { ...PEOPLE, refusedByRule: true },
  [`command ${enterprises('/members/{memberId}/password')}`]: { ...PEOPLE, refusedByRule: true },
  [`read ${enterprises('/administrators')}`]: ENTERPRISE,
  [`command ${enterprises('/business-administrators')}`]: {
    ...WHOLE,
    body: () => ({ loginName: 'nobody', departments: ['hq'], applications: [] }),
    refusedByRule: true,
  },
  [`command ${enterprises('/business-administrators/{userId}/scope')}`]: {
    ...WHOLE,
    object: (objects) => ({ ...enterprise(objects), userId: 'nobody' }),
    body: () => ({ departments: ['hq'], applications: [] }),
    refusedByRule: true,
  },
  [`command ${enterprises('/business-administrators/{userId}/removal')}`]: {
    ...WHOLE,
    object: (objects) => ({ ...enterprise(objects), userId: 'nobody' }),
    refusedByRule: true,
  },
  [`command ${enterprises('/administrators')}`]: {
    ...{ x: 'BO', o: 'EA ED', object: enterprise },
    body: () => ({ loginName: 'nobody' }),
    refusedByRule: true,
  },
  [`command ${enterprises('/administrators/{userId}/removal')}`]: {
    x: 'BO',
    object: (objects) => ({ ...enterprise(objects), userId: 'nobody' }),
    refusedByRule: true,
  },
  [`command ${enterprises('/invitation/acceptance')}`]: PEOPLE,
  [`read ${enterprises('/departments')}`]: PEOPLE,
  [`command ${enterprises('/departments')}`]: { ...PEOPLE, body: () => HQ, refusedByRule: true },
  [`command ${enterprises('/departments/change')}`]: { ...PEOPLE, body: () => HQ },
  [`command ${enterprises('/departments/removal')}`]: { ...PEOPLE, body: () => ({ code: 'hq' }), refusedByRule: true },
  [`read ${enterprises('/members')}`]: PEOPLE,
  [`command ${enterprises('/members')}`]: { ...PEOPLE, body: () => SOMEBODY, refusedByRule: true },
  [`read ${enterprises('/members/{memberId}')}`]: PEOPLE,
  [`command ${enterprises('/members/{memberId}/change')}`]: {
    ...PEOPLE,
    body: () => ({ ...SOMEBODY, userName: 'ann' }),
  },
  [`command ${enterprises('/members/actions')}`]: {
    ...PEOPLE,
    body: () => ({ action: 'ENABLE', memberIds: [SOME_FILE] }),
  },
  [`read ${enterprises('/scim-tokens')}`]: WHOLE,
  [`command ${enterprises('/scim-tokens')}`]: { ...WHOLE, body: () => ({ name: 'n' }), refusedByRule: true },
  [`command ${enterprises('/scim-tokens/{tokenId}/revocation')}`]: {
    ...WHOLE,
    object: (objects) => ({ ...enterprise(objects), tokenId: SOME_FILE }),
    refusedByRule: true,
  },
  [`read ${enterprises('/import-template')}`]: WHOLE,
  [`read ${enterprises('/members-file')}`]: WHOLE,
  [`read ${enterprises('/imports')}`]: WHOLE,
  [`command ${enterprises('/imports')}`]: { ...WHOLE, body: () => ({ fileId: SOME_FILE }), refusedByRule: true },
  [`read ${enterprises('/imports/{importId}')}`]: WHOLE,
  [`read ${enterprises('/imports/{importId}/rows')}`]: WHOLE,
  [`read ${enterprises('/imports/{importId}/result')}`]: WHOLE,
  [`command ${enterprises('/imports/{importId}/decision')}`]: {
    ...WHOLE,
    body: () => ({ decision: 'DISCARD' }),
    refusedByRule: true,
  },
  [`read ${enterprises('/groups')}`]: PEOPLE,
  [`command ${enterprises('/groups')}`]: { ...WHOLE, body: () => ({ name: 'Testers' }), refusedByRule: true },
  [`command ${enterprises('/groups/{groupId}/name')}`]: { ...WHOLE, body: () => ({ name: 'Testers' }) },
  [`command ${enterprises('/groups/{groupId}/members')}`]: { ...WHOLE, body: () => ({ add: [], remove: [] }) },
  [`read ${enterprises('/applications')}`]: ENTERPRISE,
  [`read ${enterprises('/bindable')}`]: OWN_ENTERPRISE,
  [`command ${enterprises('/applications')}`]: {
    ...OWN_ENTERPRISE,
    body: ({ resourceId: id }) => ({ resourceId: id, attributes: [] }),
    refusedByRule: true,
  },
  [`command ${enterprises('/applications/{applicationId}/binding')}`]: { ...OWN_ENTERPRISE, refusedByRule: true },
  [`command ${enterprises('/applications/{applicationId}/range')}`]: {
    ...PEOPLE,
    body: () => TO_NOBODY,
    refusedByRule: true,
  },
  [`command ${enterprises('/applications/{applicationId}/resynchronisation')}`]: { ...PEOPLE, refusedByRule: true },
  [`command ${enterprises('/applications/{applicationId}/stop')}`]: PEOPLE,
  [`command ${enterprises('/applications/{applicationId}/start')}`]: PEOPLE,
  [`read ${enterprises('/applications/{applicationId}/members')}`]: PEOPLE,
  [`read ${enterprises('/sync-tasks')}`]: ENTERPRISE,
  [`command ${enterprises('/sync-tasks/{taskId}/decision')}`]: {
    ...{ x: 'BO OM', o: 'EA EB' },
    object: ({ goodsId }) => ({ ...enterpriseOf.get(goodsId), taskId: enterpriseOf.get(goodsId)?.syncTaskId ?? '' }),
    body: () => ({ decision: 'STOP' }),
    refusedByRule: true,
  },
  [`command ${enterprises('/groups/{groupId}/removal')}`]: { ...WHOLE, refusedByRule: true },
  'read /seller/products/{goodsId}/credential': { x: 'SO SD', object: goods },
  'command /seller/products/{goodsId}/credential': {
    ...{ x: 'SO SD', object: goods },
    body: () => ({
      ...{ protocol: 'kit-v2', address: 'a', keyId: 'k', publicKey: 'k', loginUrl: '' },
      ...{ attributes: [], multiInstance: false },
    }),
    refusedByRule: true,
  },
};
/** What the buyer has to pay with, by product; it belongs to the account as a whole. */
export const walletOf = new Map<string, WalletObjects>();
const wallet = ({ goodsId }: Objects) => ({ buyerId: '', ...walletOf.get(goodsId) });
/** Who brought the buyer of a product, and the line of it. */
export const broughtOf = new Map<string, Brought>();
const brought = ({ goodsId }: Objects) => ({ ...broughtOf.get(goodsId) });
const partner = { x: 'OF', object: brought };
const ALONE = { scene: 'SOLO', ratio: null, payer: 'GENERAL' };
let members = 0;
const SEE_ASSETS = { x: 'SO SP SD SS SF OR OM OA' };
const DEBUG = { x: 'SO SD OM', o: 'SP' };
const PROBES = { x: 'SO SD OM OA', o: 'SP' };
const release = { activity: 'releaseInstance', parameters: { instanceId: 'debug-instance-1' } };

const SALES = { x: 'SO SS OM', o: 'SP', object: goods };
/** the operator says why (O-31) */
const REASON = { reason: 'a test' };
const offered = { x: 'SO SS', object: ({ offerId }: Objects) => ({ offerId }) };
const vouched = { x: 'SO SS', object: ({ voucherId }: Objects) => ({ voucherId }) };
const ANYBODY = [{ buyerId: 'nobody', accountName: 'nobody' }];
const newOfferOf = ({ goodsId }: Objects) => ({
  kind: 'PRODUCT',
  name: 'n',
  buyers: ANYBODY,
  validFrom: '2030-01-01T00:00:00Z',
  validTo: '2030-02-01T00:00:00Z',
  items: [{ goodsId, rate: '0.9' }],
});
const linesOf = ({ priceItemId }: Objects) =>
  `?lines=${encodeURIComponent(JSON.stringify([{ priceItemId, quantity: 5, periodNumber: 1 }]))}`;

/** What a seller publishes with, by product. */
export const publicationOf = new Map<string, PublicationObjects>();
const application = ({ goodsId }: Objects) => ({ applicationId: publicationOf.get(goodsId)?.applicationId ?? '' });
const attribute = ({ goodsId }: Objects) => ({ attributeId: publicationOf.get(goodsId)?.attributeIds[0] ?? '' });
const MANAGE = { x: 'SO', o: 'SP' };
const INSPECT = { x: 'SO SF OR OM OA', o: 'SP SD SS' };
const DEFINITION = { type: 'QUANTITY', name: { zh: '容量', en: 'Capacity' }, description: '' };
let codes = 0;

export const ACCESS: Readonly<Record<string, Access>> = {
  ...ENTERPRISE_ROUTES,
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
  'read /members': { x: 'BO SO OS' },
  // no role that all of them give; whose account it is: members.db.test.ts
  'command /members': {
    x: 'BO SO OS',
    body: () => ({ loginName: 'a.member', displayName: 'A', role: 'DO' }),
    refusedByRule: true,
  },
  'command /members/changes': { x: 'BO SO OS', body: () => ({ userId: 'nobody' }), refusedByRule: true },
  'command /members/sign-outs': { x: 'BO SO OS', body: () => ({ userId: 'nobody' }), refusedByRule: true },
  'command /members/second-factor-resets': { x: 'BO SO OS', body: () => ({ userId: 'nobody' }), refusedByRule: true },
  'command /operator/second-factor-resets': { x: 'OS', body: () => ({ loginName: 'nobody' }), refusedByRule: true },
  'read /operator/audit': { x: 'OA OS' },
  'read /operator/audit-file': { x: 'OA OS' },
  'command /members/passwords': { x: 'BO SO OS', body: () => ({ userId: 'nobody' }), refusedByRule: true },
  'read /operator/tenants': { x: 'OR OM OA' },
  'command /operator/tenants': {
    x: 'OR OM',
    body: () => ({
      kind: 'seller',
      name: 'A new seller',
      email: 'a@example.com',
      phone: '13800000000',
      owner: { loginName: 'new.seller', displayName: 'A' },
    }),
    refusedByRule: true,
  },
  'read /operator/hardware-sellers': { x: 'OR OM' },
  'command /operator/hardware-sellers/{sellerId}': {
    x: 'OR OM',
    object: ({ goodsId }) => ({ sellerId: sellerOf.get(goodsId) ?? '' }),
    body: () => ({ listed: true }),
  },
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
  'read /products': { x: ALL },
  'read /market/classes': { x: ALL },
  'read /market/home': { x: ALL },
  'read /market/facets': { x: ALL },
  'read /market/suggestions': { x: ALL, query: () => '?q=nothing' },
  'read /market/index': { x: 'OM OA' },
  'command /market/index/rebuild': { x: 'OM' },
  'command /products/{goodsId}/favourite': { x: 'BO BP', body: () => ({ favourite: true }) },
  'read /favourites': { x: 'BO BP' },
  'read /products/{goodsId}/reviews': { x: ALL, query: () => '' },
  'read /products/{goodsId}/questions': { x: ALL, query: () => '' },
  'command /products/{goodsId}/questions': {
    x: 'BO BP',
    body: () => ({ text: 'Does it work offline?' }),
    refusedByRule: true,
  },
  'read /reviewable': { x: 'BO BP' },
  'read /my-reviews': { x: 'BO BP' },
  'command /reviews': { x: 'BO BP', body: ({ orderLineId }) => ({ orderLineId, ...OPINION }), refusedByRule: true },
  'command /reviews/{reviewId}/edit': { x: 'BO BP', object: reviewId, body: () => OPINION },
  'command /reviews/{reviewId}/addition': {
    x: 'BO BP',
    object: reviewId,
    body: () => ({ text: 'Still content' }),
    refusedByRule: true,
  },
  'read /reviews': { x: 'SO SD', o: 'SP SS' },
  'read /market/reviews': { x: 'OM OC' },
  'command /reviews/{reviewId}/reply': {
    x: 'SO SD',
    o: 'SP SS',
    object: reviewId,
    body: () => ({ text: 'Thank you' }),
    refusedByRule: true,
  },
  'command /reviews/{reviewId}/reply-removal': {
    x: 'SO SD',
    o: 'SP SS',
    object: reviewId,
    body: () => ({}),
    refusedByRule: true,
  },
  'command /reviews/{reviewId}/visibility': {
    x: 'OM OC',
    object: reviewId,
    body: () => ({ hidden: false, reason: 'shown again' }),
  },
  'read /questions': { x: 'SO SD', o: 'SP SS' },
  'command /questions/{questionId}/answer': {
    x: 'SO SD',
    o: 'SP SS',
    object: questionId,
    body: () => ({ text: 'It does' }),
  },
  'read /products/{goodsId}': { x: ALL, query: () => '' },
  'read /quotes': { x: ALL, query: ({ priceItemId }) => `?priceItemId=${priceItemId}&quantity=5&periodNumber=1` },
  'read /search': { x: ALL, query: ({ orderId: q }) => `?q=${q}` },
  'command /orders': {
    x: 'BO BP',
    body: ({ priceItemId }) => ({ lines: [{ priceItemId, quantity: 5, periodNumber: 1 }], agreementsAccepted: true }),
  },
  'read /order-quotes': { x: ALL, query: linesOf },
  'read /sales': { x: 'SO SP SS OM' },
  'read /sales/{goodsId}': SALES,
  'command /sales/{goodsId}/target': { ...SALES, body: () => ({ kind: 'ALL', ...REASON }) },
  'command /sales/{goodsId}/limit': { ...SALES, body: () => ({ limit: null, ...REASON }) },
  'command /sales/{goodsId}/trial': { ...SALES, body: () => ({ access: 'DEFINED', ...REASON }) },
  'command /sales/{goodsId}/regions': { ...SALES, body: () => ({ regions: null, ...REASON }) },
  'command /sales/{goodsId}/credit': { ...SALES, body: () => ({ coupon: 'OFF', limit: 'OFF', ...REASON }) },
  'command /sales/{goodsId}/visibility': {
    ...SALES,
    body: ({ specificationId }) => ({ specificationId, hidden: false, ...REASON }),
  },
  'command /sales/{goodsId}/stock': {
    ...SALES,
    body: ({ skuCode }) => ({ skuCode, change: 1, note: 'n', ...REASON }),
    refusedByRule: true,
  },
  'read /offers': { x: 'SO SS OM' },
  'read /offers/{offerId}': { ...offered, x: 'SO SS OM' },
  'read /offer-quotes': {
    x: 'SO SS',
    query: ({ priceItemId }) => `?priceItemId=${priceItemId}&quantity=5&periodNumber=1`,
  },
  'command /offers': { x: 'SO SS', body: newOfferOf, refusedByRule: true },
  'command /offers/{offerId}': { ...offered, body: newOfferOf, refusedByRule: true },
  'command /offers/{offerId}/submission': { ...offered, refusedByRule: true },
  'command /offers/{offerId}/withdrawal': { ...offered, refusedByRule: true },
  'command /offers/{offerId}/decision': { ...offered, x: 'OM', body: () => ({ approve: true }), refusedByRule: true },
  'read /demands': { x: 'SO SS' },
  'command /demands': { x: 'BO BP BF', body: ({ goodsId }) => ({ goodsId, text: 'cheaper' }) },
  'command /demands/{demandId}/decision': {
    x: 'SO SS',
    object: ({ demandId }) => ({ demandId }),
    body: () => ({ accept: true }),
    refusedByRule: true,
  },
  'read /vouchers': { x: 'SO SS' },
  'command /vouchers': {
    x: 'SO SS',
    body: ({ goodsId }) => ({
      name: 'v',
      faceValue: '1',
      items: [{ goodsId }],
      modes: ['YEAR'],
      claimable: true,
      validFrom: '2026-01-01T00:00:00Z',
      validTo: '2030-02-01T00:00:00Z',
      total: 1,
    }),
  },
  'command /vouchers/{voucherId}/assignments': { ...vouched, body: () => ({ buyers: ANYBODY }), refusedByRule: true },
  'command /vouchers/{voucherId}/void': vouched,
  'read /my-offers': { x: 'BO BP BF' },
  'read /my-demands': { x: 'BO BP BF' },
  'read /offer-links/{token}': { x: 'BO BP BF', object: ({ token }) => ({ token }) },
  'read /products/{goodsId}/vouchers': { x: ALL },
  'read /my-vouchers': { x: 'BO BP BF' },
  'command /my-vouchers/{voucherId}/claim': { x: 'BO BP BF', refusedByRule: true },
  'read /usable-vouchers': { x: 'BO BP BF', query: linesOf },
  'read /orders': { x: `${SEE_ORDERS.x} ${SEE_ORDERS.o}` },
  'read /orders/{orderId}': { ...SEE_ORDERS, object: orderId },
  'read /orders/{orderId}/timeline': { ...SEE_ORDERS, object: orderId },
  'read /orders/{orderId}/stream': { ...SEE_ORDERS, object: orderId },
  'command /orders/{orderId}/payment': { x: 'BO BF', o: 'BP', object: orderId, body: () => ({ method: 'BALANCE' }) },
  'command /orders/{orderId}/cancellation': {
    x: 'BO',
    o: 'BP',
    object: ({ cancelledOrderId }) => ({ orderId: cancelledOrderId }),
  },
  'read /orders/{orderId}/payment-options': { x: 'BO BF', o: 'BP', object: orderId },
  'command /orders/{orderId}/online-payment': { x: 'BO BF', o: 'BP', object: orderId, refusedByRule: true },
  'read /wallet/overview': { x: 'BO BP BF' },
  'read /wallet/statement': { x: 'BO BP BF', query: () => `?month=${WALLET_MONTH}` },
  'command /wallet/repayments': {
    x: 'BO BF',
    body: () => ({ month: WALLET_MONTH, amount: '1.00' }),
    refusedByRule: true,
  },
  'command /wallet/cards': { x: 'BO BF', body: () => ({ amount: '1.00' }) },
  'command /wallet/online-payments': { x: 'BO BF', body: () => ({ amount: '1.00' }) },
  'read /wallet/online-payments/{paymentId}': { x: 'BO BP BF', object: wallet },
  'command /cashier/{paymentId}': {
    x: 'BO BP BF',
    object: wallet,
    body: () => ({ outcome: 'PAID' }),
  },
  'read /operator/wallets/purses': { x: 'OF OA' },
  'read /operator/wallets/credit': { x: 'OF OA' },
  'read /operator/wallets/{buyerId}': { x: 'OF OA', object: wallet },
  'command /operator/wallets/purses': {
    x: 'OF',
    body: (objects) => ({
      buyerId: wallet(objects).buyerId,
      kind: 'CARD',
      amount: '1.00',
      validTo: null,
      reason: 'a test',
    }),
  },
  'command /operator/wallets/purses/{purseId}/withdrawal': {
    x: 'OF',
    object: wallet,
    body: () => REASON,
    refusedByRule: true,
  },
  'command /operator/wallets/credit': {
    x: 'OF',
    body: (objects) => ({ buyerId: wallet(objects).buyerId, limit: '1.00', termDays: 15, reason: 'a test' }),
  },
  'command /operator/wallets/credit/{buyerId}/withdrawal': { x: 'OF', object: wallet, body: () => REASON },
  'read /wallet': { x: 'BO BP BF' },
  'command /wallet/top-ups': { x: 'BO BF', body: () => ({ amount: '10.00' }) },
  'read /instances': { x: 'BO BV BF SO SD SS SF OM OA BP SP' },
  'read /instances/{resourceId}': { x: 'BO BV', o: 'BP', object: resourceId },
  'read /instances/{resourceId}/timeline': { x: 'BO BV', o: 'BP', object: resourceId },
  'read /instances/{resourceId}/subscription': {
    x: 'BO BV BF SO SD SS SF OM OA',
    o: 'BP SP',
    object: resourceId,
  },
  'read /instances/{resourceId}/licence': { x: 'BO BV SO OM OA', o: 'BP SP SD', object: resourceId },
  'command /instances/{resourceId}/code/pick-up': { ...LICENCE, object: resourceId, body: () => ({}) },
  'command /instances/{resourceId}/code/view': {
    ...LICENCE,
    object: resourceId,
    body: () => ({}),
    refusedByRule: true,
  },
  'command /instances/{resourceId}/licences': {
    ...LICENCE,
    object: resourceId,
    body: () => ({}),
    refusedByRule: true,
  },
  'command /licences/{eventId}/view': {
    ...LICENCE,
    object: ({ eventId }) => ({ eventId }),
    body: () => ({}),
  },
  'read /codes': { x: 'BO BP BV SO SP SD OM OA' },
  'command /codes/test': {
    x: 'SO',
    o: 'SD',
    object: ({ goodsId }) => ({ goodsId }),
    body: ({ goodsId }) => ({ goodsId }),
    refusedByRule: true,
  },
  'command /codes/{codeId}/view': { x: 'SO', o: 'SD', object: codeId, body: () => ({}) },
  'read /renewal-quotes': { ...RENEW, object: resourceId, query: ({ resourceId: id }) => `?items=${renewalOf(id)}` },
  'command /renewals': {
    ...RENEW,
    object: resourceId,
    body: ({ resourceId: id }) => ({ items: JSON.parse(decodeURIComponent(renewalOf(id))), ...AT_ONE }),
    refusedByRule: true,
  },
  'read /instances/{resourceId}/conversion-quote': {
    ...RENEW,
    object: resourceId,
    query: () => '?periodType=year&periodNumber=1',
    refusedByRule: true,
  },
  'command /instances/{resourceId}/conversion': {
    ...RENEW,
    object: resourceId,
    body: () => ({ periodType: 'year', periodNumber: 1, ...AT_ONE }),
    refusedByRule: true,
  },
  'read /instances/{resourceId}/change-quote': {
    ...RENEW,
    object: resourceId,
    query: ({ skuCode }) => `?skuCode=${skuCode}&quantity=10`,
  },
  'command /instances/{resourceId}/change': {
    ...RENEW,
    object: resourceId,
    body: ({ skuCode }) => ({ skuCode, quantity: 10, ...AT_ONE }),
    refusedByRule: true,
  },
  'read /instances/{resourceId}/change-check': {
    ...RENEW,
    object: resourceId,
    query: ({ skuCode }) => `?skuCode=${skuCode}&quantity=10`,
    refusedByRule: true,
  },
  'command /instances/{resourceId}/expiry-policy': { ...RENEW, object: resourceId, body: () => ({ policy: 'NONE' }) },
  'read /renewal-settings': { x: 'BO BF' },
  'command /renewal-settings': { x: 'BO BF', body: () => ({ deductDays: 7, unifyDay: null }) },
  'command /trials': {
    x: 'BO BP',
    body: ({ skuCode }) => ({ skuCode, agreementsAccepted: true }),
    refusedByRule: true,
  },
  'read /instances/{resourceId}/refund-quote': { x: 'BO', object: resourceId },
  'command /instances/{resourceId}/refund-code': {
    x: 'BO',
    object: resourceId,
    body: () => ({}),
    refusedByRule: true,
  },
  'command /instances/{resourceId}/refunds': {
    x: 'BO',
    object: resourceId,
    body: () => ({ kind: 'FIVE_DAY', amount: '1.00', reason: 'no use for it', dataLossAccepted: true }),
    refusedByRule: true,
  },
  'read /refunds': { x: 'BO BF SO SD SF OM OF OA' },
  'read /refunds/{refundId}': { x: 'BO BF SO SF OM OF OA', o: 'SD', object: refundId },
  'command /refunds/{refundId}/decision': {
    x: 'SO OM',
    o: 'SD',
    object: refundId,
    body: () => ({ agree: false, comment: 'no' }),
    refusedByRule: true,
  },
  'command /refunds/{refundId}/withdrawal': { x: 'BO', object: refundId, refusedByRule: true },
  'command /instances/{resourceId}/password-reveals': { x: 'BO', o: 'BP', object: resourceId },
  'read /calls': { x: 'SO SP SD OM OA' },
  'read /calls/{callId}': { x: 'SO SD OM OA', o: 'SP', object: callId },
  'command /calls/restarts': { x: 'SO SP SD OM', body: ({ callId }) => ({ callIds: [callId] }) },
  'command /calls/{callId}/stop': {
    x: 'SO SD OM',
    o: 'SP',
    object: callId,
    body: () => ({ reason: 'a test' }),
    refusedByRule: true,
  },
  'command /calls/{callId}/done': {
    x: 'SO SD OM',
    o: 'SP',
    object: callId,
    body: () => ({ reason: 'a test' }),
    refusedByRule: true,
  },
  'read /services': { x: 'BO BP BV BF SO SP SD SS SF OM OA' },
  'read /services/{resourceId}': { ...SERVICES, object: resourceId },
  'read /services/{resourceId}/timeline': { ...SERVICES, object: resourceId },
  'command /services/{resourceId}/violation-freeze': {
    x: 'OM',
    object: resourceId,
    body: () => ({ reason: 'a test', evidence: 'seen in a test' }),
    refusedByRule: true,
  },
  'command /services/{resourceId}/cure': {
    x: 'OM',
    object: resourceId,
    body: () => ({ reason: 'a test' }),
    refusedByRule: true,
  },
  'read /deliveries': { x: 'BO BP BV SO SP SD OM OA' },
  'read /deliveries/{deliveryId}': { x: 'BO BV SO OM OA', o: 'BP SP SD', object: handover },
  'command /deliveries/{deliveryId}/requirement': {
    ...RECEIVES,
    object: handover,
    body: () => ({ text: 'two days' }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/handover': {
    ...MAKES,
    object: handover,
    body: () => ({ result: 'done' }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/shipment': {
    ...MAKES,
    object: handover,
    body: () => ({ carrier: 'SF', trackingNo: 'SF1234' }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/acceptance': { ...RECEIVES, object: handover, refusedByRule: true },
  'command /deliveries/{deliveryId}/secret-reveals': { ...RECEIVES, object: handover, refusedByRule: true },
  'command /deliveries/{deliveryId}/receiver-reveals': { ...MAKES, object: handover, refusedByRule: true },
  'command /deliveries/{deliveryId}/downloads': {
    ...RECEIVES,
    object: handover,
    body: () => ({ fileId: SOME_FILE }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/document-links': {
    x: 'BO BV SO OM OA',
    o: 'BP SP SD',
    object: handover,
    body: () => ({ fileId: SOME_FILE }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/image-version': {
    ...RECEIVES,
    object: handover,
    body: () => ({ version: '2' }),
    refusedByRule: true,
  },
  'read /deliveries/{deliveryId}/operations': { x: 'BO BV SO OM OA', o: 'BP SP SD', object: handover },
  'command /deliveries/{deliveryId}/requirement-confirmation': { ...MAKES, object: handover, refusedByRule: true },
  'command /deliveries/{deliveryId}/requirement-rejection': {
    ...MAKES,
    object: handover,
    body: () => REASON,
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/rejection': {
    ...RECEIVES,
    object: handover,
    body: () => REASON,
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/review': {
    x: 'OM',
    object: handover,
    body: () => ({ approve: true }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/appeal': {
    x: 'BO SO',
    o: 'BP SD',
    object: handover,
    body: () => REASON,
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/appeal-statements': {
    x: 'BO SO',
    o: 'BP SD',
    object: handover,
    body: () => ({ text: 'a test' }),
    refusedByRule: true,
  },
  'command /deliveries/{deliveryId}/appeal-decision': {
    x: 'OM',
    object: handover,
    body: () => ({ outcome: 'DISMISS', ...REASON }),
    refusedByRule: true,
  },
  'command /buyer-tracks': { x: 'OM', body: () => ({ buyerId: 'nobody', track: 'BASE' }), refusedByRule: true },
  'command /refunds/{refundId}/return': {
    x: 'BO',
    object: refundId,
    body: () => ({ carrier: 'SF', trackingNo: 'SF1234' }),
    refusedByRule: true,
  },
  'command /refunds/{refundId}/inspection': {
    x: 'SO OM',
    o: 'SD',
    object: refundId,
    body: () => ({ accept: true }),
    refusedByRule: true,
  },
  'command /refunds/{refundId}/document-links': {
    x: 'BO BF SO SF OM OF OA',
    o: 'SD',
    object: refundId,
    body: () => ({ fileId: SOME_FILE }),
    refusedByRule: true,
  },
  'read /customers': { x: 'SO SP SD SS SF OM OF OA' },
  'read /differences': { x: 'SO SP SD OM OA' },
  'command /differences/comparisons': {
    x: 'SO SD OM',
    o: 'SP',
    object: goods,
    body: ({ goodsId }) => ({ goodsId }),
  },
  'command /calls/{callId}/restart': { x: 'SO SD OM', o: 'SP', object: callId },
  'read /usage/services': USAGE,
  'read /usage/services/{resourceId}': { ...USAGE, object: resourceId },
  'read /usage/services/{resourceId}/records': { ...USAGE, object: resourceId },
  'read /usage/charges': USAGE,
  'read /usage/rejections': { x: 'SO SD' },
  'read /usage/overview': { x: 'OM OF OA' },
  'read /usage/repairs': { x: 'OM OF OA' },
  'command /usage/services/{resourceId}/price': {
    x: 'OF',
    object: resourceId,
    body: () => ({ priceItemId: 'none' }),
    refusedByRule: true,
  },
  'read /usage/services/{resourceId}/rerating': {
    x: 'OM OF OA',
    object: resourceId,
    query: () => '?since=2026-01-01T00:00:00Z',
    refusedByRule: true,
  },
  'command /usage/services/{resourceId}/rerating': {
    x: 'OF',
    object: resourceId,
    body: () => ({ since: '2026-01-01T00:00:00Z', reason: 'a wrong price', difference: '0' }),
    refusedByRule: true,
  },
  'read /usage/alarms': { x: 'BO BF' },
  'command /usage/alarms': { x: 'BO BF', body: () => ({ balanceBelow: '100', packagePercent: 20 }) },
  'read /usage/packages': { x: 'BO BV BF', o: 'BP' },
  'command /usage/packages/{resourceId}/alarm': {
    x: 'BO BF',
    object: resourceId,
    body: () => ({ alarm: { kind: 'OFF' } }),
    refusedByRule: true,
  },
  'command /usage/charges/{chargeId}/reversal': {
    x: 'OF',
    object: meteredIds,
    body: () => ({ reason: 'counted twice' }),
    refusedByRule: true,
  },
  'command /usage/rating': { x: 'OF' },
  'read /api-keys': { x: 'SO SD' },
  'command /api-keys': { x: 'SO SD', body: () => ({ name: 'metering' }), refusedByRule: true },
  'command /api-keys/{ak}/rotation': {
    x: 'SO SD',
    object: meteredIds,
    body: () => ({ overlapHours: 1 }),
    refusedByRule: true,
  },
  'command /api-keys/{ak}/revocation': { x: 'SO SD', object: meteredIds },
  'read /webhooks': { x: 'SO SD' },
  'read /webhook-events': { x: 'SO SD' },
  'command /webhooks': { x: 'SO SD', body: () => ({ url: 'no address', types: ['order.paid'] }), refusedByRule: true },
  'command /webhooks/{endpointId}': { ...HOOKED, body: () => ({ name: 'orders' }) },
  'command /webhooks/{endpointId}/rotation': { ...HOOKED, body: () => ({ overlapHours: 1 }) },
  'command /webhooks/{endpointId}/test': HOOKED,
  'read /webhooks/{endpointId}/deliveries': HOOKED,
  'read /webhook-deliveries/{deliveryId}': HOOKED,
  'command /webhook-deliveries/{deliveryId}/resend': HOOKED,
  'command /webhooks/{endpointId}/removal': { ...HOOKED, body: () => ({ url: 'another' }), refusedByRule: true },
  'read /api-requests': { x: 'SO SD OM OA OS' },
  'read /addresses': { x: 'SO SD' },
  'command /addresses': { x: 'SO SD', body: () => ({ origin: newOrigin() }) },
  'command /addresses/{addressId}/checks': { x: 'SO SD', object: debugIds },
  'command /addresses/{addressId}/keys': {
    x: 'SO SD',
    object: debugIds,
    body: ({ goodsId }) => ({ interfaceClass: 'GENERAL', keyId: debugOf.get(goodsId)?.keyId ?? '' }),
  },
  'read /order-notices': { x: 'SO SD' },
  'command /order-notices': {
    x: 'SO SD',
    // the first sets it, the second is told that it is set
    body: ({ goodsId }) => ({
      kind: 'PRODUCT',
      value: goodsId,
      addressId: debugOf.get(goodsId)?.addressId ?? '',
      path: '/orders',
    }),
    refusedByRule: true,
  },
  'command /order-notices/removal': {
    x: 'SO SD',
    body: ({ goodsId }) => ({ kind: 'PRODUCT', value: goodsId }),
    refusedByRule: true,
  },
  'command /access-keys': { x: 'SO SD', body: () => ({ interfaceClass: 'KIT' }) },
  'command /access-keys/{keyId}/reveals': { x: 'SO SD', object: debugIds },
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
  'read /overview': { x: 'OM OF OA' },
  'read /operator/ledger': { x: 'OF OA' },
  'read /operator/ledger/trial': { x: 'OF OA', query: () => '?month=202601' },
  'read /operator/ledger/accounts': { x: 'OF OA', query: () => '?month=202601&kind=buyer:balance' },
  'read /operator/ledger/statement': { x: 'OF OA', query: () => '?month=202601&account=platform:bank&currency=CNY' },
  'read /operator/ledger/verification': { x: 'OF OA' },
  'command /operator/ledger/months/{month}/closing': {
    x: 'OF',
    object: () => ({ month: '209901' }),
    refusedByRule: true,
  },
  'read /seller/settlement/lines': { x: 'SO SF OF OA' },
  'read /seller/settlement/lines/{lineId}': {
    x: 'SO SF OF OA',
    object: ({ orderLineId: lineId }) => ({ lineId }),
  },
  'read /seller/settlement/bills': { x: 'SO SF OF OA' },
  'read /seller/settlement/bills/{billId}': { x: 'SO SF OF OA', object: billId },
  'read /seller/settlement/forecast': { x: 'SO SF OF OA', query: () => '?sellerId=s' },
  'read /seller/settlement/income': { x: 'SO SF OF OA' },
  'read /operator/settlement/periods': { x: 'OF OA' },
  'read /operator/settlement/periods/{period}/preview': { x: 'OF OA', object: () => ({ period: '202601' }) },
  // its day has not come
  'command /operator/settlement/periods/{period}/run': {
    x: 'OF',
    object: () => ({ period: '202601' }),
    refusedByRule: true,
  },
  'read /operator/settlement/bills': { x: 'OF OA' },
  'read /operator/settlement/bills/{billId}': { x: 'OF OA', object: billId },
  'command /operator/settlement/bills/{billId}/transition': {
    x: 'OF',
    object: billId,
    body: () => ({ to: 'PAID' }),
    refusedByRule: true,
  },
  'command /operator/settlement/bills/{billId}/hold': {
    x: 'OF',
    object: billId,
    body: () => ({ hold: true, reason: 'a test' }),
    refusedByRule: true,
  },
  'read /seller/invoice-demands': { x: 'SO SF OF OA' },
  'read /seller/invoice-demands/{requisitionId}': { x: 'SO SF OF OA', object: requisitionId },
  'command /seller/invoice-demands/{requisitionId}/invoices': {
    x: 'SO SF',
    object: requisitionId,
    body: () => ({
      invoices: [
        {
          ...{ number: '1', issuedOn: '2025-12-01', rate: '0.06', net: '1', tax: '0', gross: '1', remark: '' },
          fileId: SOME_FILE,
        },
      ],
    }),
    refusedByRule: true,
  },
  'command /operator/invoice-demands/{requisitionId}/decision': {
    x: 'OF',
    object: requisitionId,
    body: () => ({ accept: true }),
    refusedByRule: true,
  },
  'read /seller/fee-invoices': { x: 'SO SF OF OA' },
  'read /seller/fee-invoice-offers': { x: 'SO SF' },
  'command /seller/fee-invoices': {
    x: 'SO SF',
    body: () => ({ requisitionIds: ['nothing'], kind: 'ORDINARY_DIGITAL' }),
    refusedByRule: true,
  },
  'command /operator/fee-invoices/{feeInvoiceId}/decision': {
    x: 'OF',
    object: invoiceIds,
    body: () => ({ issue: false, reason: 'a test' }),
    refusedByRule: true,
  },
  'read /seller/invoice-template': { x: 'SO SF' },
  'command /seller/invoice-template': { x: 'SO SF', body: () => TITLE },
  'read /invoiceable-orders': { x: 'BO BF' },
  'read /invoice-kinds': { x: 'BO BF SO SF OF OA' },
  'command /seller/invoice-kinds': { x: 'SO SF', body: () => ({ kinds: ['ORDINARY_DIGITAL'] }) },
  'read /invoices': { x: 'BO BF SO SF OF OA' },
  'read /invoices/{invoiceId}': { x: 'BO BF SO SF OF OA', object: invoiceIds },
  'command /invoices': {
    x: 'BO BF',
    body: ({ orderId }) => ({ issuer: 'SELLER:nobody', orderIds: [orderId], kind: 'ORDINARY_PAPER', ...TITLE }),
    refusedByRule: true,
  },
  'command /invoices/{invoiceId}/buyer-steps': {
    x: 'BO BF',
    object: invoiceIds,
    body: () => ({ step: 'cancel' }),
    refusedByRule: true,
  },
  'command /invoices/{invoiceId}/issuer-steps': {
    x: 'SO SF OF',
    object: invoiceIds,
    body: () => ({ step: 'accept' }),
    refusedByRule: true,
  },
  'command /invoices/{invoiceId}/letter': { x: 'BO BF', object: invoiceIds, refusedByRule: true },
  'read /invoice-titles': { x: 'BO BF' },
  'command /invoice-titles': { x: 'BO BF', body: () => ({ titleId: null, ...TITLE }) },
  'command /invoice-titles/{titleId}/removal': { x: 'BO BF', object: invoiceIds },
  'read /activity': { x: 'SO SS SF OM OC OA', o: 'SP SD' },
  'read /activity/{goodsId}': { x: 'SO SS SF OM OC OA', o: 'SP SD', object: goods },
  'read /spending': { x: 'BO BF' },
  'read /spending/overview': { x: 'BO BF' },
  'command /operator/settlement/adjustments': {
    x: 'OF',
    body: () => ({ sellerId: 's', class: 'GENERAL', amount: '1.00', reason: 'a test' }),
  },
  'read /operator/settlement/sellers': { x: 'OF OA' },
  'command /operator/settlement/sellers/{sellerId}/certification': {
    x: 'OF',
    object: ({ goodsId }) => ({ sellerId: sellerOf.get(goodsId) ?? '' }),
    body: () => ({ certified: true }),
  },
  'read /operator/partners': { x: 'OF OA' },
  'read /operator/partners/{distributorId}': { x: 'OF OA', object: brought },
  'command /operator/partners': { x: 'OF', body: () => ({ kind: 'DISTRIBUTOR', name: 'n', terms: ALONE }) },
  'command /operator/partners/{distributorId}/terms': {
    ...partner,
    body: () => ({ validFrom: null, terms: ALONE }),
  },
  'command /operator/partners/{distributorId}/certification': { ...partner, body: () => ({ certified: true }) },
  'command /operator/partners/{distributorId}/members': {
    ...partner,
    body: () => ({ loginName: `member-${++members}`, displayName: 'n' }),
  },
  'read /operator/trade-terms': { x: 'OF OA' },
  'command /operator/trade-terms': {
    x: 'OF',
    body: () => ({ kind: 'site', validFrom: null, terms: { vat: '0', customerWht: '0', sellerWht: '0', dst: '0' } }),
  },
  'read /operator/working-calendar': { x: 'OF OA' },
  'command /operator/working-calendar/{year}': {
    x: 'OF',
    object: () => ({ year: '2027' }),
    body: () => ({ off: ['2027-01-01'], worked: [] }),
  },
  'read /distributor/commissions/months': { x: 'DO OF OA', query: () => '?distributorId=d' },
  'read /distributor/commissions/lines': { x: 'DO OF OA', query: () => '?distributorId=d' },
  'read /distributor/commissions/lines/{lineId}': { x: 'DO OF OA', object: brought },
  'read /operator/payout/due': { x: 'OF OA' },
  'read /operator/payout/runs': { x: 'OF OA' },
  // nothing is due, and the run that there is was decided
  'command /operator/payout/preview': { x: 'OF', body: () => ({ requisitionIds: ['R-1'] }), refusedByRule: true },
  'command /operator/payout/runs': { x: 'OF', body: () => ({ requisitionIds: ['R-1'] }), refusedByRule: true },
  'read /operator/payout/runs/{runId}': { x: 'OF OA', object: () => PAID_OUT },
  'command /operator/payout/runs/{runId}/approval': { x: 'OF', object: () => PAID_OUT, refusedByRule: true },
  'command /operator/payout/runs/{runId}/rejection': {
    x: 'OF',
    object: () => PAID_OUT,
    body: () => ({ reason: 'a test' }),
    refusedByRule: true,
  },
  'command /operator/payout/runs/{runId}/files': {
    x: 'OF',
    object: () => PAID_OUT,
    body: () => ({ form: 'PAIN_001' }),
    refusedByRule: true,
  },
  'read /operator/payout/files/{fileId}': { x: 'OF', object: () => PAID_OUT },
  'command /operator/payout/payments/{paymentId}/failure': {
    x: 'OF',
    object: () => PAID_OUT,
    body: () => ({ reason: 'a test' }),
    refusedByRule: true,
  },
  // a file with a fault changes nothing
  'command /operator/payout/statements': { x: 'OF', body: () => ({ name: 'a.csv', content: 'YSxi' }) },
  'read /operator/payout/statements': { x: 'OF OA' },
  'read /operator/payout/bookings': { x: 'OF OA' },
  'command /operator/payout/bookings/{entryId}/match': {
    x: 'OF',
    object: () => PAID_OUT,
    body: () => ({ paymentId: PAID_OUT.paymentId }),
    refusedByRule: true,
  },
  'command /operator/payout/bookings/set-aside': {
    x: 'OF',
    body: () => ({ entryIds: [PAID_OUT.entryId], reason: 'a test' }),
    refusedByRule: true,
  },
  'read /operator/payout/accounts': { x: 'OF OA' },
  'command /operator/payout/accounts': {
    x: 'OF',
    body: () => ({
      owner: { kind: 'PLATFORM', id: 'CN' },
      ...{ holder: 'Jishi', bankName: 'Bank', bankCode: '104100000004', number: '6217000012345678' },
    }),
  },
  'read /exports': { x: 'BO BF EA SO SP SD SS SF DO OM OF OA' },
  // each of them may export orders; what a kind asks for beyond that: exports.db.test.ts
  'command /exports': {
    x: 'BO BF SO SP SD SS SF OM OF OA',
    body: () => ({ kind: 'ORDERS', format: 'csv', language: 'en', filter: {} }),
  },
  'read /messages': { x: ALL },
  'read /messages/unread': { x: ALL },
  'command /messages/reads': { x: ALL },
  'read /receivers': { x: 'BO SO' },
  'command /receivers': { x: 'BO SO', body: () => ({ ...PERSON, email: 'new@tenant.example' }) },
  'command /receivers/account': { x: 'BO SO', body: () => ({ language: 'zh', choices: EVERYTHING }) },
  'command /receivers/{receiverId}': {
    x: 'BO SO',
    object: receiverId,
    body: ({ receiverId }) => ({ ...PERSON, email: `${receiverId}@tenant.example` }),
  },
  'command /receivers/{receiverId}/removal': { x: 'BO SO', object: receiverId },
  'command /receivers/{receiverId}/codes': { x: 'BO SO', object: receiverId, body: () => ({ channel: 'EMAIL' }) },
  'command /receivers/{receiverId}/verification': {
    x: 'BO SO',
    object: receiverId,
    body: () => ({ channel: 'EMAIL', code: '000000' }),
  },
  'read /outbox': { x: 'OM OA OS' },
  'command /outbox/{deliveryId}/restart': { x: 'OM', object: ({ deliveryId }) => ({ deliveryId }) },
  'read /tasks': { x: 'OM OA' },
  'command /tasks/{taskId}/restart': { x: 'OM' },
};
