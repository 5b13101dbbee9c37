/** The rows of a workbook as texts, read sheet by sheet as they come out of the archive. */
import { createReadStream } from 'node:fs';
import { TableFault, type TableRow } from '@jishi/marketplace';
import type ExcelJS from 'exceljs';

/** Sheets that continue the first one begin with its heading again, which is left out. */
export async function workbookRows(file: string, mostRows: number): Promise<TableRow[]> {
  // half a second of loading that only a workbook needs
  const { default: Excel } = await import('exceljs');
  const reader = new Excel.stream.xlsx.WorkbookReader(createReadStream(file), {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  const rows: TableRow[] = [];
  let heading = '';
  try {
    for await (const sheet of reader) {
      let first = true;
      for await (const row of sheet) {
        const cells = Array.from({ length: row.cellCount }, (_, place) =>
          textOf(row.getCell(place + 1).value, `${file}: row ${row.number}, column ${place + 1}`),
        );
        if (cells.every((cell) => cell.trim() === '')) continue;
        if (rows.length === 0) heading = cells.join('\n');
        else if (first && cells.join('\n') === heading) {
          first = false;
          continue;
        }
        first = false;
        if (rows.length > mostRows) throw new TableFault(`${file}: more than ${mostRows} rows`);
        rows.push({ row: row.number, cells });
      }
    }
  } catch (error) {
    throw error instanceof TableFault
      ? error
      : new TableFault(
          `${file}: no XLSX workbook, or a damaged one (${error instanceof Error ? error.message : error})`,
        );
  }
  return rows;
}

function textOf(value: ExcelJS.CellValue, where: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return plainNumber(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  // a spreadsheet's date has no zone: it is read as one of the site
  if (value instanceof Date) return value.toISOString().slice(0, 19);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('hyperlink' in value) return value.text;
  // what a formula shows was saved with it
  if ('result' in value && value.result !== undefined) return textOf(value.result, where);
  throw new TableFault(`${where}: a text, a number or a date expected, not a formula without a result or an error`);
}

/** Fifteen digits are what a spreadsheet keeps: 0.1 + 0.2 is 0.3 there too. */
function plainNumber(value: number): string {
  const text = String(Number(value.toPrecision(15)));
  return text.includes('e') ? value.toFixed(15).replace(/\.?0+$/, '') : text;
}
