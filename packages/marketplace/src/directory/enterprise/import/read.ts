/** A file of people → rows by column. Kinds and encodings are told by content; what is too long is refused as a whole. */
import { Readable } from 'node:stream';
import { COLUMNS, type ColumnName, columnOf, NEEDED } from './columns.ts';
import { parseCsv } from './csv.ts';
import { decodeText, type Encoding } from './text.ts';

/** what one file may hold */
export const MOST_IMPORT_ROWS = 50_000;
const LONGEST_CELL = 500;

export interface FileRow {
  /** as a spreadsheet numbers it */
  readonly row: number;
  readonly values: Readonly<Partial<Record<ColumnName, string>>>;
}
export type FileFault = 'ENCODING' | 'DAMAGED' | 'NO_COLUMNS' | 'TOO_MANY_ROWS' | 'EMPTY';
export type FileReading =
  | { readonly ok: true; readonly rows: readonly FileRow[]; readonly encoding: Encoding | 'XLSX' }
  | { readonly ok: false; readonly fault: FileFault };

interface Line {
  readonly row: number;
  readonly cells: readonly string[];
}

export async function readPeople(bytes: Buffer): Promise<FileReading> {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    try {
      return await collected(workbookLines(bytes), 'XLSX');
    } catch {
      return { ok: false, fault: 'DAMAGED' };
    }
  }
  const decoded = decodeText(bytes);
  return decoded === null ? { ok: false, fault: 'ENCODING' } : collected(csvLines(decoded.text), decoded.encoding);
}

async function collected(lines: AsyncIterable<Line>, encoding: Encoding | 'XLSX'): Promise<FileReading> {
  let heads: readonly (ColumnName | null)[] | null = null;
  const rows: FileRow[] = [];
  for await (const { row, cells } of lines) {
    if (heads === null) {
      heads = cells.map(columnOf);
      const known = heads;
      if (NEEDED.some((name) => !known.includes(name))) return { ok: false, fault: 'NO_COLUMNS' };
      continue;
    }
    const values: Partial<Record<ColumnName, string>> = {};
    for (const [place, name] of heads.entries()) {
      const text = (cells[place] ?? '').trim().slice(0, LONGEST_CELL);
      if (name !== null && text !== '') values[name] = text;
    }
    if (Object.keys(values).length === 0) continue;
    rows.push({ row, values });
    if (rows.length > MOST_IMPORT_ROWS) return { ok: false, fault: 'TOO_MANY_ROWS' };
  }
  return rows.length === 0
    ? { ok: false, fault: heads === null ? 'NO_COLUMNS' : 'EMPTY' }
    : { ok: true, rows, encoding };
}

async function* csvLines(text: string): AsyncGenerator<Line> {
  for (const { line, cells } of parseCsv(text)) yield { row: line, cells };
}

/** Row by row, so that memory does not grow with the workbook; only its first sheet. */
async function* workbookLines(bytes: Buffer): AsyncGenerator<Line> {
  // half a second of loading that only a workbook needs
  const { default: ExcelJS } = await import('exceljs');
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([bytes]), {
    entries: 'ignore',
    hyperlinks: 'ignore',
    sharedStrings: 'cache',
    styles: 'cache',
    worksheets: 'emit',
  });
  for await (const sheet of reader) {
    for await (const row of sheet) {
      const cells: string[] = [];
      row.eachCell({ includeEmpty: true }, (cell, place) => {
        if (place <= MOST_COLUMNS) cells[place - 1] = textOf(cell.value);
      });
      if (cells.some((each) => each?.trim())) yield { row: row.number, cells };
    }
    return;
  }
}
const MOST_COLUMNS = Object.keys(COLUMNS).length + 50;

/** Dates as days; what a formula shows was computed elsewhere, its last result is taken as text. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value && Array.isArray(value.richText))
    return value.richText.map((part: { text?: string }) => part.text ?? '').join('');
  if ('text' in value) return textOf(value.text);
  if ('result' in value) return textOf(value.result);
  return '';
}
