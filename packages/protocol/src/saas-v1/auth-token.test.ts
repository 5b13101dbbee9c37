import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hmacSha256 } from '../signing/digest.ts';
import { percentEncode } from '../uri.ts';
import { decodeQuery, signAuthToken, signParameters } from './auth-token.ts';
import { authTokenMistakes } from './explain/query-mistakes.ts';
import { verifyAuthToken } from './verify-auth-token.ts';

/** The authToken of V1.0: the vendor's own example, the vectors of saas-v1.md 3.4, and its faults by name. */

const KEY = 'koo-v1-demo-key-0001';
const RICH =
  'activity=newInstance&amount=30&businessId=9a6b1f10-2d5e-4a53-8d1e-7f0e0b6a7c11&chargingMode=1&customerId=68cbc86abc2018ab880d92f36422fa0e&customerName=acme%20%E6%B5%8B%E8%AF%95&email=a1S2d3F4g5H6j7K8M6MfeZ%2BQIwudYj2qAs6u14pCrBd2L4HeLRvhm057PL8%3D&expireTime=20270101000000&mobilePhone=Q7w8E9r0T1y2U3i41PYQqUfgQ5TBHz116VpuWA%3D%3D&orderAmount=1200.5&orderId=CS2601010001TESTB&periodNumber=1&periodType=year&productId=OFFI100000000000000001&provisionType=1&saasExtendParams=W3sibmFtZSI6ImVtYWlsRG9tYWluTmFtZSIsInZhbHVlIjoiYWNtZS5leGFtcGxlIn0seyJuYW1lIjoic2VhdHMgbm90ZSIsInZhbHVlIjoiMTAgKyAyIn1d&skuCode=6c1f0c55-0a1e-4f0a-9a55-2f9d0d0b7c11&timeStamp=20260101080001456&trialFlag=0';
const SORTED = signAuthToken(RICH, KEY).stringToSign;
const EXTENSIONS = '[{"name":"emailDomainName","value":"acme.example"},{"name":"seats note","value":"10 + 2"}]';
/** saas-v1.md 5.4, row 4. */
const MOBILE = 'Q7w8E9r0T1y2U3i41PYQqUfgQ5TBHz116VpuWA==';
const RICH_TOKEN = '8%2B2IrIctc0VkQtKD6SLtPYYbOpGOkXfAwvr%2FjrlXfB4%3D';

describe('signAuthToken', () => {
  it.each([
    [
      'the proof of saas-v1.md 3.1',
      'xxxxxxx',
      'activity=newInstance&businessId=61e834ba-7b97-4418-b8f7-e5345137278c&customerId=68cbc86abc2018ab880d92f36422fa0e&expireTime=20200727153156&orderId=CS1906666666ABCDE&productId=00301-666666-0--0&testFlag=1&timeStamp=20200727073711903',
      'Gzbfjf9LHRBcI3bFVi++sLinCNOBF6qa7is1fvjEgYQ=',
    ],
    [
      'minimal test call of saas-v1.md 3.4',
      KEY,
      'activity=newInstance&businessId=3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10&customerId=68cbc86abc2018ab880d92f36422fa0e&expireTime=20270101000000&orderId=CS2601010000TESTA&productId=00301-666666-0--0&testFlag=1&timeStamp=20260101080000123',
      'dQGIkvdSiPiCWQmrxkHtDTf0UC/L7ldTbUUTet70oVo=',
    ],
    [
      'empty value of saas-v1.md 3.4',
      KEY,
      'activity=refreshInstance&expireTime=20280101000000&instanceId=inst-7f3a&orderId=CS2701010000RENEW&productId=&testFlag=1&timeStamp=20261231235959999',
      'Fw9nrB8ls0ZeTOjvwvrmqqkqiaJIBToo1wgqtqTwBDQ=',
    ],
    [
      'live expiry of saas-v1.md 3.4',
      KEY,
      'activity=expireInstance&instanceId=inst-7f3a&orderId=CS2601010000TESTA&timeStamp=20270101000100000',
      'V77bshzH9ttmcUGUjuOR+BxVhSGM09w55xbivduL6+I=',
    ],
  ])('%s', (_, key, data, authToken) => {
    const shuffled = data.split('&').reverse().join('&');
    expect(signAuthToken(shuffled, key)).toMatchObject({ authToken });
    expect(signAuthToken(data, key).url).toBe(`${data}&authToken=${percentEncode(authToken)}`);
  });

  it('the rich newInstance of saas-v1.md 3.4', () => {
    expect(signAuthToken(RICH, KEY).url).toBe(`${RICH}&authToken=${RICH_TOKEN}`);
    expect(signAuthToken(`${RICH}&authToken=old`, KEY).url).toBe(`${RICH}&authToken=${RICH_TOKEN}`);
    expect(verifyAuthToken(`${RICH}&authToken=${RICH_TOKEN}`, KEY)).toEqual({ ok: true });
  });

  it('verifies whatever the values', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,9}$/), fc.string({ unit: 'grapheme' })), (values) => {
        const parts = Object.entries({ ...values, timeStamp: '20260101080000123' }).map((each) =>
          each.map(percentEncode).join('='),
        );
        expect(verifyAuthToken(signAuthToken(parts.join('&'), KEY).url, KEY)).toEqual({ ok: true });
      }),
    );
  });
});

describe('verifyAuthToken accepts', () => {
  it('blanks as %20 and as + (Q2)', () => {
    const { authToken } = signAuthToken('n=a%20b&timeStamp=1', KEY);
    expect(verifyAuthToken(`n=a+b&timeStamp=1&authToken=${percentEncode(authToken)}`, KEY)).toEqual({ ok: true });
  });

  it('a raw + that means a plus, as URLs of 2017 have it', () => {
    const raw = `${RICH}&authToken=${RICH_TOKEN}`.replaceAll('%2B', '+').replaceAll('%2F', '/').replaceAll('%3D', '=');
    expect(verifyAuthToken(raw, KEY)).toEqual({ ok: true });
  });

  it('the first of a name that occurs twice', () => {
    expect(verifyAuthToken(`${RICH}&authToken=${RICH_TOKEN}&orderId=other&authToken=x`, KEY)).toEqual({ ok: true });
  });

  it('with repairPlus, blanks in base64 values and the token, and nowhere else (F6)', () => {
    const spoilt = `${RICH}&authToken=${RICH_TOKEN}`.replaceAll('%2B', '%20');
    expect(verifyAuthToken(spoilt, KEY).ok).toBe(false);
    expect(verifyAuthToken(spoilt, KEY, { repairPlus: true })).toEqual({ ok: true });
    const { url } = signAuthToken('n=a%2Bb&timeStamp=1', KEY);
    expect(verifyAuthToken(url.replace('n=a%2Bb', 'n=a%20b'), KEY, { repairPlus: true }).ok).toBe(false);
  });
});

describe('a validity window, where one is set', () => {
  const { url } = signAuthToken('activity=a&timeStamp=20260101080000000', KEY);
  const at = (time: string) => verifyAuthToken(url, KEY, { window: { nowMs: Date.parse(time), windowMs: 60_000 } });

  it('is inclusive, and none by default (Q1)', () => {
    expect([verifyAuthToken(url, KEY).ok, at('2026-01-01T08:01:00Z').ok, at('2026-01-01T07:59:00Z').ok]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it.each([
    ['2026-01-01T08:01:00.001Z', 'request.timestamp-expired', 'ago'],
    ['2026-01-01T00:00:00Z', 'request.timestamp-future', '8 h within'],
  ])('refuses at %s', (time, code, seen) => {
    const expected = {
      ok: false,
      resultCode: '000001',
      diagnosis: [{ code, reference: 'saas-v1.md 2.3', seen: expect.stringContaining(seen) }],
    };
    expect(at(time)).toMatchObject(expected);
  });
});

describe('verifyAuthToken names the fault', () => {
  it.each([
    ['values not decoded (F5a)', RICH, '29AIL8VJTMsm42Q9K0/v+cOEbjWqM63rrE0/kfIWRoI=', 'request.auth-token-encoding'],
    ['+ read as a blank (F5b, F6)', RICH, 'aHVkGBPMG1TkRI31rB7zc6ytUAsoVHcjv3iVd+y2y28=', 'request.auth-token-plus'],
    ['key without timeStamp (F8)', RICH, 'V1LYhCRNmwEfbP/2Q1awamLe5XFDvEMOr/ELo4TtArc=', 'request.signature-key'],
    ['another key', RICH, signAuthToken(RICH, 'other').authToken, 'request.signature-key'],
    ['hex', RICH, Buffer.from(signAuthToken(RICH, KEY).authToken, 'base64').toString('hex'), 'request.signature-form'],
    ['token encoded twice', RICH, RICH_TOKEN, 'request.auth-token-encoding'],
    [
      'a + of the token that became a blank',
      RICH,
      signAuthToken(RICH, KEY).authToken.replace('+', ' '),
      'request.auth-token-plus',
    ],
    ['empty values dropped', 'a=&timeStamp=1', signAuthToken('timeStamp=1', KEY).authToken, 'request.signature-nulls'],
    ['hex in upper case', RICH, bytes(RICH).toString('hex').toUpperCase(), 'request.signature-form'],
    ['URL-safe base64', RICH, bytes(RICH).toString('base64url'), 'request.signature-form'],
    ['base64 of hex', RICH, Buffer.from(bytes(RICH).toString('hex')).toString('base64'), 'request.signature-form'],
    [
      'a + in a ciphertext that came as a blank (F6)',
      RICH.replace('%2BQI', '%20QI'),
      rightToken(),
      'request.auth-token-plus',
    ],
    ['timeStamp before the key (F8)', RICH, over(SORTED, `20260101080001456${KEY}`), 'request.signature-key'],
    ['timeStamp without milliseconds (F8)', RICH, over(SORTED, `${KEY}20260101080001`), 'request.signature-key'],
    ['a newline at the key (F8)', RICH, over(SORTED, `${KEY}\n20260101080001456`), 'request.signature-key'],
    [
      'sorted without regard to case (F5f)',
      'ab=1&aC=2&timeStamp=3',
      over('ab=1&aC=2&timeStamp=3', `${KEY}3`),
      'request.signature-unsorted',
    ],
    [
      'sorted by name=value (F5f)',
      'a1=1&timeStamp=3&a=2',
      over('a1=1&a=2&timeStamp=3', `${KEY}3`),
      'request.signature-unsorted',
    ],
    ['sorted Z→A', 'a=1&b=2&timeStamp=3', over('timeStamp=3&b=2&a=1', `${KEY}3`), 'request.signature-descending'],
    ['wire order', 'b=2&timeStamp=3&a=1', over('b=2&timeStamp=3&a=1', `${KEY}3`), 'request.signature-unsorted'],
    ['an unknown parameter not signed (F5e)', `${RICH}&later=1`, rightToken(), 'request.auth-token-parameters'],
    [
      'one known parameter not signed (F5e)',
      RICH,
      signAuthToken(without('provisionType'), KEY).authToken,
      'request.auth-token-parameters',
    ],
    [
      'timeStamp only in the key',
      RICH,
      over(SORTED.replace(/&timeStamp=\d+/, ''), `${KEY}20260101080001456`),
      'request.auth-token-parameters',
    ],
    [
      'extended parameters base64-decoded (F5d)',
      RICH,
      signWith('saasExtendParams', EXTENSIONS),
      'request.auth-token-encoding',
    ],
    [
      'mobilePhone decrypted (F5c)',
      `mobilePhone=${percentEncode(MOBILE)}&timeStamp=3`,
      over('mobilePhone=13800000001&timeStamp=3', `${KEY}3`),
      'request.auth-token-encoding',
    ],
    ['decoded as ISO-8859-1', RICH, signWith('customerName', latin1('acme 测试')), 'request.auth-token-encoding'],
    ['decoded as GBK', RICH, signWith('customerName', gbk('acme 测试')), 'request.auth-token-encoding'],
    ['non-ASCII lost', RICH, signWith('customerName', 'acme ??'), 'request.auth-token-encoding'],
    ['a & at the end', RICH, over(`${SORTED}&`, `${KEY}20260101080001456`), 'request.signature-form'],
    ['no & between', RICH, over(SORTED.replaceAll('&', ''), `${KEY}20260101080001456`), 'request.signature-form'],
    ['key and text swapped', RICH, over(`${KEY}20260101080001456`, SORTED), 'request.signature-form'],
    [
      'HMAC-SHA1',
      RICH,
      createHmac('sha1', `${KEY}20260101080001456`).update(SORTED).digest('base64'),
      'request.signature-form',
    ],
    [
      'SHA-256 instead of HMAC',
      RICH,
      createHash('sha256').update(`${KEY}20260101080001456${SORTED}`).digest('base64'),
      'request.signature-form',
    ],
  ])('%s', (_, query, token, code) => {
    const verdict = verifyAuthToken(`${query}&authToken=${percentEncode(token)}`, KEY);
    expect(verdict).toMatchObject({ ok: false, resultCode: '000001', diagnosis: [{ code }] });
    expect(JSON.stringify(verdict)).not.toContain(KEY);
  });

  it('gives the advice of V1.0, not of V2.0', () => {
    const verdict = verifyAuthToken(`${RICH}&authToken=${bytes(RICH).toString('hex')}`, KEY);
    expect(verdict).toMatchObject({
      diagnosis: [{ reference: 'saas-v1.md 3.1', fix: { en: expect.stringContaining('base64') } }],
    });
  });

  it('does not search where nobody reads', () => {
    const query = `${RICH}&authToken=${percentEncode('29AIL8VJTMsm42Q9K0/v+cOEbjWqM63rrE0/kfIWRoI=')}`;
    expect(verifyAuthToken(query, KEY, { explain: false })).toMatchObject({
      diagnosis: [{ code: 'request.signature-key' }],
    });
  });

  it('missing parameters', () => {
    expect(verifyAuthToken('a=1', KEY)).toMatchObject({
      diagnosis: [{ code: 'request.timestamp-missing' }, { code: 'request.signature-missing' }],
    });
  });
});

describe('authTokenMistakes', () => {
  const made = authTokenMistakes(RICH, KEY);

  it('are other tokens than the right one, each once', () => {
    const tokens = made.map(({ token }) => token);
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(tokens).not.toContain(rightToken());
  });

  it('each is recognised again in a request that carries it', () => {
    for (const { mistake, token } of made) {
      const verdict = verifyAuthToken(`${RICH}&authToken=${percentEncode(token)}`, KEY);
      expect(verdict).toMatchObject({ diagnosis: [{ code: mistake.code }] });
    }
  });

  it('of plain values are fewer: where nothing is to be decoded nobody decodes wrongly', () => {
    const plain = authTokenMistakes('activity=newInstance&timeStamp=20260101080001456', KEY);
    expect(plain.length).toBeLessThan(made.length);
    expect(plain.map(({ mistake }) => mistake.change.en)).not.toContain('values were not decoded');
  });
});

it('decodes once and leaves + alone', () => {
  expect(decodeQuery('a=1%2B1+%2520&b')).toEqual([
    { name: 'a', value: '1+1+%20' },
    { name: 'b', value: '' },
  ]);
  expect(signParameters([{ name: 'timeStamp', value: 't' }], 'k').stringToSign).toBe('timeStamp=t');
});

function rightToken(): string {
  return signAuthToken(RICH, KEY).authToken;
}

function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function gbk(text: string): string {
  return new TextDecoder('gbk').decode(Buffer.from(text, 'utf8'));
}

function bytes(query: string): Buffer {
  return Buffer.from(signAuthToken(query, KEY).authToken, 'base64');
}

function over(stringToSign: string, hmacKey: string): string {
  return hmacSha256(hmacKey, stringToSign).toString('base64');
}

function without(name: string): string {
  return RICH.split('&')
    .filter((part) => !part.startsWith(`${name}=`))
    .join('&');
}

/** The token over RICH with another value for one parameter. */
function signWith(name: string, value: string): string {
  return signAuthToken(`${without(name)}&${name}=${percentEncode(value)}`, KEY).authToken;
}
