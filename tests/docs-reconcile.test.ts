/** The page shows what `jishi reconcile` prints for the examples beside it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runCommand } from '../packages/cli/src/protocol-commands/test-program.ts';

const path = (name: string) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));

it('the example of the page gives the output of the page', async () => {
  const files = ['--bill', path('examples/bill.csv'), '--orders', path('examples/orders.csv')];
  const run = await runCommand(['reconcile', ...files]);
  const [, shown] = /```text\n([\s\S]*?)\n```/.exec(readFileSync(path('reconcile.md'), 'utf8')) ?? [];
  expect(run.code).toBe(1);
  expect(run.out.trim()).toBe(shown);
});
