/** A seller's server on a real port of node:http, as the marketplace meets it. */
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { toNodeHandler } from './node.ts';
import { signedRequest } from './signed-request.ts';
import { KEY, NOW, seller } from './testing.ts';

const create = { activity: 'newInstance', orderId: 'CS1', orderLineId: 'CS1-000001', businessId: 'biz-1' };

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const signed = (port: number) =>
  signedRequest({ url: `http://127.0.0.1:${port}/saasproduce`, accessKey: KEY, body: create, nowMs: NOW });

describe('toNodeHandler', () => {
  it('serves a signed call', async () => {
    const port = await listen(createServer(toNodeHandler(seller().server.fetch)));
    const response = await fetch(signed(port));
    expect(response.headers.get('content-type')).toBe('application/json;charset=utf-8');
    expect(await response.json()).toMatchObject({ resultCode: '000000', instanceId: 'biz-1' });
  });

  it('sends Body-Sign in this very spelling', async () => {
    const port = await listen(createServer(toNodeHandler(seller({ bodySign: true }).server.fetch)));
    const { url } = signed(port);
    const outgoing = httpRequest(url, { method: 'POST' }).end();
    const [response]: [IncomingMessage] = await waitFor(outgoing);
    expect(response.rawHeaders).toContain('Body-Sign');
    response.resume();
  });

  it('refuses 2 MiB without reading all of it, and closes the connection', async () => {
    const { server, events } = seller();
    const port = await listen(createServer(toNodeHandler(server.fetch)));
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /saasproduce HTTP/1.1\r\nhost: x\r\ncontent-length: 2097152\r\n\r\n');
    socket.write('x'.repeat(1_100_000));
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200[\s\S]*connection: close[\s\S]*"000002"/i);
    expect(events).toMatchObject([{ kind: 'rejected', diagnosis: [{ code: 'http.too-large' }] }]);
    socket.destroy();
  });

  it('says what to do when a body parser came first', async () => {
    const handler = toNodeHandler(seller().server.fetch);
    const port = await listen(
      createServer((req, res) => {
        req.resume().on('end', () => handler(req, res));
      }),
    );
    expect(await (await fetch(signed(port))).json()).toMatchObject({
      resultCode: '000005',
      resultMsg: expect.stringContaining('before express.json()'),
    });
  });

  it.each(['GET / HTTP/1.1\r\nhost: x\r\n\r\n', 'POST //x HTTP/1.1\r\nhost: [bad\r\ncontent-length: 0\r\n\r\n'])(
    'survives %j',
    async (message) => {
      const port = await listen(createServer(toNodeHandler(seller().server.fetch)));
      const socket = connect(port, '127.0.0.1').setEncoding('utf8');
      socket.write(message);
      const [answer] = await once(socket, 'data');
      expect(answer).toMatch(/^HTTP\/1\.1 (405|200)[\s\S]*"000002"/);
      socket.destroy();
    },
  );
});

function waitFor(outgoing: ReturnType<typeof httpRequest>): Promise<[IncomingMessage]> {
  return new Promise((resolve, reject) =>
    outgoing.on('response', (response) => resolve([response])).on('error', reject),
  );
}
