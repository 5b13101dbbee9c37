/** Signatures of calls are shown step by step without the key, made anew, and spoiled in one respect only. */
import { formatUtc17, signAuthToken, signBase, verifyAuthToken, verifyBase } from '@jishi/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOf, signAgain, signatureSteps, spoiled, describe as told, type WireRequest, withoutKey } from './wire.ts';

const KEY = 'the-access-key-of-this-test';
const AT = new Date('2026-01-01T00:00:00.123Z');
const NONCE = 'abcdefghijklmnopqrstuvwxyz012345';
const headers = { accept: 'application/json' };

function v2(body: string): WireRequest {
  const timestamp = String(AT.getTime());
  const { signature } = signBase({ accessKey: KEY, payload: body, timestamp, nonce: NONCE });
  const query = new URLSearchParams({ own: 'a b', signature, timestamp, nonce: NONCE });
  return { method: 'POST', url: `http://seller.test/saas?${query}`, headers, body };
}
function v1(query: string): WireRequest {
  const { url } = signAuthToken(`${query}&timeStamp=${formatUtc17(AT)}`, KEY);
  return { method: 'GET', url: `http://seller.test/saas?${url}`, headers, body: '' };
}
const isRight = (request: WireRequest, nowMs: number): boolean => {
  const url = new URL(request.url);
  if (request.method === 'GET') return verifyAuthToken(url.search.slice(1), KEY).ok;
  const [signature, timestamp, nonce] = ['signature', 'timestamp', 'nonce'].map(
    (name) => url.searchParams.get(name) ?? undefined,
  );
  return verifyBase({
    accessKey: KEY,
    body: request.body,
    signature,
    timestamp,
    nonce,
    nowMs,
    windowMs: 60_000,
    explain: false,
  }).ok;
};
const REQUESTS: readonly (readonly [string, WireRequest])[] = [
  ['saas-v2', v2('{"activity":"queryInstance","instanceId":"i+1/ä"}')],
  ['saas-v1', v1('activity=queryInstance&instanceId=i%2B1%2F%C3%A4&own=')],
];

describe.each(REQUESTS)('%s', (protocol, request) => {
  const signing = { key: KEY, at: new Date(AT.getTime() + 5_000), nonce: NONCE.toUpperCase() };

  it('is recognised, and its key found', () => {
    expect(told(request)).toEqual({ protocol, activity: 'queryInstance' });
    expect(keyOf(request, ['another-key', KEY])).toBe(KEY);
    expect(keyOf(request, ['another-key'])).toBeNull();
  });

  it('shows the steps to what was sent, and never the key', () => {
    const steps = signatureSteps(request, KEY);
    expect(steps.some(({ name }) => name === 'sent')).toBe(false);
    expect(JSON.stringify(steps)).not.toContain(KEY);
    const sent = new URL(request.url).searchParams.get(protocol === 'saas-v1' ? 'authToken' : 'signature');
    expect(steps.at(-1)?.value).toBe(sent);
  });

  it('is signed anew with another time', () => {
    const again = signAgain(request, signing);
    expect(again.url).not.toBe(request.url);
    expect(again.body).toBe(request.body);
    expect(isRight(again, signing.at.getTime())).toBe(true);
    expect(told(again)).toEqual(told(request));
  });

  it.each(['wrong-signature', 'missing-signature'] as const)('%s spoils the signature and nothing else', (kind) => {
    const bad = spoiled(kind, request, signing);
    expect(isRight(bad, AT.getTime())).toBe(false);
    expect(signatureSteps(bad, KEY).at(-1)?.name).toBe('sent');
    const without = ({ url }: WireRequest) => url.replace(/(signature|authToken)=[^&]*&?/, '').replace(/&$/, '');
    expect(without(bad)).toBe(without(request));
    expect(signatureSteps(bad, KEY).filter(({ name }) => name !== 'sent')).toEqual(signatureSteps(request, KEY));
  });

  it('old-timestamp is signed rightly, ten minutes ago', () => {
    const old = spoiled('old-timestamp', request, signing);
    expect(isRight(old, signing.at.getTime() - 600_000)).toBe(true);
    if (protocol === 'saas-v2') expect(isRight(old, signing.at.getTime())).toBe(false);
  });

  it.each(['duplicate', 'concurrent', 'delay', 'lost-answer'] as const)('%s leaves the request as it is', (kind) => {
    expect(spoiled(kind, request, signing)).toEqual(request);
  });
});

it('a look for the proof of an address is no signed call', () => {
  const request: WireRequest = { method: 'GET', url: 'http://seller.test/.well-known/proof', headers, body: '' };
  expect(told(request)).toEqual({ protocol: null, activity: 'proof' });
  expect(signatureSteps(request, KEY)).toEqual([]);
});

it('no text keeps the key', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', ' ', KEY, 'the-access', '"')), (parts) => {
      expect(withoutKey(parts.join(''), KEY)).not.toContain(KEY);
    }),
  );
  expect(withoutKey('ab ab', 'ab')).toBe('ab ab');
});
