/** The worked examples of settlement.md and rules that meet each other, as scenario files with results computed by hand. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { writeSettled } from './present.ts';
import { settleFile } from './run-scenario.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../../../docs/examples/settlement');
const names = readdirSync(FOLDER).flatMap((file) => (file.endsWith('.result.json') ? [file.slice(0, -12)] : []));
const byHand = z.object({ why: z.array(z.string()).min(1), result: z.looseObject({}) });

async function settled(name: string): Promise<unknown> {
  return await settleFile(join(FOLDER, `${name}.json`), async (result) => {
    let text = '';
    for await (const piece of writeSettled(result)) text += piece;
    return JSON.parse(text);
  });
}

describe('scenario files', () => {
  it.each(names)('%s', async (name) => {
    const expected = byHand.parse(JSON.parse(readFileSync(join(FOLDER, `${name}.result.json`), 'utf8')));
    expect(await settled(name)).toMatchObject(expected.result);
  });

  it('are the examples of the specification: T1 … T9, R1, late refunds (S7-12), fees, upgrade, rating, and what is combined', () => {
    for (const start of [
      'T1-',
      'T2-',
      'T3-',
      'T4-',
      'T5-',
      'T6-',
      'T7-',
      'T8-',
      'T9-',
      'R1-',
      'late-',
      'fee-',
      'upgrade-',
      'usage-',
    ])
      expect(names.some((name) => name.startsWith(start))).toBe(true);
    expect(names.filter((name) => name.startsWith('combined-')).length).toBeGreaterThanOrEqual(10);
  });
});
