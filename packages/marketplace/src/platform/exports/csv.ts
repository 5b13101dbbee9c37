/** A table as CSV (RFC 4180) in UTF-8, with the mark that makes spreadsheets read it as such. */
import type { Cell, ExportColumn, Row } from './definition.ts';

const BYTE_ORDER_MARK = '\uFEFF';

export async function* toCsv(
  columns: readonly ExportColumn[],
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(BYTE_ORDER_MARK + lineOf(columns.map(({ title }) => quoted(title))));
  for await (const page of pages)
    yield Buffer.from(page.map((row) => lineOf(row.map((cell, place) => cellOf(cell, columns[place])))).join(''));
}

const lineOf = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;

function cellOf(cell: Cell, column: ExportColumn | undefined): string {
  if (cell === null) return '';
  return quoted(column?.kind === 'text' ? harmless(cell) : cell);
}

/** A text that a spreadsheet would take for a formula is kept from being one (OWASP, CSV injection). */
const harmless = (text: string): string => (/^[=+\-@\t\r\n|]/.test(text) ? `'${text}` : text);

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
