/** One address on a real port for both protocols: each call reaches the server of its own, and headers keep their spelling. */
import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toNodeHandler } from '../node.ts';
import { signedRequest } from '../signed-request.ts';
import { NOW as NOW_V2, seller, KEY as V2_KEY } from '../testing.ts';
import { bothProtocols } from './both-protocols.ts';
import { signedRequestV1 } from './signed-request.ts';
import { answerOf, KEY, sellerV1 } from './testing.ts';

const v1 = sellerV1();
const v2 = seller();
let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer(toNodeHandler(bothProtocols({ v1: v1.server, v2: v2.server }).fetch)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/saasproduce`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const old = () => {
  const parameters = { activity: 'newInstance', businessId: 'old', customerId: 'c', orderId: 'CS1', productId: 'P' };
  return signedRequestV1({ url, accessKey: KEY, parameters });
};

it('serves GET as V1.0 and POST as V2.0', async () => {
  const body = { activity: 'newInstance', orderId: 'CS1', orderLineId: 'CS1-000001', businessId: 'new' };
  const current = await fetch(signedRequest({ url, accessKey: V2_KEY, body, nowMs: NOW_V2 }));
  expect(await current.json()).toMatchObject({ resultCode: '000000', instanceId: 'new' });
  expect(await answerOf(await fetch(old()))).toMatchObject({ resultCode: '000000', instanceId: 'old' });
  expect([v1.asked, v2.asked]).toEqual([['newInstance old'], ['newInstance new']]);
});

it('sends Body-Sign in this very spelling', async () => {
  const response = await new Promise<IncomingMessage>((resolve) => get(old().url, resolve));
  expect(response.rawHeaders).toContain('Body-Sign');
  response.resume();
});

it.each(['PUT', 'HEAD', 'DELETE'])('refuses %s', async (method) => {
  const response = await fetch(url, { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
});
