/**
 * Facts in, bills out: the one engine behind the live bill run and `jishi settle`. Lines are passed over three times – what
 * a whole month must know, then each line with its refunds, then the bills in order – through spools, so that memory does
 * not grow with their number.
 */
import type { Decimal } from '../platform/exact.ts';
import type { Site } from '../platform/site.ts';
import { type Calendar, chineseCalendar, type Day, dayAt, nominalRunDay, periodOf, plainCalendar } from './calendar.ts';
import type { Line, Policy, Product, ProductClass, Seller } from './facts.ts';
import { text, ZERO } from './formulas/derivation.ts';
import { salesAmount } from './formulas/sales.ts';
import { HOLIDAYS_CN, type SpecialDays } from './holidays-cn.ts';
import { createMonths } from './months.ts';
import { periodsOf } from './period-lookup.ts';
import { describeError, describeFor, describePart, describeUnbilled } from './present.ts';
import { ERRORS, keepSorted, mergeSorted, type SortedRecord, UNBILLED } from './records.ts';
import { type BillTotal, type Release, type Released, releasesOf, roundTotal } from './release.ts';
import { remembering } from './remembered-lines.ts';
import { type Run, runFor, runOf, type ScheduleStep, scheduleOf } from './runs.ts';
import { type LineOutcome, paidFor, refundAmount, settleLine, settleRoot } from './settle-root.ts';
import type { Spool } from './spool.ts';

/** Lines as they came, so that they can be put aside and read again. */
export interface Source {
  /** each line as JSON without line breaks, many at a time */
  lines(): Iterable<readonly string[]>;
  /** @param seq place in the input, from 0 on */
  read(json: string, seq: number): { readonly line: Line; readonly product: Product };
}
export interface Settling {
  readonly policy: Policy;
  readonly sellers: readonly Seller[];
  /** nominal days, or `YYYY-MM/YYYY-MM` for every run of these periods, in order */
  readonly billRuns: readonly string[];
  readonly source: Source;
  readonly spool: Spool;
  /** how many parts the lines are put aside in; one part at a time is in memory */
  readonly parts: number;
  /** holidays beside those that came with the program; they win over them */
  readonly years?: Readonly<Record<number, SpecialDays>> | undefined;
}

export interface Bill extends BillTotal {
  /** sorts bills by run, seller, class */
  readonly bucket: number;
  readonly platformFee: Decimal;
  /** what distributors earn, by id */
  readonly distributors: ReadonlyMap<string, Decimal>;
}
export interface Settled {
  readonly policy: Policy;
  readonly runs: readonly Run[];
  readonly bills: readonly Bill[];
  readonly releases: readonly (Release & { readonly schedule: readonly ScheduleStep[] })[];
  /** bills that were not released, and why */
  readonly held: Released['held'];
  /** how many lines are exceptions of the run */
  readonly errors: number;
  /** lines, bill after bill; then what is unbilled; then errors */
  records(): Iterable<SortedRecord>;
}

/** What an input must not say of a line, found only when all lines are known. */
export class LineFault extends Error {
  readonly seq: number;
  readonly member: string;
  constructor(seq: number, member: string, message: string) {
    super(message);
    this.seq = seq;
    this.member = member;
  }
}

/**
 * @throws CalendarGap when a year's holidays are needed and not known; RangeError when runs are not in order; LineFault for a
 * refund of more than was paid or of nothing, or an id that is used twice
 */
export function settle({ policy, sellers, billRuns, source, spool, parts, years }: Settling): Settled {
  const calendar = policy.calendar === 'cn' ? chineseCalendar({ ...HOLIDAYS_CN, ...years }) : plainCalendar();
  const runs = runsOf(billRuns, policy.site, calendar);
  const inSite = periodsOf(policy.site);

  const months = createMonths(inSite);
  const named = (list: string) => Array.from({ length: parts }, (_, part) => `${list}-${part}`);
  const [ownLists, refundLists, debtLists] = [named('lines'), named('refunds'), named('debts')];
  let count = 0;
  for (const batch of source.lines())
    for (const json of batch) {
      const { line, product } = source.read(json, count);
      months.add(line, product, salesAmount(line));
      const lists = line.refundOf === null ? ownLists : refundLists;
      const part = partOf(line.refundOf ?? line.id, parts);
      spool.append(lists[part] ?? '', `${count}\t${json}`);
      if (line.refundOf === null && line.credit && line.repaidAt === null)
        spool.append(debtLists[part] ?? '', `${count}\t${json}`);
      count += 1;
    }
  for (let part = 0; part < parts; part += 1) {
    for (const { line, product } of debtsOf(spool, part, source)) months.addDebt(line, product);
    spool.drop(`debts-${part}`);
  }

  const certified = new Map(sellers.map(({ id, certifiedAt }) => [id, certifiedAt && dayAt(certifiedAt, policy.site)]));
  const bucketOf = orderOfBills(sellers);
  const describe = describeFor(policy.site);
  const settleOne = remembering(settleLine);
  const totals = new Map<number, Sums>();
  let errors = 0;
  for (let part = 0; part < parts; part += 1) {
    const sorted: SortedRecord[] = [];
    for (const { root, refunds } of families(spool, part, source)) {
      if (refunds.length === 0) {
        const [outcome] = settleRoot(root.line, [], root.product, policy, months.rates, settleOne);
        if (outcome) place(outcome, root.product, root.seq, sorted);
        continue;
      }
      const places = new Map([root, ...refunds].map(({ line, seq }) => [line, seq]));
      const lines = refunds.map(({ line }) => line);
      refuseStrangers(root, refunds);
      refuseTooMuch(root, refunds);
      for (const outcome of settleRoot(root.line, lines, root.product, policy, months.rates, settleOne))
        place(outcome, root.product, places.get(outcome.line) ?? root.seq, sorted);
    }
    for (const list of ['lines', 'refunds']) spool.drop(`${list}-${part}`);
    keepSorted(spool, part, sorted);
  }
  const bills = [...totals.values()]
    .toSorted((one, other) => one.bucket - other.bucket)
    .map((bill) => ({ ...bill, total: roundTotal(bill.total, policy) }));
  const { releases, held } = releasesOf(bills, policy.minimum);
  return {
    policy,
    runs,
    bills,
    held,
    releases: releases.map((release) => ({
      ...release,
      schedule: scheduleOf(runAt(release.run), release.class, policy, calendar),
    })),
    errors,
    records: () => mergeSorted(spool, parts),
  };

  function place(outcome: LineOutcome, product: Product, seq: number, sorted: SortedRecord[]): void {
    const aside = (bucket: number, json: string) => sorted.push({ bucket, distributor: '', seq, json });
    if (outcome.kind === 'ERROR') {
      errors += 1;
      aside(ERRORS, describeError(outcome));
      return;
    }
    if (outcome.kind === 'WAITING') {
      aside(UNBILLED, describeUnbilled(outcome.line, outcome.waitingFor, null));
      return;
    }
    const period = inSite(outcome.at);
    const since = certified.get(product.sellerId) ?? null;
    const run = runFor(runs, period, since);
    if (run === null) {
      const waiting =
        since === null
          ? { rule: 'S2-1', text: 'the seller is not certified' }
          : { rule: 'S2-10', text: `nominally billed on ${nominalRunDay(policy.site, period)}` };
      aside(UNBILLED, describeUnbilled(outcome.line, [waiting], period));
      return;
    }
    const bucket = bucketOf(run, product);
    add(bucket, run, product, outcome);
    aside(bucket, describe(outcome));
    const { distributor } = outcome;
    if (distributor)
      sorted.push({ bucket, distributor: distributor.id, seq, json: describePart(outcome.line, distributor) });
  }

  function add(bucket: number, run: number, product: Product, outcome: Extract<LineOutcome, { kind: 'READY' }>): void {
    let sums = totals.get(bucket);
    if (!sums) {
      const { sellerId, class: productClass } = product;
      const { period } = runAt(run);
      const nothing = { total: ZERO, platformFee: ZERO, distributors: new Map<string, Decimal>() };
      sums = { bucket, sellerId, class: productClass, run, period, ...nothing };
      totals.set(bucket, sums);
    }
    sums.total = sums.total.plus(outcome.settlement);
    sums.platformFee = sums.platformFee.plus(outcome.platformFee);
    const { distributor } = outcome;
    if (distributor)
      sums.distributors.set(
        distributor.id,
        (sums.distributors.get(distributor.id) ?? ZERO).plus(distributor.settlement),
      );
  }

  function runAt(place_: number): Run {
    const run = runs[place_];
    if (!run) throw new Error(`there is no run ${place_}`);
    return run;
  }
}

/** A bill that is being added up; its lines come in any order. */
interface Sums extends Bill {
  total: Decimal;
  platformFee: Decimal;
  readonly distributors: Map<string, Decimal>;
}

interface Member {
  readonly line: Line;
  readonly product: Product;
  readonly seq: number;
}
interface Family {
  readonly root: Member;
  readonly refunds: readonly Member[];
}

const NONE: readonly Member[] = [];

/** A line that was put aside with its place. */
function memberOf(row: string, source: Source): Member {
  const tab = row.indexOf('\t');
  const seq = Number(row.slice(0, tab));
  return { ...source.read(row.slice(tab + 1), seq), seq };
}

/** What was bought on credit and not repaid, one part of all, without what was given back in full. */
function* debtsOf(spool: Spool, part: number, source: Source): Generator<Member> {
  let refunded: Map<string, Decimal> | null = null;
  for (const row of spool.read(`debts-${part}`)) {
    refunded ??= completedRefunds(spool, part, source);
    const debt = memberOf(row, source);
    const back = refunded.get(debt.line.id);
    if (back === undefined || back.lessThan(paidFor(debt.line))) yield debt;
  }
}

function completedRefunds(spool: Spool, part: number, source: Source): Map<string, Decimal> {
  const refunded = new Map<string, Decimal>();
  for (const row of spool.read(`refunds-${part}`)) {
    const { line } = memberOf(row, source);
    if (line.refundOf === null || line.refundCompletedAt === null) continue;
    refunded.set(line.refundOf, (refunded.get(line.refundOf) ?? ZERO).plus(salesAmount(line)));
  }
  return refunded;
}

/** Lines with their refunds, one part of all: refunds and ids are in memory as a whole, lines pass by. */
function* families(spool: Spool, part: number, source: Source): Generator<Family> {
  const used = new Map<string, number>();
  const refunds = new Map<string, Member[]>();
  for (const refund of members(`refunds-${part}`)) {
    const id = refund.line.refundOf ?? '';
    const known = refunds.get(id);
    if (known) known.push(refund);
    else refunds.set(id, [refund]);
  }
  for (const root of members(`lines-${part}`)) {
    yield { root, refunds: refunds.get(root.line.id) ?? NONE };
    refunds.delete(root.line.id);
  }
  for (const [id, [first]] of refunds)
    if (first) throw new LineFault(first.seq, 'refundOf', `S3-22: there is no line ${id}`);

  function* members(list: string): Generator<Member> {
    for (const row of spool.read(list)) {
      const { line, product, seq } = memberOf(row, source);
      const other = used.get(line.id);
      if (other !== undefined)
        throw new LineFault(Math.max(seq, other), 'id', `${line.id} is the id of lines[${Math.min(seq, other)}] too`);
      used.set(line.id, seq);
      yield { line, product, seq };
    }
  }
}

/** A refund that names its original must not say of it what is not so (S3-22). */
function refuseStrangers(root: Member, refunds: readonly Member[]): void {
  const { id, productId, buyerId } = root.line;
  for (const { line, seq } of refunds) {
    if (line.productId !== productId)
      throw new LineFault(seq, 'product', `S3-22: line ${id}, which it gives back, is of product ${productId}`);
    if (line.buyerId !== null && buyerId !== null && line.buyerId !== buyerId)
      throw new LineFault(seq, 'buyer', `S3-22: line ${id}, which it gives back, is of buyer ${buyerId}`);
  }
}

/** S7-11: refunds together are never more than what was paid; the one that goes beyond is named. */
function refuseTooMuch(root: Member, refunds: readonly Member[]): void {
  const paid = paidFor(root.line);
  let sum = ZERO;
  for (const { line, seq } of refunds) {
    sum = sum.plus(refundAmount(line, paid));
    if (!sum.greaterThan(paid)) continue;
    const together = `the refunds of line ${root.line.id} are ${text(sum)}, more than the ${text(paid)} that was paid`;
    throw new LineFault(seq, 'amount', `S7-11: ${together}`);
  }
}

const CLASS_ORDER: readonly ProductClass[] = ['GENERAL', 'JOINT', 'YANXUAN', 'YANXUAN_SELF', 'HUAWEI'];

/** A number per bill that sorts by run, then seller in the order given, then class. */
function orderOfBills(sellers: readonly Seller[]): (run: number, product: Product) => number {
  const places = new Map(sellers.map(({ id }, place) => [id, place]));
  return (run, { sellerId, class: productClass }) =>
    (run * sellers.length + (places.get(sellerId) ?? 0)) * CLASS_ORDER.length + CLASS_ORDER.indexOf(productClass);
}

function runsOf(billRuns: readonly string[], site: Site, calendar: Calendar): Run[] {
  const days = billRuns.flatMap((given) => (given.includes('/') ? nominalDays(given, site) : [given]));
  for (const [place, day] of days.entries())
    if (place > 0 && day <= (days[place - 1] ?? '')) throw new RangeError(`billRuns: ${day} is not in order`);
  return days.map((day) => runOf(day, calendar));
}

function nominalDays(range: string, site: Site): Day[] {
  const [from = '', to = ''] = range.split('/').map((month) => month.replace('-', ''));
  if (from > to) throw new RangeError(`billRuns: ${range} ends before it begins`);
  const days: Day[] = [];
  for (let period = from; period <= to; period = periodOf(days.at(-1) ?? '')) days.push(nominalRunDay(site, period));
  return days;
}

/** The same part for a line and its refunds, whatever the order of the input. */
function partOf(rootId: string, parts: number): number {
  let hash = 0;
  for (let place = 0; place < rootId.length; place += 1) hash = (hash * 31 + rootId.charCodeAt(place)) >>> 0;
  return hash % parts;
}
