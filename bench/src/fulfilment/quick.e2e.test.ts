/** The benchmark of fulfilment from beginning to end; what it measures in this short a time means nothing. */
import { expect, it } from 'vitest';
import { LONG_MS, quick } from '../quick.test-support.ts';

it(
  'npm run bench -- fulfilment --quick compares with the bare loop and two job queues, a hanging seller, a killed worker',
  async () => {
    const { rows } = await quick('fulfilment');
    const values = new Map(rows.map((row) => [row.name, row.value]));
    for (const rival of ['bare loop', 'graphile-worker', 'pg-boss'])
      expect(values.get(`jishi ÷ ${rival}`)).toBeGreaterThan(0);
    expect(values.get('good sellers, p99 beside a hanging one ÷ without')).toBeGreaterThan(0);
    expect(values.get('kill -9 → call taken up again (worst)')).toBeLessThan(30);
  },
  LONG_MS,
);
