/** The sandbox from the terminal: the built command, as a developer types it beside a running `jishi start`. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { exchange, exchangeSummary, sandboxState } from '../packages/marketplace/src/sandbox/schemas.ts';
import { type SandboxProcess, startSandbox } from './support/sandbox-process.ts';
import { until } from './support/until.ts';

const program = fileURLToPath(new URL('../packages/cli/bin/jishi.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'jishi-terminal-'));
const data = join(folder, 'data');
let sandbox: SandboxProcess;

beforeAll(async () => {
  sandbox = await startSandbox(['--data', data, '--port', '0'], { JISHI_COMPARISON_HOURS: '720' });
});
afterAll(async () => {
  await sandbox?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function begin(...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  return { said, ended };
}
async function jishi(...args: string[]) {
  const { said, ended } = begin(...args);
  return { code: await ended, ...said };
}
/** In the sandbox that runs. */
const here = (...args: string[]) => jishi(...args, '--data', data);

describe('the sandbox from the terminal', () => {
  it('shows and moves the clock, triggers scenarios, and shows each call as it happens', async () => {
    const listening = begin('listen', '--ndjson', '--activity', 'refreshInstance', '--count', '1', '--data', data);
    await until('it listens', () => Promise.resolve(listening.said.err.includes('listening')));
    expect(await here('clock', 'pause')).toMatchObject({ code: 0, out: expect.stringContaining('standing still') });
    const before = sandboxState.parse(JSON.parse((await here('clock', '--json')).out));
    const renewed = await here('trigger', 'renew', '--json');
    expect(renewed.code).toBe(0);
    const { exchanges } = z.object({ exchanges: z.array(exchangeSummary) }).parse(JSON.parse(renewed.out));
    expect(exchanges).toMatchObject([{ activity: 'refreshInstance', status: 200, resultCode: '000000' }]);
    expect(await listening.ended).toBe(0);
    expect(exchangeSummary.parse(JSON.parse(listening.said.out)).exchangeId).toBe(exchanges[0]?.exchangeId);

    expect((await here('clock', 'advance', '30d')).code).toBe(0);
    const after = sandboxState.parse(JSON.parse((await here('clock', '--json')).out));
    expect(Date.parse(after.clock.now) - Date.parse(before.clock.now)).toBe(30 * 86_400_000);
    expect((await here('trigger', '--list')).out).toMatch(/✓ freeze +PERIOD +updateInstanceStatus/);
  });

  it('repeats a call: signed anew it is well, byte for byte it is refused as what it is', async () => {
    const fresh = await here('replay', 'refreshInstance', '--json');
    expect(fresh.code).toBe(0);
    expect(exchange.parse(JSON.parse(fresh.out))).toMatchObject({ resultCode: '000000', signature: [{}, {}, {}, {}] });
    const same = await here('replay', 'newInstance', '--same');
    expect(same.code).toBe(1);
    expect(same.out).toContain('result.refused');
  });

  it('keeps what was done as a file, which plays the same exchanges twice', async () => {
    await here('sandbox', 'reset', '--start', '2026-01-01T00:00:00Z');
    await here('trigger', 'newInstance', '--period', 'year', '--quantity', '10');
    await here('clock', 'advance', '3d');
    await here('trigger', 'freeze');
    const file = join(folder, 'scenario.yaml');
    expect((await here('sandbox', 'record', file)).code).toBe(0);
    writeFileSync(file, `seed: 5\n${readFileSync(file, 'utf8')}`);
    const played = async (name: string) => {
      const har = join(folder, `${name}.har`);
      const run = await here('sandbox', 'run', file, '--running', '--har', har, '--json');
      expect(run.code).toBe(0);
      expect(JSON.parse(run.out)).toMatchObject({ ok: true });
      return bytesOf(har);
    };
    expect(await played('second')).toEqual(await played('first'));
  });

  it.each([
    [2, /no sandbox runs on this data folder/, ['clock']],
    [2, /"clock advance" takes how far/, ['clock', 'advance', 'soon']],
    [2, /scenario\.yml/, ['sandbox', 'run', 'scenario.yml']],
    [2, /TRIGGER|SCENARIO/, ['trigger']],
  ])('ends with %i and %s after %j', async (code, words, args) => {
    const ended = await jishi(...args);
    expect(ended.code).toBe(code);
    expect(ended.err).toMatch(words);
  });

  it('names line and member of a wrong file, and what a refused trigger breaks', async () => {
    const file = join(folder, 'wrong.yaml');
    writeFileSync(file, 'name: x\nstart: 2026-01-01T00:00:00Z\nsteps:\n  - clock: later\n');
    expect(await jishi('sandbox', 'run', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('wrong.yaml:4: steps.0.clock'),
    });
    expect(await here('trigger', 'convert')).toMatchObject({ code: 1, err: expect.stringMatching(/[A-Z_]+: ./) });
  });
});

const har = z.object({
  log: z.object({ entries: z.array(z.object({ request: z.unknown(), response: z.unknown() })) }),
});
/** Requests and responses; how long they took, and the numbers of requests, which others draw too, are no part of them. */
function bytesOf(file: string): string {
  const { entries } = har.parse(JSON.parse(readFileSync(file, 'utf8'))).log;
  const bytes = JSON.stringify(entries.map(({ request, response }) => [request, response]));
  return bytes.replaceAll(/("x-request-id","value":)"\w+"/g, '$1""');
}
