/** Transaction details (settlement.md 5.1): lines with what is known of them, what they wait for, and their bill. */
import type { RawBuilder } from 'kysely';
import { stagedLines } from '../../delivery/index.ts';
import { type Executor, sql } from '../../platform/database/database.ts';
import { decimal } from '../../platform/exact.ts';
import type { Site } from '../../platform/site.ts';
import { type Calendar, type Day, type Period, periodAt } from '../calendar.ts';
import { workingCalendar } from '../calendar-store.ts';
import type { Condition, Waiting } from '../eligibility.ts';
import type { Line, Product, ProductClass, Step } from '../facts.ts';
import { policyFor } from '../terms.ts';
import type { BillState } from './bill-states.ts';
import { type About, about, readLine, readTerms, waitings } from './facts-json.ts';
import { outcomesOf } from './family.ts';
import { atTier, INCREMENT_OF_LINE } from './increments.ts';
import { absorbedIn, familiesOf } from './lines-store.ts';
import { billPeriodFor, firstOpen, plannedRun } from './periods.ts';

export interface LineQuery {
  /** null = all sellers */
  readonly sellerId: string | null;
  readonly class?: ProductClass | undefined;
  readonly period?: Period | undefined;
  readonly orderId?: string | undefined;
  readonly buyerId?: string | undefined;
  readonly billId?: string | undefined;
  readonly billing?: Billing | undefined;
  readonly lineId?: string | undefined;
  /** placed from … */
  readonly from?: Date | undefined;
  /** … to before */
  readonly to?: Date | undefined;
  readonly billState?: BillState | undefined;
  readonly repaymentStatus?: ConditionStatus | undefined;
  readonly supervisionStatus?: ConditionStatus | undefined;
  /** what counts later than this waits for its time: a renewal is known before it takes effect */
  readonly now?: Date | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
/** How a condition stands: of the credit of a post-paid buyer `COMPLETED` is repaid (S5-4). */
export type ConditionStatus = 'COMPLETED' | 'OPEN' | 'NOT_APPLICABLE';
/** what is known to count counts */
const FOREVER = new Date('9999-12-31T00:00:00Z');
export type Billing = 'BILLED' | 'READY' | 'WAITING' | 'NEVER' | 'ERROR';

export interface LineView {
  readonly lineId: string;
  readonly rootId: string;
  readonly orderId: string;
  readonly kind: string;
  readonly class: ProductClass;
  readonly site: Site;
  readonly sellerId: string;
  readonly buyerId: string | null;
  readonly goodsId: string | null;
  readonly placedAt: Date;
  readonly state: 'WAITING' | 'READY' | 'NEVER' | 'ERROR';
  readonly readyAt: Date | null;
  readonly period: Period | null;
  readonly billPeriod: Period | null;
  readonly sales: string | null;
  readonly cash: string | null;
  readonly settlement: string | null;
  readonly platformFee: string | null;
  /** the increment share of its month, where it takes part */
  readonly increment: string | null;
  readonly bill: {
    readonly billId: string;
    readonly state: BillState;
    readonly released: boolean;
    readonly period: Period;
  } | null;
  /** null for an adjustment */
  readonly line: Line | null;
  /** its own, or those of its original */
  readonly terms: Product | null;
  readonly about: About;
  readonly waiting: readonly Waiting[];
  readonly error: string | null;
  /** 是否里程碑交付: its order is delivered in parts, and counts with the last one (consoles-and-processes.md 3.5) */
  readonly milestones: boolean;
}

interface Row {
  line_id: string;
  root_id: string;
  order_id: string;
  kind: string;
  class: ProductClass;
  site: Site;
  seller_id: string;
  buyer_id: string | null;
  goods_id: string | null;
  placed_at: Date;
  state: LineView['state'];
  ready_at: Date | null;
  period: string | null;
  bill_period: string | null;
  sales: string | null;
  cash: string | null;
  settlement: string | null;
  platform_fee: string | null;
  increment: string | null;
  bill_id: string | null;
  bill_state: BillState | null;
  released: boolean | null;
  line: unknown;
  terms: unknown;
  about: unknown;
  waiting: unknown;
  error: string | null;
}

/** Newest first. */
export async function listLines(executor: Executor, query: LineQuery): Promise<LineView[]> {
  const conditions = conditionsOf(query);
  const { rows } = await sql<Row>`
    SELECT l.line_id, l.root_id, l.order_id, l.kind, l.class, l.site, l.seller_id, l.buyer_id, l.goods_id, l.placed_at, l.state, l.ready_at, l.period, l.bill_period,
      l.sales, l.cash, ${atTier('settlement')} AS settlement, ${atTier('platform_fee')} AS platform_fee,
      CASE WHEN l.increment_period IS NOT NULL THEN coalesce(i.rate, 0) END AS increment,
      b.bill_id, b.state AS bill_state, b.released_at IS NOT NULL AS released,
      f.line, coalesce(f.terms, r.terms) AS terms, f.about, f.waiting, f.error
    FROM settlement.lines l JOIN settlement.facts f ON f.line_id = l.line_id JOIN settlement.facts r ON r.line_id = l.root_id
    ${INCREMENT_OF_LINE} LEFT JOIN settlement.bills b ON b.site = l.site AND b.period = l.bill_period AND b.class = l.class AND b.seller_id = l.seller_id
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY l.placed_at DESC, l.line_id DESC LIMIT ${query.limit}`.execute(
    executor,
  );
  const staged = await stagedLines(
    executor,
    rows.map((row) => row.line_id),
  );
  return rows.map((row) => ({ ...toView(row, query.now ?? FOREVER), milestones: staged.has(row.line_id) }));
}

function conditionsOf(query: LineQuery): RawBuilder<unknown>[] {
  // adjustments of distributors are no sales of anybody (S4-3): `commissions.ts` lists them
  const conditions: RawBuilder<unknown>[] = [sql`l.seller_id IS NOT NULL`];
  const add = <T>(value: T | null | undefined, condition: (value: T) => RawBuilder<unknown>) => {
    if (value !== null && value !== undefined) conditions.push(condition(value));
  };
  add(query.sellerId, (id) => sql`l.seller_id = ${id}`);
  add(query.class, (name) => sql`l.class = ${name}`);
  add(query.period, (period) => sql`coalesce(l.bill_period, l.period) = ${period}`);
  add(query.orderId, (id) => sql`l.order_id = ${id}`);
  add(query.buyerId, (id) => sql`l.buyer_id = ${id}`);
  add(query.lineId, (id) => sql`l.line_id = ${id}`);
  add(query.billId, (id) => sql`b.bill_id = ${id}`);
  add(query.from, (from) => sql`l.placed_at >= ${from}`);
  add(query.to, (to) => sql`l.placed_at < ${to}`);
  add(query.billState, (state) => sql`b.state = ${state}`);
  add(query.repaymentStatus, (status) => conditionIs(status, ON_CREDIT, sql`f.line ->> 'repaidAt' IS NOT NULL`));
  add(query.supervisionStatus, (status) =>
    conditionIs(status, SUPERVISED, sql`f.line ->> 'supervisionCompletedAt' IS NOT NULL`),
  );
  add(query.billing, (billing) => billingIs(billing, query.now ?? FOREVER));
  add(query.before, ({ at, id }) => sql`(l.placed_at, l.line_id) < (${at}, ${id})`);
  return conditions;
}
const ON_CREDIT = sql`coalesce((f.line ->> 'credit')::boolean, false)`;
/** S2-4: the first order of a supervised product alone */
const SUPERVISED = sql`l.kind = 'NEW' AND coalesce((coalesce(f.terms, r.terms) ->> 'supervised')::boolean, false)`;

function conditionIs(
  status: ConditionStatus,
  applies: RawBuilder<unknown>,
  met: RawBuilder<unknown>,
): RawBuilder<unknown> {
  if (status === 'NOT_APPLICABLE') return sql`NOT (${applies})`;
  return status === 'COMPLETED' ? sql`(${applies}) AND ${met}` : sql`(${applies}) AND NOT (${met})`;
}

function billingIs(billing: Billing, now: Date): RawBuilder<unknown> {
  switch (billing) {
    case 'BILLED':
      return sql`b.bill_id IS NOT NULL`;
    case 'READY':
      return sql`l.state = 'READY' AND l.ready_at <= ${now} AND b.bill_id IS NULL`;
    case 'WAITING':
      return sql`(l.state = 'WAITING' OR l.ready_at > ${now})`;
    default:
      return sql`l.state = ${billing}`;
  }
}

const toView = (row: Row, now: Date): Omit<LineView, 'milestones'> => ({
  lineId: row.line_id,
  rootId: row.root_id,
  orderId: row.order_id,
  kind: row.kind,
  class: row.class,
  site: row.site,
  sellerId: row.seller_id,
  buyerId: row.buyer_id,
  goodsId: row.goods_id,
  placedAt: row.placed_at,
  state: row.state,
  readyAt: row.ready_at,
  period: row.period,
  billPeriod: row.bill_period,
  sales: row.sales,
  cash: row.cash,
  settlement: row.settlement,
  platformFee: row.platform_fee,
  increment: row.increment,
  bill:
    row.bill_id !== null && row.bill_state !== null && row.bill_period !== null
      ? { billId: row.bill_id, state: row.bill_state, released: row.released === true, period: row.bill_period }
      : null,
  line: row.kind === 'ADJUSTMENT' ? null : readLine(row.line),
  terms: row.terms === null ? null : readTerms(row.terms),
  about: about.parse(row.about),
  waiting: row.ready_at !== null && row.ready_at > now ? (NOT_YET[row.kind] ?? []) : waitings.parse(row.waiting),
  error: row.error,
});

/** Only renewals are known before their time. */
const NOT_YET: Readonly<Record<string, readonly Waiting[]>> = {
  RENEWAL: [{ rule: 'S2-5', text: 'the renewal has not taken effect' }],
};

export function billingOf({ state, bill, waiting }: LineView): Billing {
  if (bill !== null) return 'BILLED';
  return state === 'READY' && waiting.length > 0 ? 'WAITING' : state;
}

/** How a line came about, or when it can be billed. */
export interface Explained {
  readonly view: LineView;
  readonly steps: readonly Step[];
  readonly conditions: readonly Condition[];
  readonly distributor: { readonly id: string; readonly settlement: string; readonly steps: readonly Step[] } | null;
  readonly originalSettlement: string | null;
  readonly earliestBill: { readonly period: Period; readonly runDay: Day } | null;
  readonly provisional: boolean;
}

/** Made when it is looked at, by the code that settles: nothing is told a second time. */
export async function explainLine(
  executor: Executor,
  lineId: string,
  sellerId: string | null,
  now: Date,
): Promise<Explained | null> {
  const [view] = await listLines(executor, { sellerId, lineId, now, before: null, limit: 1 });
  if (!view) return null;
  const open = await firstOpen(executor, view.site);
  const nothing = { view, steps: [], conditions: [], distributor: null, originalSettlement: null, provisional: false };
  const earliestBill = earliestOf(view, open, await workingCalendar(executor), now);
  if (view.line === null) {
    const steps = [{ rule: 'S4-3', text: view.about.note ?? '', value: decimal(view.settlement ?? '0').toFixed() }];
    return { ...nothing, steps, earliestBill };
  }
  const members = await familiesOf(executor, [view.rootId], { lock: false });
  const root = members.find((member) => member.lineId === view.rootId);
  if (!root?.terms) return { ...nothing, earliestBill };
  const refunds = members.filter((member) => member !== root).map(({ line }) => line);
  const billed = root.billPeriod !== null && open !== null && root.billPeriod < open;
  const billedAt = billed ? root.readyAt : null;
  const family = { root: root.line, refunds, terms: root.terms, billedAt, absorbed: absorbedIn(members) };
  const outcomes = outcomesOf(family, policyFor(view.site), decimal(view.increment ?? '0'));
  const own = outcomes.find(({ line }) => line.id === lineId);
  const original = outcomes.find(({ line }) => line.id === view.rootId);
  if (own?.kind !== 'READY') return { ...nothing, earliestBill };
  return {
    view,
    steps: own.steps,
    conditions: own.conditions.filter(({ met }) => met <= now),
    distributor: own.distributor && { ...own.distributor, settlement: own.distributor.settlement.toFixed() },
    originalSettlement: lineId !== view.rootId && original?.kind === 'READY' ? original.settlement.toFixed() : null,
    earliestBill,
    provisional: view.bill === null && view.increment !== null,
  };
}

/** Of a line that waits: the bill that it is in if all it waits for happened now. */
function earliestOf(view: LineView, open: Period | null, calendar: Calendar, now: Date): Explained['earliestBill'] {
  if (view.bill !== null || view.state === 'NEVER' || view.state === 'ERROR') return null;
  const period = view.billPeriod ?? billPeriodFor(periodAt(now, view.site), open);
  const { runDay, nominalRunDay } = plannedRun(view.site, period, calendar);
  return { period, runDay: runDay ?? nominalRunDay };
}
