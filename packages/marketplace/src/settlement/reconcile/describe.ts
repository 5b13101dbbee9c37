/** A reconciliation as people read it: a table of what differs, each with its reason and its computation. */
import type { Difference, Reconciliation } from './reconcile.ts';

export function describeReconciliation(result: Reconciliation): string {
  const { matched, differences, totals, outside, notCompared } = result;
  const count = (number: number, one: string, more: string) => `${number} ${number === 1 ? one : more}`;
  const lines = [
    `${count(matched, 'line agrees', 'lines agree')}, ${count(differences.length, 'difference', 'differences')}; expected ${totals.expected}, billed ${totals.billed}`,
  ];
  if (outside > 0)
    lines.push(`not of this bill: ${count(outside, 'row', 'rows')} of the list (other months, or nothing to bill yet)`);
  if (notCompared > 0)
    lines.push(
      `${count(notCompared, 'line was', 'lines were')} found by id alone: no file names a settlement amount or a seller share to compare`,
    );
  if (differences.length > 0) lines.push('', ...tableOf(differences));
  return lines.join('\n');
}

function tableOf(differences: readonly Difference[]): string[] {
  const rows = [
    ['kind', 'order line', 'expected', 'seen'],
    ...differences.map(({ kind, orderLineId, expected, seen }) => [
      kind,
      orderLineId || '—',
      expected || '—',
      seen || '—',
    ]),
  ];
  const widths = [0, 1, 2, 3].map((place) => Math.max(...rows.map((row) => row[place]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, place) => (place < 2 ? cell.padEnd(widths[place] ?? 0) : cell.padStart(widths[place] ?? 0)))
      .join('  ')
      .trimEnd();
  return rows.flatMap((row, place) => {
    const difference = differences[place - 1];
    if (!difference) return [line(row)];
    const steps = difference.derivation.map(({ rule, text, value }) => `      ${rule}  ${text} = ${value}`);
    return [line(row), `    ${difference.reason}`, ...steps];
  });
}
