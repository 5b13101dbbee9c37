/** The code in docs/seller-guide.md, copied out and run as a reader would: it serves a subscription's whole life. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedRequest } from './index.ts';
import { KEY } from './testing.ts';

const GUIDE = fileURLToPath(new URL('../../../docs/seller-guide.md', import.meta.url));
/** Inside the package, so that the copied code finds its imports. Ignored by git. */
const SCRATCH = fileURLToPath(new URL('../.jishi/', import.meta.url));

let folder: string;
beforeAll(async () => {
  const guide = await readFile(GUIDE, 'utf8');
  await mkdir(SCRATCH, { recursive: true });
  folder = await mkdtemp(join(SCRATCH, 'guide-'));
  for (const [, name = '', code = ''] of guide.matchAll(/```js\n\/\/ (\S+\.mjs)\n([\s\S]*?)```/g)) {
    await writeFile(join(folder, name), code);
  }
});
afterAll(() => rm(SCRATCH, { recursive: true }));

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function start(file: string): Promise<{ url: string; process: ChildProcess }> {
  const port = await freePort();
  const env = { PATH: process.env.PATH, ACCESS_KEY: KEY, PORT: String(port) };
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

describe.each(['server.mjs', 'hono.mjs'])('%s', (file) => {
  it('serves a subscription from creation to release', async () => {
    const { url, process: child } = await start(file);
    const send = async (body: Record<string, string>, accessKey = KEY) =>
      (await fetch(signedRequest({ url, accessKey, body }))).json();
    try {
      const create = { activity: 'newInstance', orderId: 'CS1', orderLineId: 'CS1-000001', businessId: 'first' };
      const created = { resultCode: '000000', resultMsg: 'success.', instanceId: 'first' };
      expect(await send(create)).toEqual(created);
      expect(await send({ ...create, businessId: 'second' })).toEqual(created);
      const appInfo = { frontEndUrl: 'https://app.example.com/t/first', userName: 'admin' };
      const query = { activity: 'queryInstance', instanceId: 'first' };
      expect(await send(query)).toMatchObject({ resultCode: '000000', info: [{ instanceId: 'first', appInfo }] });
      const renewal = {
        activity: 'refreshInstance',
        scene: 'RENEWAL',
        orderId: 'CS2',
        orderLineId: 'CS2-000001',
        instanceId: 'first',
        expireTime: '20270131155959',
      };
      expect(await send(renewal)).toMatchObject({ resultCode: '000000' });
      expect(await send({ activity: 'updateInstanceStatus', instanceId: 'first', status: 'FREEZE' })).toMatchObject({
        resultCode: '000000',
      });
      const release = { activity: 'releaseInstance', instanceId: 'first' };
      expect(await send(release)).toMatchObject({ resultCode: '000000' });
      expect(await send(release)).toMatchObject({ resultCode: '000000' });
      expect(await send(query)).toMatchObject({ resultCode: '000003' });
      expect(await send(create, 'another-key')).toMatchObject({
        resultCode: '000001',
        resultMsg: expect.stringMatching(/^request\.signature-/),
      });
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  });
});

it('names only diagnoses that exist', async () => {
  const { isDiagnosisCode } = await import('@jishi/protocol');
  const guide = await readFile(GUIDE, 'utf8');
  const table = guide.slice(guide.indexOf('| Diagnosis |'), guide.indexOf('## 11.'));
  const rows = table
    .split('\n')
    .slice(2)
    .flatMap((row) => row.split('|')[1] ?? []);
  const codes = rows.flatMap((cell) => [...cell.matchAll(/`([a-z-]+\.[a-z-]+)`/g)].map(([, code = '']) => code));
  expect(codes.length).toBeGreaterThan(20);
  for (const code of codes) expect(isDiagnosisCode(code), code).toBe(true);
});
