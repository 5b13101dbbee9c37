/**
 * A seller by hand: node:http and the specification, none of our packages. It checks the signature (saas-v2.md 3) and
 * never asks for the order.
 */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';

export interface PlainSeller {
  readonly url: string;
  readonly activities: string[];
  readonly refused: string[];
  close(): Promise<void>;
}

export async function startPlainSeller(accessKey: string): Promise<PlainSeller> {
  const activities: string[] = [];
  const refused: string[] = [];
  const server = createServer(async (request, response) => {
    const parts: Uint8Array[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts).toString();
    const query = new URL(request.url ?? '/', 'http://seller').searchParams;
    response.setHeader('content-type', 'application/json');
    if (!signed(body, query, accessKey)) {
      refused.push(body);
      response.end(JSON.stringify({ resultCode: '000001', resultMsg: 'signature' }));
      return;
    }
    const call: Record<string, unknown> = JSON.parse(body);
    activities.push(String(call.activity));
    const instanceId = call.instanceId ?? `plain-${call.orderLineId}`;
    const appInfo = { frontEndUrl: 'https://plain.example/', userName: 'root', password: 'Plain-1' };
    const info = [{ instanceId, appInfo }];
    response.end(
      JSON.stringify({
        resultCode: '000000',
        resultMsg: 'ok',
        instanceId,
        ...(call.activity === 'queryInstance' ? { info } : {}),
      }),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/produce`, activities, refused, close };
}

/** hex(HMAC(key, key + nonce + timestamp + hex(HMAC(key, body)))), letter case not significant */
function signed(body: string, query: URLSearchParams, key: string): boolean {
  const mac = (data: string) => createHmac('sha256', key).update(data).digest('hex');
  const expected = mac(`${key}${query.get('nonce')}${query.get('timestamp')}${mac(body)}`);
  const fresh = Math.abs(Date.now() - Number(query.get('timestamp'))) < 60_000;
  return fresh && query.get('signature')?.toLowerCase() === expected;
}
