/** `jishi reconcile`: CSV and workbooks in both languages, as JSON and as a table; bad files are refused by row and column. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './test-program.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'reconcile-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}
const reconciled = (bill: string, orders: string, ...more: string[]) =>
  runCommand(['reconcile', '--bill', bill, '--orders', orders, ...more]);

const BILL = `\uFEFFPeriod,Order line ID,Original order line ID,Order number,Transaction amount,Settlement amount\r
202401,CS1-000001,,CS1,1200.00,1140\r
202401,RF1-000001,CS1-000001,RF1,-1200.00,-1140\r
202401,CS3-000001,,CS3,"8,000.00",7200\r
`;
const ORDERS = `订单行ID;原始订单行ID;订单号;商品名称;交易金额;商家分成比例;完成时间
CS1-000001;;CS1;"一, ""二""
三";1200;95%;2024-01-05 09:00:00
RF1-000001;CS1-000001;RF1;;1200;95%;2024/1/7 9:30:00
CS3-000001;;CS3;服务;8000;90%;2024-01-25
`;

async function workbook(name: string, ...sheets: (string | number | Date | null)[][][]): Promise<string> {
  const book = new ExcelJS.Workbook();
  for (const [place, rows] of sheets.entries()) book.addWorksheet(`${place + 1}`).addRows(rows);
  return written(name, new Uint8Array(await book.xlsx.writeBuffer()));
}

/** As the marketplace writes its exports: row by row, texts in place. */
async function exported(name: string, rows: (string | number | null)[][]): Promise<string> {
  const filename = join(folder, name);
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename, useSharedStrings: false });
  const sheet = book.addWorksheet('1', { views: [{ state: 'frozen', ySplit: 1 }] });
  for (const row of rows) sheet.addRow(row).commit();
  sheet.commit();
  await book.commit();
  return filename;
}

describe('jishi reconcile', () => {
  it('finds that a bill agrees with its orders, whatever the file is written with', async () => {
    const bill = written('bill.csv', BILL);
    const { code, out } = await reconciled(bill, written('orders.csv', ORDERS), '--json');
    expect(JSON.parse(out)).toMatchObject({
      matched: 3,
      differences: [],
      totals: { expected: '7200.00', billed: '7200.00' },
    });
    expect(code).toBe(0);
    // GB 18030, which spreadsheets in China write: 订单行ID,结算金额
    const gb = Buffer.concat([
      Buffer.from('b6a9b5a5d0d04944', 'hex'),
      Buffer.from(','),
      Buffer.from('bde1cbe3bdf0b6ee', 'hex'),
    ]);
    const list = written('gb.csv', Buffer.concat([gb, Buffer.from('\nCS1-000001,1140\nCS3-000001,7200\n')]));
    expect((await reconciled(list, list, '--json')).code).toBe(0);
  });

  it('reads workbooks: numbers, dates, texts, sheets that go on', async () => {
    const bill = await workbook(
      'bill.xlsx',
      [
        ['账期', '订单行ID', '应结算金额'],
        ['202401', 'CS1-000001', 1140.0000000001],
        [202401, 'CS3-000001', '7200'],
      ],
      [
        ['账期', '订单行ID', '应结算金额'],
        ['202401', 'CS4-000001', -0.1],
      ],
    );
    const orders = await workbook('orders.xlsx', [
      ['orderLineId', 'settlementAmount', 'effectiveTime'],
      ['CS1-000001', 1140, new Date('2024-01-31T23:59:59Z')],
      ['CS3-000001', 7200, new Date('2024-02-01T00:00:00Z')],
      ['CS4-000001', '-0.1', null],
    ]);
    const { code, out } = await reconciled(bill, orders, '--json');
    const { matched, differences } = JSON.parse(out);
    expect([code, matched]).toEqual([1, 2]);
    expect(differences).toMatchObject([
      { orderLineId: 'CS3-000001', kind: 'period', expected: '202402', seen: '202401' },
    ]);
  });

  it('reads a workbook as the marketplace exports it', async () => {
    const rows = [
      ['账期', '账单ID', '订单行ID', '商品名称', '结算金额'],
      ['202401', 'b-1', 'CS1-000001', '=1+1', 1140],
      ['202401', 'b-1', 'CS3-000001', null, '7200.0000000001'],
    ];
    const { out } = await reconciled(await exported('export.xlsx', rows), written('orders.csv', ORDERS), '--json');
    expect(JSON.parse(out)).toMatchObject({
      matched: 2,
      differences: [{ kind: 'missing-in-bill', orderLineId: 'RF1-000001' }],
    });
  });

  it('reads what spreadsheets call Unicode text: UTF-16 with tabs', async () => {
    const orders = Buffer.from(`\uFEFF${ORDERS.replaceAll(';', '\t')}`, 'utf16le');
    const { code } = await reconciled(written('bill.csv', BILL), written('orders.txt', new Uint8Array(orders)));
    expect(code).toBe(0);
  });

  it('tells people what differs, why, and how it is computed', async () => {
    const planted = BILL.replace('CS1,1200.00,1140', 'CS1,1200.00,1100').replace(
      '202401,CS3-000001',
      '202401,CS9-000001',
    );
    const { code, out } = await reconciled(written('planted.csv', planted), written('orders.csv', ORDERS));
    expect(code).toBe(1);
    expect(out).toBe(`1 line agrees, 3 differences; expected 7200.00, billed 7160.00

kind             order line  expected     seen
amount           CS1-000001   1140.00  1100.00
    order line CS1-000001 is billed with 40 less than expected
      S3-1  1200 = 1200
      S3-3c  1200 × (1 − 0.05) = 1140
missing-in-bill  CS3-000001   7200.00        —
    order line CS3-000001 is in no line of the bill; its last condition was met on 2024-01-25 (service supervision completed, S2-4), so it belongs to 202401
      S3-1  8000 = 8000
      S3-3a  8000 × (1 − 0.1) = 7200
unknown-in-bill  CS9-000001         —  7200.00
    order line CS9-000001 is billed, and is not in the list`);
  });

  it.each([
    ['no-such.csv', null, /there is no such file/],
    ['empty.csv', '\n\n', /empty; the first row names the columns/],
    ['quote.csv', 'Order line ID\n"a', /row 2: a quotation mark is not closed/],
    ['behind.csv', 'Order line ID\n"a"b', /row 2: "b" stands behind/],
    ['wide.csv', 'Order line ID,x\na,b,c', /row 2: 3 cells, and 2 columns/],
    ['amount.csv', 'Order line ID,Settlement amount\na,1\nb,1.2.3', /row 3, column "Settlement amount": a number/],
    ['bytes.csv', Uint8Array.of(0xff, 0xff, 0x0a), /neither UTF-8 nor GB 18030/],
    ['broken.xlsx', 'PK\u0003\u0004 and nothing', /no XLSX workbook/],
  ])('refuses %s', async (name, content, message) => {
    const file = content === null ? join(folder, name) : written(name, content);
    const result = await reconciled(file, written('orders.csv', ORDERS), '--json');
    expect([result.code, result.out]).toEqual([2, '']);
    expect(result.message).toMatch(message);
  });

  it('refuses a site that there is not', async () => {
    const result = await reconciled('a', 'b', '--site', 'MOON');
    expect([result.code, result.message]).toEqual([2, '--site: CN, INTL, EU expected, not "MOON"']);
  });
});
