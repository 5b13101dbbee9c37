import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps, get, type ServerOptions } from 'node:https';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { makeCertificate } from './certificate.test-support.ts';
import type { WireRequest } from './exchange.ts';
import { createWire, type Wire, type WireOptions } from './wire.ts';
import { transportError } from './wire-errors.ts';

/** What goes over the wire is kept as it was, and a call without an answer says why in words. */

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function httpServer(listener: RequestListener): Promise<string> {
  const server = createHttp(listener);
  closers.push(() => server.closeAllConnections());
  return `http://127.0.0.1:${await listen(server)}/`;
}

async function httpsServer(options: ServerOptions, host = 'localhost'): Promise<string> {
  const server = createHttps(options, (_, response) => response.end('{}'));
  closers.push(() => server.closeAllConnections());
  return `https://${host}:${await listen(server)}/`;
}

/** What a server that is not quite one does with a connection once it has read something. */
async function rawServer(answer: (socket: Socket) => void): Promise<string> {
  const server = createTcp((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => answer(socket));
  });
  return `http://127.0.0.1:${await listen(server)}/`;
}

function wire(options: Partial<WireOptions> = {}): Wire {
  const made = createWire({ timeoutMs: 2_000, insecure: false, ...options });
  closers.push(() => made.close());
  return made;
}

const post = (url: string, more: Partial<WireRequest> = {}): WireRequest => ({
  method: 'POST',
  url,
  headers: { 'Content-Type': 'application/json' },
  body: '{"名":1}',
  label: 'a call',
  ...more,
});

const answerTo = async (url: string, options: Partial<WireOptions> = {}) => {
  const outcome = await wire(options).send(post(url));
  return outcome.ok ? outcome.answer : outcome.error;
};

describe('an answer', () => {
  it('keeps status, spelling and order of headers, and bytes', async () => {
    const url = await httpServer((_, response) => {
      response.writeHead(201, ['Body-Sign', 'a', 'x-B', 'b', 'X-b', 'c', 'Connection', 'close']);
      response.end(Buffer.of(0xff, 0x00, 0x7b));
    });
    const answer = await answerTo(url);
    expect(answer).toMatchObject({ status: 201, truncated: false });
    expect('headers' in answer && answer.headers.slice(0, 3)).toEqual([
      ['Body-Sign', 'a'],
      ['x-B', 'b'],
      ['X-b', 'c'],
    ]);
    expect('body' in answer && [...answer.body]).toEqual([0xff, 0x00, 0x7b]);
  });

  it('is read up to 1 MiB', async () => {
    const url = await httpServer((_, response) => response.end(Buffer.alloc(3_000_000, 'x')));
    const answer = await answerTo(url);
    expect('body' in answer && answer.body.length).toBe(1_048_576);
    expect(answer).toMatchObject({ truncated: true });
  });

  it('of exactly 1 MiB is whole', async () => {
    const url = await httpServer((_, response) => response.end(Buffer.alloc(1_048_576, 'x')));
    expect(await answerTo(url)).toMatchObject({ truncated: false });
  });

  it('that redirects is not followed', async () => {
    const asked: (string | undefined)[] = [];
    const url = await httpServer((request, response) => {
      asked.push(request.url);
      response.writeHead(302, { location: '/login' }).end();
    });
    expect(await answerTo(url)).toMatchObject({ status: 302 });
    expect(asked).toEqual(['/']);
  });
});

describe('a request', () => {
  it('goes out as it is: method, target, header names, UTF-8', async () => {
    const seen: unknown[] = [];
    const url = await httpServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        seen.push(request.method, request.url, request.rawHeaders.slice(0, 4), Buffer.concat(parts).toString());
        response.end();
      });
    });
    const made = wire();
    await made.send(post(`${url}p?a=%2B+b`, { headers: { 'X-Sign': 's' } }));
    await made.send(post(url, { method: 'GET', body: null, headers: {} }));
    expect(seen.slice(0, 4)).toEqual(['POST', '/p?a=%2B+b', ['X-Sign', 's', 'Content-Length', '9'], '{"名":1}']);
    expect(seen.slice(4, 6)).toEqual(['GET', '/']);
    expect(seen[7]).toBe('');
  });

  it('uses the connection of the one before, and is repeated when the server closed it meanwhile', async () => {
    const connections: Socket[] = [];
    const server = createHttp((_, response) => response.end('{}'));
    server.on('connection', (socket) => connections.push(socket));
    closers.push(() => server.closeAllConnections());
    const url = `http://127.0.0.1:${await listen(server)}/`;
    const made = wire();
    await made.send(post(url));
    await made.send(post(url));
    expect(connections).toHaveLength(1);
    // the next call finds the connection dead before its client has heard of it
    server.once('request', () => undefined);
    connections[0]?.removeAllListeners('data').on('data', () => connections[0]?.resetAndDestroy());
    expect(await made.send(post(url))).toMatchObject({ ok: true });
    expect(connections).toHaveLength(2);
  });
});

describe('no answer', () => {
  it('because the name does not exist', async () => {
    const error = await answerTo('http://no-such-name.invalid/');
    expect(error).toMatchObject({ kind: 'dns', message: expect.stringContaining('no-such-name.invalid: ') });
  });

  it('because nobody listens', async () => {
    const url = await rawServer(() => undefined);
    await closers.pop()?.();
    const { port } = new URL(url);
    const error = await answerTo(url);
    expect(error).toEqual({ kind: 'refused', message: `127.0.0.1 port ${port}: nobody listens there (ECONNREFUSED)` });
  });

  it('because the connection is closed before it', async () => {
    const url = await rawServer((socket) => socket.destroy());
    expect(await answerTo(url)).toMatchObject({ kind: 'reset', message: expect.stringContaining('before any answer') });
  });

  it('because the connection is closed in its middle', async () => {
    const url = await rawServer((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{'));
    expect(await answerTo(url)).toMatchObject({ kind: 'reset', message: expect.stringContaining('in the middle') });
  });

  it('because it is no HTTP', async () => {
    const url = await rawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    expect(await answerTo(url)).toMatchObject({ kind: 'reset', message: expect.stringContaining('no valid HTTP') });
  });

  it('in time', async () => {
    const mute = await httpServer(() => undefined);
    expect(await answerTo(mute, { timeoutMs: 40 })).toEqual({ kind: 'timeout', message: 'no answer within 0.04 s' });
    const halting = await httpServer((_, response) => response.write('{'));
    const error = await answerTo(halting, { timeoutMs: 40 });
    expect(error).toEqual({ kind: 'timeout', message: 'the answer began but was not complete within 0.04 s' });
  });
});

describe('TLS', () => {
  const authority = makeCertificate({ name: 'Test Authority' });
  const local = makeCertificate({ name: 'localhost', hosts: ['localhost'] });
  const tlsError = async (url: string) => {
    const error = await answerTo(url);
    expect(error).toMatchObject({ kind: 'tls' });
    return 'message' in error ? error.message : '';
  };

  it('with a self-signed certificate is told, and accepted when insecure', async () => {
    const url = await httpsServer(local);
    expect(await tlsError(url)).toContain('self-signed');
    expect(await answerTo(url, { insecure: true })).toMatchObject({ status: 200 });
  });

  it('with an authority that nobody knows', async () => {
    const leaf = makeCertificate({ name: 'localhost', hosts: ['localhost'], issuer: authority });
    expect(await tlsError(await httpsServer(leaf))).toContain('unknown authority');
    const chain = { key: leaf.key, cert: leaf.cert + authority.cert };
    expect(await tlsError(await httpsServer(chain))).toContain('unknown authority');
  });

  it('that is older than 1.2, also when insecure', async () => {
    const old = { ...local, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const url = await httpsServer(old);
    expect(await tlsError(url)).toContain('no TLS 1.2');
    expect(await answerTo(url, { insecure: true })).toMatchObject({ kind: 'tls' });
  });

  it.each([
    [
      'an expired certificate',
      { hosts: ['localhost'], from: new Date('2020-01-01'), to: new Date('2021-01-01') },
      'has expired',
    ],
    [
      'a certificate of the future',
      { hosts: ['localhost'], from: new Date(Date.now() + 3_600_000) },
      'is not valid yet',
    ],
    [
      'a certificate for another name',
      { hosts: ['a.example', 'b.example'] },
      'is for a.example, b.example, not for localhost',
    ],
  ])('with %s', async (_, options, words) => {
    const leaf = makeCertificate({ name: 'x', issuer: authority, ...options });
    const url = await httpsServer(leaf);
    const error = await new Promise<Error>((done) => get(url, { ca: authority.cert, agent: false }).on('error', done));
    expect(transportError(error, new URL(url), false)).toMatchObject({
      kind: 'tls',
      message: expect.stringContaining(words),
    });
  });

  it('where there is none', async () => {
    const url = await httpServer((_, response) => response.end('{}'));
    expect(await tlsError(url.replace('http:', 'https:'))).toContain('plain HTTP');
    const closing = await rawServer((socket) => socket.destroy());
    expect(await tlsError(closing.replace('http:', 'https:'))).toContain('during the TLS handshake');
  });
});
