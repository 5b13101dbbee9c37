/** A table as text into cells (RFC 4180), each row with the line it begins on. Comma, semicolon or tab. Pure. */
import type { StatementFault } from './faults.ts';

export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export function csvRows(text: string): CsvRow[] | StatementFault {
  const source = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(source);
  const rows: CsvRow[] = [];
  let [line, begins, cells, cell, quoted] = [1, 1, [] as string[], '', 0];
  const endRow = (): void => {
    cells.push(cell);
    if (cells.some((each) => each.trim() !== '')) rows.push({ line: begins, cells });
    [cells, cell] = [[], ''];
  };
  for (let place = 0; place < source.length; place += 1) {
    const sign = source.charAt(place);
    if (sign === '\n') line += 1;
    if (quoted > 0) {
      if (sign !== '"') cell += sign;
      else if (source.charAt(place + 1) === '"') {
        cell += '"';
        place += 1;
      } else quoted = 0;
    } else if (sign === '"' && cell === '') quoted = line;
    else if (sign === separator) {
      cells.push(cell);
      cell = '';
    } else if (sign === '\n') {
      endRow();
      begins = line;
    } else if (sign !== '\r') cell += sign;
  }
  if (quoted > 0) return { place: `line ${quoted}`, rule: 'QUOTE', seen: cell.slice(0, 80) };
  endRow();
  return rows;
}

/** The sign that stands most often outside of texts, in the beginning of the file. */
function separatorOf(text: string): string {
  const head = text.slice(0, 4_096).replaceAll(/"[^"]*"/g, '');
  const count = (sign: string) => head.split(sign).length;
  return ['\t', ';'].find((sign) => count(sign) > count(',')) ?? ',';
}
