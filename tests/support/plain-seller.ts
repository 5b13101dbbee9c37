/**
 * A seller by hand: node:http, node:crypto and the specification, none of our packages. It lives the whole life of an
 * instance in both protocols, checks every signature, and never asks for the order. GET is V1.0, POST is V2.0.
 */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { type Members, type PlainInstance, plainLife } from './plain-seller-life.ts';
import { openV1, sealV1 } from './plain-seller-v1.ts';

/** A call that was rightly signed, and what was answered. */
export interface PlainCall {
  readonly members: Members;
  /** V2.0 only */
  readonly nonce: string | null;
  /** as it was sent */
  readonly timeStamp: string | null;
  readonly atMs: number;
  readonly resultCode: string;
}

export interface PlainSeller {
  readonly url: string;
  readonly received: readonly PlainCall[];
  /** Of the calls that were rightly signed, in their order. */
  readonly activities: string[];
  /** Bodies, or queries, of the others. */
  readonly refused: string[];
  readonly instances: ReadonlyMap<string, PlainInstance>;
  close(): Promise<void>;
}

/** `nowMs`: its clock, where the marketplace has a virtual one. */
export async function startPlainSeller(accessKey: string, nowMs: () => number = Date.now): Promise<PlainSeller> {
  const received: PlainCall[] = [];
  const activities: string[] = [];
  const refused: string[] = [];
  const life = plainLife();
  const nonces = new Set<string>();

  /** The members of a call, or null when it is not the marketplace's. */
  function verified(request: IncomingMessage, query: string, body: string): Members | null {
    if (request.method === 'GET') return openV1(query, accessKey);
    const parameters = new URLSearchParams(query);
    const nonce = parameters.get('nonce') ?? '';
    if (!signed(body, parameters, accessKey, nowMs()) || nonces.has(nonce)) return null;
    nonces.add(nonce);
    const call: Members = JSON.parse(body);
    return call;
  }

  const server = createServer(async (request, response) => {
    const parts: Uint8Array[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts).toString();
    const query = request.url?.split('?')[1] ?? '';
    if (request.method !== 'GET' && request.method !== 'POST') {
      response.writeHead(405, { allow: 'GET, POST' }).end();
      return;
    }
    const isV1 = request.method === 'GET';
    const call = verified(request, query, body);
    const answer = call ? life[isV1 ? 'v1' : 'v2'](call) : { resultCode: '000001', resultMsg: 'signature' };
    if (call) {
      activities.push(String(call.activity));
      const sent = new URLSearchParams(query);
      const stamps = { nonce: sent.get('nonce'), timeStamp: sent.get(isV1 ? 'timeStamp' : 'timestamp') };
      received.push({ members: call, ...stamps, atMs: nowMs(), resultCode: String(answer.resultCode) });
    } else refused.push(isV1 ? query : body);
    if (isV1) sealV1(response, answer, accessKey);
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/produce`, received, activities, refused, instances: life.instances, close };
}

/** hex(HMAC(key, key + nonce + timestamp + hex(HMAC(key, canonical body)))), letter case not significant (saas-v2.md 3.1) */
function signed(body: string, query: URLSearchParams, key: string, nowMs: number): boolean {
  const mac = (data: string) => createHmac('sha256', key).update(data).digest('hex');
  const expected = mac(`${key}${query.get('nonce')}${query.get('timestamp')}${mac(canonical(body))}`);
  const fresh = Math.abs(nowMs - Number(query.get('timestamp'))) < 60_000;
  return fresh && query.get('signature')?.toLowerCase() === expected;
}

/** The members of the top level sorted by name, without those that are null. */
function canonical(body: string): string {
  const call: Members = JSON.parse(body);
  const names = Object.keys(call).filter((name) => call[name] !== null);
  return JSON.stringify(Object.fromEntries(names.sort().map((name) => [name, call[name]])));
}
