/** Each benchmark but that of fulfilment (two minutes of starting processes) runs from beginning to end and prints its ratios; what it measures in this short a time means nothing. */
import { describe, expect, it } from 'vitest';
import { bench, LONG_MS, quick } from './quick.test-support.ts';

describe('npm run bench -- NAME --quick', { timeout: LONG_MS }, () => {
  it('orders tells purchases per second and their times for each number of clients', async () => {
    const { rows } = await quick('orders');
    const rates = rows.filter((row) => row.unit === '/s');
    expect(rates.map((row) => row.name.split(':')[0])).toEqual([
      '8 clients, 200 buyers, workers off',
      '8 clients, 200 buyers, workers on',
    ]);
    for (const row of rows) expect(row.value, row.name).toBeGreaterThan(0);
  });

  it('lifecycle tells what one that is due costs among few and among many, beside a bare loop and a scan', async () => {
    const { rows } = await quick('lifecycle');
    const values = new Map(rows.map((row) => [row.name, row.value]));
    for (const kind of ['expiry', 'renewal']) {
      for (const rival of ['bare loop', 'scan'])
        expect(values.get(`${kind}: jishi ÷ ${rival}, at 3000 living`)).toBeGreaterThan(0);
      expect(values.get(`${kind}: pages looked at for one that is due at 3000 living ÷ at 1000`)).toBeLessThan(2);
    }
  });

  it('catalogue tells how long lists and product pages take, beside a scan and bare rows', async () => {
    const { rows } = await quick('catalogue');
    const values = new Map(rows.map((row) => [row.name, row.value]));
    for (const name of ['quotes, in-process, per core', 'scan ÷ jishi, p50 of a list', 'product page, p99'])
      expect(values.get(name), name).toBeGreaterThan(0);
  });

  it('settlement tells lines per second of the bill run beside a plain sum, and the peak memory of jishi settle', async () => {
    const { rows } = await quick('settlement');
    const values = new Map(rows.map((row) => [row.name, row.value]));
    for (const name of ['bill run ÷ plain sum by seller, 20000 lines', 'jishi settle, 20000 lines, peak memory'])
      expect(values.get(name), name).toBeGreaterThan(0);
  });

  it('metering tells records per second end to end beside a raw COPY, and on top of stored ones', async () => {
    const { rows } = await quick('metering');
    const values = new Map(rows.map((row) => [row.name, row.value]));
    for (const name of [
      '4 clients: records end to end, 4000, counted ids',
      '16 clients: end to end ÷ raw COPY',
      '16 clients: bare server ÷ raw COPY',
      'a record on top of 5000, random ids',
    ])
      expect(values.get(name), name).toBeGreaterThan(0);
  });

  it('refuses another name with exit 2 and a line of usage', async () => {
    await expect(bench('everything')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^usage: npm run bench/),
    });
  });
});
