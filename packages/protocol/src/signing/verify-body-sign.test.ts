import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { bodySign } from './body-sign.ts';
import { verifyBodySign } from './verify-body-sign.ts';

/** The response signature of saas-v1.md 4, verified over the bytes received; each mistake has its name. */

const key = 'koo-v1-demo-key-0001';
const BODY = '{"resultCode":"000000","resultMsg":"成功"}';
const right = bodySign(BODY, key).signature;
/** The newInstance answer of saas-v1.md 5.5. */
const ANSWER =
  '{"resultCode":"000000","resultMsg":"success.","encryptType":"1","instanceId":"3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10","appInfo":{"frontEndUrl":"https://app.example.com/t/7f3a","adminUrl":"https://app.example.com/admin","userName":"A1b2C3d4E5f6G7h8JVce8rcr7wQTGOkq44IgXzgBkf/jX2O/c8MIBuCob58=","password":"Z9y8X7w6V5u4T3s2gbedG+gwCyLRxLdRyvB1mQ==","memo":"\\u9996\\u767b"}}';
const SHORT = '{"resultCode":"000000","resultMsg":"success."}';

describe('vectors of saas-v1.md 4', () => {
  it.each([
    ['the first body', SHORT, 46, 'YX/A5k6qztysDNWv8QMbBJHkfIETAWVEz24QpMfzhok='],
    ['the answer of 5.5', ANSWER, 368, 'Ck0T8AjFgkuavw0yP6waofKvXua8YXqjVFA+1aQnU1Q='],
  ])('%s', (_, body, length, signature) => {
    expect(Buffer.byteLength(body)).toBe(length);
    expect(bodySign(body, key)).toEqual({ header: `sign_type="HMAC-SHA256", signature="${signature}"`, signature });
    expect(verify([['Body-Sign', bodySign(body, key).header]], body)).toEqual({ ok: true });
  });

  it('Key + timeStamp (F4b)', () => {
    const value = 'sign_type="HMAC-SHA256", signature="9/nLj/v5PYaxVaVj5VPLl37KMIS2kZCD3CtkudABIww="';
    expect(verify([['Body-Sign', value]], SHORT, '20260101080000123')).toMatchObject({
      diagnosis: [{ code: 'body-sign.key', seen: 'fits: the key with timeStamp appended' }],
    });
  });
});

it('whatever the body, its signature fits and that of another body does not', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), fc.string(), (body, other, anyKey) => {
      const headers = [['Body-Sign', bodySign(body, anyKey).header]] as const;
      expect(verifyBodySign({ headers, body, key: anyKey })).toEqual({ ok: true });
      const same = Buffer.compare(body, other) === 0;
      expect(verifyBodySign({ headers, body: other, key: anyKey }).ok).toBe(same);
    }),
  );
});

describe('verifyBodySign', () => {
  it.each([
    ['as emitted', `sign_type="HMAC-SHA256", signature="${right}"`],
    ['a blank after =', `sign_type="HMAC-SHA256", signature= "${right}"`],
    ['the other order', `signature="${right}",sign_type="HMAC-SHA256"`],
  ])('accepts %s', (_, value) => {
    expect(verify([['Body-Sign', value]])).toEqual({ ok: true });
  });

  it('takes the exact name among several', () => {
    expect(
      verify([
        ['body-sign', 'x'],
        ['Body-Sign', bodySign(BODY, key).header],
      ]),
    ).toEqual({ ok: true });
  });

  it.each<[string, [string, string][], string]>([
    ['nothing', [], 'body-sign.missing'],
    ['body-sign', [['body-sign', bodySign(BODY, key).header]], 'body-sign.name-case'],
    ['bodySign', [['bodySign', bodySign(BODY, key).header]], 'body-sign.name-case'],
    ['no quotes', [['Body-Sign', `sign_type=HMAC-SHA256, signature=${right}`]], 'body-sign.quotes'],
    ['typographic quotes', [['Body-Sign', `sign_type=“HMAC-SHA256”, signature=“${right}”`]], 'body-sign.quotes'],
    ['single quotes', [['Body-Sign', `sign_type='HMAC-SHA256', signature='${right}'`]], 'body-sign.quotes'],
    ['a semicolon', [['Body-Sign', `sign_type="HMAC-SHA256"; signature="${right}"`]], 'body-sign.quotes'],
    ['no comma', [['Body-Sign', `sign_type="HMAC-SHA256" signature="${right}"`]], 'body-sign.quotes'],
    ['an empty signature', [['Body-Sign', 'sign_type="HMAC-SHA256", signature=""']], 'body-sign.quotes'],
    ['an empty header', [['Body-Sign', '']], 'body-sign.quotes'],
    ['the signature alone', [['Body-Sign', right]], 'body-sign.quotes'],
    ['Body-sign', [['Body-sign', bodySign(BODY, key).header]], 'body-sign.name-case'],
    ['hex (F4c)', [['Body-Sign', signed(Buffer.from(right, 'base64').toString('hex'))]], 'body-sign.form'],
    [
      'URL-safe base64 (F4c)',
      [['Body-Sign', signed(Buffer.from(right, 'base64').toString('base64url'))]],
      'body-sign.form',
    ],
    ['another key (F4d)', [['Body-Sign', bodySign(BODY, 'koo-demo-access-key-0001').header]], 'body-sign.key'],
    ['a key with a newline (F4d)', [['Body-Sign', bodySign(BODY, `${key}\n`).header]], 'body-sign.key'],
    [
      'the lower-case algorithm',
      [['Body-Sign', `sign_type="hmac-sha256", signature="${right}"`]],
      'body-sign.sign-type',
    ],
    ['another algorithm', [['Body-Sign', `sign_type="SHA256", signature="${right}"`]], 'body-sign.sign-type'],
    ['key + timeStamp', [['Body-Sign', bodySign(BODY, `${key}20260101080000123`).header]], 'body-sign.key'],
    ['a newline that was lost', [['Body-Sign', bodySign(`${BODY}\n`, key).header]], 'body-sign.body-altered'],
    [
      'pretty-printed',
      [['Body-Sign', bodySign(JSON.stringify(JSON.parse(BODY), null, 2), key).header]],
      'body-sign.body-altered',
    ],
    [
      'escaped',
      [['Body-Sign', bodySign(BODY.replace('成功', '\\u6210\\u529f'), key).header]],
      'body-sign.body-altered',
    ],
  ])('refuses %s', (_, headers, code) => {
    expect(verify(headers)).toMatchObject({ ok: false, diagnosis: [{ code }] });
  });
});

describe('a body that was changed after signing is recognised (F4a)', () => {
  const value: Json = { resultMsg: '成功', url: 'https://a.example/?a=1&b=2', no: null, inner: { b: 1, a: 2 } };
  const sent = JSON.stringify(value);
  it.each([
    [
      'blanks after colons and commas',
      '{"resultMsg": "成功", "url": "https://a.example/?a=1&b=2", "no": null, "inner": {"b": 1, "a": 2}}',
    ],
    ['“/” escaped', sent.replaceAll('/', '\\/')],
    ['“/” and non-ASCII', sent.replaceAll('/', '\\/').replace('成功', '\\u6210\\u529f')],
    ['“<”, “>”, “&” escaped', sent.replaceAll('&', '\\u0026')],
    ['“=” and', sent.replaceAll('&', '\\u0026').replaceAll('=', '\\u003d')],
    ['members sorted by name', '{"inner":{"b":1,"a":2},"resultMsg":"成功","url":"https://a.example/?a=1&b=2"}'],
    ['of all objects sorted', '{"inner":{"a":2,"b":1},"resultMsg":"成功","url":"https://a.example/?a=1&b=2"}'],
    ['nulls dropped', sent.replace('"no":null,', '')],
    ['a byte-order mark', `\ufeff${sent}`],
    ['ISO-8859-1', sent.replace('成功', '??')],
    ['a newline at the end', `${sent}\r\n`],
  ])('%s', (change, signedText) => {
    const found = verify([['Body-Sign', bodySign(signedText, key).header]], sent);
    expect(found).toMatchObject({
      diagnosis: [{ code: 'body-sign.body-altered', seen: expect.stringContaining(change) }],
    });
  });

  it('sent as GBK, signed as UTF-8', () => {
    const gbk = Uint8Array.from([...Buffer.from('{"resultMsg":"'), 0xb3, 0xc9, 0xb9, 0xa6, ...Buffer.from('"}')]);
    const headers = [['Body-Sign', bodySign('{"resultMsg":"成功"}', key).header]] as const;
    expect(verifyBodySign({ headers, body: gbk, key })).toMatchObject({
      diagnosis: [{ code: 'body-sign.body-altered' }],
    });
  });
});

it('a hostile answer costs no more than it is long', () => {
  const nested = `${'['.repeat(60)}${'0,'.repeat(400_000)}0${']'.repeat(60)}`;
  const startedAt = performance.now();
  expect(verify([['Body-Sign', signed('x')]], nested).ok).toBe(false);
  expect(verify([['Body-Sign', `"${' '.repeat(60_000)}`]]).ok).toBe(false);
  expect(verify([['Body-Sign', '"sign_type='.repeat(6_000)]]).ok).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

function signed(signature: string): string {
  return `sign_type="HMAC-SHA256", signature="${signature}"`;
}

function verify(headers: [string, string][], body = BODY, timeStamp?: string) {
  return verifyBodySign({ headers, body: new TextEncoder().encode(body), key, timeStamp });
}
