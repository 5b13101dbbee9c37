/** The settlement page shows what `jishi settle` prints for the example beside it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runCommand } from '../packages/cli/src/protocol-commands/test-program.ts';

const path = (name: string) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));

it('the example of the page gives the output of the page', async () => {
  const run = await runCommand(['settle', path('examples/settlement.json')]);
  const [, shown] = /```text\n([\s\S]*?)\n```/.exec(readFileSync(path('settlement.md'), 'utf8')) ?? [];
  expect(run.code).toBe(0);
  expect(run.out.trim()).toBe(shown);
});
