/** What a benchmark gives back, and how it is shown: a table for people, one JSON document for programs. */

export interface Row {
  /** what was measured */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** what should be reached, where there is an aim */
  readonly aim?: { readonly atLeast: number } | { readonly below: number };
  /** rounds, settings, anything needed to read the value */
  readonly note?: string;
}
export interface Report {
  readonly bench: string;
  readonly quick: boolean;
  readonly startedAt: string;
  readonly machine: string;
  readonly database: string;
  /** ratios first: they are the result, absolute figures belong to the machine */
  readonly rows: readonly Row[];
}

export function reachesAim(row: Row): boolean | null {
  if (row.aim === undefined) return null;
  return 'atLeast' in row.aim ? row.value >= row.aim.atLeast : row.value < row.aim.below;
}

export function table(report: Report): string {
  const cells = [
    ['', 'value', 'aim', ''],
    ...report.rows.map((row) => [row.name, `${shown(row.value)} ${row.unit}`.trim(), aimText(row), row.note ?? '']),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const head = `${report.bench}${report.quick ? ' (quick: a smoke run, its figures mean nothing)' : ''}`;
  return [head, `${report.startedAt} · ${report.machine} · ${report.database}`, '', ...lines, ''].join('\n');
}

function aimText(row: Row): string {
  if (row.aim === undefined) return '';
  const text = 'atLeast' in row.aim ? `≥ ${row.aim.atLeast}` : `< ${row.aim.below}`;
  return `${text} ${reachesAim(row) ? 'reached' : 'MISSED'}`;
}

const shown = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
