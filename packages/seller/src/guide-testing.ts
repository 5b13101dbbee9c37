/** The code of a guide's pages, copied out and started as a reader would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DOCS = new URL('../../../docs/', import.meta.url);
/** Inside the package, so that the copied code finds its imports. Ignored by git. */
const SCRATCH = fileURLToPath(new URL('../.jishi/', import.meta.url));

export interface Guide {
  /** Of all pages. */
  readonly text: string;
  /** Runs a file of the guide and waits until it says where it listens. */
  start(file: string, keys: Readonly<Record<string, string>>): Promise<{ url: string; process: ChildProcess }>;
  remove(): Promise<void>;
}

/** Copies each block that begins with its file's name: "// server.mjs". */
export async function copyGuide(...pages: readonly string[]): Promise<Guide> {
  const text = (await Promise.all(pages.map((page) => readFile(new URL(page, DOCS), 'utf8')))).join('\n');
  await mkdir(SCRATCH, { recursive: true });
  const folder = await mkdtemp(join(SCRATCH, 'guide-'));
  for (const [, name = '', code = ''] of text.matchAll(/```js\n\/\/ (\S+\.mjs)\n([\s\S]*?)```/g)) {
    await writeFile(join(folder, name), code);
  }
  return { text, start: (file, keys) => start(folder, file, keys), remove: () => rm(folder, { recursive: true }) };
}

/** The codes in the first column of the guide's table of diagnoses. */
export function diagnosesIn(text: string): string[] {
  const table = text.slice(text.indexOf('| Diagnosis |')).split('\n\n')[0] ?? '';
  const cells = table.split('\n').flatMap((row) => row.split('|')[1] ?? []);
  return cells.flatMap((cell) => [...cell.matchAll(/`([a-z-]+\.[a-z-]+)`/g)].map(([, code = '']) => code));
}

async function start(
  folder: string,
  file: string,
  keys: Readonly<Record<string, string>>,
): Promise<{ url: string; process: ChildProcess }> {
  const env = { PATH: process.env.PATH, ...keys, PORT: String(await freePort()) };
  const args = ['--conditions=jishi-source', '--import', 'tsx', file];
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${file} ended: ${errors}`);
  });
  const [line] = await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => {});
  return { url: String(line).replace('production interface: ', '').trim(), process: child };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
