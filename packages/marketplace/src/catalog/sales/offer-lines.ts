/**
 * The one way to a price for a buyer (catalogue.md 13.1): state → region → real-name level → sale object → purchase
 * limit → quantity → stock → price. Product page, confirmation and order all come here, so that what was shown is what
 * is charged (B-29, C22).
 */
import { distributorKinds } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { accessRules } from '../access-types.ts';
import type { ProductContent, Specification } from '../definition.ts';
import type { Quote } from '../model.ts';
import { discountsOf, eligibleLines, grantFault, type Offer, type Voucher } from '../offers/model.ts';
import { offerFor } from '../offers/store.ts';
import { heldVouchers } from '../offers/voucher-store.ts';
import type { PricedOffer } from '../service.ts';
import { contentOf } from '../store.ts';
import { applyVoucher } from '../voucher-quote.ts';
import { customerFault, type Purchases } from './customer.ts';
import { available } from './model.ts';
import { quoteLine } from './quote-line.ts';
import { type SaleRow, saleRows, saleRowsNow } from './store.ts';

export interface SaleLine {
  readonly priceItemId: string;
  readonly quantity?: number | undefined;
  readonly periodNumber?: number | undefined;
  /** images per vCPU: of the flavour chosen (L34) */
  readonly vcpus?: number | undefined;
}

export interface SaleRequest {
  /** null = somebody who is no buyer: list prices, nothing is checked about him */
  readonly buyerId: string | null;
  readonly lines: readonly SaleLine[];
  readonly offerId?: string | undefined;
  readonly voucherId?: string | undefined;
  /** entered by the buyer; an offer's own one goes first (C55) */
  readonly distributorId?: string | undefined;
  readonly now: Date;
  /** the price is told although it can not be ordered: the page stays visible (C45) */
  readonly told?: boolean;
}

export interface Sale {
  readonly lines: readonly PricedOffer[];
  /** with `told`: why it can not be ordered */
  readonly blockedBy: Refusal | null;
  readonly offer: Offer | null;
  readonly voucher: Voucher | null;
  readonly distributorId: string | null;
}

/**
 * Checks and quotes. Refuses NOT_FOUND, NOT_ON_SALE, NOT_IN_REGION, REAL_NAME_REQUIRED, NOT_TARGET_CUSTOMER,
 * PURCHASE_LIMIT, INVALID_QUANTITY, OUT_OF_STOCK, INVALID_PERIOD, INVALID_FLAVOUR, OFFER_NOT_USABLE, VOUCHER_NOT_USABLE,
 * VOUCHER_USED, DISTRIBUTOR_UNKNOWN – in this order, whichever line is at fault.
 * @param known rows of the price items, where they were read before
 */
export async function offerLines(
  executor: Executor,
  purchases: Purchases,
  request: SaleRequest,
  known?: ReadonlyMap<string, SaleRow>,
): Promise<Result<Sale>> {
  const found = await onSale(executor, request.lines, known);
  if (!found.ok) return found;
  const lines = found.value;
  const { offer, rates } = await takenOffer(executor, request, lines);
  const exempt = rates.ok && offer?.kind === 'CONFIGURATION' && offer.exempt;
  const { buyerId, now } = request;
  const fault =
    buyerId === null ? null : await customerFault({ executor, purchases, buyerId, now }, lines.map(wanted), exempt);
  if (fault && !request.told) return no(fault);
  const quotes = lines.map((line, place) => quoteOf(line, offer, rates.ok ? (rates.value[place] ?? null) : null));
  const badQuantity = quotes.find((each) => !each.ok && each.refusal.code === 'INVALID_QUANTITY');
  if (badQuantity && !badQuantity.ok) return badQuantity;
  const short = stockFault(lines);
  if (short && !request.told) return no(short);
  const priced: Quote[] = [];
  for (const each of quotes) {
    if (!each.ok) return each;
    priced.push(each.value);
  }
  if (!rates.ok) return rates;
  const offered = lines.map((line, place) => pricedOffer(line, priced[place]));
  const paid = await withVoucher(executor, request, offered);
  if (!paid.ok) return paid;
  const distributor = await distributorOf(executor, offer, request);
  if (!distributor.ok) return distributor;
  return ok({
    lines: offered.map((line, place) => ({ ...line, quote: paid.value.quotes[place] ?? line.quote })),
    blockedBy: fault ?? short,
    offer,
    voucher: paid.value.voucher,
    distributorId: distributor.value,
  });
}

/** A line that can be sold at all: the state is the first thing that is looked at. */
interface Found {
  readonly asked: SaleLine;
  readonly row: SaleRow;
  readonly content: ProductContent;
  readonly specification: Specification;
  readonly item: Specification['skus'][number]['prices'][number];
}

async function onSale(
  executor: Executor,
  asked: readonly SaleLine[],
  known?: ReadonlyMap<string, SaleRow>,
): Promise<Result<Found[]>> {
  const ids = asked.map((line) => line.priceItemId);
  const rows = known ?? (await (executor.kind === 'database' ? saleRowsNow(executor, ids) : saleRows(executor, ids)));
  const found: Found[] = [];
  for (const line of asked) {
    const { priceItemId } = line;
    const row = rows.get(priceItemId);
    if (!row) return refuse('NOT_FOUND', `there is no price item ${priceItemId}`, { priceItemId });
    const content = await contentOf(executor, row.goods_id, row.version);
    const part = priceItemIn(content, priceItemId);
    const traded = accessRules(content.accessType, content.licenseVariant).traded;
    if (!row.on_sale || !part || !traded)
      return refuse('NOT_ON_SALE', 'this product or specification is not on sale', {
        priceItemId,
        goodsId: row.goods_id,
      });
    found.push({ asked: line, row, content, ...part });
  }
  return ok(found);
}

function priceItemIn(content: ProductContent, priceItemId: string): Pick<Found, 'specification' | 'item'> | null {
  for (const specification of content.specifications)
    for (const sku of specification.skus) {
      const item = sku.prices.find((price) => price.priceItemId === priceItemId);
      if (item) return { specification, item };
    }
  return null;
}

const wanted = ({ asked, row, content, specification }: Found) => ({
  goodsId: row.goods_id,
  specificationId: row.specification_id,
  rules: row.rules,
  realName: content.realName,
  limited: specification.chargingMode !== 'ON_DEMAND',
  quantity: asked.quantity ?? 1,
});

/** An offer is the buyer's own through its link: it is named or not had (catalogue.md 10). */
async function takenOffer(executor: Executor, { offerId, buyerId, now }: SaleRequest, lines: readonly Found[]) {
  if (offerId === undefined) return { offer: null, rates: ok(lines.map((): string | null => null)) };
  const { offer, mine } = await offerFor(executor, offerId, buyerId ?? '');
  const asked = lines.map(({ asked: line, row }) => ({
    ...line,
    goodsId: row.goods_id,
    specificationId: row.specification_id,
  }));
  return { offer, rates: discountsOf(offer, mine, asked, now) };
}

const quoteOf = ({ asked, specification, item }: Found, offer: Offer | null, rate: string | null): Result<Quote> =>
  quoteLine(specification, item, asked, offer && rate !== null ? { offerId: offer.offerId, rate } : undefined);

/** C50: of what is counted there must be enough for all lines together. */
function stockFault(lines: readonly Found[]): Refusal | null {
  const wantedOf = new Map<string, number>();
  for (const { asked, row, content } of lines) {
    if (!accessRules(content.accessType, content.licenseVariant).stock) continue;
    const pieces = (wantedOf.get(row.sku_code) ?? 0) + (asked.quantity ?? 1);
    wantedOf.set(row.sku_code, pieces);
    const left = available(row.stock);
    if (pieces > left) return outOfStock(row.goods_id, row.sku_code, left);
  }
  return null;
}
export const outOfStock = (goodsId: string, skuCode: string, left: number): Refusal => ({
  code: 'OUT_OF_STOCK',
  message: `C50: ${Math.max(left, 0)} are left`,
  facts: { goodsId, skuCode, available: String(Math.max(left, 0)) },
});

async function withVoucher(
  executor: Executor,
  { voucherId, buyerId, now }: SaleRequest,
  lines: readonly PricedOffer[],
): Promise<Result<{ quotes: readonly Quote[]; voucher: Voucher | null }>> {
  if (voucherId === undefined) return ok({ quotes: lines.map((line) => line.quote), voucher: null });
  const held = buyerId === null ? undefined : (await heldVouchers(executor, buyerId, [voucherId])).get(voucherId);
  const fault = grantFault(held?.voucher ?? null, held?.grant ?? null, now);
  if (!held || fault) return no(fault ?? { code: 'VOUCHER_NOT_USABLE', message: 'there is no such voucher' });
  const taken = lessVoucher(held.voucher, lines);
  return taken.ok ? ok({ quotes: taken.value, voucher: held.voucher }) : taken;
}

/** What a voucher makes of the quotes of lines; pure. Refuses VOUCHER_NOT_USABLE. */
export const lessVoucher = (voucher: Voucher, lines: readonly PricedOffer[]): Result<Quote[]> =>
  applyVoucher(
    lines.map((line) => line.quote),
    eligibleLines(
      voucher,
      lines.map(({ offer, specification, content, quote: priced }) => ({
        goodsId: offer.goods_id,
        specification,
        content,
        periodType: priced.periodType,
        currency: priced.amount.currency,
        hasOffer: priced.deductions.some(({ kind }) => kind === 'OFFER'),
      })),
    ),
    voucher,
  );

async function distributorOf(
  executor: Executor,
  offer: Offer | null,
  { distributorId }: SaleRequest,
): Promise<Result<string | null>> {
  if (offer?.distributorId) return ok(offer.distributorId);
  if (distributorId === undefined) return ok(null);
  const known = await distributorKinds(executor, [distributorId]);
  return known.has(distributorId)
    ? ok(distributorId)
    : refuse('DISTRIBUTOR_UNKNOWN', 'C55: there is no such distributor, service provider or reseller', {
        distributorId,
      });
}

function pricedOffer({ row, content, specification }: Found, paid: Quote | undefined): PricedOffer {
  if (!paid) throw new Error(`line ${row.price_item_id} has no quote`);
  return { offer: row, content, specification, quote: paid };
}

const no = (refusal: Refusal): Result<never> => ({ ok: false, refusal });
