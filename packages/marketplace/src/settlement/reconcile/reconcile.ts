/**
 * A bill against a seller's own order list (contracts/cli.md): which lines agree, and of those that do not what is expected,
 * what was seen and why, with the computation. Pure. Keys: the order line id; for a refund its original together with the
 * refund order's number (settlement.md 5.2).
 */
import { type Decimal, decimal } from '../../platform/exact.ts';
import type { Site } from '../../platform/site.ts';
import { dayAt } from '../calendar.ts';
import type { Step } from '../facts.ts';
import { text, ZERO } from '../formulas/derivation.ts';
import { type Expected, expectedOf, type Month, monthOf, salesOf } from './expected.ts';
import type { Row, Rows } from './rows.ts';

type DifferenceKind = 'missing-in-bill' | 'unknown-in-bill' | 'amount' | 'period' | 'duplicate';
export interface Difference {
  readonly orderLineId: string;
  readonly kind: DifferenceKind;
  readonly expected: string;
  readonly seen: string;
  readonly reason: string;
  readonly derivation: readonly Step[];
  /** of a refund: the line that was given back */
  readonly originalOrderLineId?: string;
  readonly billRow?: number;
  readonly ordersRow?: number;
}
export interface Reconciliation {
  readonly matched: number;
  readonly differences: readonly Difference[];
  readonly totals: { readonly expected: string; readonly billed: string };
  /** rows of the list that this bill does not concern: other months, nothing to bill yet */
  readonly outside: number;
  /** matched by their key alone, because neither file says what the amount is made of */
  readonly notCompared: number;
}

const CENT = decimal('0.01');

export function reconcile(bill: Rows, orders: Rows, site: Site): Reconciliation {
  const billed = bill.rows.filter((row) => !row.unbilled);
  const periods = [...new Set(billed.flatMap(({ period }) => period ?? []))].toSorted();
  const keyOf = keyFor(bill, orders);
  const lines = grouped(billed, keyOf);
  const list = grouped(orders.rows, keyOf);
  const originals = new Map(orders.rows.filter(({ kind }) => kind !== 'REFUND').map((row) => [row.orderLineId, row]));
  const differences: Difference[] = [...repeated(list, 'the list'), ...repeated(lines, 'the bill')];
  const found = paired(list, lines);

  let [matched, outside, notCompared] = [0, 0, 0];
  let expectedTotal = ZERO;
  for (const [row, line] of found.pairs) {
    const original = originals.get(row.originalOrderLineId) ?? null;
    const expected = expectedOf(row, line, original, site);
    if (line === null) {
      const missing = missingOf(row, expected, monthOf(row, null, site), periods, site);
      if (missing === null) outside += 1;
      else {
        differences.push(missing);
        expectedTotal = expectedTotal.plus(expected?.amount ?? ZERO);
      }
      continue;
    }
    const faults = [...amountFaults(row, line, expected), ...periodFaults(row, line, monthOf(row, line, site), site)];
    if (faults.length === 0) matched += 1;
    if (expected === null) notCompared += 1;
    differences.push(...faults);
    expectedTotal = expectedTotal.plus(expected?.amount ?? billedAmount(line) ?? ZERO);
  }
  differences.push(...found.unknown.map(unknownOf));
  const billedTotal = billed.reduce((sum, row) => sum.plus(billedAmount(row) ?? ZERO), ZERO);
  differences.push(...sumFaults(bill, billedTotal));
  return {
    matched,
    differences,
    totals: { expected: cents(expectedTotal), billed: cents(billedTotal) },
    outside,
    notCompared,
  };
}

// --- who belongs to whom ----------------------------------------------------------------------------------------

type Key = (row: Row) => string;

/** By what both files have of a refund: its own order's number, or its line's id. */
function keyFor(bill: Rows, orders: Rows): Key {
  const both = (has: (rows: Rows) => boolean) => has(bill) && has(orders);
  const named = both(({ rows }) => rows.every(({ kind, orderNo }) => kind !== 'REFUND' || orderNo !== ''));
  const timed = both(({ rows }) => rows.every(({ kind, instants }) => kind !== 'USAGE' || instants.transactionTime));
  return ({ kind, orderLineId, originalOrderLineId, orderNo, instants }) => {
    if (kind === 'REFUND' && originalOrderLineId !== '')
      return `refund ${originalOrderLineId} ${named ? orderNo : orderLineId}`;
    // usage is billed by transactions of one line
    const at = kind === 'USAGE' && timed ? ` ${instants.transactionTime?.toISOString()}` : '';
    return `line ${orderLineId}${at}`;
  };
}

function grouped(rows: readonly Row[], keyOf: Key): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

/** The first of each key; what finds nothing by its key may find it by the line's own id. */
function paired(list: ReadonlyMap<string, readonly Row[]>, lines: ReadonlyMap<string, readonly Row[]>) {
  const open = new Map([...lines].flatMap(([key, [line]]) => (line ? [[key, line] as const] : [])));
  const pairs: [Row, Row | null][] = [];
  const alone: Row[] = [];
  for (const [key, [row]] of list) {
    if (!row) continue;
    const line = open.get(key);
    if (line) pairs.push([row, line]);
    else alone.push(row);
    open.delete(key);
  }
  const byId = new Map([...open].map(([key, line]) => [line.orderLineId, { key, line }]));
  for (const row of alone) {
    const other = row.orderLineId === '' ? undefined : byId.get(row.orderLineId);
    if (other && open.delete(other.key)) pairs.push([row, other.line]);
    else pairs.push([row, null]);
  }
  return { pairs, unknown: [...open.values()] };
}

// --- differences ------------------------------------------------------------------------------------------------

const named = (row: Row) => ({
  orderLineId: row.orderLineId || row.originalOrderLineId,
  ...(row.kind === 'REFUND' && row.originalOrderLineId !== '' ? { originalOrderLineId: row.originalOrderLineId } : {}),
});
const what = (row: Row): string =>
  row.kind === 'REFUND' && row.originalOrderLineId !== ''
    ? `the refund${row.orderNo === '' ? '' : ` ${row.orderNo}`} of order line ${row.originalOrderLineId}`
    : `order line ${row.orderLineId}`;

function repeated(groups: ReadonlyMap<string, readonly Row[]>, file: 'the bill' | 'the list'): Difference[] {
  return [...groups.values()].flatMap((rows): Difference[] => {
    const [first] = rows;
    if (!first || rows.length === 1) return [];
    const amounts = rows.map((row) => billedAmount(row) ?? salesOf(row) ?? ZERO);
    const places = rows.map(({ row }) => row).join(', ');
    const once = file === 'the bill' ? 'a line is in exactly one bill' : 'it can be sold once only';
    return [
      {
        ...named(first),
        kind: 'duplicate',
        expected: cents(amounts[0] ?? ZERO),
        seen: cents(amounts.reduce((sum, each) => sum.plus(each), ZERO)),
        reason: `${what(first)} stands ${rows.length} times in ${file}, in the rows ${places}: ${once}`,
        derivation: [],
        ...(file === 'the bill' ? { billRow: first.row } : { ordersRow: first.row }),
      },
    ];
  });
}

/** null = this bill does not concern it */
function missingOf(
  row: Row,
  expected: Expected | null,
  month: Month | null,
  periods: readonly string[],
  site: Site,
): Difference | null {
  if (row.waiting !== null) return null;
  if (month !== null && periods.length > 0 && !periods.includes(month.period)) return null;
  if (month === null && isLater(row, periods)) return null;
  const why =
    month === null
      ? 'nothing in the list says that it belongs into another one'
      : month.by === null
        ? `the list says it belongs to ${month.period}`
        : `its last condition was met on ${dayAt(month.by.at, site)} (${month.by.what}, ${month.by.rule}), so it belongs to ${month.period}`;
  return {
    ...named(row),
    kind: 'missing-in-bill',
    expected: expected ? cents(expected.amount) : '',
    seen: '',
    reason: `${what(row)} is in no line of the bill; ${why}`,
    derivation: expected?.steps ?? [],
    ordersRow: row.row,
  };
}

/** Bought after the last month of the bill, in every time zone. */
function isLater({ instants }: Row, periods: readonly string[]): boolean {
  const at = instants.paidTime ?? instants.transactionTime;
  const last = periods.at(-1);
  if (!at || last === undefined) return false;
  return new Date(at.getTime() - 12 * 3_600_000).toISOString().slice(0, 7).replace('-', '') > last;
}

function unknownOf(line: Row): Difference {
  const amount = billedAmount(line);
  const reason =
    line.kind === 'ADJUSTMENT'
      ? `an adjustment (S4-3), which no order list has: compare it with what was agreed on`
      : `${what(line)} is billed, and is not in the list`;
  return {
    ...named(line),
    kind: 'unknown-in-bill',
    expected: '',
    seen: amount ? cents(amount) : '',
    reason,
    derivation: [],
    billRow: line.row,
  };
}

function amountFaults(row: Row, line: Row, expected: Expected | null): Difference[] {
  const seen = billedAmount(line);
  const places = { billRow: line.row, ordersRow: row.row };
  if (expected && seen && !close(expected.amount, seen)) {
    const less = expected.amount.greaterThan(seen);
    const by = text(expected.amount.minus(seen).abs());
    const causes = causesOf(row, line);
    return [
      {
        ...named(row),
        kind: 'amount',
        expected: cents(expected.amount),
        seen: cents(seen),
        reason: `${what(row)} is billed with ${by} ${less ? 'less' : 'more'} than expected${causes === '' ? '' : `: ${causes}`}`,
        derivation: expected.steps,
        ...places,
      },
    ];
  }
  if (expected && !seen)
    return [
      {
        ...named(row),
        kind: 'amount',
        expected: cents(expected.amount),
        seen: '',
        reason: `the bill names no settlement amount for ${what(row)}`,
        derivation: expected.steps,
        ...places,
      },
    ];
  const [sold, printed] = [salesOf(row)?.abs(), salesOf(line)?.abs()];
  if (!sold || !printed || close(sold, printed)) return [];
  return [
    {
      ...named(row),
      kind: 'amount',
      expected: cents(sold),
      seen: cents(printed),
      reason: `${what(row)}: the transaction amount of the bill is not the one of the list`,
      derivation: [],
      ...places,
    },
  ];
}

/** What the two files say differently, of that which an amount is made of. */
function causesOf(row: Row, line: Row): string {
  const causes = COMPARED.flatMap(([field, name]) => {
    const [own, theirs] = [row.numbers[field]?.abs(), line.numbers[field]?.abs()];
    if (!own || !theirs || own.equals(theirs)) return [];
    return [`the bill has ${name} ${text(theirs)}, the list ${text(own)}`];
  });
  return causes.join('; ');
}
const COMPARED = [
  ['transactionAmount', 'the transaction amount'],
  ['unitPrice', 'the unit price'],
  ['duration', 'the duration'],
  ['quantity', 'the quantity'],
  ['voucherDeduction', 'the voucher deduction'],
  ['sellerShare', 'the seller share'],
  ['increment', 'the increment share'],
  ['managementFee', 'the management fee'],
] as const;

function periodFaults(row: Row, line: Row, month: Month | null, site: Site): Difference[] {
  const fault = (expected: string, reason: string): Difference[] => [
    {
      ...named(row),
      kind: 'period',
      expected,
      seen: line.period ?? '',
      reason,
      derivation: [],
      billRow: line.row,
      ordersRow: row.row,
    },
  ];
  if (row.waiting !== null)
    return fault('', `${what(row)} is billed although ${row.waiting.text} (${row.waiting.rule})`);
  if (month === null || line.period === null || month.period === line.period) return [];
  const why = month.by
    ? `its last condition was met on ${dayAt(month.by.at, site)} (${month.by.what}, ${month.by.rule})`
    : 'the list says so';
  const late = month.period < line.period ? '; what becomes known after a month was run is billed in a later one' : '';
  return fault(month.period, `${what(row)} is billed in ${line.period} and belongs to ${month.period}: ${why}${late}`);
}

/** A bill that prints its sum prints the sum of its lines (5.2). */
function sumFaults({ total }: Rows, sum: Decimal): Difference[] {
  if (total === null || close(total.amount, sum)) return [];
  return [
    {
      orderLineId: '',
      kind: 'amount',
      expected: cents(sum),
      seen: cents(total.amount),
      reason: 'the total of the bill is not the sum of its lines',
      derivation: [],
      billRow: total.row,
    },
  ];
}

/** As it is printed: a refund that is not negative is a difference (S3-22). */
const billedAmount = ({ numbers }: Row): Decimal | undefined => numbers.settlementAmount;
/** A line may be printed with two decimals. */
const close = (one: Decimal, other: Decimal): boolean => one.minus(other).abs().lessThanOrEqualTo(CENT);
const cents = (amount: Decimal): string => amount.toFixed(2);
