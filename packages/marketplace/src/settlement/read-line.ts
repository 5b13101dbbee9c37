/**
 * Lines of large files: what is plainly right is read by hand, many times as quick as the schema. Anything else – a member that
 * is unknown or has another type, a date of an unusual form, a decimal that is none – is left to `scenarioLine`, which
 * accepts it or says in its own words what is wrong.
 */

import type { Decimal } from '../platform/exact.ts';
import type { Site } from '../platform/site.ts';
import type { Distributor, Line } from './facts.ts';
import { ONE, ZERO } from './formulas/derivation.ts';
import { SOLO_RATIO } from './formulas/distributor.ts';
import { type ValueReader, valueReader } from './read-values.ts';
import { type ChargingMode, lineOf, modeOf, type ScenarioLine, scenarioLine } from './scenario.ts';

export interface ReadLine {
  readonly line: Line;
  readonly mode: ChargingMode;
}

/** @returns throws ZodError when the value is no line */
export function lineReader(site: Site): (value: unknown) => ReadLine {
  const quick = quickReader(site);
  return (value) => quick(value) ?? read(scenarioLine.parse(value));

  function read(described: ScenarioLine): ReadLine {
    return { line: lineOf(described, site), mode: modeOf(described) };
  }
}

/** Null: to be read, or refused, by the schema. */
export function quickReader(site: Site): (value: unknown) => ReadLine | null {
  const values = valueReader(site);
  return (value) => {
    if (!isRecord(value) || !onlyKnown(value, LINE_MEMBERS)) return null;
    const { id, product, buyer, kind, mode, placedAt: placed } = value;
    const refundOf = value.refundOf ?? null;
    if (!isId(id) || !isId(product) || !isKind(kind) || !isMode(mode)) return null;
    if ((refundOf !== null && !isId(refundOf)) || (kind === 'REFUND') !== (refundOf !== null)) return null;
    if (!isAbsentOr(isId, value.order) || !isAbsentOr(isId, buyer)) return null;
    const payment = readPayment(value.payment, values);
    const numbers = readNumbers(value, values);
    const tax = readTax(value.tax, values);
    const distributor = readDistributor(value.distributor, values);
    const placedAt = values.instant(placed);
    const activated = orNull(value.activatedAt, values.instant);
    const effectiveAt = orNull(value.effectiveAt, values.instant);
    const supervisionCompletedAt = orNull(value.supervisionCompletedAt, values.instant);
    const refundCompletedAt = orNull(value.refundCompletedAt, values.instant);
    const from = orNull(value.consumedFrom, values.instant);
    const to = orNull(value.consumedTo, values.instant);
    if (!payment || !numbers || !tax || distributor === undefined || !placedAt) return null;
    if (kind === 'REFUND' && numbers.amount?.isZero()) return null;
    if (activated === undefined || effectiveAt === undefined || supervisionCompletedAt === undefined) return null;
    if (refundCompletedAt === undefined || from === undefined || to === undefined) return null;
    const line: Line = {
      id,
      productId: product,
      buyerId: isId(buyer) ? buyer : null,
      kind,
      listPrice: numbers.listPrice,
      unitPrice: numbers.unitPrice,
      periods: numbers.periods,
      quantity: numbers.quantity,
      amount: numbers.amount,
      refundOf,
      placedAt,
      credit: payment.credit,
      paidAt: payment.paidAt,
      repaidAt: payment.repaidAt,
      nonCash: payment.nonCash,
      voucherUsed: payment.voucherUsed,
      voucherSellerPart: payment.voucherSellerPart,
      // the renewal's own effective time counts (S2-5)
      activatedAt: kind === 'RENEWAL' ? null : activated,
      effectiveAt,
      supervisionCompletedAt,
      refundCompletedAt,
      consumedTo: to ?? from,
      vat: tax.vat,
      customerWht: tax.customerWht,
      sellerWht: tax.sellerWht,
      dst: tax.dst,
      distributor,
    };
    return { line, mode };
  };
}

type Members = Readonly<Record<string, unknown>>;

function readNumbers(value: Members, { number }: ValueReader) {
  const listPrice = orNull(value.listPrice, number);
  const unitPrice = orNull(value.unitPrice, number);
  const amount = orNull(value.amount, number);
  const periods = value.periods === undefined ? ONE : number(value.periods);
  const quantity = value.quantity === undefined ? ONE : number(value.quantity);
  if (listPrice === undefined || unitPrice === undefined || amount === undefined) return null;
  if (periods === undefined || quantity === undefined || (amount === null && unitPrice === null)) return null;
  return { listPrice, unitPrice, amount, periods, quantity };
}

function readPayment(payment: unknown, { number, ratio, instant }: ValueReader) {
  if (!isRecord(payment) || !onlyKnown(payment, PAYMENT_MEMBERS)) return null;
  const { mode, voucher } = payment;
  if (mode !== undefined && mode !== 'CASH' && mode !== 'CREDIT') return null;
  const paidAt = orNull(payment.paidAt, instant);
  const repaidAt = orNull(payment.repaidAt, instant);
  const nonCash = payment.nonCash === undefined ? ZERO : number(payment.nonCash);
  let voucherUsed: Decimal | undefined = ZERO;
  let voucherSellerPart: Decimal | null | undefined = null;
  if (voucher !== undefined) {
    if (!isRecord(voucher) || !onlyKnown(voucher, VOUCHER_MEMBERS)) return null;
    if (voucher.used !== undefined) voucherUsed = number(voucher.used);
    voucherSellerPart = orNull(voucher.sellerPart, ratio);
  }
  if (paidAt === undefined || repaidAt === undefined || nonCash === undefined) return null;
  if (voucherUsed === undefined || voucherSellerPart === undefined) return null;
  return { credit: mode === 'CREDIT', paidAt, repaidAt, nonCash, voucherUsed, voucherSellerPart };
}

const NO_TAX = { vat: ZERO, customerWht: ZERO, sellerWht: ZERO, dst: ZERO };

function readTax(tax: unknown, { signed }: ValueReader) {
  if (tax === undefined) return NO_TAX;
  if (!isRecord(tax) || !onlyKnown(tax, TAX_MEMBERS)) return null;
  const [vat, customerWht, sellerWht, dst] = [tax.vat, tax.customerWht, tax.sellerWht, tax.dst].map((given) =>
    given === undefined ? ZERO : signed(given),
  );
  return vat && customerWht && sellerWht && dst ? { vat, customerWht, sellerWht, dst } : null;
}

function readDistributor(distributor: unknown, { number, ratio }: ValueReader): Distributor | null | undefined {
  if (distributor === undefined || distributor === null) return null;
  if (!isRecord(distributor) || !onlyKnown(distributor, DISTRIBUTOR_MEMBERS)) return undefined;
  const { id, scene } = distributor;
  const floorPrice = number(distributor.floorPrice);
  const commissionRatio = orNull(distributor.commissionRatio, ratio);
  if (!isId(id) || (scene !== 'SOLO' && scene !== 'JOINT') || !floorPrice || commissionRatio === undefined)
    return undefined;
  return commissionRatio?.greaterThan(SOLO_RATIO) ? undefined : { id, scene, floorPrice, commissionRatio };
}

const LINE_MEMBERS = new Set([
  ...['id', 'order', 'product', 'buyer', 'kind', 'mode', 'listPrice', 'unitPrice', 'periods', 'quantity', 'amount'],
  ...['refundOf', 'placedAt', 'payment', 'activatedAt', 'effectiveAt', 'supervisionCompletedAt', 'refundCompletedAt'],
  ...['consumedFrom', 'consumedTo', 'tax', 'distributor'],
]);
const PAYMENT_MEMBERS = new Set(['mode', 'paidAt', 'repaidAt', 'nonCash', 'voucher']);
const VOUCHER_MEMBERS = new Set(['used', 'sellerPart']);
const TAX_MEMBERS = new Set(['vat', 'customerWht', 'sellerWht', 'dst']);
const DISTRIBUTOR_MEMBERS = new Set(['id', 'scene', 'floorPrice', 'commissionRatio']);

const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
function onlyKnown(value: Members, members: ReadonlySet<string>): boolean {
  for (const member in value) if (!members.has(member)) return false;
  return true;
}
const isId = (value: unknown): value is string => typeof value === 'string' && value.length > 0 && value.length <= 128;
const isAbsentOr = (is: (value: unknown) => boolean, value: unknown): boolean => value === undefined || is(value);
const isKind = (value: unknown): value is Line['kind'] =>
  value === 'NEW' || value === 'RENEWAL' || value === 'CHANGE' || value === 'REFUND' || value === 'USAGE';
const isMode = (value: unknown): value is ChargingMode =>
  value === 'PERIOD' || value === 'ONE_TIME' || value === 'PAY_PER_USE' || value === 'PACKAGE';

/** Null when absent, `undefined` when it can not be read here. */
const orNull = <T>(given: unknown, read: (given: unknown) => T | undefined): T | null | undefined =>
  given === undefined || given === null ? null : read(given);
