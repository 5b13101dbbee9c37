/** Who may do what: market, sales and orders. */
import type { Objects } from '../../../../../tests/support/two-tenants.ts';
import { type Access, ALL, goods, orderId, REASON } from './access-objects.test-support.ts';

const SEE_ORDERS = { x: 'BO BV BF SO SF OM OF OA', o: 'BP SP SD SS' };
const reviewId = ({ reviewId }: Objects) => ({ reviewId });
const questionId = ({ questionId }: Objects) => ({ questionId });
const OPINION = { stars: 4, text: 'It does what it should', pictures: [] };
const SALES = { x: 'SO SS OM', o: 'SP', object: goods };
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

export const MARKET_ACCESS: Readonly<Record<string, Access>> = {
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
  'read /distributor/demands': { x: 'DO' },
  // nobody of that name
  'command /distributor/demands': {
    x: 'DO',
    body: ({ goodsId }) => ({ goodsId, buyer: { buyerId: 'b', accountName: 'nobody' }, text: 'cheaper' }),
    refusedByRule: true,
  },
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
};
