/** `jishi settle`: bills of a file, as JSON and as text; bad files are refused by member; a large one streams. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './test-program.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'settle-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const line = (id: string, changes: object = {}) => ({
  id,
  product: 'p1',
  kind: 'NEW',
  mode: 'PERIOD',
  unitPrice: '100',
  periods: '12',
  placedAt: '2024-01-05',
  payment: { paidAt: '2024-01-05' },
  activatedAt: '2024-01-05',
  ...changes,
});
const refund = (amount: string) =>
  line('R', { kind: 'REFUND', refundOf: 'L', amount, refundCompletedAt: '2024-01-07' });
const scenario = {
  site: 'CN',
  currency: 'CNY',
  sellers: [{ id: 's1', certifiedAt: '2019-01-01' }],
  products: [{ id: 'p1', seller: 's1', class: 'GENERAL', type: 'SAAS', feeRatio: '0.05' }],
  lines: [line('L')],
  billRuns: ['2024-02-03'],
};
function written(document: unknown, name = 'scenario.json'): string {
  const file = join(folder, name);
  writeFileSync(file, typeof document === 'string' ? document : JSON.stringify(document));
  return file;
}

describe('jishi settle', () => {
  it('prints one JSON document', async () => {
    const { code, out } = await runCommand(['settle', written(scenario), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      bills: [{ id: '202401', total: '1140.00', platformFee: '60.00', held: false, runDate: '2024-02-04' }],
      releases: [{ bills: ['202401'], total: '1140.00' }],
      unbilled: [],
      errors: [],
    });
  });

  it('explains each line to people', async () => {
    const { out } = await runCommand([
      'settle',
      written({ ...scenario, lines: [line('L'), line('W', { activatedAt: null })] }),
    ]);
    for (const part of [
      'bill 202401  s1 GENERAL',
      '1140.00 CNY, platform fee 60.00',
      'S3-3c  1200 × (1 − 0.05) = 1140',
      'S2-5  the instance is not activated',
      'paid by 2024-03-04',
    ])
      expect(out).toContain(part);
  });

  it('says no when lines are exceptions of the run', async () => {
    const products = [{ ...scenario.products[0], feeRatio: null }];
    const { code, out, message } = await runCommand(['settle', written({ ...scenario, products }), '--json']);
    expect([code, message]).toEqual([1, '1 line is an exception of the run']);
    expect(JSON.parse(out)).toMatchObject({ errors: [{ id: 'L' }] });
  });

  it.each([
    [{ ...scenario, colour: 'red' }, /Unrecognized key: "colour"/],
    [{ ...scenario, lines: [line('L', { colour: 'red' })] }, /lines\[0\]: Unrecognized key: "colour"/],
    [{ ...scenario, lines: [line('L'), line('M', { placedAt: 'soon' })] }, /lines\[1\]\.placedAt: an ISO 8601/],
    [{ ...scenario, lines: [line('L', { unitPrice: 100 })] }, /lines\[0\]\.unitPrice/],
    [{ ...scenario, lines: [line('L', { product: 'p9' })] }, /lines\[0\]\.product: there is no product p9/],
    [{ ...scenario, lines: [line('L', { activatedAt: '2024-02-30' })] }, /lines\[0\]\.activatedAt: an ISO 8601/],
    [{ ...scenario, lines: [line('L', { amount: '-1' })] }, /lines\[0\]\.amount: a decimal from 0 on/],
    [
      { ...scenario, lines: [line('L', { payment: { currency: 'USD' } })] },
      /lines\[0\]\.payment: Unrecognized key: "c/,
    ],
    [{ ...scenario, currency: 'USD' }, /currency: S1-10: the China site settles in CNY, not in USD/],
    [
      { ...scenario, lines: [line('L'), refund('1200.01')] },
      /lines\[1\]\.amount: S7-11: the refunds of line L are 1200\.01/,
    ],
    [{ ...scenario, lines: [refund('1')] }, /lines\[0\]\.refundOf: S3-22: there is no line L/],
    [{ ...scenario, lines: [line('L'), line('L')] }, /lines\[1\]\.id: L is the id of lines\[0\] too/],
    [{ ...scenario, products: [...scenario.products, ...scenario.products] }, /products\[1\]\.id: p1 is used twice/],
    [{ ...scenario, billRuns: ['2024-13/2024-14'] }, /billRuns\[0\]: a day, or months such as/],
    [{ ...scenario, billRuns: ['2024-02-30'] }, /billRuns\[0\]: a day, or months such as/],
    [{ ...scenario, lines: [line('L', { kind: 'REFUND' })] }, /S3-22/],
    [{ ...scenario, products: [{ ...scenario.products[0], seller: 's9' }] }, /products\[0\]\.seller/],
    [{ ...scenario, billRuns: ['2024-03-03', '2024-02-03'] }, /not in order/],
    [{ ...scenario, billRuns: ['2040-02-03'] }, /holidays of 2040 are not known/],
    [{ ...scenario, linesFile: 'x' }, /exactly one of/],
    ['{', /scenario.json: no JSON: /],
  ])('refuses a file, naming what is wrong: %#', async (document, message) => {
    const result = await runCommand(['settle', written(document), '--json']);
    expect(result.code).toBe(2);
    expect(result.message).toMatch(message);
  });

  it('S4-1: counts by a year that a file gives; without it the year is refused by name', async () => {
    const file = written({ ...scenario, billRuns: ['2040-02-03'] });
    const year = { year: 2040, off: ['2040-02-03', '2040-02-13'], worked: ['2040-02-04'] };
    const days = (changes: object) => written({ years: [{ ...year, ...changes }] }, 'calendar.json');
    const run = (calendar: string) => runCommand(['settle', file, '--calendar', calendar, '--json']);
    // the 3rd of February is a Friday, off here, and Saturday is worked instead
    const { code, out } = await run(days({}));
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      { bills: [{ nominalRunDate: '2040-02-03', runDate: '2040-02-04' }] },
    ]);
    expect(await run(days({ off: ['2040-02-04'] }))).toMatchObject({
      code: 2,
      message: expect.stringMatching(/2040-02-04/),
    });
    expect(await run(days({ colour: 'red' }))).toMatchObject({
      code: 2,
      message: expect.stringMatching(/calendar\.json: years\.0.*colour/),
    });
    expect(await run(join(folder, 'none.json'))).toMatchObject({ code: 2 });
  });

  it('refuses a file that is not there', async () => {
    expect((await runCommand(['settle', join(folder, 'none.json')])).code).toBe(2);
  });

  it('reads lines from a file beside it, and gives the same', async () => {
    const { lines: _, ...head } = scenario;
    const lines = Array.from({ length: 500 }, (__, place) => line(`L${place}`, { amount: `${place + 1}.00` }));
    writeFileSync(join(folder, 'lines.ndjson'), `${lines.map((each) => JSON.stringify(each)).join('\n')}\n`);
    const apart = await runCommand(['settle', written({ ...head, linesFile: 'lines.ndjson' }, 'apart.json'), '--json']);
    const together = await runCommand(['settle', written({ ...head, lines }, 'together.json'), '--json']);
    expect(apart.code).toBe(0);
    expect(apart.out).toBe(together.out);
  });
});
