/**
 * A right seller of the kit by hand: node:http, node:crypto and the specification. Every step can be replaced, so that a wrong
 * seller is this one with one thing done otherwise.
 */
import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { decryptClientSecret, KIT_PADDINGS, type KitPadding, readPrivateKey } from '@jishi/protocol';
import { TEST_PRIVATE_KEY } from '../../../protocol/src/kit/rsa-keys.test-support.ts';
import { bytesOf, listen } from './listening.test-support.ts';

export const KEY = 'koo-demo-kit-key-0001';

export type Members = Readonly<Record<string, unknown>>;

export interface SellerCall {
  /** the last part of the path */
  readonly kit: string;
  readonly members: Members;
  readonly isTest: boolean;
  /** as it was received */
  readonly text: string;
  readonly raw: Buffer;
  readonly request: IncomingMessage;
}

/** saas-v2.md 3.2, step by step. */
export interface Verifying {
  payload(call: SellerCall): string;
  joined(key: string, nonce: string, timestamp: string, payload: string): string;
  outer(key: string, text: string): string;
  equals(expected: string, given: string): boolean;
  /** x-sign, x-timestamp, x-nonce */
  header(call: SellerCall, name: string): string | null;
  isFresh(timestamp: string, nowMs: number): boolean;
  isNonce(nonce: string): boolean;
  checksSignature(call: SellerCall): boolean;
  remembersNonces: boolean;
  key: string;
}

export interface Keeping {
  /** `kept`: test data are stored like live ones; `sample`: test calls are checked and answered, nothing is stored */
  tests: 'kept' | 'sample';
  /** the secret, or null */
  decrypt(value: string): string | null;
  /** the elements of userList and orgInfoList in whatever form they came; null = not understood */
  list(value: unknown): readonly Members[] | null;
  path(call: IncomingMessage): string | null;
  /** in place of everything else; null = go on */
  instead(call: SellerCall, world: World): Members | null;
}

/** What is stored, by interface, under the keys of saas-v2.md 7. */
export type World = ReadonlyMap<string, Set<string>>;

export interface Written {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface Hooks {
  readonly verify?: Partial<Verifying>;
  readonly keep?: Partial<Keeping>;
  /** what is made of an answer's members */
  answer?(members: Members, call: SellerCall): Members;
  /** what is made of the whole answer */
  write?(written: Written, call: SellerCall): Written;
  /** takes over the connection; true = done */
  handle?(call: SellerCall, response: ServerResponse): boolean;
  /** of the answer */
  delayMs?(call: SellerCall): number;
}

const VERIFYING: Verifying = {
  payload: ({ members }) => canonical(members),
  joined: (key, nonce, timestamp, payload) => key + nonce + timestamp + payload,
  outer: (key, text) => hmac(key, text).toString('hex'),
  equals: (expected, given) => expected.toLowerCase() === given.toLowerCase(),
  header: ({ request }, name) => [request.headers[name]].flat()[0] ?? null,
  isFresh: (timestamp, nowMs) => Math.abs(nowMs - Number(timestamp)) <= 60_000,
  isNonce: () => true,
  checksSignature: () => true,
  remembersNonces: true,
  key: KEY,
};

const KEEPING: Keeping = {
  tests: 'kept',
  decrypt: decryptWith(KIT_PADDINGS),
  list: (value) => listOf(typeof value === 'string' ? parsed(value) : value),
  path: ({ url }) => /^\/produceAPI\/v2\/(\w+)(\?|$)/.exec(url ?? '')?.[1] ?? null,
  instead: () => null,
};

export const OK = { resultCode: '000000', resultMsg: 'success.' };
export const refuse = (resultCode: string, resultMsg: string): Members => ({ resultCode, resultMsg });

export interface RunningSeller {
  readonly url: string;
  /** what it was asked for */
  readonly calls: readonly SellerCall[];
  readonly world: World;
  close(): Promise<void>;
}

export async function startSeller(hooks: Hooks = {}): Promise<RunningSeller> {
  const verifying = { ...VERIFYING, ...hooks.verify };
  const keeping = { ...KEEPING, ...hooks.keep };
  const world: World = new Map(INTERFACES.map((kit) => [kit, new Set<string>()]));
  const nonces = new Set<string>();
  const calls: SellerCall[] = [];

  const { origin, close } = await listen(async (request, response) => {
    const kit = request.method === 'POST' ? keeping.path(request) : null;
    const call = await received(request, kit ?? '');
    calls.push(call);
    if (hooks.handle?.(call, response)) return;
    if (kit === null || !world.has(kit)) return void response.writeHead(404).end('Not Found');
    const plain = verify(verifying, nonces, call) ?? carryOut(keeping, world, call);
    const members = hooks.answer?.(plain, call) ?? plain;
    const written = { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(members) };
    const { status, headers, body } = hooks.write?.(written, call) ?? written;
    const send = () => response.writeHead(status, headers).end(body);
    const delayMs = hooks.delayMs?.(call) ?? 0;
    if (delayMs > 0) setTimeout(send, delayMs);
    else send();
  });
  return {
    url: origin,
    calls,
    world,
    close,
  };
}

async function received(request: IncomingMessage, kit: string): Promise<SellerCall> {
  const raw = await bytesOf(request);
  const text = raw.toString();
  const members = objectOf(parsed(text));
  return { kit, members, isTest: members.testFlag === 1, text, raw, request };
}

function verify(how: Verifying, nonces: Set<string>, call: SellerCall): Members | null {
  const [signature, timestamp, nonce] = ['x-sign', 'x-timestamp', 'x-nonce'].map((name) => how.header(call, name));
  if (!timestamp || !how.isFresh(timestamp, Date.now())) return refuse('000002', 'x-timestamp');
  if (!nonce || !how.isNonce(nonce)) return refuse('000002', 'x-nonce');
  if (how.checksSignature(call)) {
    const expected = how.outer(how.key, how.joined(how.key, nonce, timestamp, how.payload(call)));
    if (!signature || !how.equals(expected, signature)) return refuse('000001', 'x-sign');
  }
  if (how.remembersNonces && nonces.has(nonce)) return refuse('000001', 'x-nonce was seen before');
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

/** Mandatory texts that are never empty. */
const MANDATORY: Readonly<Record<string, readonly string[]>> = {
  tenantSync: ['tenantId', 'tenantCode', 'name', 'domainName', 'timeStamp'],
  applicationSync: ['tenantId', 'appId', 'clientId', 'clientSecret', 'timeStamp'],
  authSync: ['tenantId', 'appId', 'currentSyncTime', 'timeStamp'],
  singleOrgSync: ['tenantId', 'orgCode', 'orgName', 'timeStamp'],
  allOrgSync: ['tenantId', 'timeStamp'],
};
const INTERFACES = Object.keys(MANDATORY);

export function carryOut(keeping: Keeping, world: World, call: SellerCall): Members {
  const { kit, members, isTest } = call;
  const absent = MANDATORY[kit]?.find((name) => typeof members[name] !== 'string' || members[name] === '');
  if (absent !== undefined) return refuse('000002', `${absent} is missing`);
  if (members.testFlag !== 0 && members.testFlag !== 1) return refuse('000002', 'testFlag is 0 or 1');
  const flags = kit === 'authSync' ? [0, 1, 2, 3] : kit === 'allOrgSync' ? [undefined] : [0, 1, 2];
  if (!flags.some((flag) => flag === members.flag)) return refuse('000002', 'flag');
  const instead = keeping.instead(call, world);
  if (instead !== null) return instead;
  if (kit === 'applicationSync' && members.flag !== 0 && keeping.decrypt(String(members.clientSecret)) === null)
    return refuse('000101', 'something wrong with appSecret');
  const keys = keysOf(keeping, call);
  if (keys === null) return refuse('000002', 'the list was not understood');
  if (isTest && keeping.tests === 'sample') return OK;
  for (const key of keys) {
    if (members.flag === 0 || members.flag === 3) world.get(storeOf(kit))?.delete(key);
    else world.get(storeOf(kit))?.add(key);
  }
  return OK;
}

/** Both org interfaces speak of the same departments. */
export function storeOf(kit: string): string {
  return kit === 'allOrgSync' ? 'singleOrgSync' : kit;
}

/** The keys of the things a call names (saas-v2.md 7); null when its list is not understood. */
export function keysOf(keeping: Pick<Keeping, 'list'>, { kit, members }: SellerCall): readonly string[] | null {
  const { instanceId, tenantId, appId, orgCode } = members;
  const base = [instanceId ?? '', tenantId];
  if (kit === 'tenantSync') return [base.join()];
  if (kit === 'applicationSync') return [[...base, appId].join()];
  if (kit === 'singleOrgSync') return [[...base, orgCode].join()];
  const list = keeping.list(kit === 'authSync' ? members.userList : members.orgInfoList);
  const named = kit === 'authSync' ? [...base, appId] : base;
  return list?.map((each) => [...named, each.userName ?? each.orgCode].join()) ?? null;
}

/** Knows these paddings and no others. */
export function decryptWith(paddings: readonly KitPadding[]): Keeping['decrypt'] {
  const key = readPrivateKey(TEST_PRIVATE_KEY);
  if (!key.ok) throw new Error('the test key can not be read');
  return (value) => {
    const read = decryptClientSecret(value, key.key);
    return read.ok && paddings.includes(read.padding) ? read.text : null;
  };
}

function listOf(value: unknown): readonly Members[] | null {
  return Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null) ? value : null;
}

function objectOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
