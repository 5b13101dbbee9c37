/**
 * A right V1.0 seller by hand: node:http, node:crypto and the specification (saas-v1.md 2–6). Every step is a hook, so that a
 * wrong seller is this one with one step done otherwise.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { encryptAccountData } from '@jishi/protocol';
import { listen } from './listening.test-support.ts';
import { type Answer, type Members, refusal, rightLife } from './right-saas-v1-life.test-support.ts';

export type Pair = readonly [name: string, value: string];
export type Body = string | Uint8Array;

export interface SellerHooks {
  readonly key: string;
  /** one part of the query, name or value */
  decode(text: string): string;
  /** the pairs that are signed, decoded, in the order in which they came */
  signedText(pairs: readonly Pair[]): string;
  hmacKey(key: string, timeStamp: string): string;
  written(mac: Buffer): string;
  isSame(given: string, right: string): boolean;
  /** whether the call is the marketplace's, given the token that it should have */
  isGenuine(call: Members, right: string): boolean;
  life(call: Members): Answer;
  /** the answer as it is to be, from that of a right seller */
  answer(call: Members, right: Answer): Answer;
  encrypt(text: string, key: string): string;
  readonly encryptType: string | null;
  serialise(answer: Answer): Body;
  /** of the signature: what of the body is signed, with which key */
  signedBody(body: Body): Body;
  bodyKey(key: string, call: Members): string;
  signature(mac: Buffer): string;
  headers(contentType: string, bodySign: string, call: Members): readonly Pair[];
  /** answers by itself what never reaches the interface; true = done */
  before(request: IncomingMessage, response: ServerResponse): boolean | Promise<boolean>;
  send(response: ServerResponse, headers: readonly Pair[], body: Body): void;
}

export interface RunningSeller {
  readonly url: string;
  readonly calls: readonly Members[];
  close(): Promise<void>;
}

export const KEY = 'koo-v1-demo-key-0001';

/** Hooks of a right seller; `keepsTests`: whether it stores test instances, apart from the live ones. */
export function rightHooks(keepsTests = false): SellerHooks {
  return {
    key: KEY,
    decode: (text) => decodeURIComponent(text.replaceAll('+', ' ')),
    signedText: (pairs) => joined(sorted(pairs)),
    hmacKey: (key, timeStamp) => key + timeStamp,
    written: (mac) => mac.toString('base64'),
    isSame: (given, right) => given === right,
    isGenuine(call, right) {
      return Boolean(call.timeStamp && call.authToken) && this.isSame(call.authToken ?? '', right);
    },
    life: rightLife(keepsTests),
    answer: (_, right) => right,
    encryptType: '1',
    encrypt(text, key) {
      return encryptAccountData(text, key, this.encryptType === '2' ? '2' : '1', randomBytes(8).toString('hex'));
    },
    serialise: (answer) => escaped(JSON.stringify(answer)),
    signedBody: (body) => body,
    bodyKey: (key) => key,
    signature: (mac) => mac.toString('base64'),
    headers: (contentType, bodySign) => [
      ['Content-Type', contentType],
      ['Body-Sign', bodySign],
    ],
    before: () => false,
    send(response, headers, body) {
      for (const [name, value] of headers) response.setHeader(name, value);
      response.end(body);
    },
  };
}

export async function startSeller(change: Partial<SellerHooks> = {}, keepsTests = false): Promise<RunningSeller> {
  const hooks: SellerHooks = { ...rightHooks(keepsTests), ...change };
  const calls: Members[] = [];
  const { origin, close } = await listen((request, response) => {
    serve(hooks, request, response, calls).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  return {
    url: `${origin}/saasproduce`,
    calls,
    close,
  };
}

/** Milliseconds since 1970 of a timeStamp; NaN where it is none. */
export function utcOf(timeStamp: string): number {
  const [, year, month, day, hour, minute, second, milli] = /^(....)(..)(..)(..)(..)(..)(...)$/.exec(timeStamp) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}Z`);
}

export function sorted(pairs: readonly Pair[]): readonly Pair[] {
  return pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

export function joined(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

export function hmac(key: string, data: Body): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

/** JSON in ASCII, as the protocol wants it of memo. */
export function escaped(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

async function serve(
  hooks: SellerHooks,
  request: IncomingMessage,
  response: ServerResponse,
  calls: Members[],
): Promise<void> {
  request.resume();
  if (await hooks.before(request, response)) return;
  const pairs = (request.url?.split('?')[1] ?? '').split('&').map((part): Pair => {
    const at = part.indexOf('=');
    return [hooks.decode(part.slice(0, at)), hooks.decode(part.slice(at + 1))];
  });
  const call: Members = Object.fromEntries(pairs);
  calls.push(call);
  const isGenuine = hooks.isGenuine(call, tokenOf(hooks, pairs, call.timeStamp ?? ''));
  const right = isGenuine ? hooks.life(call) : refusal('000001', 'authToken');
  const answer = withSecrets(hooks, hooks.answer(call, right));
  const body = hooks.serialise(answer);
  const signature = hooks.signature(hmac(hooks.bodyKey(hooks.key, call), hooks.signedBody(body)));
  const bodySign = `sign_type="HMAC-SHA256", signature="${signature}"`;
  hooks.send(response, hooks.headers('application/json', bodySign, call), body);
}

function tokenOf(hooks: SellerHooks, pairs: readonly Pair[], timeStamp: string): string {
  const text = hooks.signedText(pairs.filter(([name]) => name !== 'authToken'));
  return hooks.written(hmac(hooks.hmacKey(hooks.key, timeStamp), text));
}

function withSecrets(hooks: SellerHooks, answer: Answer): Answer {
  const text = JSON.stringify(answer, (name, value) =>
    (name === 'userName' || name === 'password') && typeof value === 'string' ? hooks.encrypt(value, hooks.key) : value,
  );
  const given: Answer = JSON.parse(text);
  const hasSecrets = 'appInfo' in given || 'info' in given;
  return hasSecrets && hooks.encryptType !== null ? { ...given, encryptType: hooks.encryptType } : given;
}
