import { describe, expect, it } from 'vitest';
import { signKit } from '../kit/sign.ts';
import { verifyKit } from '../kit/verify.ts';
import { signBase } from './sign.ts';
import { type ReceivedCall, verifyBase } from './verify.ts';

/** The order of checks of saas-v2.md 3.1, the window, and what a refusal says. */

const nowMs = 1_767_225_600_000;
const good = call({});

describe('verifyBase', () => {
  it('accepts a signed call', () => expect(verifyBase(good)).toEqual({ ok: true }));

  it.each([-60_000, 60_000])('accepts a timestamp %i ms off', (off) => {
    expect(verifyBase(call({ timestamp: String(nowMs + off) }))).toEqual({ ok: true });
  });

  it.each([
    ['no timestamp', { ...good, timestamp: undefined }, '000002', ['request.timestamp-missing']],
    ['an empty timestamp', { ...good, timestamp: '' }, '000002', ['request.timestamp-missing']],
    ['60 001 ms old', call({ timestamp: String(nowMs - 60_001) }), '000002', ['request.timestamp-expired']],
    ['60 001 ms ahead', call({ timestamp: String(nowMs + 60_001) }), '000002', ['request.timestamp-future']],
    ['seconds', call({ timestamp: '1767225600' }), '000002', ['request.timestamp-unit']],
    ['no number', call({ timestamp: '2026-01-01T00:00:00Z' }), '000002', ['request.timestamp-unit']],
    ['a negative number', call({ timestamp: '-1767225600000' }), '000002', ['request.timestamp-unit']],
    ['no nonce', { ...good, nonce: undefined }, '000002', ['request.nonce-missing']],
    ['no signature', { ...good, signature: undefined }, '000001', ['request.signature-missing']],
    ['another key', { ...good, accessKey: 'another-key' }, '000001', ['request.signature-key']],
    [
      'nothing at all',
      { ...good, signature: undefined, timestamp: undefined, nonce: undefined },
      '000002',
      ['request.timestamp-missing', 'request.nonce-missing', 'request.signature-missing'],
    ],
    [
      'too old and signed with another key',
      { ...call({ timestamp: String(nowMs - 90_000) }), accessKey: 'another-key' },
      '000002',
      ['request.timestamp-expired', 'request.signature-key'],
    ],
  ])('refuses %s', (_, received, resultCode, codes) => {
    const verdict = verifyBase(received);
    expect(verdict).toMatchObject({ ok: false, resultCode });
    expect(verdict.ok ? [] : verdict.diagnosis.map((each) => each.code)).toEqual(codes);
  });

  it('takes numbers as they are written, in an unsorted body too', () => {
    const accessKey = 'koo-demo-access-key-0001';
    const signed = { accessKey, nonce: 'Zx81Qp0aLm55Rt7w', timestamp: String(nowMs) };
    const { signature } = signBase({ ...signed, payload: '{"a":12345678901234567890,"b":1.0}' });
    expect(verifyBase({ ...signed, signature, nowMs, body: '{"b": 1.0, "a": 12345678901234567890}' })).toEqual({
      ok: true,
    });
  });

  describe('accepts what fits the raw body only, and warns', () => {
    const key = { accessKey: 'koo-demo-access-key-0001', nonce: 'Zx81Qp0aLm55Rt7w', timestamp: String(nowMs) };
    const signers = [
      ['base', verifyBase, signBase],
      ['kit', verifyKit, signKit],
    ] as const;

    it.each([
      ['{"b":1,"a":2}', ['request.signature-unsorted']],
      ['{"a":1,"b":null}', ['request.signature-nulls']],
      ['{"b":null,"a":1}', ['request.signature-nulls']],
      ['{\n  "a": 1\n}', ['request.signature-whitespace']],
      ['{"a":1}\n', ['request.signature-whitespace']],
      ['{"a":"\\/"}', ['request.signature-escapes']],
      ['{"a":{"b":"\\u6210"}}', ['request.signature-escapes']],
      ['{"a":1,"a":2}', ['request.body-altered']],
      [
        '{"b": null, "c": "\\/", "a": 1}',
        ['unsorted', 'nulls', 'whitespace', 'escapes'].map((each) => `request.signature-${each}`),
      ],
    ])('%s', (body, codes) => {
      for (const [, verify, sign] of signers) {
        const received = { ...key, body, nowMs, signature: sign({ ...key, payload: body }).signature };
        const verdict = verify(received);
        expect([verdict.ok, verdict.diagnosis?.map(({ code, severity }) => `${severity} ${code}`)]).toEqual([
          true,
          codes.map((code) => `warning ${code}`),
        ]);
        expect(verify({ ...received, explain: false })).toEqual({ ok: true });
      }
    });

    it.each(['{"a":{"c":1,"b":null},"d":1.0}', 'no JSON', '[ 1 ]', '{}', ''])('but not about %j', (body) => {
      for (const [, verify, sign] of signers) {
        const { signature } = sign({ ...key, payload: body });
        expect(verify({ ...key, body, nowMs, signature })).toEqual({ ok: true });
      }
    });
  });

  it('takes another window', () => {
    const old = call({ timestamp: String(nowMs - 90_000) });
    expect(verifyBase({ ...old, windowMs: 90_000 })).toEqual({ ok: true });
  });

  it('recognises a time zone', () => {
    const verdict = verifyBase(call({ timestamp: String(nowMs + 8 * 3_600_000 + 2_000) }));
    expect(verdict.ok ? '' : verdict.diagnosis[0]?.seen).toContain(
      '8 h within 60 s, so probably a local time taken for UTC',
    );
  });

  it('searches for no mistake when told so', () => {
    expect(verifyBase({ ...good, accessKey: 'another-key', explain: false })).toMatchObject({
      diagnosis: [{ code: 'request.signature-key', summary: { en: 'Most likely signed with another key' } }],
    });
  });

  it('never prints the key or the right signature', () => {
    const verdict = verifyBase({ ...good, signature: '0'.repeat(64) });
    const text = JSON.stringify(verdict).toLowerCase();
    expect(text).not.toContain(good.accessKey);
    expect(text).not.toContain((good.signature ?? '').toLowerCase());
  });
});

function call({ timestamp = String(nowMs) }: { timestamp?: string }): ReceivedCall {
  const accessKey = 'koo-demo-access-key-0001';
  const nonce = 'Zx81Qp0aLm55Rt7w';
  const body = '{"activity":"releaseInstance","instanceId":"inst-7f3a"}';
  return {
    accessKey,
    body,
    nonce,
    timestamp,
    nowMs,
    signature: signBase({ accessKey, payload: body, timestamp, nonce }).signature,
  };
}
