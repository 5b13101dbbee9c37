import { verifyAuthToken } from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import { createSession } from '../session.ts';
import { purchase } from './parameters.ts';
import { readExchange } from './reading.ts';
import { signedCall } from './request.ts';

/** A call as it is sent, and the frame of what comes back; nothing here goes over the wire. */

const KEY = 'koo-v1-demo-key-0001';

describe('signedCall', () => {
  it('carries the test mark and a token that fits, without letters that need care', () => {
    const { query } = signed({});
    expect(query).toMatch(/&testFlag=1&timeStamp=\d{17}&authToken=[A-Za-z0-9]{43}%3D$/);
    expect(verifyAuthToken(query, KEY)).toEqual({ ok: true });
  });

  it('can have a token with + and /, encoded', () => {
    const { query } = signed({ letters: 'special' });
    expect(query).toMatch(/authToken=\S*%2B/);
    expect(query).toMatch(/authToken=\S*%2F/);
    expect(verifyAuthToken(query, KEY)).toEqual({ ok: true });
  });

  it('signs the parameters of the address with the others', () => {
    const { query } = signed({}, 'https://shop.example.com/produce?tenant=a%2Bb');
    expect(query).toMatch(/^tenant=a%2Bb&activity=newInstance&/);
    expect(verifyAuthToken(query, KEY)).toEqual({ ok: true });
  });

  it.each([
    ['live', { live: true }, /^(?!.*testFlag)/],
    ['without timeStamp', { timeStamp: null }, /^(?!.*timeStamp)/],
    ['without token', { token: () => null }, /^(?!.*authToken)/],
    ['with its token not encoded', { isTokenRaw: true }, /authToken=[^%]+=$/],
    [
      'in another order',
      { arrange: (pairs: readonly string[]) => pairs.toReversed() },
      /^authToken=.*activity=newInstance$/,
    ],
  ])('%s', (_, writing, form) => {
    expect(signed(writing).query).toMatch(form);
  });

  it('has a time of its own for each repeat, also within one millisecond', () => {
    const session = sessionAt('https://shop.example.com/produce');
    const order = purchase(session, { mode: '1' });
    const times = Array.from({ length: 20 }, () => signedCall(session, order, 'a call').timeStamp);
    expect(new Set(times).size).toBe(20);
  });

  it('never lies in the future', () => {
    const { timeStamp } = signed({ letters: 'special' });
    expect((timeStamp ?? '9') <= '20260101080000123').toBe(true);
  });
});

it('no two calls of a run have one time, whichever cases make them: nothing else tells V1.0 calls apart', () => {
  const session = sessionAt('https://shop.example.com/produce');
  const order = purchase(session, { mode: '1' });
  const calls = [session, session.beside(), session.beside()].map((each) => signedCall(each, order, 'a call'));
  expect(new Set(calls.map(({ timeStamp }) => timeStamp)).size).toBe(3);
});

it('an answer after more than 5 s is slow, whatever it holds', () => {
  const { request } = signed({});
  const answer = {
    status: 200,
    headers: [],
    body: new TextEncoder().encode('{"resultCode":"000000"}'),
    truncated: false,
  };
  const exchange = { request, startedAt: 0, durationMs: 5_001, outcome: { ok: true as const, answer } };
  const { frame, content } = readExchange('upgrade', exchange, { key: KEY });
  expect(frame.map(({ code }) => code)).toEqual(['http.content-type', 'body-sign.missing', 'transport.slow']);
  expect(content).toMatchObject({ outcome: 'ok', diagnosis: [{ code: 'body.result-msg-missing' }] });
});

function signed(writing: Parameters<typeof signedCall>[3], address = 'https://shop.example.com/produce') {
  const session = sessionAt(address);
  const call = signedCall(session, purchase(session, { mode: '1' }), 'a call', writing);
  return { ...call, query: call.request.url.split('?')[1] ?? '' };
}

function sessionAt(address: string) {
  return createSession({
    wire: { send: () => Promise.reject(new Error('nothing is sent')), close: () => {} },
    target: new URL(address),
    accessKey: KEY,
    settings: { timeoutMs: 1, asyncWindowMs: 1, asyncIntervalMs: 1, lenient: false, publicKey: null },
    now: () => Date.UTC(2026, 0, 1, 8, 0, 0, 123),
    randomBytes: (length) => new Uint8Array(length).fill(7),
  });
}
