/** The result of a settlement as JSON (contracts/settlement-scenario.md), written piece by piece. */
import type { Decimal } from '../platform/exact.ts';
import type { Site } from '../platform/site.ts';
import type { Waiting } from './eligibility.ts';
import type { Bill, Settled } from './engine.ts';
import type { Line, Step } from './facts.ts';
import { text } from './formulas/derivation.ts';
import { ERRORS, type SortedRecord, UNBILLED } from './records.ts';
import { writeInstant } from './scenario.ts';
import type { LineOutcome, Settlement } from './settle-root.ts';

type Ready = Extract<LineOutcome, { kind: 'READY' }>;
type Failed = Extract<LineOutcome, { kind: 'ERROR' }>;

/** A line of a bill as JSON, put together by hand: there are millions, and their texts rarely need a quoting. */
export function describeFor(site: Site): (outcome: Ready) => string {
  const instants = new Map<number, string>();
  const written = (met: Date): string => {
    const before = instants.get(met.getTime());
    if (before !== undefined) return before;
    const made = writeInstant(met, site);
    if (instants.size >= MOST_REMEMBERED) instants.clear();
    instants.set(met.getTime(), made);
    return made;
  };
  // of what was remembered the derivation is the same list
  const derivations = new WeakMap<readonly Step[], string>();
  const derivationOf = (steps: readonly Step[]): string => {
    const before = derivations.get(steps);
    if (before !== undefined) return before;
    const made = steps.map(describeStep).join(',');
    derivations.set(steps, made);
    return made;
  };
  return ({ line, sales, settlement, steps, conditions }) => {
    const refundOf = line.refundOf === null ? '' : `"refundOf":${quoted(line.refundOf)},`;
    const met = conditions.map((each) => `{"rule":"${each.rule}","met":"${written(each.met)}"}`).join(',');
    return `{"id":${quoted(line.id)},"kind":"${line.kind}",${refundOf}"sales":"${text(sales)}","settlement":"${text(settlement)}","derivation":[${derivationOf(steps)}],"conditions":[${met}]}`;
  };
}

/** Rules and values are letters and digits, formulas numbers and operators. */
const describeStep = ({ rule, text: formula, value }: Step): string =>
  `{"rule":"${rule}","text":${formula.includes('"') || formula.includes('\\') ? JSON.stringify(formula) : `"${formula}"`},"value":"${value}"}`;

/** how many instants are remembered as text: days repeat */
const MOST_REMEMBERED = 20_000;
const quoted = (plain: string): string => (NEEDS_NO_ESCAPES.test(plain) ? `"${plain}"` : JSON.stringify(plain));
const NEEDS_NO_ESCAPES = /^[\w .:()+×−/-]*$/;

export const describePart = (line: Line, part: NonNullable<Settlement['distributor']>): string =>
  JSON.stringify({ id: line.id, kind: line.kind, settlement: text(part.settlement), derivation: part.steps });

export const describeUnbilled = (line: Line, waitingFor: readonly Waiting[], earliestBill: string | null): string =>
  JSON.stringify({ id: line.id, waitingFor, ...(earliestBill === null ? {} : { earliestBill }) });

export const describeError = ({ line, rule, text: message }: Failed): string =>
  JSON.stringify({ id: line.id, rule, text: message });

/** how much of the document is handed on at a time */
const PIECE_CHARS = 64 * 1024;

/** The document, in pieces that are written one after the other. */
export async function* writeSettled(settled: Settled): AsyncGenerator<string> {
  let piece = '';
  for (const part of documentOf(settled)) {
    piece += part;
    if (piece.length < PIECE_CHARS) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function* documentOf(settled: Settled): Generator<string> {
  const records = settled.records()[Symbol.iterator]();
  let record = following(records);
  function* those(bucket: number, distributor: string): Generator<string> {
    let comma = '\n';
    while (record && record.bucket === bucket && record.distributor === distributor) {
      yield comma;
      yield record.json;
      comma = ',\n';
      record = following(records);
    }
  }

  yield '{"bills":[';
  for (const [place, bill] of settled.bills.entries()) {
    yield `${place === 0 ? '' : ','}\n${opened(headOf(settled, bill))},"lines":[`;
    yield* those(bill.bucket, '');
    yield `],"total":"${bill.total.toFixed(2)}","platformFee":"${cents(bill.platformFee)}","distributors":[`;
    for (const [position, [id, settlement]] of [...bill.distributors].toSorted(byId).entries()) {
      yield `${position === 0 ? '' : ','}{"id":${JSON.stringify(id)},"settlement":"${cents(settlement)}","lines":[`;
      yield* those(bill.bucket, id);
      yield ']}';
    }
    yield ']}';
  }
  yield `],\n"releases":${JSON.stringify(settled.releases.map((release) => releaseOf(settled, release)))},\n"unbilled":[`;
  yield* those(UNBILLED, '');
  yield '],\n"errors":[';
  yield* those(ERRORS, '');
  yield ']}';
}

const following = (records: Iterator<SortedRecord>): SortedRecord | null => {
  const { done, value } = records.next();
  return done ? null : value;
};

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
export const cents = (value: Decimal): string => value.toFixed(2);
