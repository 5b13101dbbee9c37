/** Paid order lines as the engine's facts, with the terms of their sale frozen (C41, S1-6, S1-8a). Pure. */
import type { ProductContent } from '../../catalog/index.ts';
import { type Agreements, NO_AGREEMENTS } from '../../directory/index.ts';
import type { Order, OrderLine, RefundExecuted } from '../../ordering/index.ts';
import { type Decimal, decimal } from '../../platform/exact.ts';
import { isPostPaid, nonCashOf } from '../../wallet/index.ts';
import type { Line, Product } from '../facts.ts';
import { ONE, ZERO } from '../formulas/derivation.ts';
import type { About } from './facts-json.ts';
import { distributorOf, partyTerms, type Sold, taxesOf, unitPart } from './sale-terms.ts';

/** A line that becomes known: an order line, or a part of a refund. */
export interface NewLine {
  readonly lineId: string;
  readonly rootId: string;
  readonly orderId: string;
  readonly sellerId: string;
  readonly buyerId: string;
  readonly goodsId: string;
  readonly class: Product['class'];
  readonly distributorId: string | null;
  readonly line: Line;
  /** null for a refund: it has those of its original */
  readonly terms: Product | null;
  readonly about: About;
}

const KINDS = { NEW: 'NEW', TRIAL_TO_FORMAL: 'NEW', RENEW: 'RENEWAL', CHANGE: 'CHANGE' } as const;

/** Trials are never settled (S2-8); an unsubscription is told as its refund. */
const kindOf = ({ orderType }: Order): Line['kind'] | null =>
  orderType === 'TRIAL' || orderType === 'UNSUBSCRIBE' ? null : KINDS[orderType];

/**
 * @param agreed with the parties of the sale, as it held when it was paid
 * @returns null for what is never settled, or is not paid
 */
export function lineFromOrder(
  order: Order,
  sold: OrderLine,
  content: ProductContent,
  agreed: Agreements = NO_AGREEMENTS,
): NewLine | null {
  const kind = kindOf(order);
  if (kind === null || order.paidAt === null) return null;
  const { snapshot } = sold;
  const offers = deducted(sold, 'OFFER');
  const voucherUsed = deducted(sold, 'VOUCHER');
  const sales = decimal(sold.listAmount.amount).minus(offers);
  const periods = decimal(sold.periodNumber ?? 1);
  const quantity = decimal(sold.quantity);
  // A change is priced by what is left of the period (3.10): it has no unit price of its own.
  const units = periods.times(quantity);
  const perUnit = (amount: Decimal) => (kind === 'CHANGE' ? null : exactPart(amount, units));
  const unitPrice = perUnit(sales);
  const list = decimal(sold.listAmount.amount);
  const sale = { order, line: sold };
  const amounts: Sold = { sales, list, units, paidAt: order.paidAt, agreed };
  const terms = termsOf(sold, content, order.orderType === 'NEW', partyTerms(sale, content.class, amounts));
  return {
    lineId: sold.orderLineId,
    rootId: sold.orderLineId,
    orderId: order.orderId,
    sellerId: sold.sellerId,
    buyerId: order.buyerId,
    goodsId: sold.goodsId,
    class: content.class,
    distributorId: snapshot.distributorId,
    line: {
      ...UNKNOWN_LINE,
      id: sold.orderLineId,
      productId: sold.goodsId,
      kind,
      // a floor discount is taken of the list price (S3-12), which a change of the rest of a period has too
      listPrice: terms.share?.mode === 'FLOOR_DISCOUNT' ? unitPart(list, units) : perUnit(list),
      unitPrice,
      periods,
      quantity,
      amount: unitPrice === null ? sales : null,
      placedAt: order.createdAt,
      paidAt: order.paidAt,
      // S1-4, S2-3: what paid the line was frozen with it; the balance alone is cash, and paid
      credit: isPostPaid(sold.payment ?? []),
      nonCash: decimal(nonCashOf(sold.payment ?? []).toFixed()),
      voucherUsed,
      // a renewal holds from its payment on, and counts when its own period begins (S2-5, S3-31, S3-32)
      effectiveAt: kind === 'RENEWAL' ? sold.effectiveFrom : null,
      // a trial that is converted runs already
      activatedAt: order.orderType === 'TRIAL_TO_FORMAL' ? order.paidAt : null,
      ...taxesOf(sale, amounts),
      distributor: distributorOf(sale, amounts),
    },
    terms,
    about: {
      productName: snapshot.productName,
      specificationName: snapshot.specificationName,
      chargingMode: sold.chargingMode,
      distributorId: snapshot.distributorId,
      note: null,
    },
  };
}

function termsOf(
  { snapshot, goodsId, sellerId }: OrderLine,
  content: ProductContent,
  purchase: boolean,
  rates: ReturnType<typeof partyTerms>,
): Product {
  const share = decimal(snapshot.sellerShare);
  const { shareMode: mode, floorDiscount } = snapshot;
  const general = content.class === 'GENERAL';
  return {
    id: goodsId,
    sellerId,
    class: content.class,
    // only a purchase is supervised: renewals and conversions create no new flow (2.3)
    supervised: purchase && snapshot.delivery.supervised,
    feeRatio: general ? ONE.minus(share) : null,
    share: general
      ? null
      : { mode, ratio: share, floorDiscount: floorDiscount === null ? null : decimal(floorDiscount) },
    ...rates,
  };
}

/** A part of an executed refund, or a failed delivery that was given back. */
export function refundLine(
  original: NewLine | KnownOriginal,
  refund: {
    readonly lineId: string;
    readonly orderId: string;
    readonly amount: Decimal;
    /** S1-4: what of it was no cash consumption */
    readonly nonCash?: Decimal;
    readonly at: Date;
  },
): NewLine {
  const { lineId, orderId, amount, nonCash = ZERO, at } = refund;
  return {
    lineId,
    rootId: original.lineId,
    orderId,
    sellerId: original.sellerId,
    buyerId: original.buyerId,
    goodsId: original.goodsId,
    class: original.class,
    distributorId: original.distributorId,
    line: {
      ...UNKNOWN_LINE,
      id: lineId,
      productId: original.goodsId,
      kind: 'REFUND',
      amount,
      nonCash,
      refundOf: original.lineId,
      placedAt: at,
      paidAt: at,
      refundCompletedAt: at,
    },
    terms: null,
    about: original.about,
  };
}
export type KnownOriginal = Pick<
  NewLine,
  'lineId' | 'sellerId' | 'buyerId' | 'goodsId' | 'class' | 'distributorId' | 'about'
> & { readonly line: Line };

/** One original: the unsubscription's own line; several: a part of it for each. */
export const refundLineId = ({ orderLineId, originalLineIds }: RefundExecuted, place: number): string =>
  originalLineIds.length === 1 ? orderLineId : `${orderLineId}.${place + 1}`;

const deducted = ({ snapshot }: OrderLine, kind: 'OFFER' | 'VOUCHER'): Decimal =>
  snapshot.deductions.reduce((sum, each) => (each.kind === kind ? sum.plus(each.amount.amount) : sum), ZERO);

/** A unit price that gives the amount back exactly, or none. */
function exactPart(amount: Decimal, units: Decimal): Decimal | null {
  if (units.isZero()) return null;
  const part = amount.dividedBy(units).toDecimalPlaces(10);
  return part.times(units).equals(amount) ? part : null;
}

/** A line of which nothing is known yet. */
export const UNKNOWN_LINE: Line = {
  id: '',
  productId: '',
  buyerId: null,
  kind: 'NEW',
  listPrice: null,
  unitPrice: null,
  periods: ONE,
  quantity: ONE,
  amount: null,
  refundOf: null,
  placedAt: new Date(0),
  credit: false,
  paidAt: null,
  repaidAt: null,
  nonCash: ZERO,
  voucherUsed: ZERO,
  voucherSellerPart: null,
  activatedAt: null,
  effectiveAt: null,
  supervisionCompletedAt: null,
  refundCompletedAt: null,
  consumedTo: null,
  vat: ZERO,
  customerWht: ZERO,
  sellerWht: ZERO,
  dst: ZERO,
  distributor: null,
};
