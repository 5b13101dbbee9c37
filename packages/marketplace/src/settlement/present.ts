/** The result of a settlement as JSON (contracts/settlement-scenario.md), written piece by piece. */
import type { Site } from '../platform/site.ts';
import type { Waiting } from './eligibility.ts';
import type { Bill, Settled } from './engine.ts';
import type { Line } from './facts.ts';
import { text } from './formulas/derivation.ts';
import { ERRORS, type SortedRecord, UNBILLED } from './records.ts';
import { writeInstant } from './scenario.ts';
import type { LineOutcome, Settlement } from './settle-root.ts';

type Ready = Extract<LineOutcome, { kind: 'READY' }>;
type Failed = Extract<LineOutcome, { kind: 'ERROR' }>;

export const describeLine = (outcome: Ready, site: Site): string =>
  JSON.stringify({
    id: outcome.line.id,
    kind: outcome.line.kind,
    ...(outcome.line.refundOf === null ? {} : { refundOf: outcome.line.refundOf }),
    sales: text(outcome.sales),
    settlement: text(outcome.settlement),
    derivation: outcome.steps,
    conditions: outcome.conditions.map(({ rule, met }) => ({ rule, met: writeInstant(met, site) })),
  });

export const describePart = (line: Line, part: NonNullable<Settlement['distributor']>): string =>
  JSON.stringify({ id: line.id, kind: line.kind, settlement: text(part.settlement), derivation: part.steps });

export const describeUnbilled = (line: Line, waitingFor: readonly Waiting[], earliestBill: string | null): string =>
  JSON.stringify({ id: line.id, waitingFor, ...(earliestBill === null ? {} : { earliestBill }) });

export const describeError = ({ line, rule, text: message }: Failed): string =>
  JSON.stringify({ id: line.id, rule, text: message });

/** The document, in pieces that are written one after the other. */
export async function* writeSettled(settled: Settled): AsyncGenerator<string> {
  const records = settled.records()[Symbol.asyncIterator]();
  let { value: record } = await records.next();
  async function* those(belongs: (record: SortedRecord) => boolean): AsyncGenerator<string> {
    let comma = '';
    while (record && belongs(record)) {
      yield `${comma}\n${record.json}`;
      comma = ',';
      ({ value: record } = await records.next());
    }
  }

  yield '{"bills":[';
  for (const [place, bill] of settled.bills.entries()) {
    yield `${place === 0 ? '' : ','}\n${opened(headOf(settled, bill))},"lines":[`;
    yield* those(({ bucket, distributor }) => bucket === bill.bucket && distributor === '');
    yield `],"total":"${bill.total.toFixed(2)}","platformFee":"${cents(bill.platformFee)}","distributors":[`;
    for (const [position, [id, settlement]] of [...bill.distributors].toSorted(byId).entries()) {
      yield `${position === 0 ? '' : ','}{"id":${JSON.stringify(id)},"settlement":"${cents(settlement)}","lines":[`;
      yield* those(({ bucket, distributor }) => bucket === bill.bucket && distributor === id);
      yield ']}';
    }
    yield ']}';
  }
  yield `],\n"releases":${JSON.stringify(settled.releases.map((release) => releaseOf(settled, release)))},\n"unbilled":[`;
  yield* those(({ bucket }) => bucket === UNBILLED);
  yield '],\n"errors":[';
  yield* those(({ bucket }) => bucket === ERRORS);
  yield ']}';
}

/** A bill without its lines and sums. */
export function headOf(settled: Settled, bill: Bill) {
  const run = settled.runs[bill.run];
  if (!run) throw new Error(`there is no run ${bill.run}`);
  const heldReason = settled.held.get(bill) ?? null;
  return {
    id: bill.period,
    seller: bill.sellerId,
    class: bill.class,
    site: settled.policy.site,
    currency: settled.policy.currency,
    period: { from: run.from, to: run.to },
    nominalRunDate: run.nominalRunDate,
    runDate: run.runDate,
    state: 'UNDER_REVIEW',
    held: heldReason !== null,
    heldReason,
  };
}

const releaseOf = (settled: Settled, release: Settled['releases'][number]) => ({
  runDate: settled.runs[release.run]?.runDate,
  seller: release.sellerId,
  class: release.class,
  bills: release.bills.map(({ period }) => period),
  total: release.total.toFixed(2),
  schedule: release.schedule,
});

const opened = (value: object): string => JSON.stringify(value).slice(0, -1);
const byId = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number => (one < other ? -1 : 1);
/** adding zero: what rounds to nothing has no sign */
export const cents = (value: Bill['platformFee']): string => value.toDecimalPlaces(2, 4).plus(0).toFixed(2);
