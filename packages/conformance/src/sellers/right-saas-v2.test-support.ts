/**
 * A right seller of V2.0 by hand: node:http, node:crypto and the specification. Every step can be replaced, so that a wrong
 * seller is this one with one thing done otherwise.
 */
import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bytesOf, listen } from './listening.test-support.ts';

export const KEY = 'koo-demo-access-key-0001';

export type Members = Readonly<Record<string, unknown>>;

export interface SellerCall {
  readonly activity: string;
  readonly members: Members;
  readonly isTest: boolean;
  /** as it was received */
  readonly text: string;
  readonly raw: Buffer;
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
}

/** saas-v2.md 3.1, step by step. */
export interface Verifying {
  payload(call: SellerCall): string;
  inner(key: string, payload: string): string;
  joined(key: string, nonce: string, timestamp: string, inner: string): string;
  outer(key: string, text: string): string;
  equals(expected: string, given: string): boolean;
  /** where signature, timestamp and nonce are read from */
  parameter(call: SellerCall, name: string): string | null;
  isFresh(timestamp: string, nowMs: number): boolean;
  isNonce(nonce: string): boolean;
  checksSignature(call: SellerCall): boolean;
  remembersNonces: boolean;
  key: string;
}

export interface Instance {
  status: 'ACTIVE' | 'FROZEN' | 'RELEASED';
  readonly businessId: string;
  readonly orders: Set<string>;
  /** asynchronous: so often it is still being made when asked for */
  pending: number;
}

export interface Living {
  /** `kept`: test instances are kept apart; `sample`: test calls are answered without a look; `bare`: nothing is kept of them */
  tests: 'kept' | 'sample' | 'bare';
  /** newInstance answers 000004 and is ready after so many queries */
  pending: number;
  /** the name under which an order line is known */
  lineKey(call: SellerCall): string;
  newId(call: SellerCall, count: number): string;
  /** in place of everything else; null = go on */
  instead(call: SellerCall, world: World): Members | null;
}

export interface World {
  readonly instances: Map<string, Instance>;
  readonly lines: Map<string, string>;
  count: number;
}

export interface Written {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface Hooks {
  readonly verify?: Partial<Verifying>;
  readonly live?: Partial<Living>;
  /** what is made of an answer's members */
  answer?(members: Members, call: SellerCall): Members;
  /** what is made of the whole answer */
  write?(written: Written, call: SellerCall): Written;
  /** takes over the connection; true = done */
  handle?(call: SellerCall, response: ServerResponse): boolean;
  /** of the answer */
  delayMs?(call: SellerCall): number;
  /** also GET */
  takesGet?: boolean;
}

export const RIGHT: Verifying = {
  payload: ({ members }) => canonical(members),
  inner: (key, payload) => hmac(key, payload).toString('hex'),
  joined: (key, nonce, timestamp, inner) => key + nonce + timestamp + inner,
  outer: (key, text) => hmac(key, text).toString('hex'),
  equals: (expected, given) => expected.toLowerCase() === given.toLowerCase(),
  parameter: ({ query }, name) => query.get(name),
  isFresh: (timestamp, nowMs) => Math.abs(nowMs - Number(timestamp)) <= 60_000,
  isNonce: () => true,
  checksSignature: () => true,
  remembersNonces: true,
  key: KEY,
};

const LIVING: Living = {
  tests: 'kept',
  pending: 0,
  lineKey: ({ members }) => `${members.orderId} ${members.orderLineId}`,
  newId: ({ members }) => String(members.businessId),
  instead: () => null,
};

const OK = { resultCode: '000000', resultMsg: 'success.' };
const refuse = (resultCode: string, resultMsg: string): Members => ({ resultCode, resultMsg });
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export interface RunningSeller {
  readonly url: string;
  /** what it was asked for */
  readonly calls: readonly SellerCall[];
  close(): Promise<void>;
}

export async function startSeller(hooks: Hooks = {}): Promise<RunningSeller> {
  const verifying = { ...RIGHT, ...hooks.verify };
  const living = { ...LIVING, ...hooks.live };
  const worlds = { live: emptyWorld(), test: emptyWorld() };
  const nonces = new Set<string>();
  const calls: SellerCall[] = [];

  const answerTo = (call: SellerCall): Members => {
    if (call.request.method !== 'POST' && !hooks.takesGet) return refuse('000002', 'Use POST');
    const refused = verify(verifying, nonces, call);
    if (refused !== null) return refused;
    return respond(living, worlds[call.isTest ? 'test' : 'live'], call);
  };
  const { origin, close } = await listen(async (request, response) => {
    const call = await received(request);
    calls.push(call);
    if (hooks.handle?.(call, response)) return;
    const plain = answerTo(call);
    const members = hooks.answer?.(plain, call) ?? plain;
    const written = { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(members) };
    const { status, headers, body } = hooks.write?.(written, call) ?? written;
    const send = () => response.writeHead(status, headers).end(body);
    const delayMs = hooks.delayMs?.(call) ?? 0;
    if (delayMs > 0) setTimeout(send, delayMs);
    else send();
  });
  return {
    url: `${origin}/saasproduce`,
    calls,
    close,
  };
}

async function received(request: IncomingMessage): Promise<SellerCall> {
  const raw = await bytesOf(request);
  const body = raw.toString();
  const query = new URLSearchParams((request.url ?? '').split('?')[1]);
  const members = parsed(body);
  const isTest = members.testFlag === '1';
  return { activity: text(members.activity), members, isTest, text: body, raw, query, request };
}

function parsed(body: string): Members {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

function verify(how: Verifying, nonces: Set<string>, call: SellerCall): Members | null {
  const [signature, timestamp, nonce] = ['signature', 'timestamp', 'nonce'].map((name) => how.parameter(call, name));
  if (!timestamp || !how.isFresh(timestamp, Date.now())) return refuse('000002', 'timestamp');
  if (!nonce || !how.isNonce(nonce)) return refuse('000002', 'nonce');
  if (how.checksSignature(call)) {
    const inner = how.inner(how.key, how.payload(call));
    const expected = how.outer(how.key, how.joined(how.key, nonce, timestamp, inner));
    if (!signature || !how.equals(expected, signature)) return refuse('000001', 'signature');
  }
  if (how.remembersNonces && nonces.has(nonce)) return refuse('000001', 'nonce was seen before');
  nonces.add(nonce);
  return null;
}

/** Top level sorted by name, without nulls, compact. */
export function canonical(members: Members): string {
  const names = Object.keys(members).filter((name) => members[name] !== null);
  return JSON.stringify(Object.fromEntries(names.sort().map((name) => [name, members[name]])));
}

export function hmac(key: string | Uint8Array, data: string | Uint8Array, algorithm = 'sha256'): Buffer {
  return createHmac(algorithm, key).update(data).digest();
}

const emptyWorld = (): World => ({ instances: new Map(), lines: new Map(), count: 0 });

function respond(living: Living, world: World, call: SellerCall): Members {
  const instead = living.instead(call, world);
  if (instead !== null) return instead;
  const { activity, members, isTest } = call;
  if (activity === 'newInstance') return create(living, world, call);
  if (activity === 'queryInstance') return query(living, world, call);
  if (!CHANGES.includes(activity)) return refuse('000002', `unknown activity ${activity}`);
  if (isTest && living.tests === 'sample') return OK;
  const instance = world.instances.get(text(members.instanceId));
  if (instance === undefined) return refuse('000003', 'no such instance');
  if (instance.status === 'RELEASED') return activity === 'releaseInstance' ? OK : refuse('000003', 'released');
  change(instance, call);
  return OK;
}

const CHANGES = [
  'refreshInstance',
  'updateInstanceStatus',
  'upgradeInstance',
  'releaseInstance',
  'changeInstanceCheck',
];

function change(instance: Instance, { activity, members }: SellerCall): void {
  if (activity === 'updateInstanceStatus') instance.status = members.status === 'FREEZE' ? 'FROZEN' : 'ACTIVE';
  if (activity === 'releaseInstance') instance.status = 'RELEASED';
  if (activity === 'upgradeInstance') instance.orders.add(text(members.orderLineId));
}

function create(living: Living, world: World, call: SellerCall): Members {
  const { members, isTest } = call;
  if (!members.orderId || !members.orderLineId || !members.businessId) return refuse('000002', 'orderId, orderLineId');
  world.count += 1;
  const made = living.newId(call, world.count);
  const isKept = !isTest || living.tests === 'kept';
  const instanceId = (isKept ? world.lines.get(living.lineKey(call)) : null) ?? made;
  if (isKept && !world.instances.has(instanceId)) {
    world.lines.set(living.lineKey(call), instanceId);
    const businessId = text(members.businessId);
    world.instances.set(instanceId, { status: 'ACTIVE', businessId, orders: new Set(), pending: living.pending });
  }
  const isPending = (world.instances.get(instanceId)?.pending ?? 0) > 0;
  return isPending ? { ...refuse('000004', 'being processed'), instanceId } : { ...OK, instanceId };
}

function query(living: Living, world: World, { members, isTest }: SellerCall): Members {
  const asked = text(members.instanceId)
    .split(',')
    .map((id) => id.trim());
  if (asked.length > 100 || asked.includes('')) return refuse('000002', 'one to 100 ids');
  if (isTest && living.tests === 'sample') return { ...OK, info: asked.map(infoOf) };
  const known = asked.filter((id) => (world.instances.get(id)?.status ?? 'RELEASED') !== 'RELEASED');
  if (known.length === 0) return refuse('000003', 'no such instance');
  const ready = known.filter((id) => {
    const instance = world.instances.get(id);
    if (instance === undefined || instance.pending === 0) return true;
    instance.pending -= 1;
    return false;
  });
  return ready.length === 0 ? refuse('000004', 'being processed') : { ...OK, info: ready.map(infoOf) };
}

export const infoOf = (instanceId: string) => ({
  instanceId,
  appInfo: {
    frontEndUrl: `https://app.example.com/t/${instanceId}`,
    adminUrl: 'https://app.example.com/admin',
    userName: 'admin@acme.example',
    password: 'Init-Pass-1',
    memo: 'first login within 7 days',
  },
});
