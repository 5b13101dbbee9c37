/**
 * What an order takes of the catalogue and gives back: the offer, the voucher, the pieces in stock. Taken in the
 * transaction that places the order, so that of two orders for the last piece or with one voucher exactly one succeeds.
 */
import {
  accessRules,
  closeDemand,
  consumeStock,
  giveOfferBack,
  offerById,
  offerLines as offerOf,
  type PromisedPieces,
  releaseStock,
  reserveStock,
  returnVouchers,
  rulesFor,
  type Sale,
  type SaleRequest,
  type SaleRow,
  saleRulesOf,
  takeOffer,
  targetsFault,
  useVoucher,
} from '../catalog/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Result, refuse } from '../platform/result.ts';
import { purchases } from './purchases.ts';
import { goodsOfOrders, type Order } from './store.ts';

/** Checks in the order of catalogue.md 13.1, and quotes: for the product page, the confirmation and the order. */
export const offerLines = (
  executor: Executor,
  request: SaleRequest,
  known?: ReadonlyMap<string, SaleRow>,
): Promise<Result<Sale>> => offerOf(executor, purchases, request, known);

/** Refuses OUT_OF_STOCK, OFFER_NOT_USABLE, VOUCHER_USED: another order was faster. */
export async function takeSale(
  platform: Platform,
  tx: Tx,
  order: Order,
  { offer, voucher }: Pick<Sale, 'offer' | 'voucher'>,
  now: Date,
): Promise<Result<never> | null> {
  const { orderId, buyerId, traceId } = order;
  const pieces = countedPieces(order);
  if (pieces.length > 0) {
    const refusal = await reserveStock(platform, tx, pieces, traceId, now);
    if (refusal) return { ok: false, refusal };
  }
  if (offer) {
    if (!(await takeOffer(tx, offer, orderId)))
      return refuse('OFFER_NOT_USABLE', 'the offer was used by another order', { offerId: offer.offerId });
    if (offer.demandId !== null) await closeDemand(tx, offer.demandId);
  }
  if (voucher) {
    const { voucherId } = voucher;
    if (!(await useVoucher(tx, { voucherId, buyerId, orderId, lineIds: linesWith(order, 'VOUCHER') }, now)))
      return refuse('VOUCHER_USED', 'S9-6: another order used this voucher', { voucherId });
  }
  return null;
}

/** An unpaid order is cancelled: what it held is free again (L38, S7-5). */
export async function giveSaleBack(tx: Tx, order: Order): Promise<void> {
  await releaseStock(tx, countedPieces(order));
  const offers = deductionIds(order, 'OFFER');
  if (offers.length > 0) await giveOfferBack(tx, order.orderId, offers);
  if (deductionIds(order, 'VOUCHER').length > 0) await returnVouchers(tx, [{ orderId: order.orderId, lineIds: null }]);
}

/** An order is paid: what was promised is sold (L38). */
export const consumeSale = (tx: Tx, order: Order): Promise<void> => consumeStock(tx, countedPieces(order));

type RulesByProduct = Awaited<ReturnType<typeof saleRulesOf>>;
/** What `stillAllowed` will ask of the rules of products, for orders that are read in the same trip. */
export const rulesOfOrders = (tx: Tx, orderIds: readonly string[]): Promise<RulesByProduct> =>
  saleRulesOf(tx, goodsOfOrders(orderIds));

/**
 * C46: the sale object is looked at again when an order is paid that was placed before.
 * @param known rules of its products, where they were read before
 * @returns its refusal
 */
export async function stillAllowed(
  tx: Tx,
  order: Order,
  now: Date,
  known?: RulesByProduct,
): Promise<Result<never> | null> {
  if ((order.orderType !== 'NEW' && order.orderType !== 'TRIAL') || order.createdAt >= now) return null;
  const { buyerId, lines } = order;
  const rules = known ?? (await saleRulesOf(tx, [...new Set(lines.map(({ goodsId }) => goodsId))]));
  if (!lines.some(({ goodsId }) => rules.has(goodsId))) return null;
  const sold = lines.map(({ goodsId, specificationId }) => ({
    goodsId,
    specificationId,
    rules: rulesFor(rules.get(goodsId), specificationId),
  }));
  const refusal = await targetsFault({ executor: tx, purchases, buyerId, now }, sold);
  if (!refusal || (await isExempt(tx, order))) return null;
  return { ok: false, refusal };
}

/** C54: a configuration quote may pass over the sale object. */
async function isExempt(tx: Tx, order: Order): Promise<boolean> {
  const [offerId] = deductionIds(order, 'OFFER');
  return offerId !== undefined && ((await offerById(tx, offerId))?.exempt ?? false);
}

interface Pieces {
  readonly orderType: Order['orderType'];
  readonly lines: readonly Pick<Order['lines'][number], 'snapshot' | 'skuCode' | 'goodsId' | 'sellerId' | 'quantity'>[];
}
/** Whether some of it is counted in stock (L38). */
export const takesOfStock = (order: Pieces): boolean => countedPieces(order).length > 0;

function countedPieces({ orderType, lines }: Pieces): PromisedPieces[] {
  if (orderType !== 'NEW') return [];
  return lines
    .filter(({ snapshot: { delivery } }) => accessRules(delivery.accessType, delivery.licenseVariant).stock)
    .map(({ skuCode, goodsId, sellerId, quantity, snapshot: { productName } }) => ({
      skuCode,
      goodsId,
      sellerId,
      quantity,
      productName,
    }));
}

type Kind = Order['lines'][number]['snapshot']['deductions'][number]['kind'];
const deductionIds = ({ lines }: Order, kind: Kind): string[] => [
  ...new Set(
    lines.flatMap(({ snapshot }) => snapshot.deductions.flatMap((each) => (each.kind === kind ? [each.id] : []))),
  ),
];
const linesWith = ({ lines }: Order, kind: Kind): string[] =>
  lines.flatMap(({ orderLineId, snapshot }) =>
    snapshot.deductions.some((each) => each.kind === kind) ? [orderLineId] : [],
  );
