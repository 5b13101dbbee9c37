/** What the settlement engine is told: facts of sales, not of databases. Amounts are exact decimals, instants are UTC. */
import type { Decimal } from '../platform/exact.ts';
import type { Currency } from '../platform/money.ts';
import type { Site } from '../platform/site.ts';

/** The classes that bills are kept by (S1-1). */
export const CLASSES = ['GENERAL', 'JOINT', 'YANXUAN', 'YANXUAN_SELF', 'HUAWEI'] as const;
export type ProductClass = (typeof CLASSES)[number];

export interface Policy {
  readonly site: Site;
  readonly currency: Currency;
  /** of the bill total, to 2 decimals (S1-11) */
  readonly rounding: 'HALF_UP' | 'TRUNCATE';
  /** what the bills of a class must have reached together (S2-6); zero = no minimum */
  readonly minimum: Decimal;
  readonly calendar: 'cn' | 'none';
}

export interface Seller {
  readonly id: string;
  /** business information certification (S2-1); null = not yet */
  readonly certifiedAt: Date | null;
}

export interface Share {
  readonly mode: 'DEAL_PRICE' | 'FLOOR_DISCOUNT';
  readonly ratio: Decimal;
  readonly floorDiscount: Decimal | null;
}

export interface Product {
  readonly id: string;
  readonly sellerId: string;
  readonly class: ProductClass;
  readonly supervised: boolean;
  /** platform fee of general and INTL/EU products; null = not agreed */
  readonly feeRatio: Decimal | null;
  /** of the other classes; null = not agreed */
  readonly share: Share | null;
  readonly outputTax: Decimal;
  readonly sellerInvoiceTax: Decimal;
  readonly serviceTax: Decimal;
  readonly managementFeeRatio: Decimal | null;
}

export interface Distributor {
  readonly id: string;
  /** a distributor alone or with Huawei Cloud (3.4), a customer service provider (3.5), a reseller (3.6) */
  readonly scene: 'SOLO' | 'JOINT' | 'CSP' | 'RESELLER';
  /** per unit and period; of a CSP the price that it is authorised to sell at */
  readonly floorPrice: Decimal;
  /** JOINT: at most 0.9 (3.4); CSP: its share; RESELLER: its resale discount; null of SOLO */
  readonly commissionRatio: Decimal | null;
}

export interface Line {
  readonly id: string;
  readonly productId: string;
  /** whose month on credit has to be repaid as a whole (S2-3); null = not told, or `repaidAt` is the month's already */
  readonly buyerId: string | null;
  readonly kind: 'NEW' | 'RENEWAL' | 'CHANGE' | 'REFUND' | 'USAGE';
  readonly listPrice: Decimal | null;
  /** the deal price */
  readonly unitPrice: Decimal | null;
  readonly periods: Decimal;
  readonly quantity: Decimal;
  /** instead of the product of the three; of a REFUND a positive number */
  readonly amount: Decimal | null;
  readonly refundOf: string | null;
  readonly placedAt: Date;
  readonly credit: boolean;
  readonly paidAt: Date | null;
  readonly repaidAt: Date | null;
  /** not cash consumption (S1-4) */
  readonly nonCash: Decimal;
  readonly voucherUsed: Decimal;
  /** the part of the voucher that the seller bears; null = its share */
  readonly voucherSellerPart: Decimal | null;
  readonly activatedAt: Date | null;
  readonly effectiveAt: Date | null;
  readonly supervisionCompletedAt: Date | null;
  readonly refundCompletedAt: Date | null;
  /** the end of the consumption of a usage line */
  readonly consumedTo: Date | null;
  readonly vat: Decimal;
  readonly customerWht: Decimal;
  readonly sellerWht: Decimal;
  readonly dst: Decimal;
  readonly distributor: Distributor | null;
}

export interface Step {
  readonly rule: string;
  readonly text: string;
  readonly value: string;
}
