/**
 * The rows of a workbook as texts. Formulas are refused: what they show was computed elsewhere and may be anything.
 * The archive is looked at before it is read, so that a small file never becomes a large one.
 */
import { Readable } from 'node:stream';
import type ExcelJS from 'exceljs';
import yauzl from 'yauzl';
import {
  type ImportFault,
  importFault,
  MISFORMED,
  MOST_CELLS,
  MOST_COLUMNS,
  MOST_ROWS,
  MOST_UNPACKED_BYTES,
  NOWHERE,
} from './document.ts';
import { SHEETS, type SheetName } from './sheets.ts';

export interface SheetRow {
  /** of the sheet, from 1 */
  readonly row: number;
  readonly cells: ReadonlyMap<string, string>;
}
export interface Sheets {
  readonly rows: ReadonlyMap<SheetName, readonly SheetRow[]>;
  readonly columns: ReadonlyMap<SheetName, ReadonlySet<string>>;
  readonly faults: readonly ImportFault[];
}

const isSheet = (name: string): name is SheetName => SHEETS.some((each) => each === name);
const broken = (zh: string, en: string): Sheets => ({
  rows: new Map(),
  columns: new Map(),
  faults: [importFault(NOWHERE, MISFORMED, zh, en)],
});

export async function readWorkbook(bytes: Buffer): Promise<Sheets> {
  const seen = await unpacked(bytes);
  if (seen === null) return broken('文件不是 XLSX 工作簿', 'The file is no XLSX workbook');
  if (seen.bytes > MOST_UNPACKED_BYTES || seen.cells > MOST_CELLS)
    return broken(
      `工作簿过大：最多 ${MOST_CELLS} 个单元格，解压后 ${MOST_UNPACKED_BYTES / 1_048_576} MB`,
      `The workbook is too large: at most ${MOST_CELLS} cells and ${MOST_UNPACKED_BYTES / 1_048_576} MB unpacked`,
    );
  // half a second of loading that only a workbook needs
  const { default: Excel } = await import('exceljs');
  const workbook = new Excel.Workbook();
  try {
    // the archive is small by now in every respect, so that it may be held as a whole
    await workbook.xlsx.read(Readable.from([bytes]));
  } catch {
    return broken('工作簿已损坏', 'The workbook is damaged');
  }
  return rowsOf(workbook);
}

interface Unpacked {
  readonly bytes: number;
  /** beginnings of cells, or of what looks like one */
  readonly cells: number;
}

/** What the archive really unpacks to, counted; null = no archive, or one that lies about its sizes. */
function unpacked(bytes: Buffer): Promise<Unpacked | null> {
  return new Promise((resolve) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return resolve(null);
      let [size, cells] = [0, 0];
      zip.on('error', () => resolve(null));
      zip.on('end', () => resolve({ bytes: size, cells }));
      zip.on('entry', (entry: yauzl.Entry) => {
        size += entry.uncompressedSize;
        if (size > MOST_UNPACKED_BYTES) return resolve({ bytes: size, cells });
        zip.openReadStream(entry, (fault, stream) => {
          if (fault) return resolve(null);
          stream.on('data', (part: Buffer) => {
            cells += part.toString('latin1').split('<c').length - 1;
          });
          stream.on('error', () => resolve(null));
          stream.on('end', () => zip.readEntry());
        });
      });
      zip.readEntry();
    });
  });
}

function rowsOf(workbook: ExcelJS.Workbook): Sheets {
  const rows = new Map<SheetName, SheetRow[]>();
  const columns = new Map<SheetName, ReadonlySet<string>>();
  const faults: ImportFault[] = [];
  for (const sheet of workbook.worksheets) {
    const name = sheet.name.trim().toLowerCase();
    if (!isSheet(name)) continue;
    if (sheet.rowCount > MOST_ROWS || sheet.columnCount > MOST_COLUMNS)
      return broken(
        `每张工作表最多 ${MOST_ROWS} 行、${MOST_COLUMNS} 列`,
        `A sheet has at most ${MOST_ROWS} rows and ${MOST_COLUMNS} columns`,
      );
    const heads = textsOf(sheet.getRow(1)).map((text) => (text ?? '').trim());
    const found: SheetRow[] = [];
    sheet.eachRow((row, number) => {
      if (number === 1) return;
      const texts = textsOf(row);
      for (const [place, text] of texts.entries())
        if (text === null)
          faults.push(
            importFault(
              { sheet: name, row: number, column: heads[place] ?? null },
              MISFORMED,
              '只接受文本、数字和布尔值，不接受公式或日期',
              'Only texts, numbers and TRUE or FALSE are taken, no formulas or dates',
            ),
          );
      if (texts.some((text) => (text ?? '').trim() !== ''))
        found.push({ row: number, cells: new Map(heads.map((head, place) => [head, texts[place] ?? ''])) });
    });
    rows.set(name, found);
    columns.set(name, new Set(heads));
  }
  return { rows, columns, faults };
}

const textsOf = (row: ExcelJS.Row): (string | null)[] =>
  Array.from({ length: row.cellCount }, (_, place) => textOf(row.getCell(place + 1).value));

/** @returns null for a formula, a date, an error */
function textOf(value: ExcelJS.CellValue): string | null {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('hyperlink' in value) return value.text;
  return null;
}
