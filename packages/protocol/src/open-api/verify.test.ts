import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../signing/digest.ts';
import { formatSdkDate } from '../time.ts';
import { parseAuthorization } from './authorization.ts';
import { canonicalUri, stringToSign } from './canonical.ts';
import { signAkSk } from './sign.ts';
import { type AkSkReceived, verifyAkSk } from './verify.ts';

/** Verification from the wire (openapi.md 3.6, 8): what is signed verifies, and each refusal names its cause. */

const sk = 'kooTestSk/+0123456789abcdefghijklmnopqr';
const nowMs = Date.UTC(2026, 0, 1, 8);
const PATH = '/api/mkp-openapi-public/global/v1/order/query';

describe('verifyAkSk', () => {
  it('accepts what signAkSk signed, whatever path, query, headers and body', () => {
    const segment = fc
      .string({ unit: 'grapheme' })
      .map((text) => (text === '.' || text === '..' ? 'x' : encodeURIComponent(text)));
    const query = fc.array(fc.tuple(segment, segment), { maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(segment, { maxLength: 3 }),
        query,
        fc.string(),
        fc.string({ minLength: 1 }),
        (path, pairs, body, key) => {
          const target = `/${path.join('/')}?${pairs.map((pair) => pair.join('=')).join('&')}`;
          expect(verifyAkSk(received({ target, body, key }))).toEqual({ ok: true });
        },
      ),
    );
  });

  it('refuses one changed byte of the body', () => {
    const good = received({ method: 'POST', body: '{"license":"PLTEST0001"}' });
    fc.assert(
      fc.property(fc.nat(good.body.length - 1), fc.integer({ min: 1, max: 255 }), (at, shift) => {
        const body = good.body.slice();
        body[at] = ((body[at] ?? 0) + shift) % 256;
        expect(verifyAkSk({ ...good, body })).toMatchObject({ ok: false, reason: 'signature' });
      }),
      { numRuns: 50 },
    );
  });

  it.each([0, 15 * 60_000, -15 * 60_000])('accepts a date %i ms off (rows 4, 6)', (off) => {
    expect(verifyAkSk(received({ date: new Date(nowMs + off) }))).toEqual({ ok: true });
  });

  it('reads the clock in whole seconds, as the date has them (row 4)', () => {
    const old = received({ date: new Date(nowMs - 15 * 60_000) });
    expect(verifyAkSk({ ...old, nowMs: nowMs + 999 })).toEqual({ ok: true });
    expect(verifyAkSk({ ...old, nowMs: nowMs + 1_000 })).toMatchObject({ ok: false, reason: 'date' });
  });

  it('names a comma behind the algorithm and a signature in base64 as what they are (3.3 step 6)', () => {
    const good = received({});
    const given = good.headers.authorization ?? '';
    const base64 = given.replace(/[0-9a-f]{64}$/, (hex) => Buffer.from(hex, 'hex').toString('base64'));
    for (const authorization of [given.replace('256 ', '256, '), base64])
      expect(verifyAkSk({ ...good, headers: { ...good.headers, authorization } })).toMatchObject({
        ok: false,
        diagnosis: [{ code: 'aksk.malformed' }],
      });
  });

  it.each<[string, Partial<AkSkReceived>, string, string]>([
    ['no Authorization', without('authorization'), 'signature', 'aksk.authorization-missing'],
    ['15:01 min old', received({ date: new Date(nowMs - 901_000) }), 'date', 'aksk.date-skew'],
    ['15:01 min ahead', received({ date: new Date(nowMs + 901_000) }), 'date', 'aksk.date-skew'],
    ['no X-Sdk-Date', without('x-sdk-date'), 'date', 'aksk.date-missing'],
    ['a date in ISO form', withHeader('x-sdk-date', '2026-01-01T08:00:00Z'), 'date', 'aksk.date-format'],
    ['a date that is not signed', resign(['host']), 'date', 'aksk.date-missing'],
    ['a signed header removed', without('content-type'), 'header-absent', 'aksk.signed-header-absent'],
    ['another secret', { sk: 'other' }, 'signature', 'aksk.secret'],
    ['another body', { body: bytes('x') }, 'signature', 'aksk.body-hash'],
    ['upper-case hex', upperCase(), 'signature', 'aksk.malformed'],
    ['another method', { method: 'POST' }, 'signature', 'aksk.secret'],
    ['a proxy that rewrites Host', withHeader('host', 'mkt.myhuaweicloud.com:443'), 'signature', 'aksk.header-value'],
  ])('refuses %s', (_, change, reason, code) => {
    expect(verifyAkSk({ ...received({}), ...change })).toMatchObject({ ok: false, reason, diagnosis: [{ code }] });
  });

  it('recognises a local time written as UTC', () => {
    const verdict = verifyAkSk(received({ date: new Date(nowMs + 8 * 3_600_000 + 30_000) }));
    expect(verdict.ok ? '' : verdict.diagnosis[0]?.seen).toContain('8 h within 2 min, so probably a local time');
  });

  it('accepts signatures without host, and SignedHeaders in any order and case (rows 6, 8)', () => {
    expect(verifyAkSk(resign(['x-sdk-date']))).toEqual({ ok: true });
    expect(verifyAkSk(resign(['X-Sdk-Date', 'host']))).toEqual({ ok: true });
  });

  it('takes UNSIGNED-PAYLOAD unless switched off, and checks a hash that is given (O12)', () => {
    const unsigned = received({ headers: { 'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD' }, body: 'a' });
    expect(verifyAkSk({ ...unsigned, body: bytes('b') })).toEqual({ ok: true });
    expect(verifyAkSk({ ...unsigned, allowUnsignedPayload: false })).toMatchObject({ ok: false, reason: 'body-hash' });
    const hashed = received({ headers: { 'x-sdk-content-sha256': sha256Hex('a') }, body: 'a' });
    expect(verifyAkSk(hashed)).toEqual({ ok: true });
    expect(verifyAkSk({ ...hashed, body: bytes('b') })).toMatchObject({
      reason: 'body-hash',
      diagnosis: [{ code: 'aksk.body-hash' }],
    });
  });

  it('echoes its canonical request and never the secret', () => {
    const verdict = verifyAkSk({ ...received({}), sk: 'some-other-secret' });
    expect(verdict).toMatchObject({ canonicalRequest: expect.stringContaining(`GET\n${PATH}/\n`) });
    expect(JSON.stringify(verdict)).not.toContain('some-other-secret');
  });
});

describe('a wrong AK/SK signature is explained', () => {
  const target = `${PATH}?b=2&a=x%20y&a=1%2B1`;
  const block = 'content-type:application/json\nhost:mkt.myhuaweicloud.com\nx-sdk-date:20260101T080000Z\n';
  const signed = 'content-type;host;x-sdk-date';
  const right = {
    method: 'GET',
    uri: `${PATH}/`,
    query: 'a=1%2B1&a=x%20y&b=2',
    block,
    signed,
    hash: sha256Hex('{"a": 1}'),
  };

  it.each<[string, Partial<typeof right>, string[]]>([
    ['no final slash', { uri: PATH }, ['aksk.path']],
    ['query not sorted', { query: 'b=2&a=x%20y&a=1%2B1' }, ['aksk.query']],
    ['values not sorted', { query: 'a=x%20y&a=1%2B1&b=2' }, ['aksk.query']],
    ['query decoded', { query: 'a=x y&a=1+1&b=2' }, ['aksk.query']],
    ['query encoded twice', { query: 'a=x%2520y&a=1%252B1&b=2' }, ['aksk.query']],
    ['a blank as +', { query: 'a=1%2B1&a=x+y&b=2' }, ['aksk.query']],
    ['query left out', { query: '' }, ['aksk.query']],
    ['query Z→A', { query: 'b=2&a=x%20y&a=1%2B1' }, ['aksk.query']],
    ['one of a name given twice', { query: 'a=1%2B1&b=2' }, ['aksk.query']],
    ['the path without its prefix', { uri: '/v1/order/query/' }, ['aksk.path']],
    ['the path with its query', { uri: `${target}/`, query: '' }, ['aksk.path', 'aksk.query']],
    ['the whole URL', { uri: `https://mkt.myhuaweicloud.com${PATH}/` }, ['aksk.path']],
    ['the fallback host', { block: block.replace('.com\n', '.cn\n') }, ['aksk.header-value']],
    ['empty body hash', { hash: sha256Hex('') }, ['aksk.body-hash']],
    ['body reformatted', { hash: sha256Hex('{"a":1}') }, ['aksk.body-hash']],
    ['body as a string', { hash: sha256Hex('"{\\"a\\": 1}"') }, ['aksk.body-hash']],
    ['UNSIGNED-PAYLOAD without its header', { hash: 'UNSIGNED-PAYLOAD' }, ['aksk.body-hash']],
    ['no empty line', { block: block.slice(0, -1) }, ['aksk.header-value']],
    ['another content type', { block: block.replace('/json', '/json;charset=utf-8') }, ['aksk.header-value']],
    ['host with port', { block: block.replace('.com', '.com:443') }, ['aksk.header-value']],
    ['method in lower case', { method: 'get' }, ['aksk.header-value']],
    ['no slash and body left out', { uri: PATH, hash: sha256Hex('') }, ['aksk.path', 'aksk.body-hash']],
    ['something else', { uri: '/other/' }, ['aksk.secret']],
  ])('%s', (_, wrong, codes) => {
    const { method, uri, query, block: headerBlock, signed: names, hash } = { ...right, ...wrong };
    const text = [method, uri, query, headerBlock, names, hash].join('\n');
    expect(codesOf(sign(text))).toEqual(codes);
  });

  it('host signed but not named', () => {
    const text = [right.method, right.uri, right.query, right.block, 'content-type;x-sdk-date', right.hash].join('\n');
    expect(codesOf(sign(text), 'content-type;x-sdk-date')).toEqual(['aksk.host-not-signed']);
  });

  function sign(canonicalRequest: string): string {
    return createHmac('sha256', sk).update(stringToSign('20260101T080000Z', canonicalRequest)).digest('hex');
  }

  function codesOf(signature: string, names = signed): string[] {
    const wrong = received({ target, body: '{"a": 1}' });
    const authorization = `SDK-HMAC-SHA256 Access=AK, SignedHeaders=${names}, Signature=${signature}`;
    const verdict = verifyAkSk({ ...wrong, headers: { ...wrong.headers, authorization } });
    return verdict.ok ? [] : verdict.diagnosis.map((each) => each.code);
  }
});

describe('parseAuthorization', () => {
  it('takes a header apart', () => {
    const signature = 'ab'.repeat(32);
    expect(
      parseAuthorization(`SDK-HMAC-SHA256 Access=AK1, SignedHeaders=Host;x-sdk-date, Signature=${signature}`),
    ).toEqual({
      ok: true,
      ak: 'AK1',
      signedHeaders: ['host', 'x-sdk-date'],
      signature,
    });
  });

  it.each([
    [undefined, 'aksk.authorization-missing'],
    ['', 'aksk.authorization-missing'],
    ['Bearer abc', 'aksk.algorithm'],
    ['AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=00', 'aksk.algorithm'],
    ['SDK-HMAC-SHA256', 'aksk.malformed'],
    ['SDK-HMAC-SHA256, Access=a, SignedHeaders=host, Signature=00', 'aksk.malformed'],
    ['SDK-HMAC-SHA256 Access=a, Signature=00', 'aksk.malformed'],
    ['SDK-HMAC-SHA256 Access=, SignedHeaders=host, Signature=00', 'aksk.malformed'],
  ])('refuses %j', (header, code) => {
    expect(parseAuthorization(header)).toMatchObject({ ok: false, diagnosis: { code } });
  });
});

describe('canonicalUri', () => {
  it.each([
    ['', '/'],
    ['/a b', '/a%20b/'],
    ['/a%20b/', '/a%20b/'],
    ['/%e4%ba%91', '/%E4%BA%91/'],
    ['/a%2Fb', '/a%2Fb/'],
    ['/100%', '/100%25/'],
    ["/o'k", '/o%27k/'],
  ])('%j → %j', (path, uri) => expect(canonicalUri(path)).toBe(uri));
});

interface Given {
  method?: string;
  target?: string;
  body?: string;
  date?: Date;
  key?: string;
  headers?: Record<string, string>;
}

function received({
  method = 'GET',
  target = PATH,
  body = '',
  date = new Date(nowMs),
  key = sk,
  headers = {},
}: Given): AkSkReceived {
  const given = { 'content-type': 'application/json', ...headers };
  const url = `https://mkt.myhuaweicloud.com${target}`;
  const signed = signAkSk({ ak: 'AK', sk: key, method, url, headers: given, body, date });
  const wire = {
    ...given,
    host: 'mkt.myhuaweicloud.com',
    'x-sdk-date': formatSdkDate(date),
    authorization: signed.authorization,
  };
  return { sk: key, method, rawPath: target, headers: wire, body: bytes(body), nowMs };
}

function without(name: string): Partial<AkSkReceived> {
  const { headers } = received({});
  return { headers: Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name)) };
}

function withHeader(name: string, value: string): Partial<AkSkReceived> {
  return { headers: { ...received({}).headers, [name]: value } };
}

function upperCase(): Partial<AkSkReceived> {
  const authorization = received({}).headers.authorization ?? '';
  return withHeader(
    'authorization',
    authorization.replace(/[0-9a-f]{64}$/, (hex) => hex.toUpperCase()),
  );
}

/** A request signed with exactly these headers, in this order. */
function resign(names: string[]): AkSkReceived {
  const base = received({});
  const block = names.map((name) => `${name.toLowerCase()}:${base.headers[name.toLowerCase()]}\n`).join('');
  const text = ['GET', `${PATH}/`, '', block, names.map((name) => name.toLowerCase()).join(';'), sha256Hex('')].join(
    '\n',
  );
  const signature = createHmac('sha256', sk).update(stringToSign('20260101T080000Z', text)).digest('hex');
  const authorization = `SDK-HMAC-SHA256 Access=AK, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...base, headers: { ...base.headers, authorization } };
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
