/** A table leaves as CSV and as a workbook: everything arrives as it was, and nothing in it becomes a formula. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';
import type { ExportColumn, Row } from './definition.ts';
import { toXlsx } from './xlsx.ts';

const COLUMNS: readonly ExportColumn[] = [
  { title: '商品名称', kind: 'text' },
  { title: '结算金额', kind: 'decimal' },
  { title: '生效时间', kind: 'instant' },
];
async function* pagesOf(...pages: readonly (readonly Row[])[]) {
  yield* pages;
}
const csvOf = async (...pages: readonly (readonly Row[])[]) =>
  (await buffer(Readable.from(toCsv(COLUMNS, pagesOf(...pages))))).toString('utf8');

async function sheetOf(...pages: readonly (readonly Row[])[]): Promise<unknown[][]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.read(toXlsx(COLUMNS, pagesOf(...pages)));
  const rows: unknown[][] = [];
  workbook.worksheets[0]?.eachRow((row) => rows.push(COLUMNS.map((_, place) => row.getCell(place + 1).value)));
  return rows;
}

describe('S5-11: an export', () => {
  it('as CSV begins with the byte order mark, quotes what needs it and leaves empty what is not known', async () => {
    const text = await csvOf(
      [['备份 "标准", 年付', '-1140.00', '2024-01-05T04:00:00.000Z']],
      [['two\nlines', null, null]],
    );
    expect(text).toBe(
      '\uFEFF商品名称,结算金额,生效时间\r\n"备份 ""标准"", 年付",-1140.00,2024-01-05T04:00:00.000Z\r\n"two\nlines",,\r\n',
    );
  });

  it.each(['=1+1', '+SUM(A1)', '-2+3', '@cmd', '\tx', '|calc'])(
    'as CSV keeps the text %j from being a formula, and amounts from being texts',
    async (text) => {
      const [, line = ''] = (await csvOf([[text, '-5', null]])).split('\r\n');
      expect(line.replace(/^"/, '').startsWith("'")).toBe(true);
      expect(line.endsWith(',-5,')).toBe(true);
    },
  );

  it('as workbook has numbers where they stay exact, texts where they would not, and no formula', async () => {
    const long = '1234567890123.4567890123';
    expect(await sheetOf([['=1+1', '1140.25', '2024-01-05T04:00:00.000Z']], [['b', long, null]])).toEqual([
      ['商品名称', '结算金额', '生效时间'],
      ['=1+1', 1140.25, '2024-01-05T04:00:00.000Z'],
      ['b', long, null],
    ]);
  });

  it('whose rows can not be read fails as a whole', async () => {
    async function* broken() {
      yield [['a', '1', null]];
      throw new Error('the list broke');
    }
    await expect(buffer(toXlsx(COLUMNS, broken()))).rejects.toThrow('the list broke');
    await expect(buffer(Readable.from(toCsv(COLUMNS, broken())))).rejects.toThrow('the list broke');
  });
});
