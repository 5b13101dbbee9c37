/** A benchmark's smoke run, as its own process. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const main = fileURLToPath(new URL('../../scripts/bench.mjs', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const report = z.object({
  bench: z.string(),
  quick: z.literal(true),
  rows: z.array(z.object({ name: z.string(), value: z.number(), unit: z.string() })),
});

// Some dozen processes and databases are started; on a machine with other work each takes seconds.
export const LONG_MS = 600_000;

/** `npm run bench -- ARGS`; fails with the exit code and what was said on stderr. */
export const bench = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [main, ...args], { cwd: root });

export async function quick(name: string) {
  const { stdout } = await bench(name, '--quick', '--json');
  return report.parse(JSON.parse(stdout));
}
