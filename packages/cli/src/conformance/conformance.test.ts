import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerConformance } from '../commands/conformance.ts';
import { CliExit } from '../io.ts';

/** `jishi conformance`: exit codes, one document on stdout, files, languages, and messages that name the option. */

const KEY = 'S3cret-Access-Key';
// Every call is answered with the same refusal, and with the key: nobody may read it in a report.
const server = createServer((_, response) => response.writeHead(500).end(`wrong key, not ${KEY}`));
let url = '';
let folder = '';

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/produce`;
  folder = await mkdtemp(join(tmpdir(), 'conformance-'));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

async function run(line: readonly string[], { env = {}, isTTY = false, columns = 80 }: Options = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const screen = (texts: string[]) => ({ isTTY, columns, write: (text: string) => texts.push(text) });
  const io = {
    stdin: async () => new Uint8Array(),
    out: (text: string) => void out.push(text),
    stream: () => Promise.resolve(),
    err: (text: string) => void err.push(`${text}\n`),
    now: () => new Date('2026-01-01T00:00:00Z'),
    randomText: () => 'A',
  };
  const program = new Command().exitOverride();
  program.configureOutput({ writeErr: () => undefined, writeOut: (text) => void out.push(text) });
  registerConformance(program, io, { env, stdout: screen(out), stderr: screen(err) });
  let code = 0;
  let message = '';
  try {
    await program.parseAsync(['conformance', ...line], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CliExit)) throw error;
    ({ code, message } = error);
  }
  return { code, message, out: out.join('\n'), err: err.join('') };
}

const check = (...more: string[]) => run([url, '--protocol', 'saas-v2', '--access-key', KEY, ...more]);
const failing = ['--case', 'signature.accepted'];
const passing = ['--case', 'address.production'];

describe('jishi conformance', () => {
  it('ends with 1 when a case failed, and explains it on stdout, progress on stderr', async () => {
    const { code, message, out, err } = await check(...failing);
    expect({ code, message }).toEqual({ code: 1, message: '' });
    expect(out).toMatch(/What to put right first[\s\S]*The HTTP status is not 200[\s\S]*✗ 1 failed/);
    expect(err).toMatch(/^✗ 1\/1 signature\.accepted {2}\d+ ms\n$/);
    expect(out + err).not.toContain(KEY);
  });

  it('ends with 0 when none failed', async () => {
    const { code, out } = await check(...passing);
    expect(code).toBe(0);
    expect(out).toContain('✓ 1 passed');
  });

  it('prints one JSON document and nothing else with --json', async () => {
    const { code, out, err } = await check('--json', ...failing);
    expect(code).toBe(1);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ protocol: 'saas-v2', target: url, passed: 0, failed: 1 });
    expect(report.cases[0]).toMatchObject({ name: 'signature.accepted', status: 'failed' });
    expect(report.cases[0].exchanges[0]).toMatchObject({
      request: { method: 'POST' },
      response: { status: 500, body: 'wrong key, not ***' },
    });
    expect(out + err).not.toContain(KEY);
  });

  it('speaks Chinese by --lang or by the environment', async () => {
    expect((await check('--lang', 'zh', ...failing)).out).toContain('优先修复');
    const line = [url, '--protocol', 'saas-v2', '--access-key', KEY, ...failing];
    expect((await run(line, { env: { LANG: 'zh_CN.UTF-8' } })).out).toContain('优先修复');
    expect((await run(line, { env: { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' } })).out).toContain('What to put right');
    expect((await run([...line, '--lang', 'en'], { env: { LANG: 'zh_CN.UTF-8' } })).out).toContain('What to put right');
  });

  it('takes the key from the environment', async () => {
    const line = [url, '--protocol', 'saas-v2', ...passing];
    expect(await run(line, { env: { JISHI_ACCESS_KEY: KEY } })).toMatchObject({ code: 0 });
    expect(await run(line)).toMatchObject({ code: 2, message: expect.stringContaining('JISHI_ACCESS_KEY') });
  });

  it('writes HTML and JUnit files', async () => {
    const html = join(folder, 'report.html');
    const junit = join(folder, 'report.xml');
    const { err } = await check('--html', html, '--junit', junit, ...failing);
    expect(await readFile(html, 'utf8')).toContain('<!doctype html>');
    expect(await readFile(junit, 'utf8')).toContain('<failure ');
    expect(err).toContain(`→ ${html}\n→ ${junit}\n`);
    expect((await readFile(html, 'utf8')) + (await readFile(junit, 'utf8'))).not.toContain(KEY);
  });

  it('lists the cases without calling anybody', async () => {
    const { code, out } = await run(['--protocol', 'saas-v2', '--list']);
    expect(code).toBe(0);
    expect(out).toMatch(/^signature\.accepted +\S/m);
    const json = JSON.parse((await run(['--protocol', 'saas-v2', '--list', '--json'])).out);
    expect(json.cases[0]).toMatchObject({ name: 'signature.accepted', titles: { zh: expect.any(String) } });
  });

  it('rewrites its progress on a terminal, in colour unless NO_COLOR is set, and leaves nothing behind', async () => {
    const line = [url, '--protocol', 'saas-v2', '--access-key', KEY, ...failing];
    const coloured = await run(line, { isTTY: true });
    const clear = '\r\u001b[K';
    expect(coloured.err.split(clear)).toEqual(['', expect.stringContaining('signature.accepted'), '']);
    expect(coloured.out).toContain('\u001b[31m✗');
    const plain = await run(line, { isTTY: true, env: { NO_COLOR: '1' } });
    expect(plain.out).not.toContain('\u001b[');
  });
});

describe('wrong usage ends with 2 and names the option', () => {
  it.each([
    [['--protocol', 'saas-v3'], '--protocol: saas-v2, saas-v1, kit, license expected, not "saas-v3"'],
    [['--case', 'newInstance.repaet'], '--case: there is no "newInstance.repaet", did you mean newInstance.'],
    [['--case', 'live.newInstance'], 'needs --live-cycle'],
    [['--timeout', 'soon'], '--timeout: seconds up to 600 expected, not "soon"'],
    [['--timeout', '0'], '--timeout'],
    [['--lang', 'fr'], '--lang: zh, en expected'],
    [['--public-key', 'x.pem'], '--public-key goes with --protocol kit'],
    [['--protocol', 'kit', '--public-key', '/no/such.pem'], '--public-key: /no/such.pem cannot be read (ENOENT)'],
    [['--html', '/no/such/report.html'], '--html: the folder /no/such cannot be written to (ENOENT)'],
    [['--junit', tmpdir()], '--junit: '],
  ])('%j', async (line, message) => {
    expect(await check(...line)).toMatchObject({ code: 2, message: expect.stringContaining(message), out: '' });
  });

  it('without a protocol, an address, or with one that is none', async () => {
    expect(await run([url])).toMatchObject({ code: 2, message: expect.stringContaining('--protocol is required') });
    const line = ['--protocol', 'kit', '--access-key', KEY];
    expect(await run(line)).toMatchObject({ code: 2, message: expect.stringContaining('URL is required') });
    expect(await run(['localhost:8081', ...line])).toMatchObject({
      code: 2,
      message: expect.stringContaining('URL: '),
    });
  });

  it('with a public key that can be read but is none', async () => {
    const file = join(folder, 'key.pem');
    await writeFile(file, 'no key');
    const line = [url, '--protocol', 'kit', '--access-key', KEY, '--public-key', file];
    expect(await run(line)).toMatchObject({ code: 2, message: expect.stringContaining('--public-key') });
  });
});
