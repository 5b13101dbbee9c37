/** A table as a workbook, written row by row: what is packed leaves at once, so memory does not grow with the rows. */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Cell, ExportColumn, Row } from './definition.ts';

/** of a sheet, without its heading; what is more goes on the next sheet */
const MOST_ROWS = 1_048_575;
/** characters in a cell */
const MOST_CELL = 32_767;
/** A spreadsheet counts in floating point: up to 15 digits come back as they were, longer ones are written as text. */
const EXACT_DIGITS = 15;

export function toXlsx(columns: readonly ExportColumn[], pages: AsyncIterable<readonly Row[]>): PassThrough {
  const out = new PassThrough();
  write(out, columns, pages).catch((error: unknown) =>
    out.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return out;
}

async function write(
  out: PassThrough,
  columns: readonly ExportColumn[],
  pages: AsyncIterable<readonly Row[]>,
): Promise<void> {
  // half a second of loading that only a workbook needs
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useSharedStrings: false });
  const nextSheet = (number: number) => {
    const sheet = workbook.addWorksheet(`${number}`, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = columns.map(({ title, kind }) => ({
      width: Math.max(kind === 'text' ? 18 : 14, 2 * title.length),
    }));
    sheet.addRow(columns.map(({ title }) => title)).commit();
    return sheet;
  };
  let sheets = 1;
  let [sheet, rows] = [nextSheet(sheets), 0];
  for await (const page of pages) {
    for (const row of page) {
      if (rows === MOST_ROWS) {
        sheet.commit();
        sheets += 1;
        [sheet, rows] = [nextSheet(sheets), 0];
      }
      sheet.addRow(row.map((cell, place) => cellValue(cell, columns[place]))).commit();
      rows += 1;
    }
    // whoever takes it went away: nobody needs the rest
    if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), once(out, 'close')]);
    if (out.destroyed) return;
  }
  sheet.commit();
  await workbook.commit();
}

/** Texts are typed as such, so none of them is ever a formula. */
function cellValue(cell: Cell, column: ExportColumn | undefined): string | number | null {
  if (cell === null) return null;
  if (column?.kind === 'decimal' && isExact(cell)) return Number(cell);
  return cell.length > MOST_CELL ? `${cell.slice(0, MOST_CELL - 1)}…` : cell;
}

const isExact = (text: string): boolean =>
  /^-?\d+(\.\d+)?$/.test(text) && text.replaceAll(/[-.]/g, '').replace(/^0+/, '').length <= EXACT_DIGITS;
