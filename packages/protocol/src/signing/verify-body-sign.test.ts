import { describe, expect, it } from 'vitest';
import { bodySign } from './body-sign.ts';
import { verifyBodySign } from './verify-body-sign.ts';

/** The response signature of saas-v1.md 4, verified over the bytes received; each mistake has its name. */

const key = 'koo-v1-demo-key-0001';
const BODY = '{"resultCode":"000000","resultMsg":"成功"}';
const right = bodySign(BODY, key).signature;

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

function verify(headers: [string, string][]) {
  return verifyBodySign({ headers, body: new TextEncoder().encode(BODY), key });
}
