/** The examples of the README, copied out and run as a reader would: they pass for a right server and explain a wrong one. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** Inside the package, so that the copied code finds its imports. Ignored by git. */
const SCRATCH = fileURLToPath(new URL('../.jishi/', import.meta.url));
const SELLER = fileURLToPath(new URL('./sellers/right-saas-v2.test-support.ts', import.meta.url));
const VITEST = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

/** The reader's own server: right, or one that does not check signatures. */
const SERVER = `
import { startSeller } from ${JSON.stringify(SELLER)};

export async function startServer({ accessKey }) {
  return startSeller({ verify: { key: accessKey, checksSignature: () => process.env.WRONG === undefined } });
}
`;
const VITEST_CONFIG = `
const resolve = { conditions: ['jishi-source'] };
export default { resolve, ssr: { resolve }, test: { include: ['*.spec.mjs'], maxWorkers: 1 } };
`;

let folder = '';
beforeAll(async () => {
  await mkdir(SCRATCH, { recursive: true });
  folder = await mkdtemp(join(SCRATCH, 'readme-'));
  const text = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const examples = [...text.matchAll(/```js\n\/\/ (\S+\.mjs)\n([\s\S]*?)```/g)];
  expect(examples.map(([, name]) => name)).toEqual(['conformance.test.mjs', 'conformance.spec.mjs']);
  for (const [, name = '', code = ''] of examples) await writeFile(join(folder, name), code);
  await writeFile(join(folder, 'server.mjs'), SERVER);
  await writeFile(join(folder, 'vitest.config.mjs'), VITEST_CONFIG);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString()));
  child.stderr.on('data', (part: Buffer) => (text += part.toString()));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, text };
}

it('pass for a right server, in node:test', async () => {
  const { code, text } = await run(['--conditions=jishi-source', '--import', 'tsx', '--test', 'conformance.test.mjs']);
  expect(text).toMatch(/pass 1\b/);
  expect(code).toBe(0);
});

it('explain a wrong one, in vitest, case by case', async () => {
  const { code, text } = await run([VITEST, 'run', '--root', '.'], { WRONG: '1' });
  expect(text).toMatch(/Tests +\d+ failed \| \d\d passed/);
  expect(text).toContain('A request with a wrong signature was accepted');
  expect(text).toContain('security.signature-not-checked');
  expect(code).toBe(1);
});
