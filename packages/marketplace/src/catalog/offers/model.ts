/**
 * Private offers and vouchers (catalogue.md 10, settlement.md 9), pure: which are good for whom and what, and what they
 * take off. An offer is a discount for named buyers; a voucher an amount off, one per order (C53).
 */
import { z } from 'zod';
import type { DistributorKind } from '../../directory/index.ts';
import { decimal } from '../../platform/money.ts';
import { type Refusal, type Result, refuse } from '../../platform/result.ts';
import type { ProductContent, Specification } from '../definition.ts';

export const OFFER_STATES = ['DRAFT', 'IN_APPROVAL', 'VALID', 'USED', 'EXPIRED', 'WITHDRAWN'] as const;
export type OfferState = (typeof OFFER_STATES)[number];
export const OFFER_KINDS = ['PRODUCT', 'CONFIGURATION'] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];

/** What an offer is for; of a CONFIGURATION exactly this, of a PRODUCT the members from `priceItemId` on are null. */
export const offerItem = z.object({
  goodsId: z.string(),
  /** null = each of the product */
  specificationId: z.string().nullable(),
  /** what is paid of the list price, 0 < rate ≤ 1 */
  rate: z.string(),
  priceItemId: z.string().nullable(),
  quantity: z.number().nullable(),
  periodNumber: z.number().nullable(),
  vcpus: z.number().nullable(),
});
export type OfferItem = z.infer<typeof offerItem>;

export interface Offer {
  readonly offerId: string;
  readonly sellerId: string;
  readonly kind: OfferKind;
  /** as kept: an expired one is VALID */
  readonly state: Exclude<OfferState, 'EXPIRED'>;
  readonly name: string;
  readonly items: readonly OfferItem[];
  readonly validFrom: Date;
  readonly validTo: Date;
  /** C54: a CONFIGURATION that passes over sale object and purchase limit */
  readonly exempt: boolean;
  readonly distributorId: string | null;
  readonly demandId: string | null;
  readonly token: string;
  readonly comment: string | null;
  readonly orderId: string | null;
  readonly createdAt: Date;
}

export const offerState = (offer: Pick<Offer, 'state' | 'validTo'>, now: Date): OfferState =>
  offer.state === 'VALID' && offer.validTo <= now ? 'EXPIRED' : offer.state;

/** C52: an offer whose every discount lies within the range is active at once. */
export const needsApproval = (items: readonly Pick<OfferItem, 'rate'>[], freeRate: string): boolean =>
  items.some(({ rate }) => decimal(rate).lessThan(freeRate));

/** C52: the start is later than now; the end later than the start. */
export function validityFault(from: Date, to: Date, now: Date): Refusal | null {
  if (from <= now)
    return refusalOf('START_PAST', 'C52: an offer starts later than now', { validFrom: from.toISOString() });
  return to > from ? null : refusalOf('VALIDATION', 'the end of validity is later than its start', {});
}

/** A line as offers and vouchers look at it. */
export interface PricedFor {
  readonly priceItemId: string;
  readonly goodsId: string;
  readonly specificationId: string;
  readonly quantity?: number | undefined;
  readonly periodNumber?: number | undefined;
  readonly vcpus?: number | undefined;
}

/**
 * What an offer makes of each line: its best single discount (C53), or null for a line that it does not cover.
 * @param mine the buyer is named in the offer
 * Refuses OFFER_NOT_USABLE: not his, not valid now, not for these lines, another configuration.
 */
export function discountsOf(
  offer: Offer | null,
  mine: boolean,
  lines: readonly PricedFor[],
  now: Date,
): Result<(string | null)[]> {
  const facts = offer ? { offerId: offer.offerId } : {};
  const no = (why: string): Result<never> => refuse('OFFER_NOT_USABLE', why, facts);
  if (!offer || !mine) return no('there is no such offer for this buyer');
  const state = offerState(offer, now);
  if (state !== 'VALID') return no(`C52: the offer is ${state}`);
  if (offer.validFrom > now) return no(`C52: the offer begins on ${offer.validFrom.toISOString()}`);
  if (offer.kind === 'CONFIGURATION') {
    const same =
      lines.length === offer.items.length && lines.every((line, place) => isExactly(offer.items[place], line));
    return same
      ? { ok: true, value: offer.items.map(({ rate }) => rate) }
      : no('a configuration quote is ordered exactly as it was offered');
  }
  const rates = lines.map((line) => bestRate(offer.items, line));
  return rates.some((rate) => rate !== null) ? { ok: true, value: rates } : no('the offer is not for these products');
}

function isExactly(item: OfferItem | undefined, line: PricedFor): boolean {
  if (item === undefined || item.priceItemId !== line.priceItemId) return false;
  const same = (fixed: number | null, asked: number | undefined) => (fixed ?? undefined) === asked;
  return (
    same(item.quantity, line.quantity) && same(item.periodNumber, line.periodNumber) && same(item.vcpus, line.vcpus)
  );
}

/** Offers are not added up: of several discounts for one line the best counts (C53). */
function bestRate(items: readonly OfferItem[], line: PricedFor): string | null {
  const fitting = items.filter(
    ({ goodsId, specificationId }) =>
      goodsId === line.goodsId && (specificationId === null || specificationId === line.specificationId),
  );
  return fitting.map(({ rate }) => rate).toSorted((a, b) => decimal(a).comparedTo(b))[0] ?? null;
}

// --- demands --------------------------------------------------------------------------------------------------

export type DemandState = 'OPEN' | 'ACCEPTED' | 'REJECTED' | 'CLOSED';
/** C51a, S9-2 */
export const DEMAND_DAYS = 5;

/** What a service provider has in mind for its customer; each member null = left to the seller. */
export interface Wish {
  readonly specificationId: string | null;
  readonly quantity: number | null;
  /** what the customer should pay of the list price, 0 < rate ≤ 1 */
  readonly rate: string | null;
}
export const NO_WISH: Wish = { specificationId: null, quantity: null, rate: null };

/**
 * Who makes demands for customers (S9-2, S9-3): a customer service provider, or a distributor as it was called before (Q15).
 * A reseller does not: its customers pay the list price, and it settles at its own discount (S3-19).
 */
export const mayDemand = (kind: DistributorKind): boolean => kind !== 'RESELLER';

/**
 * S9-3: an offer answers a demand that was accepted, is for the customer whose demand it is, and names the service provider
 * who made it. Refuses DEMAND_STATE, UNKNOWN_BUYER, OFFER_PARTNER.
 */
export function answerFault(
  demand: Pick<Demanded, 'state' | 'buyerId' | 'distributorId'> | null,
  offer: { readonly buyers: readonly { readonly buyerId: string }[]; readonly distributorId: string | null },
): Refusal | null {
  if (demand?.state !== 'ACCEPTED')
    return refusalOf('DEMAND_STATE', 'S9-3: an offer answers a demand that was accepted', {});
  const { buyerId, distributorId } = demand;
  if (!offer.buyers.some((buyer) => buyer.buyerId === buyerId))
    return refusalOf('UNKNOWN_BUYER', 'S9-3: the offer is for the customer whose demand it answers', { buyerId });
  return distributorId !== null && offer.distributorId !== distributorId
    ? refusalOf('OFFER_PARTNER', 'S9-3: the offer names the service provider whose demand it answers', {
        distributorId,
      })
    : null;
}
interface Demanded {
  readonly state: DemandState;
  readonly buyerId: string;
  /** who made it for the customer; null = the customer itself */
  readonly distributorId: string | null;
}

// --- vouchers -------------------------------------------------------------------------------------------------

export const VOUCHER_MODES = ['ONE_TIME', 'MONTH', 'YEAR'] as const;
export type VoucherMode = (typeof VOUCHER_MODES)[number];

export const voucherItem = z.object({
  goodsId: z.string(),
  specificationId: z.string().nullable(),
  /** class of the product when it was issued: one that becomes joint operation takes its vouchers with it (S9-5) */
  class: z.string(),
});
export type VoucherItem = z.infer<typeof voucherItem>;

export interface Voucher {
  readonly voucherId: string;
  readonly sellerId: string;
  /** VOID ones are not given out any more; those that buyers have stay good (S-56) */
  readonly state: 'PUBLISHED' | 'VOID';
  readonly name: string;
  readonly faceValue: string;
  readonly minimumSpend: string | null;
  readonly currency: string;
  readonly items: readonly VoucherItem[];
  readonly modes: readonly VoucherMode[];
  readonly withOffers: boolean;
  readonly claimable: boolean;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly total: number;
  readonly claimed: number;
  readonly createdAt: Date;
}
export interface Grant {
  readonly buyerId: string;
  readonly orderId: string | null;
}

/** What a voucher asks of a line. */
export interface VoucherLine {
  readonly goodsId: string;
  readonly specification: Pick<Specification, 'specificationId' | 'chargingMode'>;
  readonly content: Pick<ProductContent, 'class'>;
  readonly periodType: 'month' | 'year' | null;
  readonly currency: string;
  readonly hasOffer: boolean;
}

/**
 * Lines that a voucher is good for (S9-5, S9-6, S9-8): its products, its charging modes – never pay-per-use –, not those
 * with an offer when it says so, not those whose class became joint operation.
 */
export function eligibleLines(voucher: Voucher, lines: readonly VoucherLine[]): ReadonlySet<number> {
  const places = lines.flatMap((line, place) => (isEligible(voucher, line) ? [place] : []));
  return new Set(places);
}

function isEligible(voucher: Voucher, line: VoucherLine): boolean {
  const mode = modeOf(line);
  if (mode === null || !voucher.modes.includes(mode) || voucher.currency !== line.currency) return false;
  if (line.hasOffer && !voucher.withOffers) return false;
  return voucher.items.some(
    (item) =>
      item.goodsId === line.goodsId &&
      (item.specificationId === null || item.specificationId === line.specification.specificationId) &&
      (line.content.class !== 'JOINT' || item.class === 'JOINT'),
  );
}

function modeOf({ specification: { chargingMode }, periodType }: VoucherLine): VoucherMode | null {
  if (chargingMode === 'ONE_TIME') return 'ONE_TIME';
  if (chargingMode !== 'PERIOD' || periodType === null) return null;
  return periodType === 'month' ? 'MONTH' : 'YEAR';
}

/** Why a buyer can not use a voucher now, whatever he orders; null = he can. */
export function grantFault(voucher: Voucher | null, grant: Grant | null, now: Date): Refusal | null {
  if (!voucher || !grant) return refusalOf('VOUCHER_NOT_USABLE', 'the buyer has no such voucher', {});
  const { voucherId } = voucher;
  if (grant.orderId !== null)
    return refusalOf('VOUCHER_USED', `S9-6: order ${grant.orderId} used this voucher`, {
      voucherId,
      orderId: grant.orderId,
    });
  if (voucher.validFrom > now || voucher.validTo <= now)
    return refusalOf('VOUCHER_NOT_USABLE', 'the voucher is not valid at this time', {
      voucherId,
      validFrom: voucher.validFrom.toISOString(),
      validTo: voucher.validTo.toISOString(),
    });
  return null;
}

/** S9-5, S-56: why a buyer can not claim a voucher; null = he can. */
export function claimFault(voucher: Voucher | null, now: Date): Refusal | null {
  if (!voucher?.claimable) return refusalOf('NOT_FOUND', 'there is no such voucher to claim', {});
  const { voucherId } = voucher;
  if (voucher.state === 'VOID')
    return refusalOf('VOUCHER_VOID', 'S9-5: the voucher is not given out any more', { voucherId });
  if (voucher.validTo <= now) return refusalOf('VOUCHER_NOT_USABLE', 'the voucher has expired', { voucherId });
  return voucher.claimed < voucher.total
    ? null
    : refusalOf('VOUCHER_GONE', 'all of these vouchers were claimed', { voucherId });
}

const refusalOf = (code: string, message: string, facts: Record<string, string>): Refusal => ({ code, message, facts });
