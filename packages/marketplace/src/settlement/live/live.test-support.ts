/** Random sales for tests of the live settlement: as facts of the engine, and as they reach the database one by one. */
import fc from 'fast-check';
import { inTransaction, sql } from '../../platform/database/database.ts';
import { type Decimal, decimal } from '../../platform/exact.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Site } from '../../platform/site.ts';
import { addMonths, chineseCalendar, type Period } from '../calendar.ts';
import { settle } from '../engine.ts';
import type { Distributor, Line, Product } from '../facts.ts';
import { cents } from '../present.ts';
import { memorySpool } from '../spool.ts';
import { policyFor } from '../terms.ts';
import { readLine } from './facts-json.ts';
import { type NewLine, refundLine, UNKNOWN_LINE } from './from-orders.ts';
import { standAnew } from './intake.ts';
import { insertLines, type Learned } from './lines-store.ts';
import { lockShared, plannedRun } from './periods.ts';
import { runPeriod } from './run.ts';

const FIRST = Date.UTC(2024, 0, 1, 4);
const DAY_MS = 86_400_000;
export const at = (day: number): Date => new Date(FIRST + day * DAY_MS);

const days = (max: number) => fc.integer({ min: 0, max });
const family = fc.record({
  cents: fc.integer({ min: 1, max: 60_000_000 }),
  day: days(300),
  activeAfter: fc.option(days(60), { nil: null }),
  credit: fc.boolean(),
  repaidAfter: fc.option(days(90), { nil: null }),
  kind: fc.constantFrom('NEW' as const, 'RENEWAL' as const, 'CHANGE' as const),
  product: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5'),
  partner: fc.constantFrom(null, 'SOLO' as const, 'JOINT' as const, 'CSP' as const, 'RESELLER' as const),
  taxed: fc.boolean(),
  voucher: fc.boolean(),
  refunds: fc.array(fc.record({ part: fc.integer({ min: 1, max: 3 }), after: days(90) }), { maxLength: 2 }),
});
export const families = fc.array(family, { minLength: 1, maxLength: 10 });
type Family = typeof family extends fc.Arbitrary<infer T> ? T : never;

/** Something that becomes known at an instant. */
export interface Arrival {
  readonly at: Date;
  readonly rootId: string;
  readonly line?: NewLine;
  readonly learned?: Learned & { readonly lineId: string };
}
export interface Sold {
  /** all facts, as they are in the end */
  readonly lines: readonly { readonly line: Line; readonly terms: Product }[];
  /** the same one by one; the root of a family comes first */
  readonly arrivals: readonly Arrival[];
  readonly sellers: readonly string[];
}

/** @param run names sellers, products and lines of this run alone */
export function sold(given: readonly Family[], run: string, site: Site = 'CN'): Sold {
  const lines: { line: Line; terms: Product }[] = [];
  const arrivals: Arrival[] = [];
  given.forEach((each, place) => {
    const terms = termsOf(each.product, run);
    const id = `${run}-${String(place).padStart(2, '0')}`;
    const placed = at(each.day);
    const amount = decimal(each.cents).dividedBy(100);
    const voucherUsed = each.voucher ? amount.dividedBy(10).toDecimalPlaces(2, 'TRUNCATE') : decimal('0');
    const active = each.activeAfter === null ? null : at(each.day + each.activeAfter);
    const repaid = each.credit && each.repaidAfter !== null ? at(each.day + each.repaidAfter) : null;
    const start: Line = {
      ...PLAIN,
      id,
      productId: terms.id,
      kind: each.kind,
      amount,
      // a share of the floor price is taken of the list price
      listPrice: each.product === 'p5' ? amount : null,
      voucherUsed,
      distributor: partnerOf(each.partner, amount, run),
      ...(site !== 'CN' && each.taxed ? taxesOf(amount) : {}),
      placedAt: placed,
      paidAt: placed,
      credit: each.credit,
    };
    // a renewal's beginning is known when it is bought
    const begun: Line = each.kind === 'RENEWAL' ? { ...start, effectiveAt: active } : start;
    const root: NewLine = {
      ...HEAD,
      lineId: id,
      rootId: id,
      orderId: id,
      sellerId: terms.sellerId,
      distributorId: begun.distributor?.id ?? null,
      goodsId: terms.id,
      class: terms.class,
      line: begun,
      terms,
    };
    arrivals.push({ at: placed, rootId: id, line: root });
    const member =
      each.kind === 'NEW' && terms.supervised ? ('supervisionCompletedAt' as const) : ('activatedAt' as const);
    let whole = begun;
    if (each.kind !== 'RENEWAL' && active) {
      whole = { ...whole, [member]: active };
      arrivals.push({ at: active, rootId: id, learned: { lineId: id, member, at: active } });
    }
    if (repaid) {
      whole = { ...whole, repaidAt: repaid };
      arrivals.push({ at: repaid, rootId: id, learned: { lineId: id, member: 'repaidAt', at: repaid } });
    }
    lines.push({ line: whole, terms });
    const share = amount.minus(voucherUsed).dividedBy(each.refunds.length || 1);
    each.refunds.forEach(({ part, after }, index) => {
      const back = {
        lineId: `${id}-R${index}`,
        orderId: `${id}-R`,
        amount: share.dividedBy(part).toDecimalPlaces(2, 'TRUNCATE'),
        at: at(each.day + after),
      };
      const line = refundLine(root, back);
      lines.push({ line: line.line, terms });
      arrivals.push({ at: back.at, rootId: id, line });
    });
  });
  return { lines, arrivals, sellers: [`${run}-s1`, `${run}-s2`] };
}

export async function arrive(platform: Platform, arrivals: readonly Arrival[]): Promise<void> {
  const { site } = platform.config;
  await inTransaction(platform.db, async (tx) => {
    await lockShared(tx, site);
    for (const { at: now, rootId, line, learned } of arrivals) {
      if (line) await insertLines(tx, site, [line]);
      await standAnew(platform, tx, [rootId], learned ? [learned] : [], now);
    }
  });
}

/** @returns noon of the day of the run */
export const runTime = (period: Period, site: Site = 'CN'): Date => {
  const { runDay, nominalRunDay } = plannedRun(site, period, chineseCalendar());
  return new Date(`${runDay ?? nominalRunDay}T04:00:00Z`);
};
export const monthsFrom = (first: Period, count: number): Period[] =>
  Array.from({ length: count }, (_, place) => addMonths(first, place));

export async function bill(platform: Platform, period: Period): Promise<void> {
  const { site } = platform.config;
  await inTransaction(platform.db, async (tx) => {
    const done = await runPeriod(platform, tx, { site, period }, runTime(period, site));
    if (!done.ok && done.refusal.code !== 'NOTHING_TO_BILL') throw new Error(done.refusal.message);
  });
}

export interface Billed {
  readonly seller: string;
  readonly class: string;
  readonly period: string;
  readonly total: string;
  readonly fee: string;
  readonly lines: number;
  readonly held: string | null;
  /** what those earn who brought the buyers */
  readonly distributors: readonly (readonly [id: string, settlement: string])[];
}
export async function billed(platform: Platform, run: string): Promise<Billed[]> {
  const { rows } = await sql<Billed>`
    SELECT seller_id AS seller, class, period, total::text, platform_fee::text AS fee, lines, held_reason AS held,
      coalesce((SELECT jsonb_agg(jsonb_build_array(d.distributor_id, d.settlement::numeric(30, 2)::text) ORDER BY d.distributor_id)
        FROM settlement.bill_distributors d WHERE d.bill_id = bills.bill_id), '[]') AS distributors
    FROM settlement.bills WHERE seller_id LIKE ${`${run}-%`}
    ORDER BY period, seller_id, class`.execute(platform.db);
  return rows;
}

/** The pure engine over the same facts, at once. */
export async function billedAtOnce(
  { lines, sellers }: Sold,
  billRuns: readonly string[],
  site: Site = 'CN',
): Promise<Billed[]> {
  const terms = new Map(lines.map(({ line, terms: product }) => [line.id, product]));
  const spool = memorySpool();
  const counted = new Map<number, number>();
  const settled = settle({
    policy: policyFor(site),
    sellers: sellers.map((id) => ({ id, certifiedAt: new Date(0) })),
    billRuns,
    source: {
      lines: () => [lines.map(({ line }) => JSON.stringify(line))],
      read(json) {
        const line = readLine(JSON.parse(json));
        const product = terms.get(line.id);
        if (!product) throw new Error(`no terms of ${line.id}`);
        return { line, product };
      },
    },
    spool,
    parts: 1,
  });
  for await (const { bucket, distributor } of settled.records())
    if (distributor === '') counted.set(bucket, (counted.get(bucket) ?? 0) + 1);
  return settled.bills
    .map((each) => ({
      seller: each.sellerId,
      class: each.class,
      period: each.period,
      total: each.total.toFixed(2),
      fee: cents(each.platformFee),
      lines: counted.get(each.bucket) ?? 0,
      held: settled.held.get(each) ?? null,
      distributors: [...each.distributors]
        .map(([id, settlement]) => [id, cents(settlement)] as const)
        .toSorted(([one], [other]) => one.localeCompare(other)),
    }))
    .toSorted((one, other) => keyOf(one).localeCompare(keyOf(other)));
}
const keyOf = (bill_: Billed): string => `${bill_.period} ${bill_.seller} ${bill_.class}`;

/** A site without periods, so that another run begins anew; the ledger keeps what was posted. */
export async function forgetBills(platform: Platform): Promise<void> {
  await sql`TRUNCATE settlement.lines, settlement.facts, settlement.periods, settlement.increments, settlement.bills, settlement.bill_moves, settlement.bill_distributors, settlement.requisitions CASCADE`.execute(
    platform.db,
  );
}

/** Bills of distributors, each beside what the ledger owes its party in all. */
export async function commissionBills(
  platform: Platform,
  run: string,
): Promise<{ readonly id: string; readonly period: string; readonly total: string; readonly owed: string }[]> {
  const { rows } = await sql<{ id: string; period: string; total: string; owed: string }>`
    SELECT distributor_id AS id, period, total::numeric(30, 2)::text AS total,
      (SELECT sum(p.credit - p.debit)::numeric(30, 2)::text FROM ledger.postings p WHERE p.account = 'distributor:' || b.distributor_id || ':payable') AS owed
    FROM settlement.bills b WHERE distributor_id LIKE ${`${run}-%`} ORDER BY period, distributor_id`.execute(
    platform.db,
  );
  return rows;
}

/** What the ledger owes these sellers. */
export async function owed(platform: Platform, run: string): Promise<string> {
  const { rows } = await sql<{ sum: string }>`
    SELECT coalesce(sum(credit - debit), 0)::text AS sum FROM ledger.postings WHERE account LIKE ${`seller:${run}-%`}`.execute(
    platform.db,
  );
  return decimal(rows[0]?.sum ?? '0').toFixed(2);
}

function termsOf(product: string, run: string): Product {
  const general = product !== 'p3' && product !== 'p5';
  return {
    id: `${run}-${product}`,
    sellerId: `${run}-${product === 'p4' || product === 'p5' ? 's2' : 's1'}`,
    class: general ? 'GENERAL' : product === 'p5' ? 'YANXUAN' : 'JOINT',
    supervised: product === 'p2',
    feeRatio: general ? decimal(product === 'p2' ? '0.1' : '0.05') : null,
    share: general
      ? null
      : {
          mode: product === 'p5' ? 'FLOOR_DISCOUNT' : 'DEAL_PRICE',
          ratio: decimal('0.7'),
          floorDiscount: product === 'p5' ? decimal('0.8') : null,
        },
    outputTax: decimal('0.13'),
    sellerInvoiceTax: decimal('0.06'),
    serviceTax: decimal('0.06'),
    // S3-14: of project users
    managementFeeRatio: product === 'p3' ? decimal('0.02') : null,
  };
}

/** S3-16 to S3-19; the floor lies below, at or above what is paid. */
function partnerOf(scene: Distributor['scene'] | null, amount: Decimal, run: string): Distributor | null {
  if (scene === null) return null;
  const floorPrice = amount.times('0.83').toDecimalPlaces(2);
  const ratios = { SOLO: null, JOINT: '0.45', CSP: '0.07', RESELLER: '0.85' } as const;
  const ratio = ratios[scene];
  return { id: `${run}-${scene}`, scene, floorPrice, commissionRatio: ratio === null ? null : decimal(ratio) };
}

/** S3-8: withheld by the customer, of the seller, and the digital service tax. */
const taxesOf = (amount: Decimal): Pick<Line, 'customerWht' | 'sellerWht' | 'dst'> => ({
  customerWht: amount.times('0.1'),
  sellerWht: amount.times('0.05'),
  dst: amount.times('0.03'),
});

const PLAIN: Line = { ...UNKNOWN_LINE, placedAt: at(0) };
const NAME = { zh: '商品', en: 'Product' };
const HEAD = {
  buyerId: 'buyer',
  distributorId: null,
  about: { productName: NAME, specificationName: NAME, chargingMode: null, distributorId: null, note: null },
};
