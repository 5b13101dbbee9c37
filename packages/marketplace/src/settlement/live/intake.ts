/**
 * Facts come in, lines stand anew. Facts may come in any order and twice: a line that is not known yet is read from its
 * order, each fact is kept once, and a family is settled again from all that is known. What is billed stays (S3-23).
 */
import { contentsOf } from '../../catalog/index.ts';
import { paidCharges, toldCharge, type UsageCharged } from '../../metering/index.ts';
import { orderIdOf, ordersByIds, type RefundExecuted } from '../../ordering/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { decimal } from '../../platform/exact.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Site } from '../../platform/site.ts';
import { type Period, periodAt } from '../calendar.ts';
import { policyFor } from '../terms.ts';
import { type Computed, computeFamily } from './family.ts';
import { lineFromOrder, type NewLine, refundLine, refundLineId } from './from-orders.ts';
import { usageLines } from './from-usage.ts';
import {
  absorbedIn,
  familiesOf,
  insertLines,
  type Learned,
  type Learning,
  linesOfOrders,
  type Member,
  type OrderLineId,
  type Placed,
  saveStandings,
  withLearned,
} from './lines-store.ts';
import { billPeriodFor, firstOpen, lockShared, openPeriods } from './periods.ts';
import { agreedFor } from './sale-terms.ts';

/** Something that settlement heard. */
export type Fact =
  | { readonly kind: 'PAID'; readonly orderId: string }
  | ({ readonly kind: 'LEARNED'; readonly orderId: string; readonly lineId: string } & Learned)
  /** the buyer has repaid the month in which it was bought on credit (S2-3) */
  | { readonly kind: 'REPAID'; readonly orderId: string; readonly at: Date }
  /** the same of a charge of usage; it may be heard of before the charge itself */
  | { readonly kind: 'USAGE_REPAID'; readonly lineId: string; readonly at: Date }
  /** a change order is done */
  | { readonly kind: 'CHANGED'; readonly orderId: string; readonly at: Date }
  | { readonly kind: 'REFUNDED'; readonly refund: RefundExecuted; readonly at: Date }
  /** usage was rated and paid (3.7) */
  | { readonly kind: 'USED'; readonly orderId: string; readonly charge: UsageCharged }
  /** it could not be delivered and was given back in full; or a charge of usage was reversed */
  | {
      readonly kind: 'FAILED';
      readonly orderId: string;
      readonly lineId: string;
      readonly amount: string;
      readonly nonCash: string;
      readonly at: Date;
    };

export async function takeIn(platform: Platform, tx: Tx, facts: readonly Fact[], now: Date): Promise<void> {
  if (facts.length === 0) return;
  const { site } = platform.config;
  const orderIds = [...new Set(facts.flatMap(ordersOf))];
  // The lock before anything is read: what a bill run has closed must be seen.
  const [, known] = await Promise.all([lockShared(tx, site), linesOfOrders(tx, orderIds)]);
  const unknown = await linesNotAmong(tx, known, orderIds);
  const begun = await beginLines(platform, tx, unknown, now);
  const lines = [...known, ...unknown.map(({ orderId, lineId, line: { kind } }) => ({ orderId, lineId, kind }))];
  const idsOf = (orderId: string, of: (line: OrderLineId) => boolean) =>
    lines.flatMap((line) => (line.orderId === orderId && of(line) ? [line.lineId] : []));
  const learned = facts.flatMap((fact): Learning[] => {
    if (fact.kind === 'LEARNED') return [fact];
    if (fact.kind === 'USAGE_REPAID') return [{ lineId: fact.lineId, member: 'repaidAt', at: fact.at }];
    if (fact.kind === 'REPAID')
      return idsOf(fact.orderId, () => true).map((lineId) => ({ lineId, member: 'repaidAt' as const, at: fact.at }));
    if (fact.kind !== 'CHANGED') return [];
    const changed = idsOf(fact.orderId, ({ kind }) => kind === 'CHANGE');
    return changed.map((lineId) => ({ lineId, member: 'activatedAt' as const, at: fact.at }));
  });
  const used = [
    ...facts.flatMap((fact) => (fact.kind === 'USED' ? [fact.charge] : [])),
    ...(await repaidCharges(tx, facts)),
  ];
  await insertLines(tx, site, await usageLines(tx, used));
  const given = facts.flatMap(originalsOf);
  const touched = [...given.flatMap(({ originals }) => originals), ...learned.map(({ lineId }) => lineId)];
  const paid = facts.flatMap((fact) =>
    fact.kind === 'PAID' ? idsOf(fact.orderId, () => true).filter((lineId) => !begun.has(lineId)) : [],
  );
  const roots = [...new Set([...touched, ...paid, ...used.map(({ chargeId }) => chargeId)])].toSorted();
  if (given.length > 0) {
    const known = new Map((await familiesOf(tx, roots, { lock: true })).map((member) => [member.lineId, member]));
    await insertLines(
      tx,
      site,
      given.flatMap((refund) => refundLines(refund, known)),
    );
  }
  if (roots.length > 0) await standAnew(platform, tx, roots, learned, now);
}

const ordersOf = (fact: Fact): string[] => {
  if (fact.kind === 'USAGE_REPAID') return [];
  return fact.kind === 'REFUNDED' ? fact.refund.originalLineIds.map(orderIdOf) : [fact.orderId];
};

async function repaidCharges(tx: Tx, facts: readonly Fact[]): Promise<UsageCharged[]> {
  const ids = facts.flatMap((fact) => (fact.kind === 'USAGE_REPAID' ? [fact.lineId] : []));
  return (await paidCharges(tx, ids)).map((charge) => toldCharge(charge, charge.paidAt ?? charge.billedAt));
}

/** The lines of those of the orders of which none is known yet, with the terms of their versions. */
async function linesNotAmong(tx: Tx, known: readonly OrderLineId[], orderIds: readonly string[]): Promise<NewLine[]> {
  const seen = new Set(known.map(({ orderId }) => orderId));
  const missing = orderIds.filter((id) => !seen.has(id));
  if (missing.length === 0) return [];
  const sold = (await ordersByIds(tx, missing, { scope: { kind: 'all' } })).flatMap((order) =>
    order.lines.map((line) => ({ order, line })),
  );
  const contents = await contentsOf(
    tx,
    sold.map(({ line }) => line),
  );
  const agreed = await agreedFor(tx, sold);
  return sold.flatMap(({ order, line }, place): NewLine[] => {
    const content = contents[place];
    const fresh = content ? lineFromOrder(order, line, content, agreed) : null;
    return fresh ? [fresh] : [];
  });
}

/**
 * Lines that become known are written as they stand: until then nobody can have refunded or locked them, so there is
 * nothing to read. @returns those that nobody else had written meanwhile
 */
async function beginLines(platform: Platform, tx: Tx, lines: readonly NewLine[], now: Date): Promise<Set<string>> {
  if (lines.length === 0) return new Set();
  const { site } = platform.config;
  const open = await firstOpen(tx, site);
  const standings = lines.flatMap(({ line: root, terms }): Placed[] =>
    terms === null
      ? []
      : computeFamily({ root, refunds: [], terms, billedAt: null }, policyFor(site)).map((computed) =>
          placed(computed, site, open),
        ),
  );
  const begun = await insertLines(tx, site, lines, standings);
  const periods = standings.flatMap(({ lineId, billPeriod }) => (begun.has(lineId) ? (billPeriod ?? []) : []));
  await openPeriods(platform, tx, site, periods, now);
  return begun;
}

function placed(computed: Computed, site: Site, open: Period | null): Placed {
  const { standing } = computed;
  const period = standing.state === 'READY' ? periodAt(standing.readyAt, site) : null;
  return { ...computed, period, billPeriod: period === null ? null : billPeriodFor(period, open) };
}

interface Given {
  readonly originals: readonly string[];
  readonly orderId: string;
  /** for each original */
  readonly parts: readonly { readonly amount: string; readonly nonCash: string }[];
  readonly at: Date;
  lineId(place: number): string;
}
function originalsOf(fact: Fact): Given[] {
  if (fact.kind === 'FAILED') {
    const { orderId, amount, nonCash, at, lineId } = fact;
    return [{ originals: [lineId], orderId, parts: [{ amount, nonCash }], at, lineId: () => `${lineId}.R` }];
  }
  if (fact.kind !== 'REFUNDED') return [];
  const { refund, at } = fact;
  const { originalLineIds: originals, orderId, parts } = refund;
  return [{ originals, orderId, parts, at, lineId: (place) => refundLineId(refund, place) }];
}

/** One refund of several lines (an opening, its renewals, its changes) is one negative line per original (S3-22). */
function refundLines({ originals, parts, orderId, at, lineId }: Given, known: ReadonlyMap<string, Member>): NewLine[] {
  return originals.flatMap((id, place) => {
    const [original, part] = [known.get(id), parts[place]];
    if (!original || !part) return [];
    const [amount, nonCash] = [decimal(part.amount), decimal(part.nonCash)];
    return [refundLine(original, { lineId: lineId(place), orderId, amount, nonCash, at })];
  });
}

/**
 * Settles families again from all that is known; only what no bill has moves.
 * @param learned of their lines, and not written yet
 */
export async function standAnew(
  platform: Platform,
  tx: Tx,
  roots: readonly string[],
  learned: readonly Learning[],
  now: Date,
): Promise<void> {
  const { site } = platform.config;
  const [stored, open] = await Promise.all([familiesOf(tx, roots, { lock: true }), firstOpen(tx, site)]);
  const members = withLearned(stored, learned);
  const isBilled = ({ billPeriod }: Member) => billPeriod !== null && open !== null && billPeriod < open;
  const families = new Map<string, Member[]>(roots.map((rootId) => [rootId, []]));
  for (const member of members) families.get(member.rootId)?.push(member);
  const standings = [...families].flatMap(([rootId, family]): Computed[] => {
    const root = family.find(({ lineId }) => lineId === rootId);
    if (!root?.terms) return [];
    const refunds = family.filter((member) => member !== root).map(({ line }) => line);
    const billedAt = isBilled(root) ? root.readyAt : null;
    const computed = computeFamily(
      { root: root.line, refunds, terms: root.terms, billedAt, absorbed: absorbedIn(family) },
      policyFor(site),
    );
    const billed = new Set(family.filter(isBilled).map(({ lineId }) => lineId));
    return computed.filter(({ lineId }) => !billed.has(lineId));
  });
  const stand = standings.map((computed) => placed(computed, site, open));
  await saveStandings(tx, stand, learned);
  await openPeriods(
    platform,
    tx,
    site,
    stand.flatMap(({ billPeriod }) => billPeriod ?? []),
    now,
  );
}
