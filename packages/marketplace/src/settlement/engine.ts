/**
 * Facts in, bills out: the one engine behind the live bill run and `jishi settle`. Lines are passed over three times – what
 * a whole month must know, then each line with its refunds, then the bills in order – through spools, so that memory does
 * not grow with their number.
 */
import type { Decimal } from 'decimal.js';
import type { Site } from '../platform/site.ts';
import {
  type Calendar,
  chineseCalendar,
  type Day,
  dayAt,
  nominalRunDay,
  type Period,
  periodAt,
  periodOf,
  plainCalendar,
} from './calendar.ts';
import type { Line, Policy, Product, ProductClass, Seller } from './facts.ts';
import { ZERO } from './formulas/derivation.ts';
import { salesOf } from './formulas/sales.ts';
import { createMonths } from './months.ts';
import { describeError, describeLine, describePart, describeUnbilled } from './present.ts';
import { ERRORS, keepSorted, mergeSorted, type SortedRecord, UNBILLED } from './records.ts';
import { type BillTotal, type Release, type Released, releasesOf, roundTotal } from './release.ts';
import { type Run, runFor, runOf, type ScheduleStep, scheduleOf } from './runs.ts';
import { type LineOutcome, settleRoot } from './settle-root.ts';
import type { Spool } from './spool.ts';

/** Lines as they came, so that they can be put aside and read again. */
export interface Source {
  /** each line as JSON without line breaks */
  lines(): AsyncIterable<string>;
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
  records(): AsyncIterable<SortedRecord>;
}

type Found = { readonly outcome: LineOutcome; readonly product: Product; readonly seq: number };

/** @throws CalendarGap when a year's holidays are needed and not known; RangeError when runs are not in order */
export async function settle({ policy, sellers, billRuns, source, spool, parts }: Settling): Promise<Settled> {
  const calendar = policy.calendar === 'cn' ? chineseCalendar() : plainCalendar();
  const runs = runsOf(billRuns, policy.site, calendar);
  const inSite = (at: Date): Period => periodAt(at, policy.site);

  const months = createMonths(inSite);
  let count = 0;
  for await (const json of source.lines()) {
    const { line, product } = source.read(json, count);
    months.add(line, product, salesOf(line, 'S3-1').amount);
    spool.append(`lines-${partOf(line.refundOf ?? line.id, parts)}`, `${count}\t${json}`);
    count += 1;
  }

  const certified = new Map(sellers.map(({ id, certifiedAt }) => [id, certifiedAt && dayAt(certifiedAt, policy.site)]));
  const bucketOf = orderOfBills(sellers);
  const totals = new Map<number, Bill>();
  let errors = 0;
  for (let part = 0; part < parts; part += 1) {
    const found: Found[] = [];
    for await (const family of families(spool, part, source))
      for (const outcome of settleFamily(family)) found.push(outcome);
    keepSorted(spool, part, found.flatMap(place));
  }
  const bills = [...totals.values()]
    .toSorted((one, other) => one.bucket - other.bucket)
    .map((bill) => ({ ...bill, total: roundTotal(bill.total, policy) }));
  const { releases, held } = releasesOf(bills, policy);
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

  function settleFamily({ root, refunds, orphans }: Family): Found[] {
    const lost = orphans.map(({ product, seq, line }): Found => {
      const text =
        line.refundOf === null ? 'this id is used by an earlier line too' : `there is no line ${line.refundOf}`;
      const rule = line.refundOf === null ? 'S2-10' : 'S3-22';
      return { product, seq, outcome: { kind: 'ERROR', line, rule, text } };
    });
    if (!root) return lost;
    const places = new Map([root, ...refunds].map(({ line, seq }) => [line, seq]));
    const lines = refunds.map(({ line }) => line);
    const outcomes = settleRoot(root.line, lines, root.product, policy, months.rates);
    return [
      ...lost,
      ...outcomes.map((outcome) => ({ outcome, product: root.product, seq: places.get(outcome.line) ?? root.seq })),
    ];
  }

  function place({ outcome, product, seq }: Found): SortedRecord[] {
    const aside = (bucket: number, json: string): SortedRecord[] => [{ bucket, distributor: '', seq, json }];
    if (outcome.kind === 'ERROR') {
      errors += 1;
      return aside(ERRORS, describeError(outcome));
    }
    if (outcome.kind === 'WAITING') return aside(UNBILLED, describeUnbilled(outcome.line, outcome.waitingFor, null));
    const period = inSite(outcome.at);
    const since = certified.get(product.sellerId) ?? null;
    const run = runFor(runs, period, since);
    if (run === null) {
      const waiting =
        since === null
          ? { rule: 'S2-1', text: 'the seller is not certified' }
          : { rule: 'S2-10', text: `nominally billed on ${nominalRunDay(policy.site, period)}` };
      return aside(UNBILLED, describeUnbilled(outcome.line, [waiting], period));
    }
    const bucket = bucketOf(run, product);
    add(bucket, run, product, outcome);
    const own: SortedRecord = { bucket, distributor: '', seq, json: describeLine(outcome, policy.site) };
    const { distributor } = outcome;
    if (!distributor) return [own];
    return [own, { bucket, distributor: distributor.id, seq, json: describePart(outcome.line, distributor) }];
  }

  function add(bucket: number, run: number, product: Product, outcome: Extract<LineOutcome, { kind: 'READY' }>): void {
    const { sellerId, class: productClass } = product;
    const known = totals.get(bucket);
    const distributors = new Map(known?.distributors);
    const { distributor } = outcome;
    if (distributor)
      distributors.set(distributor.id, (distributors.get(distributor.id) ?? ZERO).plus(distributor.settlement));
    totals.set(bucket, {
      bucket,
      sellerId,
      class: productClass,
      run,
      period: runAt(run).period,
      total: (known?.total ?? ZERO).plus(outcome.settlement),
      platformFee: (known?.platformFee ?? ZERO).plus(outcome.platformFee),
      distributors,
    });
  }

  function runAt(place_: number): Run {
    const run = runs[place_];
    if (!run) throw new Error(`there is no run ${place_}`);
    return run;
  }
}

interface Member {
  readonly line: Line;
  readonly product: Product;
  readonly seq: number;
}
/** A line with its refunds; or lines that have none to belong to. */
interface Family {
  readonly root: Member | null;
  readonly refunds: readonly Member[];
  readonly orphans: readonly Member[];
}

/** One part, put together again; it is in memory as a whole. */
async function* families(spool: Spool, part: number, source: Source): AsyncGenerator<Family> {
  const roots = new Map<string, Member>();
  const refunds = new Map<string, Member[]>();
  const used = new Set<string>();
  const orphans: Member[] = [];
  for await (const row of spool.read(`lines-${part}`)) {
    const tab = row.indexOf('\t');
    const seq = Number(row.slice(0, tab));
    const member: Member = { ...source.read(row.slice(tab + 1), seq), seq };
    const { id, refundOf } = member.line;
    if (used.has(id))
      orphans.push(refundOf === null ? member : { ...member, line: { ...member.line, refundOf: null } });
    else if (refundOf === null) roots.set(id, member);
    else refunds.set(refundOf, [...(refunds.get(refundOf) ?? []), member]);
    used.add(id);
  }
  for (const [id, root] of roots) yield { root, refunds: refunds.get(id) ?? [], orphans: [] };
  for (const [id, members] of refunds) if (!roots.has(id)) orphans.push(...members);
  yield { root: null, refunds: [], orphans };
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
