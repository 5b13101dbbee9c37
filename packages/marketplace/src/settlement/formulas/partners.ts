/** Customer service providers and resellers (settlement.md 3.5, 3.6): their bills are kept apart from the sellers'. */
import type { Decimal } from 'decimal.js';

/** Joint sale: the order's cash consumption × the provider's share (S3-18). */
export const cspSettlement = (cashConsumption: Decimal, share: Decimal): Decimal => cashConsumption.times(share);

/** Deal-price products: the deal price, or the part of it that was confirmed, × share (S3-18a). */
export const cspDealCommission = (confirmedDealPrice: Decimal, share: Decimal): Decimal =>
  confirmedDealPrice.times(share);

/** Floor-discount products: (deal price − the partner's authorised price) × share (S3-18b). */
export const cspFloorCommission = (dealPrice: Decimal, authorisedPrice: Decimal, share: Decimal): Decimal =>
  dealPrice.minus(authorisedPrice).times(share);

/** What a reseller owes for its customers' consumption (S3-19). */
export const resellerSettlement = (consumption: Decimal, resaleDiscount: Decimal): Decimal =>
  consumption.times(resaleDiscount);
