/** A bill or an order list from a file, CSV or XLSX by what it holds. */
import { open, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Table, TableFault } from '@jishi/marketplace';
import { csvRows, csvText } from './csv.ts';
import { workbookRows } from './workbook.ts';

/** read as a whole */
const MOST_BYTES = 256 * 1024 * 1024;
const MOST_ROWS = 2_000_000;

/** @throws TableFault */
export async function readTable(file: string): Promise<Table> {
  const name = basename(file);
  const size = await sizeOf(file);
  if (size > MOST_BYTES) throw new TableFault(`${name}: larger than 256 MiB`);
  const rows = (await isArchive(file))
    ? await workbookRows(file, MOST_ROWS)
    : csvRows(csvText(await readFile(file), name), name);
  const [heading, ...others] = rows;
  if (!heading) throw new TableFault(`${name}: empty; the first row names the columns`);
  if (others.length > MOST_ROWS) throw new TableFault(`${name}: more than ${MOST_ROWS} rows`);
  for (const { row, cells } of others)
    if (cells.slice(heading.cells.length).some((cell) => cell.trim() !== ''))
      throw new TableFault(
        `${name}: row ${row}: ${cells.length} cells, and ${heading.cells.length} columns have a name`,
      );
  return { name, heading: heading.cells, rows: others };
}

async function sizeOf(file: string): Promise<number> {
  try {
    const found = await stat(file);
    if (found.isFile()) return found.size;
  } catch {
    // said below
  }
  throw new TableFault(`${file}: there is no such file`);
}

/** A workbook is a zip archive. */
async function isArchive(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'PK\u0003\u0004';
  } finally {
    await handle.close();
  }
}
