import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bodySign, signAkSk, signAuthToken, signBase, signKit } from '@jishi/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './test-program.ts';

/** `jishi verify` reads a captured message and says yes, or no with the cause. */

const key = 'koo-demo-access-key-0001';
const call = { accessKey: key, nonce: 'Zx81Qp0aLm55Rt7w', timestamp: '1767225600000' };
const AT = ['--at', '2026-01-01T08:00:30+08:00'];
const BODY = '{"activity":"releaseInstance","instanceId":"inst-7f3a"}';
const WITHOUT_HOST = 'f20e75445f34c3aa5401ae8c4ca7f73e367afde3fb2f04618a4eb3670df3cc09';
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jishi-verify-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('saas-v2', () => {
  const good = base(signBase({ ...call, payload: BODY }).signature);

  it('accepts the example of saas-v2.md 5.1', async () => {
    const body =
      '{"activity":"newInstance","businessId":"3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10","orderId":"CS2601010000TESTA","orderLineId":"CS2601010000TESTA-000001","testFlag":"1"}';
    const message = base('C60A1C2E36EDA8FE9BF480A5FB6DAF715ED107F9DB219A7ED16770D5249C2D39', body);
    const run = await runCommand(['verify', 'saas-v2', '--key', key, ...AT, '--json'], message);
    expect([run.code, JSON.parse(run.out)]).toEqual([0, { ok: true, diagnosis: [] }]);
  });

  it.each([
    ['LF from stdin', good],
    ['CRLF', good.replaceAll('\n', '\r\n')],
    ['a newline after the body', `${good}\n`],
  ])('accepts %s', async (_, message) => {
    expect(await runCommand(['verify', 'saas-v2', '-', '--key', key, ...AT], message)).toMatchObject({
      code: 0,
      out: '✓ the signature fits',
    });
  });

  it('accepts what fits the raw body only, and warns', async () => {
    const body = '{"instanceId":"inst-7f3a","activity":"releaseInstance"}';
    const message = base(signBase({ ...call, payload: body }).signature, body);
    const run = await runCommand(['verify', 'saas-v2', '--key', key, ...AT], message);
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/^✓ the signature fits\n\n! request\.signature-unsorted {2}\(saas-v2\.md 3\.1\)/);
    const json = await runCommand(['verify', 'saas-v2', '--key', key, ...AT, '--json'], message);
    expect(JSON.parse(json.out)).toMatchObject({
      ok: true,
      diagnosis: [{ code: 'request.signature-unsorted', severity: 'warning' }],
    });
  });

  it('reads a file', async () => {
    const file = join(folder, 'call.http');
    await writeFile(file, good);
    expect((await runCommand(['verify', 'saas-v2', file, '--key', key, ...AT])).code).toBe(0);
  });

  it('says no with the cause', async () => {
    const payload = '{"instanceId":"inst-7f3a","activity":"releaseInstance"}';
    const run = await runCommand(
      ['verify', 'saas-v2', '--key', key, ...AT, '--json'],
      base(signBase({ ...call, payload }).signature),
    );
    expect(run.code).toBe(1);
    expect(JSON.parse(run.out)).toMatchObject({
      ok: false,
      resultCode: '000001',
      diagnosis: [{ code: 'request.signature-descending' }],
    });
  });

  it('compares with --at, and with now without it', async () => {
    const late = ['verify', 'saas-v2', '--key', key, '--at', '2026-01-01T00:05:00Z', '--json'];
    expect(JSON.parse((await runCommand(late, good)).out)).toMatchObject({
      resultCode: '000002',
      diagnosis: [{ code: 'request.timestamp-expired' }],
    });
    expect((await runCommand(['verify', 'saas-v2', '--key', key], good)).code).toBe(0);
  });

  it('names a nonce that comes again in the same capture', async () => {
    const run = await runCommand(
      ['verify', 'saas-v2', '--key', key, ...AT, '--json'],
      `# two calls\n${good}\n\n### and again\n${good}\n`,
    );
    expect([run.code, JSON.parse(run.out)]).toEqual([
      1,
      { ok: false, resultCode: '000001', diagnosis: [expect.objectContaining({ code: 'request.nonce-replayed' })] },
    ]);
  });

  it('explains in words, in both languages', async () => {
    const { out } = await runCommand(['verify', 'saas-v2', '--key', 'another', ...AT], good);
    expect(out).toMatch(/✗ request\.signature-key {2}\(saas-v2\.md 3\.1\)/);
    expect(out).toContain('Most likely signed with another key');
    expect(out).toContain('签名很可能使用了另一个密钥');
  });
});

it('kit: reads the headers, whatever the order of the body', async () => {
  const body = '{"tenantId":"t","flag":1}';
  const { signature } = signKit({ ...call, payload: '{"flag":1,"tenantId":"t"}' });
  const message = (value: string) =>
    `POST /produceAPI/v2/tenantSync HTTP/1.1\nX-Sign: ${value}\nx-timestamp: ${call.timestamp}\nX-NONCE: ${call.nonce}\n\n${body}`;
  expect((await runCommand(['verify', 'kit', '--key', key, ...AT], message(signature.toLowerCase()))).code).toBe(0);
  const form = await runCommand(
    ['verify', 'kit', '--key', key, ...AT, '--json'],
    message(signBase({ ...call, payload: body }).signature),
  );
  expect(JSON.parse(form.out).diagnosis[0].code).toMatch(/^request\.signature-/);
});

it('openapi: takes the access key from the message and prints the canonical request', async () => {
  const url = 'https://mkt.example.com/v1/a?b=2&a=1';
  const signed = signAkSk({
    ak: 'AK',
    sk: 'SK',
    method: 'POST',
    url,
    headers: {},
    body: '{}',
    date: new Date('2026-01-01T00:00:00Z'),
  });
  const headers = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}`);
  const message = ['POST /v1/a?b=2&a=1 HTTP/1.1', ...headers, '', '{}'].join('\r\n');
  expect((await runCommand(['verify', 'openapi', '--sk', 'SK', ...AT], message)).code).toBe(0);
  const wrong = JSON.parse(
    (await runCommand(['verify', 'openapi', '--sk', 'SK', ...AT, '--json'], `${message}\n`)).out,
  );
  expect(wrong).toMatchObject({ ok: false, reason: 'signature', diagnosis: [{ code: 'aksk.body-hash' }] });
  expect(wrong.canonicalRequest).toMatch(/^POST\n\/v1\/a\/\na=1&b=2\n/);
  const other = await runCommand(['verify', 'openapi', '--sk', 'SK', '--ak', 'AK2', ...AT, '--json'], message);
  expect(JSON.parse(other.out).diagnosis).toEqual([
    expect.objectContaining({ code: 'aksk.unknown-key', expected: 'AK2', seen: 'AK' }),
  ]);
});

it('saas-v1: verifies the query of a GET', async () => {
  const { url } = signAuthToken('activity=expireInstance&instanceId=a%2Bb&timeStamp=20270101000100000', key);
  expect((await runCommand(['verify', 'saas-v1', '--key', key], `GET /p?${url} HTTP/1.1\n\n`)).code).toBe(0);
  const spoilt = `GET /p?${url.replace('a%2Bb', 'a%20b')} HTTP/1.1\n\n`;
  const run = await runCommand(['verify', 'saas-v1', '--key', key, '--json'], spoilt);
  expect([run.code, JSON.parse(run.out).diagnosis[0].code]).toEqual([1, 'request.auth-token-plus']);
});

it('body-sign: verifies a response', async () => {
  const body = '{"resultCode":"000000"}';
  const message = (value: string, name = 'Body-Sign') => `HTTP/1.1 200 OK\r\n${name}: ${value}\r\n\r\n${body}`;
  const { header } = bodySign(body, key);
  expect((await runCommand(['verify', 'body-sign', '--key', key], message(header))).code).toBe(0);
  const run = await runCommand(['verify', 'body-sign', '--key', key, '--json'], message(header, 'Body-sign'));
  expect([run.code, JSON.parse(run.out).diagnosis[0].code]).toEqual([1, 'body-sign.name-case']);
});

const codesOf = async (line: string[], message: string) => {
  const run = await runCommand([...line, '--json'], message);
  const verdict: { diagnosis: { code: string; severity: string }[] } = JSON.parse(run.out);
  return [run.code, ...verdict.diagnosis.map(({ code, severity }) => `${code} ${severity}`)];
};

it('saas-v1: warns of a raw + in the query, which forms take for a blank (F6)', async () => {
  const { url } = signAuthToken('activity=expireInstance&instanceId=a%2Bb&timeStamp=20270101000100000', key);
  const raw = `GET /p?${url.replace('a%2Bb', 'a+b')} HTTP/1.1\n\n`;
  expect(await codesOf(['verify', 'saas-v1', '--key', key], raw)).toEqual([0, 'request.auth-token-plus warning']);
});

it('saas-v1: verifies the header of a kit call (3.4)', async () => {
  const body =
    '{"flag":1,"instanceId":"inst-7f3a","orgCode":"10000","orgName":"Development","parentCode":"","tenantId":"8d3c0b6f5f0d4e2f9a77d1c2b3a49586","testFlag":0,"timeStamp":"20260101160003001"}';
  const message = (token: string) => `POST /produceAPI/v1/singleOrgSync HTTP/1.1\nauthToken: ${token}\n\n${body}`;
  const line = ['verify', 'saas-v1', '--key', 'koo-v1-demo-key-0001'];
  expect(await codesOf(line, message('bU60GknKW5vbl71MmMSPULXVOOk7+SZe4/EL4gcyLCI='))).toEqual([0]);
  expect(await codesOf(line, message('x'))).toEqual([1, 'request.signature-key error']);
});

it('openapi: a signature without the host is taken with a warning (8, row 6)', async () => {
  const date = '20260101T080000Z';
  const url = 'https://mkt.example.com/v1/order/query?orderId=MOCKONDEMAND';
  const { headers } = signAkSk({
    ak: 'AK',
    sk: 'sk',
    method: 'GET',
    url,
    headers: {},
    body: '',
    date: new Date('2026-01-01T08:00:00Z'),
  });
  const message = (authorization: string) =>
    `GET /v1/order/query?orderId=MOCKONDEMAND HTTP/1.1\nHost: mkt.example.com\nX-Sdk-Date: ${date}\nAuthorization: ${authorization}\n\n`;
  const line = ['verify', 'openapi', '--sk', 'sk', '--at', '2026-01-01T08:00:00Z'];
  expect(await codesOf(line, message(headers.Authorization ?? ''))).toEqual([0]);
  // over GET, path, query, x-sdk-date alone and the hash of nothing
  const alone = 'SDK-HMAC-SHA256 Access=AK, SignedHeaders=x-sdk-date, Signature=HEX';
  expect(await codesOf(line, message(alone.replace('HEX', WITHOUT_HOST)))).toEqual([0, 'aksk.host-not-signed warning']);
});

it('names a lost or mangled body beside the signature that nothing explains', async () => {
  const line = ['verify', 'saas-v2', '--key', key, ...AT];
  const signature = 'ab'.repeat(32);
  expect(await codesOf(line, base(signature, ''))).toEqual([1, 'body.empty error', 'request.signature-key error']);
  expect(await codesOf(line, base(signature, '[1]'))).toEqual([
    1,
    'body.not-object error',
    'request.signature-key error',
  ]);
});

it('names members that were signed in another order than they were sent', async () => {
  const { signature } = signBase({ ...call, payload: '{"b":1,"a":2,"c":3}' });
  const line = ['verify', 'saas-v2', '--key', key, ...AT];
  expect(await codesOf(line, base(signature, '{"a":2,"b":1,"c":3}'))).toEqual([1, 'request.signature-unsorted error']);
  const response = `HTTP/1.1 200 OK\r\nBody-Sign: ${bodySign('{"b":1,"a":2,"c":3}', key).header}\r\n\r\n{"a":2,"c":3,"b":1}`;
  expect(await codesOf(['verify', 'body-sign', '--key', key], response)).toEqual([1, 'body-sign.body-altered error']);
});

describe('jishi verify ends with 2 and names what is wrong', () => {
  it.each<[string[], string, string]>([
    [['verify', 'x', '--key', 'k'], '', 'PROTOCOL'],
    [['verify', 'saas-v2'], '', '--key is required'],
    [['verify', 'openapi', '--key', 'k'], '', '--sk is required'],
    [['verify', 'saas-v2', '--key', 'k', '--at', 'yesterday'], '', '--at'],
    [['verify', 'saas-v2', '--key', 'k', '--at', '2026-01-01T08:00:00'], '', '--at'],
    [['verify', 'saas-v2', '--key', 'k'], 'hello', 'stdin: line 1'],
    [['verify', 'saas-v2', '--key', 'k'], 'HTTP/1.1 200 OK\n\n', 'stdin: line 1: a request expected'],
    [['verify', 'saas-v1', '--key', 'k'], 'POST / HTTP/1.1\n\n', 'stdin: line 1: GET expected'],
    [['verify', 'body-sign', '--key', 'k'], 'POST / HTTP/1.1\n\n', 'stdin: line 1: a response expected'],
    [['verify', 'saas-v2', 'no/such/file', '--key', 'k'], '', 'no/such/file'],
  ])('%j', async (line, stdin, message) => {
    const run = await runCommand(line, stdin);
    expect([run.code, run.out]).toEqual([2, '']);
    expect(run.message).toContain(message);
  });
});

function base(signature: string, body = BODY): string {
  const target = `/saasproduce?signature=${signature}&timestamp=${call.timestamp}&nonce=${call.nonce}`;
  return `POST ${target} HTTP/1.1\nHost: seller.example.com\nContent-Type: application/json;charset=utf8\n\n${body}`;
}
