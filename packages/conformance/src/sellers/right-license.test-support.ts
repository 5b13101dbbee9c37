/**
 * A right License seller by hand: node:http, node:crypto and the specification (license-and-other-types.md 3, 4.5, 5). It speaks
 * the dialects it is told to, and every step can be replaced, so that a wrong seller is this one with one thing done otherwise.
 */
import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bytesOf, listen } from './listening.test-support.ts';
import {
  type Dialect,
  emptyWorld,
  LIVING,
  type Living,
  type Members,
  refuse,
  respond,
  text,
} from './right-license-life.test-support.ts';

export const KEY = 'koo-demo-access-key-0001';

export type Pair = readonly [name: string, value: string];

export interface SellerCall {
  readonly method: 'GET' | 'POST';
  /** of the query or the body, whichever the method has */
  readonly members: Members;
  readonly pairs: readonly Pair[];
  readonly query: URLSearchParams;
  readonly body: string;
  readonly request: IncomingMessage;
}

/** Online 1.0 (3.1). */
export interface GetVerifying {
  decode(text: string): string;
  /** the pairs that are signed, decoded, as they came */
  signed(pairs: readonly Pair[]): string;
  hmacKey(key: string, timeStamp: string): string;
  written(mac: Buffer): string;
  equals(given: string, right: string): boolean;
  checks(call: SellerCall): boolean;
  readonly key: string;
}

/** The POSTed dialects (saas-v2.md 3.1). */
export interface PostVerifying {
  payload(call: SellerCall): string;
  inner(key: string, payload: string): string;
  joined(key: string, nonce: string, timestamp: string, inner: string): string;
  outer(key: string, text: string): string;
  equals(given: string, right: string): boolean;
  isFresh(timestamp: string, nowMs: number): boolean;
  checks(call: SellerCall): boolean;
  readonly remembersNonces: boolean;
  readonly key: string;
}

/** The header of online 1.0 (saas-v1.md 4). */
export interface Signing {
  readonly name: string;
  signs(call: SellerCall, answer: Members): boolean;
  key(key: string, call: SellerCall): string;
  bytes(body: string): string | Uint8Array;
  written(mac: Buffer): string;
  header(signature: string): string;
}

export interface Written {
  readonly status: number;
  readonly headers: readonly Pair[];
  readonly body: string | Uint8Array;
}

export interface Hooks {
  readonly live?: Partial<Living>;
  readonly get?: Partial<GetVerifying>;
  readonly post?: Partial<PostVerifying>;
  readonly sign?: Partial<Signing>;
  /** what is made of an answer's members */
  answer?(members: Members, call: SellerCall): Members;
  serialise?(members: Members, call: SellerCall): string;
  /** what is made of the whole answer */
  write?(written: Written, call: SellerCall): Written;
  /** takes over the connection; true = done */
  handle?(call: SellerCall, response: ServerResponse): boolean;
  readonly delayMs?: number;
  /** how a method is answered whose dialects are not spoken; default 405 */
  stranger?(call: SellerCall): Written;
}

const GET: GetVerifying = {
  decode: (encoded) => decodeURIComponent(encoded.replaceAll('+', ' ')),
  signed: (pairs) => joined(sorted(pairs)),
  hmacKey: (key, timeStamp) => key + timeStamp,
  written: (mac) => mac.toString('base64'),
  equals: (given, right) => given === right,
  checks: () => true,
  key: KEY,
};

const POST: PostVerifying = {
  payload: ({ members }) => canonical(members),
  inner: (key, payload) => hmac(key, payload).toString('hex'),
  joined: (key, nonce, timestamp, inner) => key + nonce + timestamp + inner,
  outer: (key, signed) => hmac(key, signed).toString('hex'),
  equals: (given, right) => given.toLowerCase() === right,
  isFresh: (timestamp, nowMs) => Math.abs(nowMs - Number(timestamp)) <= 60_000,
  checks: () => true,
  remembersNonces: true,
  key: KEY,
};

const SIGN: Signing = {
  name: 'Body-Sign',
  signs: ({ method }) => method === 'GET',
  key: (key) => key,
  bytes: (body) => body,
  written: (mac) => mac.toString('base64'),
  header: (signature) => `sign_type="HMAC-SHA256", signature="${signature}"`,
};

export interface RunningSeller {
  readonly url: string;
  readonly calls: readonly SellerCall[];
  close(): Promise<void>;
}

export async function startSeller(hooks: Hooks = {}): Promise<RunningSeller> {
  const living = { ...LIVING, ...hooks.live };
  const get = { ...GET, ...hooks.get };
  const post = { ...POST, ...hooks.post };
  const worlds = { live: emptyWorld(), test: emptyWorld() };
  const nonces = new Set<string>();
  const calls: SellerCall[] = [];

  const answerTo = (call: SellerCall): Members => {
    const refused = call.method === 'GET' ? verifyGet(get, call) : verifyPost(post, nonces, call);
    if (refused !== null) return refused;
    const dialects: readonly Dialect[] = call.method === 'GET' ? ['identification'] : ['code', 'provisioning'];
    return respond(living, worlds[call.members.testFlag === '1' ? 'test' : 'live'], dialects, call.members);
  };
  const respondTo = (call: SellerCall): Written => {
    const speaksGet = living.speaks.includes('identification');
    const speaksPost = living.speaks.some((each) => each !== 'identification');
    if (call.method === 'GET' ? !speaksGet : !speaksPost) return hooks.stranger?.(call) ?? METHOD_NOT_ALLOWED;
    const right = answerTo(call);
    const members = hooks.answer?.(right, call) ?? right;
    const body = hooks.serialise?.(members, call) ?? JSON.stringify(members);
    return {
      status: 200,
      headers: [
        ['Content-Type', 'application/json'],
        ...signatureOf({ ...SIGN, ...hooks.sign }, get.key, call, members, body),
      ],
      body,
    };
  };
  const { origin, close } = await listen(async (request, response) => {
    const call = await received(request, get);
    calls.push(call);
    if (hooks.handle?.(call, response)) return;
    const plain = respondTo(call);
    const { status, headers, body } = hooks.write?.(plain, call) ?? plain;
    const send = () => {
      response.statusCode = status;
      for (const [name, value] of headers) response.setHeader(name, value);
      response.end(body);
    };
    if (hooks.delayMs === undefined) send();
    else setTimeout(send, hooks.delayMs);
  });
  return {
    url: `${origin}/produce`,
    calls,
    close,
  };
}

const METHOD_NOT_ALLOWED: Written = {
  status: 405,
  headers: [['Content-Type', 'text/plain']],
  body: 'Method Not Allowed',
};

function signatureOf(how: Signing, key: string, call: SellerCall, answer: Members, body: string): readonly Pair[] {
  if (!how.signs(call, answer)) return [];
  return [[how.name, how.header(how.written(hmac(how.key(key, call), how.bytes(body))))]];
}

async function received(request: IncomingMessage, get: GetVerifying): Promise<SellerCall> {
  const body = (await bytesOf(request)).toString();
  const raw = (request.url ?? '').split('?')[1] ?? '';
  const pairs = raw
    .split('&')
    .filter(Boolean)
    .map((part): Pair => {
      const at = part.indexOf('=');
      return [get.decode(part.slice(0, at)), get.decode(part.slice(at + 1))];
    });
  const method = request.method === 'POST' ? 'POST' : 'GET';
  const members = method === 'GET' ? Object.fromEntries(pairs) : parsed(body);
  return { method, members, pairs, query: new URLSearchParams(raw), body, request };
}

function parsed(body: string): Members {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

function verifyGet(how: GetVerifying, call: SellerCall): Members | null {
  const { authToken, timeStamp } = call.members;
  if (!how.checks(call)) return null;
  if (!authToken || !timeStamp) return refuse('000001', 'authToken or timeStamp is missing');
  const signed = how.signed(call.pairs.filter(([name]) => name !== 'authToken'));
  const right = how.written(hmac(how.hmacKey(how.key, text(timeStamp)), signed));
  if (!how.equals(text(authToken), right)) return refuse('000001', 'authToken is wrong');
  return /^\d{14,17}$/.test(text(timeStamp)) ? null : refuse('000002', 'timeStamp');
}

function verifyPost(how: PostVerifying, nonces: Set<string>, call: SellerCall): Members | null {
  const [signature, timestamp, nonce] = ['signature', 'timestamp', 'nonce'].map((name) => call.query.get(name));
  if (!timestamp || !how.isFresh(timestamp, Date.now())) return refuse('000002', 'timestamp');
  if (!nonce) return refuse('000002', 'nonce');
  if (how.checks(call)) {
    const inner = how.inner(how.key, how.payload(call));
    const right = how.outer(how.key, how.joined(how.key, nonce, timestamp, inner));
    if (!signature || !how.equals(signature, right)) return refuse('000001', 'signature');
  }
  if (how.remembersNonces && nonces.has(nonce)) return refuse('000001', 'nonce was seen before');
  nonces.add(nonce);
  return null;
}

export function sorted(pairs: readonly Pair[]): readonly Pair[] {
  return pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

export function joined(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

/** Top level sorted by name, without nulls, compact. */
export function canonical(members: Members): string {
  const names = Object.keys(members).filter((name) => members[name] !== null);
  return JSON.stringify(Object.fromEntries(names.sort().map((name) => [name, members[name]])));
}

export function hmac(key: string | Uint8Array, data: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
