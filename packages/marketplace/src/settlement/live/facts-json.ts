/** The engine's facts as they are kept in the database: decimals as text, instants as ISO 8601. `JSON.stringify` writes them. */
import { z } from 'zod';
import { localizedText } from '../../catalog/index.ts';
import { type Decimal, decimal } from '../../platform/exact.ts';
import { CLASSES, type Line, type Product } from '../facts.ts';

const exact = z.string().transform((text): Decimal => decimal(text));
const instant = z.iso.datetime().transform((text): Date => new Date(text));

const distributor = z.object({
  id: z.string(),
  scene: z.enum(['SOLO', 'JOINT', 'CSP', 'RESELLER']),
  floorPrice: exact,
  commissionRatio: exact.nullable(),
});
const lineJson = z.object({
  id: z.string(),
  productId: z.string(),
  // a marketplace knows when the buyer's month was repaid
  buyerId: z.null().default(null),
  kind: z.enum(['NEW', 'RENEWAL', 'CHANGE', 'REFUND', 'USAGE']),
  listPrice: exact.nullable(),
  unitPrice: exact.nullable(),
  periods: exact,
  quantity: exact,
  amount: exact.nullable(),
  refundOf: z.string().nullable(),
  placedAt: instant,
  credit: z.boolean(),
  paidAt: instant.nullable(),
  repaidAt: instant.nullable(),
  nonCash: exact,
  voucherUsed: exact,
  voucherSellerPart: exact.nullable(),
  activatedAt: instant.nullable(),
  effectiveAt: instant.nullable(),
  supervisionCompletedAt: instant.nullable(),
  refundCompletedAt: instant.nullable(),
  consumedTo: instant.nullable(),
  vat: exact,
  customerWht: exact,
  sellerWht: exact,
  dst: exact,
  distributor: distributor.nullable(),
});
const productJson = z.object({
  id: z.string(),
  sellerId: z.string(),
  class: z.enum(CLASSES),
  supervised: z.boolean(),
  feeRatio: exact.nullable(),
  share: z
    .object({ mode: z.enum(['DEAL_PRICE', 'FLOOR_DISCOUNT']), ratio: exact, floorDiscount: exact.nullable() })
    .nullable(),
  outputTax: exact,
  sellerInvoiceTax: exact,
  serviceTax: exact,
  managementFeeRatio: exact.nullable(),
});
export const readLine = (json: unknown): Line => lineJson.parse(json);
export const readTerms = (json: unknown): Product => productJson.parse(json);

/** What people want to read beside the numbers. */
export const about = z.object({
  productName: localizedText,
  specificationName: localizedText,
  chargingMode: z.enum(['PERIOD', 'ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG']).nullable(),
  /** who brought the buyer (C55) */
  distributorId: z.string().nullable().default(null),
  /** of an adjustment: why (S4-3) */
  note: z.string().nullable().default(null),
});
export type About = z.infer<typeof about>;

export const waitings = z.array(z.object({ rule: z.string(), text: z.string() }));
