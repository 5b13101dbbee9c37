/** The `jishi` command as people and scripts meet it (contracts/cli.md): real processes of the built program. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { emptyDatabase, freePort } from './support/empty-database.ts';
import { childrenOf, ensureBuilt, isAlive, jishi, jishiOnce } from './support/jishi.ts';
import { startPlainSeller } from './support/plain-seller.ts';

const folder = mkdtempSync(join(tmpdir(), 'jishi-cli-'));
// as root, PostgreSQL's files go elsewhere when its user can not enter the folder
chmodSync(folder, 0o755);
beforeAll(ensureBuilt);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const call = z.strictObject({
  activity: z.string(),
  attempt: z.number().int(),
  httpStatus: z.number().int().nullable(),
  resultCode: z.string().nullable(),
  durationMs: z.number().int().min(0),
});
const report = z.strictObject({
  ok: z.boolean(),
  elapsedMs: z.strictObject({ boot: z.number().int().positive(), purchaseToActive: z.number().int().positive() }),
  order: z.strictObject({
    orderId: z.string(),
    orderLineId: z.string(),
    status: z.string(),
    amount: z.string(),
    currency: z.string(),
  }),
  instance: z
    .looseObject({ instanceId: z.string(), status: z.string(), frontEndUrl: z.string(), userName: z.string() })
    .nullable(),
  calls: z.array(call),
  diagnosis: z.array(z.looseObject({ code: z.string(), seen: z.string() })).optional(),
});
const once = async (...args: string[]) => {
  const { exit, stdout, stderr } = await jishiOnce(['start', '--once', '--json', ...args]);
  return { exit, stderr, report: report.parse(JSON.parse(stdout)) };
};

describe('jishi start --once --json', () => {
  it('plays the first purchase and prints exactly one document', async () => {
    const { exit, stderr, report: played } = await once('--memory');
    expect([exit, stderr]).toEqual([0, '']);
    expect(played).toMatchObject({
      ok: true,
      order: { status: 'COMPLETED', amount: '1200.00', currency: 'CNY', orderLineId: `${played.order.orderId}-000001` },
      instance: { status: 'ACTIVE', frontEndUrl: expect.stringMatching(/^http:/) },
      calls: [
        { activity: 'newInstance', attempt: 1, httpStatus: 200, resultCode: '000000' },
        { activity: 'queryInstance', attempt: 1, httpStatus: 200, resultCode: '000000' },
      ],
    });
    expect(played.order.orderId).toMatch(/^CS\d{10}[A-Z0-9]{5}$/);
  });

  it('buys from a seller of one’s own that is written by hand and never asks for the order', async () => {
    const seller = await startPlainSeller('key-of-my-own-0123456789');
    onTestFinished(seller.close);
    const { exit, report: played } = await once(
      '--seller',
      seller.url,
      '--access-key',
      'key-of-my-own-0123456789',
      '--protocol',
      'saas-v2',
    );
    expect([exit, played.ok]).toEqual([0, true]);
    expect(played.instance).toMatchObject({
      instanceId: `plain-${played.order.orderLineId}`,
      frontEndUrl: 'https://plain.example/',
      userName: 'root',
    });
    expect(seller.activities.slice(0, 2)).toEqual(['newInstance', 'queryInstance']);
    expect(seller.refused).toEqual([]);
  });

  it('speaks V1.0, to the demo seller and to one’s own', async () => {
    const { exit, stderr, report: demo } = await once('--memory', '--protocol', 'saas-v1');
    expect([exit, stderr]).toEqual([0, '']);
    expect(demo).toMatchObject({
      ok: true,
      order: { status: 'COMPLETED' },
      instance: { status: 'ACTIVE', frontEndUrl: expect.stringMatching(/^http:/) },
      calls: [{ activity: 'newInstance', attempt: 1, httpStatus: 200, resultCode: '000000' }],
    });
    const seller = await startPlainSeller('key-of-my-own-0123456789');
    onTestFinished(seller.close);
    const own = ['--seller', seller.url, '--access-key', 'key-of-my-own-0123456789', '--protocol', 'saas-v1'];
    const { report: played } = await once(...own);
    expect(played).toMatchObject({ ok: true, instance: { instanceId: `v1-${played.order.orderId}` } });
    expect(seller.refused).toEqual([]);
  });

  it('says no with the reason when the seller refuses', async () => {
    const seller = await startPlainSeller('the-right-key-0123456789');
    onTestFinished(seller.close);
    const { exit, report: played } = await once('--seller', seller.url, '--access-key', 'another-key-0123456789');
    expect([exit, played.ok, played.instance]).toEqual([1, false, null]);
    expect(played.calls).toMatchObject([
      { activity: 'newInstance', attempt: 1, httpStatus: 200, resultCode: '000001' },
    ]);
    expect(played.diagnosis?.length).toBeGreaterThan(0);
  });

  it('says what is missing while the seller answers a query for another instance, which counts as “not yet” (Q7)', async () => {
    const answer = { resultCode: '000000', resultMsg: 'ok', instanceId: 'one' };
    const info = [{ instanceId: 'another', appInfo: { frontEndUrl: 'https://a.example/' } }];
    const server = createHttpServer((request, response) => {
      request.resume().on('end', () => {
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ ...answer, info }));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
    const own = ['--seller', url, '--access-key', 'k'.repeat(20), '--timeout', '2'];
    const { exit, stderr, report: played } = await once(...own);
    expect([exit, played.ok]).toEqual([1, false]);
    expect(stderr).toMatch(/queryInstance brought no access data yet \(query\.incomplete\)/);
    expect(played.diagnosis).toMatchObject([{ code: 'query.incomplete', seen: expect.stringContaining('one') }]);
  });

  it('says no with the reason when nobody listens there', async () => {
    const { exit, report: played } = await once(
      '--seller',
      `http://127.0.0.1:${await freePort()}/`,
      '--access-key',
      'k'.repeat(20),
    );
    expect([exit, played.ok]).toEqual([1, false]);
    expect(played.diagnosis?.[0]).toMatchObject({ code: expect.stringMatching(/refused/) });
  });

  it('without --json tells the story on stdout, to people', async () => {
    const { exit, stdout } = await jishiOnce(['start', '--once', '--memory']);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/第一笔订单[\s\S]*newInstance, attempt 1 → HTTP 200, 000000/);
  });
});

describe('wrong usage ends with 2 and one line that names it', () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['an unknown option', ['start', '--colour'], {}, /unknown option '--colour'/],
    ['an unknown command', ['begin'], {}, /unknown command 'begin'/],
    ['--json without --once', ['start', '--json'], {}, /--json goes with --once/],
    ['a port that is none', ['start', '--port', '99999'], {}, /--port must be a number from 0 to 65535, not "99999"/],
    ['a seller without key', ['start', '--once', '--seller', 'http://127.0.0.1:1/'], {}, /--access-key/],
    [
      'a seller that is no address',
      ['start', '--once', '--seller', 'my-server', '--access-key', 'k'],
      {},
      /--seller must be an http\(s\) address/,
    ],
    [
      'another protocol',
      ['start', '--once', '--seller', 'http://a/', '--access-key', 'k', '--protocol', 'soap'],
      {},
      /--protocol: saas-v2, saas-v1 expected/,
    ],
    ['--memory with --data', ['start', '--memory', '--data', folder], {}, /exclude each other/],
    ['a data folder that is a file', ['start', '--once', '--data', file], {}, /data folder .*a-file.* can not be used/],
    [
      'a wrong setting',
      ['start', '--once', '--memory'],
      { JISHI_DATABASE_POOL: 'many' },
      /JISHI_DATABASE_POOL must be a whole number/,
    ],
    [
      'a setting that does not exist',
      ['start', '--once', '--memory'],
      { JISHI_COLOUR: 'red' },
      /JISHI_COLOUR is not a setting/,
    ],
  ])('%s', async (_, args, env, message) => {
    const { exit, stdout, stderr } = await jishiOnce(args, env);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /); // no stack trace
  });

  it('a port in use', async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    onTestFinished(() => void taken.close());
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { exit, stderr } = await jishiOnce(['start', '--once', '--memory', '--port', String(port)]);
    expect(exit).toBe(2);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(new RegExp(`^jishi: the port is in use .*${port}.*--port N$`)),
    ]);
  });
});

describe('jishi start --data', () => {
  it('finds its instance, accounts and keys again, and ends at SIGTERM with nothing left behind', async () => {
    const data = join(folder, 'data');
    const first = jishi(['start', '--data', data, '--port', '0']);
    onTestFinished(() => void first.child.kill());
    await first.says(/is up .*: http:\/\/\S+/);
    const [, instanceId = ''] = await first.says(/The instance (\S+) is ACTIVE/);
    const [, password = ''] = await first.says(/buyer +buyer +(\S+)/);
    const postgres = childrenOf(first.child.pid ?? 0);
    expect(postgres.length).toBeGreaterThan(0);

    // The folder has one owner: another start on it is refused.
    const second = await jishiOnce(['start', '--data', data, '--port', '0']);
    expect([second.exit, second.stderr]).toEqual([2, expect.stringMatching(/in use by another running jishi/)]);

    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(postgres.filter(isAlive)).toEqual([]);

    const again = jishi(['start', '--data', data, '--port', '0']);
    onTestFinished(() => void again.child.kill());
    const [, url = ''] = await again.says(/is up .*: (http:\/\/\S+)/);
    await again.says(new RegExp(`buyer +buyer +${password}`));
    expect(again.stdout()).not.toMatch(/A buyer ordered/);
    const session = await fetch(`${url}/api/console/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ loginName: 'buyer', password }),
    });
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    const list = await (await fetch(`${url}/api/console/instances`, { headers: { cookie } })).text();
    expect(list).toContain(`"instanceId":"${instanceId}","state":"ACTIVE"`);
    again.child.kill('SIGINT');
    expect(await again.ended).toBe(0);
  });
});

describe('jishi serve, worker and migrate', () => {
  const MASTER = `k1:${randomBytes(32).toString('base64')}`;
  const database = 'postgres://jishi:long-password-1@127.0.0.1:1/jishi';
  it.each<[string, string[], Record<string, string>, RegExp]>([
    ['no secrets', ['serve'], {}, /JISHI_MASTER_KEYS is missing/],
    ['no database', ['serve'], { JISHI_MASTER_KEYS: MASTER }, /JISHI_DATABASE_URL is missing/],
    [
      'a short key',
      ['serve'],
      { JISHI_MASTER_KEYS: 'k1:c2hvcnQ=', JISHI_DATABASE_URL: database },
      /JISHI_MASTER_KEYS key k1 has 5 bytes/,
    ],
    [
      'a key of few different bytes',
      ['serve'],
      { JISHI_MASTER_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`, JISHI_DATABASE_URL: database },
      /JISHI_MASTER_KEYS key k1 is weak/,
    ],
    [
      'a default password',
      ['serve'],
      { JISHI_MASTER_KEYS: MASTER, JISHI_DATABASE_URL: 'postgres://jishi:postgres@db/jishi' },
      /JISHI_DATABASE_URL has a default password/,
    ],
    [
      'no password',
      ['worker'],
      { JISHI_MASTER_KEYS: MASTER, JISHI_DATABASE_URL: 'postgres://jishi@db/jishi' },
      /JISHI_DATABASE_URL has no password/,
    ],
    [
      'pause points',
      ['worker'],
      { JISHI_MASTER_KEYS: MASTER, JISHI_DATABASE_URL: database, JISHI_PAUSE_POINTS: 'tasks.leased=kill@1' },
      /JISHI_PAUSE_POINTS is for the sandbox only/,
    ],
    [
      'an unreachable database',
      ['serve'],
      { JISHI_MASTER_KEYS: MASTER, JISHI_DATABASE_URL: database },
      /the database does not answer .*ECONNREFUSED.*check JISHI_DATABASE_URL/,
    ],
  ])('refuse %s', async (_, args, env, message) => {
    const { exit, stdout, stderr } = await jishiOnce(args, env);
    expect([exit, stdout, stderr.trim().split('\n')]).toEqual([2, '', [expect.stringMatching(message)]]);
    expect(stderr).not.toContain(MASTER.slice(3));
  });

  it('refuse a PostgreSQL that is too old', async () => {
    const old = await startOldPostgres(130_012);
    onTestFinished(old.close);
    const env = {
      JISHI_MASTER_KEYS: MASTER,
      JISHI_DATABASE_URL: `postgres://jishi:long-password-1@127.0.0.1:${old.port}/jishi`,
    };
    const { exit, stderr } = await jishiOnce(['serve'], env);
    expect([exit, stderr]).toEqual([2, 'jishi: the database is PostgreSQL 13: version 15 or newer is needed\n']);
  });

  it('ask for jishi migrate first, then serve and work, and end at SIGTERM', async () => {
    const empty = await emptyDatabase(inject('adminUrl'));
    onTestFinished(empty.drop);
    const port = await freePort();
    const env = { JISHI_MASTER_KEYS: MASTER, JISHI_DATABASE_URL: empty.url, JISHI_PORT: String(port) };
    const early = await jishiOnce(['serve'], env);
    expect([early.exit, early.stderr]).toEqual([
      2,
      expect.stringMatching(
        /^jishi: the database is not up to date \(\d+ migrations pending\): run "jishi migrate"\n$/,
      ),
    ]);
    const migrated = await jishiOnce(['migrate', '--json'], env);
    expect([migrated.exit, migrated.stderr]).toEqual([0, '']);
    expect(JSON.parse(migrated.stdout)).toEqual({ applied: expect.arrayContaining(['0030-ordering']) });
    expect(JSON.parse((await jishiOnce(['migrate', '--json'], env)).stdout)).toEqual({ applied: [] });
    const person = ['operator', 'add', 'root', '--name', 'Li Ming'];
    const first = await jishiOnce([...person, '--json'], env);
    expect(JSON.parse(first.stdout)).toEqual({
      loginName: 'root',
      role: 'OS',
      password: expect.stringMatching(/^\w{16}$/),
    });
    expect(await jishiOnce(person, env)).toMatchObject({ exit: 1, stderr: 'jishi: root: this login name is taken\n' });
    expect(await jishiOnce([...person, '--role', 'BO'], env)).toMatchObject({ exit: 2 });

    const health = await freePort();
    const [server, worker] = [jishi(['serve'], env), jishi(['worker', '--port', String(health)], env)];
    await Promise.all([server.says(/jishi serves .*\(production\)/), worker.says(/jishi worker runs \(production\)/)]);
    await worker.says(/health and metrics at/);
    for (const each of [port, health]) expect((await fetch(`http://127.0.0.1:${each}/readyz`)).status).toBe(200);
    expect(await (await fetch(`http://127.0.0.1:${health}/metrics`)).text()).toContain('jishi_seller_calls_in_flight');
    expect((await fetch(`http://127.0.0.1:${port}/api/sandbox/wallet/top-ups`, { method: 'POST' })).status).toBe(404);
    for (const each of [server, worker]) each.child.kill('SIGTERM');
    expect(await Promise.all([server.ended, worker.ended])).toEqual([0, 0]);
  });
});

/** Speaks just enough of PostgreSQL's protocol to be asked for its version. */
async function startOldPostgres(version: number) {
  const message = (type: string, ...parts: (string | Buffer)[]) => {
    const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const int = (bytes: 2 | 4, value: number) => {
    const buffer = Buffer.alloc(bytes);
    buffer.writeIntBE(value, 0, bytes);
    return buffer;
  };
  const ready = message('Z', 'I');
  const text = String(version);
  const answer = Buffer.concat([
    message('1'),
    message('2'),
    message('T', int(2, 1), 'version\0', int(4, 0), int(2, 0), int(4, 23), int(2, 4), int(4, -1), int(2, 0)),
    message('D', int(2, 1), int(4, text.length), text),
    message('C', 'SELECT 1\0'),
    ready,
  ]);
  const server = createServer((socket) => {
    let greeted = false;
    socket.on('error', () => {});
    socket.on('data', (data) => {
      if (!greeted) socket.write(Buffer.concat([message('R', int(4, 0)), ready]));
      else if (data.includes('server_version_num')) socket.write(answer);
      greeted = true;
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}
