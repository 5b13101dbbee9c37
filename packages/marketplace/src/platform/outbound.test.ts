/** The client for calls to sellers reads one answer, at most so much of it, and never reaches inside (real servers). */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createOutbound, isInternal, type Outbound, type OutboundOptions } from './outbound.ts';

// Made for this test, valid for a hundred years, guards nothing.
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXNMULhxZIMsChdnY
UqMaQFgaZfDFJKTLsVsmeiBlZmWhRANCAAQSaoocw/bLvspCvvZ4vojHqOqWHwHZ
xlbH9cmMjUsmGDj9AB7Jyy+sI9yOy/hBabvt2AeKAfr1Izca/FSW38Mn
-----END PRIVATE KEY-----
`;
const CERT = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUQdw33pw7eig9WCIdiXymLwUx4QMwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTIzMzc1M1oYDzIxMjYxMTAx
MjMzNzUzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQSaoocw/bLvspCvvZ4vojHqOqWHwHZxlbH9cmMjUsmGDj9AB7Jyy+s
I9yOy/hBabvt2AeKAfr1Izca/FSW38Mno28wbTAdBgNVHQ4EFgQUbgHq0cuuxABP
/nQ8nzmxs50E5k8wHwYDVR0jBBgwFoAUbgHq0cuuxABP/nQ8nzmxs50E5k8wDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIgT4LtDtfaJQtPxNkRAwNZctSJ+nW0J+zX4TgeUAQVKxkCIQDY
0figshzh4MlLs+7/Lbg1W2FAA0yjvFSwtBq+DRRbHQ==
-----END CERTIFICATE-----
`;

const open = createOutbound({ allowInternal: true, timeoutMs: 5_000, maxBodyBytes: 1_000 });
const guarded = createOutbound({ allowInternal: false, timeoutMs: 5_000 });
afterAll(() => Promise.all([open.close(), guarded.close()]));

function client(options: Partial<OutboundOptions>): Outbound {
  const outbound = createOutbound({ allowInternal: true, timeoutMs: 5_000, ...options });
  onTestFinished(() => outbound.close());
  return outbound;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
const serve = (listener: RequestListener) => listening(createServer(listener));
const post = (outbound: Outbound, url: string) => outbound.post(url, { 'content-type': 'application/json' }, '{}');

describe('an answer', () => {
  it('of a GET comes back as well, its header names as the server spelt them', async () => {
    const port = await serve((request, response) => {
      response
        .writeHead(200, { 'Body-Sign': 'x', 'Set-Cookie': ['a=1', 'b=2'] })
        .end(`${request.method} ${request.url}`);
    });
    const result = await open.get(`http://127.0.0.1:${port}/produce?a=%2B%20&authToken=x%3D`, {});
    expect(result).toMatchObject({ ok: true, answer: { status: 200 } });
    if (!result.ok) return;
    expect(Buffer.from(result.answer.body).toString()).toBe('GET /produce?a=%2B%20&authToken=x%3D');
    expect(result.answer.rawHeaders).toContainEqual(['Body-Sign', 'x']);
    expect(result.answer.rawHeaders).toContainEqual(['Set-Cookie', 'b=2']);
    expect(result.answer.headers).toContainEqual({ name: 'body-sign', value: 'x' });
  });

  it('is read with status, headers and body', async () => {
    const port = await serve((request, response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'x-two': ['a', 'b'] });
      response.end(`${request.method} ${request.url} ${request.headers['content-type']}`);
    });
    const result = await post(open, `http://127.0.0.1:${port}/produce?signature=x`);
    expect(result).toMatchObject({
      ok: true,
      answer: { status: 201, contentType: 'application/json', location: null, truncated: false },
    });
    if (!result.ok) return;
    expect(Buffer.from(result.answer.body).toString()).toBe('POST /produce?signature=x application/json');
    expect(result.answer.headers.filter((header) => header.name === 'x-two').map((header) => header.value)).toEqual([
      'a',
      'b',
    ]);
  });

  it('that redirects is not followed, not even to an internal address', async () => {
    const asked: string[] = [];
    const port = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
    });
    const result = await post(open, `http://127.0.0.1:${port}/a`);
    expect(result).toMatchObject({
      ok: true,
      answer: { status: 302, location: 'http://169.254.169.254/latest/meta-data' },
    });
    expect(asked).toEqual(['/a']);
  });

  it.each([
    [999, false],
    [1_000, false],
    [1_001, true],
    [10_000_000, true],
  ])('of %i bytes is read up to the limit of 1,000', async (length, truncated) => {
    const port = await serve((_, response) => void response.end(Buffer.alloc(length, 'x')));
    const result = await post(open, `http://127.0.0.1:${port}/`);
    expect(result.ok && [result.answer.body.length, result.answer.truncated]).toEqual([
      Math.min(length, 1_000),
      truncated,
    ]);
  });

  it('that never ends is cut at the limit, not at the time-out', async () => {
    const port = await serve((_, response) => {
      const more = () => void (response.destroyed || response.write('x'.repeat(200), () => setImmediate(more)));
      more();
    });
    const result = await post(open, `http://127.0.0.1:${port}/`);
    expect(result.ok && result.answer.truncated).toBe(true);
  });
});

describe('a failure', () => {
  it('cut off in the middle is a reset', async () => {
    const port = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"resultCode"', () => void response.destroy());
    });
    expect(await post(open, `http://127.0.0.1:${port}/`)).toMatchObject({ ok: false, fault: 'reset' });
  });

  it('without any answer is a reset', async () => {
    const port = await serve((request) => void request.socket.destroy());
    expect(await post(open, `http://127.0.0.1:${port}/`)).toMatchObject({ ok: false, fault: 'reset' });
  });

  it('by silence is a time-out', async () => {
    const port = await serve(() => {});
    expect(await post(client({ timeoutMs: 150 }), `http://127.0.0.1:${port}/`)).toMatchObject({
      ok: false,
      fault: 'timeout',
    });
  });

  it('by dripping is a time-out too: the limit runs to the last byte', async () => {
    const port = await serve((_, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect(await post(client({ timeoutMs: 200 }), `http://127.0.0.1:${port}/`)).toMatchObject({
      ok: false,
      fault: 'timeout',
    });
  });

  it('to connect is a refusal', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((done) => server.close(done));
    expect(await post(open, `http://127.0.0.1:${port}/`)).toMatchObject({ ok: false, fault: 'refused' });
  });

  it('to find the name is one of DNS', async () => {
    expect(await post(open, 'http://seller.invalid/')).toMatchObject({ ok: false, fault: 'dns' });
  });

  it('that is no address at all is an answer, not an exception', async () => {
    expect(await post(open, 'ftp://seller.example/')).toMatchObject({ ok: false });
    expect(await post(open, 'not an address')).toMatchObject({ ok: false });
  });
});

describe('TLS', () => {
  const secure = (maxVersion: 'TLSv1.1' | 'TLSv1.3') =>
    listening(
      createTlsServer(
        { key: KEY, cert: CERT, minVersion: 'TLSv1', maxVersion, ciphers: 'DEFAULT:@SECLEVEL=0' },
        (_, response) => void response.end('{}'),
      ),
    );

  it('with a self-signed certificate is refused', async () => {
    const result = await post(open, `https://127.0.0.1:${await secure('TLSv1.3')}/`);
    expect(result).toMatchObject({ ok: false, fault: 'tls', message: expect.stringMatching(/self-signed/) });
  });

  it('below 1.2 is refused', async () => {
    const result = await post(open, `https://127.0.0.1:${await secure('TLSv1.1')}/`);
    expect(result).toMatchObject({ ok: false, fault: 'tls', message: expect.stringMatching(/version/) });
  });

  it('spoken to a server that speaks plain HTTP is refused', async () => {
    const port = await serve((_, response) => void response.end('{}'));
    expect(await post(open, `https://127.0.0.1:${port}/`)).toMatchObject({ ok: false, fault: 'tls' });
  });
});

describe('the guard of production', () => {
  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fd00::1]',
    '[fe80::1]',
    '169.254.169.254',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '100.64.0.1',
    'localhost',
    'LOCALHOST',
  ])('blocks %s before anything is sent', async (host) => {
    let connections = 0;
    const server = createServer((_, response) => void response.end('{}'));
    server.on('connection', () => {
      connections += 1;
    });
    const port = await listening(server);
    const result = await post(guarded, `http://${host}:${port}/`);
    expect(result).toMatchObject({ ok: false, fault: 'blocked' });
    expect(connections).toBe(0);
  });

  it('blocks over TLS as well', async () => {
    expect(await post(guarded, 'https://127.0.0.1:1/')).toMatchObject({ ok: false, fault: 'blocked' });
  });

  it('knows internal addresses from public ones', () => {
    const publicOnes = ['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111'];
    expect(publicOnes.filter(isInternal)).toEqual([]);
    expect(['::ffff:10.0.0.1', '::FFFF:a00:1', '224.0.0.1', '255.255.255.255', 'ff02::1'].every(isInternal)).toBe(true);
    expect(isInternal('not an address')).toBe(true);
    // every way to write an IPv4 address inside IPv6, tunnels, and what is set aside
    const disguised = [
      '::127.0.0.1',
      '::a9fe:a9fe',
      '64:ff9b:1::1',
      '2001::1',
      'fec0::1',
      '::ffff:0:10.0.0.1',
      '::ffff:8.8.8.8',
      '3fff::1',
      '5f00::1',
    ];
    expect([...disguised, '192.88.99.1', '168.63.129.16'].filter((address) => !isInternal(address))).toEqual([]);
  });
});
