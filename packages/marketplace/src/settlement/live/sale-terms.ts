/**
 * What was agreed with the parties of a sale, applied to its order line as the engine's facts: who brought the buyer (3.4 –
 * 3.6), withholding taxes (S3-8), management fee (S3-14), invoice rates (1.5). Found by the instant of the payment, so it is
 * the same whenever the line becomes known. Pure but for the one read.
 */
import { type Agreements, agreements, NO_TAXES, type Payer, type Subject } from '../../directory/index.ts';
import type { Order, OrderLine } from '../../ordering/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { type Decimal, decimal } from '../../platform/exact.ts';
import type { Distributor, Line, Product } from '../facts.ts';
import { exact, ONE, ZERO } from '../formulas/derivation.ts';
import { SMALL_SCALE_RATE, TAX_RATES } from '../terms.ts';

export interface Sale {
  readonly order: Order;
  readonly line: OrderLine;
}

/** One statement for all these sales. */
export const agreedFor = (executor: Executor, sold: readonly Sale[]): Promise<Agreements> =>
  agreements(
    executor,
    sold.flatMap(({ order, line: { sellerId, snapshot } }): Subject[] => [
      `site:${order.site}`,
      `seller:${sellerId}`,
      `buyer:${order.buyerId}`,
      ...(snapshot.distributorId === null ? [] : [`distributor:${snapshot.distributorId}` as const]),
    ]),
  );

/** The amounts of a line that its sale is settled by. */
export interface Sold {
  readonly sales: Decimal;
  readonly list: Decimal;
  /** periods × quantity */
  readonly units: Decimal;
  readonly paidAt: Date;
  readonly agreed: Agreements;
}

/** Taxes outside China: rates of the price without VAT, a party's own before the site's. */
export function taxesOf(
  { order, line }: Sale,
  { sales, paidAt, agreed }: Sold,
): Pick<Line, 'vat' | 'customerWht' | 'sellerWht' | 'dst'> {
  if (order.site === 'CN') return { vat: ZERO, customerWht: ZERO, sellerWht: ZERO, dst: ZERO };
  const site = agreed.at('site', order.site, paidAt) ?? NO_TAXES;
  const seller = agreed.at('seller', line.sellerId, paidAt);
  const buyer = agreed.at('buyer', order.buyerId, paidAt);
  const net = exact(sales.dividedBy(ONE.plus(site.vat)));
  const of = (rate: string): Decimal => exact(net.times(rate));
  return {
    vat: sales.minus(net),
    customerWht: of(buyer?.customerWht ?? site.customerWht),
    sellerWht: of(seller?.sellerWht ?? site.sellerWht),
    dst: of(seller?.dst ?? site.dst),
  };
}

/** Invoice rates by the seller's tax status; the management fee of the buyer's project, of joint-operation orders only (3.3). */
export function partyTerms(
  { order, line }: Sale,
  productClass: Product['class'],
  { paidAt, agreed }: Sold,
): Pick<Product, 'outputTax' | 'sellerInvoiceTax' | 'serviceTax' | 'managementFeeRatio'> {
  const { snapshot, sellerId } = line;
  const rate = TAX_RATES[snapshot.taxType];
  const { distributorId } = snapshot;
  const distributor = distributorId === null ? null : agreed.at('distributor', distributorId, paidAt);
  const project = productClass === 'JOINT' ? agreed.at('buyer', order.buyerId, paidAt) : null;
  const managementFee = project?.managementFeeRatio ?? null;
  return {
    outputTax: decimal(rate),
    sellerInvoiceTax: rateOf(agreed.at('seller', sellerId, paidAt)?.payer, rate),
    serviceTax: rateOf(distributor?.payer, TAX_RATES.SERVICE),
    managementFeeRatio: managementFee === null ? null : decimal(managementFee),
  };
}

/** Null: nobody brought the buyer, or nothing was agreed with them when it was paid – the sale is a direct one (3.4). */
export function distributorOf({ line }: Sale, { list, units, paidAt, agreed }: Sold): Distributor | null {
  const { distributorId, floorDiscount } = line.snapshot;
  const terms = distributorId === null ? null : agreed.at('distributor', distributorId, paidAt);
  if (distributorId === null || terms === null) return null;
  return {
    id: distributorId,
    scene: terms.scene,
    // without a floor discount the list price is the floor
    floorPrice: unitPart(list.times(floorDiscount ?? '1'), units),
    commissionRatio: terms.ratio === null ? null : decimal(terms.ratio),
  };
}

/** A charge of usage is one piece at its list price, by the terms of the sale that opened the service (C41). */
export function chargeFacts(
  sale: Sale,
  { amount, terms, agreed }: { readonly amount: Decimal; readonly terms: Product | null; readonly agreed: Agreements },
): Pick<Line, 'listPrice' | 'periods' | 'quantity' | 'distributor' | keyof ReturnType<typeof taxesOf>> {
  const paidAt = sale.order.paidAt ?? sale.order.createdAt;
  const amounts: Sold = { sales: amount, list: amount, units: ONE, paidAt, agreed };
  return {
    // only a floor discount asks for it (S3-12)
    listPrice: terms?.share?.mode === 'FLOOR_DISCOUNT' ? amount : null,
    periods: ONE,
    quantity: ONE,
    ...taxesOf(sale, amounts),
    distributor: distributorOf(sale, amounts),
  };
}

/** Per unit and period, to so many decimals that the whole comes back to the last place a line keeps. */
export const unitPart = (amount: Decimal, units: Decimal): Decimal =>
  units.isZero() ? amount : amount.dividedBy(units).toDecimalPlaces(UNIT_DECIMALS);
const UNIT_DECIMALS = 20;

/** 1.5: a small-scale payer invoices at 3 %, whatever it is for */
const rateOf = (payer: Payer | undefined, general: string): Decimal =>
  decimal(payer === 'SMALL_SCALE' ? SMALL_SCALE_RATE : general);
