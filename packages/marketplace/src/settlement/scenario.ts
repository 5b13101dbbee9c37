/**
 * A settlement scenario (contracts/settlement-scenario.md) as a schema: what a file may say, and the facts it stands for.
 * Unknown members are refused by name; dates alone are midnight in the site's zone.
 */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { taxTypeOf } from '../catalog/index.ts';
import { type Decimal, decimal } from '../platform/exact.ts';
import { localMs, midnightOf, SITES, type Site } from '../platform/site.ts';
import { CLASSES, type Line, type Policy, type Product, type Seller } from './facts.ts';
import { MINIMUM, TAX_RATES } from './terms.ts';

const amount = z.string().regex(/^-?\d{1,18}(\.\d{1,20})?$/, 'a decimal as text, such as "1200.50"');
const positive = z.string().regex(/^\d{1,18}(\.\d{1,20})?$/, 'a decimal from 0 on, as text');
const ratio = z.string().regex(/^(0(\.\d{1,20})?|1(\.0{1,20})?)$/, 'a ratio from "0" to "1", as text');
const instant = z.string().refine((text) => readInstant(text, 'UTC') !== null, 'an ISO 8601 date or time');
const id = z.string().min(1).max(128);
const month = '\\d{4}-(0[1-9]|1[0-2])';
const months = z.string().regex(new RegExp(`^${month}/${month}$`));

const seller = z.strictObject({ id, certifiedAt: instant.nullable().default(null) });

const product = z.strictObject({
  id,
  seller: id,
  class: z.enum(CLASSES),
  type: z.enum(['SAAS', 'LICENSE', 'IMAGE', 'HARDWARE', 'SERVICE', 'API', 'DATA', 'AI']),
  supervised: z.boolean().default(false),
  feeRatio: ratio.nullable().default(null),
  share: z
    .strictObject({
      mode: z.enum(['DEAL_PRICE', 'FLOOR_DISCOUNT']),
      ratio,
      floorDiscount: ratio.nullable().default(null),
    })
    .nullable()
    .default(null),
  /** absent: by tax type (S1-8a), of a general VAT payer */
  outputTax: ratio.nullable().default(null),
  sellerInvoiceTax: ratio.nullable().default(null),
  serviceTax: ratio.nullable().default(null),
  managementFeeRatio: ratio.nullable().default(null),
});
type ScenarioProduct = z.infer<typeof product>;

export const scenarioLine = z
  .strictObject({
    id,
    order: id.optional(),
    product: id,
    buyer: id.optional(),
    kind: z.enum(['NEW', 'RENEWAL', 'CHANGE', 'REFUND', 'USAGE']),
    mode: z.enum(['PERIOD', 'ONE_TIME', 'PAY_PER_USE', 'PACKAGE']).optional(),
    listPrice: positive.nullable().default(null),
    unitPrice: positive.nullable().default(null),
    periods: positive.default('1'),
    quantity: positive.default('1'),
    amount: positive.nullable().default(null),
    refundOf: id.nullable().default(null),
    placedAt: instant,
    payment: z
      .strictObject({
        mode: z.enum(['CASH', 'CREDIT']).default('CASH'),
        paidAt: instant.nullable().default(null),
        repaidAt: instant.nullable().default(null),
        nonCash: positive.default('0'),
        voucher: z.strictObject({ used: positive.default('0'), sellerPart: ratio.nullable().default(null) }).optional(),
      })
      .optional(),
    activatedAt: instant.nullable().default(null),
    effectiveAt: instant.nullable().default(null),
    supervisionCompletedAt: instant.nullable().default(null),
    refundCompletedAt: instant.nullable().default(null),
    consumedFrom: instant.nullable().default(null),
    consumedTo: instant.nullable().default(null),
    tax: z
      .strictObject({
        vat: amount.default('0'),
        customerWht: amount.default('0'),
        sellerWht: amount.default('0'),
        dst: amount.default('0'),
      })
      .optional(),
    distributor: z
      .strictObject({
        id,
        scene: z.enum(['SOLO', 'JOINT', 'CSP', 'RESELLER']),
        floorPrice: positive,
        commissionRatio: ratio.nullable().default(null),
      })
      .nullable()
      .default(null),
  })
  .superRefine((line, context) => {
    const fault = (member: string, message: string) => context.addIssue({ code: 'custom', path: [member], message });
    if ((line.kind === 'REFUND') !== (line.refundOf !== null))
      fault('refundOf', 'S3-22: exactly a REFUND names its original line');
    if (line.amount === null && line.unitPrice === null) fault('amount', 'S3-1: amount or unitPrice is needed');
    if (line.kind === 'REFUND' && line.amount !== null && /^0+(\.0+)?$/.test(line.amount))
      fault('amount', 'S7-11: a refund is of more than 0');
    // a refund is charged and paid as its original was
    if (line.kind !== 'REFUND' && line.mode === undefined)
      fault('mode', 'one of "PERIOD", "ONE_TIME", "PAY_PER_USE", "PACKAGE" is needed');
    if (line.kind !== 'REFUND' && line.payment === undefined) fault('payment', 'S2-3: how the line was paid is needed');
    const { scene, commissionRatio } = line.distributor ?? {};
    if (
      scene === 'JOINT' &&
      ratio.safeParse(commissionRatio).success &&
      decimal(commissionRatio ?? '0').greaterThan('0.9')
    )
      fault('distributor', 'S3-17: a commission ratio is at most 0.9');
  });
export type ScenarioLine = z.infer<typeof scenarioLine>;
export type ChargingMode = NonNullable<ScenarioLine['mode']>;
/** of a refund that names none: its amounts are those of its original */
export const modeOf = ({ mode }: Pick<ScenarioLine, 'mode'>): ChargingMode => mode ?? 'PERIOD';

export const scenarioHead = z
  .strictObject({
    site: z.enum(['CN', 'INTL', 'EU']),
    currency: z.enum(['CNY', 'USD', 'EUR']),
    policy: z
      .strictObject({
        rounding: z.enum(['HALF_UP', 'TRUNCATE']).default('HALF_UP'),
        minimum: positive.optional(),
        calendar: z.enum(['cn', 'none']).default('cn'),
      })
      .optional(),
    sellers: z.array(seller).min(1),
    products: z.array(product).min(1),
    billRuns: z.preprocess(
      (runs) => (typeof runs === 'string' ? [runs] : runs),
      z.array(z.union([z.iso.date(), months], 'a day, or months such as "2024-01/2024-12"')).min(1),
    ),
  })
  .superRefine(({ site, currency, sellers, products }, context) => {
    if (site === 'CN' && currency !== 'CNY')
      context.addIssue({
        code: 'custom',
        path: ['currency'],
        message: `S1-10: the China site settles in CNY, not in ${currency}`,
      });
    for (const [member, entries] of Object.entries({ sellers, products })) {
      const known = new Set<string>();
      for (const [place, { id: name }] of entries.entries()) {
        if (known.has(name))
          context.addIssue({ code: 'custom', path: [member, place, 'id'], message: `${name} is used twice` });
        known.add(name);
      }
    }
  });
export type ScenarioHead = z.infer<typeof scenarioHead>;

/** S2-6: CNY 1000 on the China site, none elsewhere. */
export const policyOf = ({ site, currency, policy }: ScenarioHead): Policy => ({
  site,
  currency,
  rounding: policy?.rounding ?? 'HALF_UP',
  minimum: decimal(policy?.minimum ?? MINIMUM[site]),
  calendar: policy?.calendar ?? 'cn',
});

export const sellerOf = ({ id: name, certifiedAt }: ScenarioHead['sellers'][number], site: Site): Seller => ({
  id: name,
  certifiedAt: at(certifiedAt, site),
});

/** The product as one line of it is settled: tax rates that it does not name are those of the line's tax type. */
export function productOf(described: ScenarioProduct, mode: ChargingMode): Product {
  const charging = {
    PERIOD: 'PERIOD',
    ONE_TIME: 'ONE_TIME',
    PAY_PER_USE: 'ON_DEMAND',
    PACKAGE: 'ON_DEMAND_PKG',
  } as const;
  const rate = TAX_RATES[taxTypeOf(described.type, charging[mode])];
  const { share } = described;
  return {
    id: described.id,
    sellerId: described.seller,
    class: described.class,
    supervised: described.supervised,
    feeRatio: number(described.feeRatio),
    share: share && { mode: share.mode, ratio: decimal(share.ratio), floorDiscount: number(share.floorDiscount) },
    outputTax: decimal(described.outputTax ?? rate),
    sellerInvoiceTax: decimal(described.sellerInvoiceTax ?? rate),
    serviceTax: decimal(described.serviceTax ?? TAX_RATES.SERVICE),
    managementFeeRatio: number(described.managementFeeRatio),
  };
}

export function lineOf(described: ScenarioLine, site: Site): Line {
  const { payment, tax, distributor } = described;
  return {
    id: described.id,
    productId: described.product,
    buyerId: described.buyer ?? null,
    kind: described.kind,
    listPrice: number(described.listPrice),
    unitPrice: number(described.unitPrice),
    periods: decimal(described.periods),
    quantity: decimal(described.quantity),
    amount: number(described.amount),
    refundOf: described.refundOf,
    placedAt: at(described.placedAt, site) ?? new Date(0),
    credit: payment?.mode === 'CREDIT',
    paidAt: at(payment?.paidAt ?? null, site),
    repaidAt: at(payment?.repaidAt ?? null, site),
    nonCash: decimal(payment?.nonCash ?? '0'),
    voucherUsed: decimal(payment?.voucher?.used ?? '0'),
    voucherSellerPart: number(payment?.voucher?.sellerPart ?? null),
    // the renewal's own effective time counts (S2-5)
    activatedAt: described.kind === 'RENEWAL' ? null : at(described.activatedAt, site),
    effectiveAt: at(described.effectiveAt, site),
    supervisionCompletedAt: at(described.supervisionCompletedAt, site),
    refundCompletedAt: at(described.refundCompletedAt, site),
    consumedTo: at(described.consumedTo ?? described.consumedFrom, site),
    vat: decimal(tax?.vat ?? '0'),
    customerWht: decimal(tax?.customerWht ?? '0'),
    sellerWht: decimal(tax?.sellerWht ?? '0'),
    dst: decimal(tax?.dst ?? '0'),
    distributor: distributor && {
      id: distributor.id,
      scene: distributor.scene,
      floorPrice: decimal(distributor.floorPrice),
      commissionRatio: number(distributor.commissionRatio),
    },
  };
}

const number = (text: string | null): Decimal | null => (text === null ? null : decimal(text));
const at = (text: string | null, site: Site): Date | null =>
  text === null ? null : readInstant(text, SITES[site].timeZone);

/** `2024-01-05`, `2024-01-05T10:30:00`, both in `timeZone`, or with an offset of its own; null = none of these. */
export function readInstant(text: string, timeZone: string): Date | null {
  const day = text.slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) return null;
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return null;
  // a date alone is what nearly all of a large file are: no calendar library for it
  if (text.length === 10) return midnightOf(day, timeZone);
  try {
    const own = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10));
    const exact = own
      ? Temporal.Instant.from(text)
      : Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant();
    return new Date(exact.epochMilliseconds);
  } catch {
    return null;
  }
}

/** An instant as the site writes it, to the second, with its offset. */
export function writeInstant(at_: Date, site: Site): string {
  const local = localMs(at_, SITES[site].timeZone);
  const minutes = Math.round((local - at_.getTime()) / 60_000);
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0');
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
  return `${new Date(local).toISOString().slice(0, 19)}${offset}`;
}
