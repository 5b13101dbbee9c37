import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../signing/digest.ts';
import { EXPLAIN_MAX_CHARACTERS, explainCallSignature } from './call-signature.ts';

/** Each mistake of contracts/diagnosis.md "A request" is made by hand, and the explanation must name it and nothing else. */

const accessKey = 'koo-demo-access-key-0001';
const nonce = 'Zx81Qp0aLm55Rt7w';
const timestamp = '1767225600000';
/** As it stands on the wire: unsorted, with a null, a slash, non-ASCII text, a number and nested members. */
const body =
  '{"orderId":"CS1","activity":"x","testFlag":null,"name":"集市 <a>","url":"https://a.example/b","memo":"","flag":1,"p":{"z":1,"a":2}}';
const sorted =
  '{"activity":"x","flag":1,"memo":"","name":"集市 <a>","orderId":"CS1","p":{"z":1,"a":2},"url":"https://a.example/b"}';

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text);
const hex = (key: string, text: string) => hmac(key, text).digest('hex');
const base = (payload: string, key = accessKey) => hex(key, key + nonce + timestamp + hex(key, payload));
const kit = (payload: string) => hex(accessKey, accessKey + nonce + timestamp + payload);
const canonical = accessKey + nonce + timestamp + hex(accessKey, sorted);

describe('a wrong signature of a base call', () => {
  it.each<[string, string, string[]]>([
    [
      'members in wire order',
      base(
        '{"orderId":"CS1","activity":"x","name":"集市 <a>","url":"https://a.example/b","memo":"","flag":1,"p":{"z":1,"a":2}}',
      ),
      ['request.signature-unsorted'],
    ],
    [
      'members Z→A',
      base(
        '{"url":"https://a.example/b","p":{"z":1,"a":2},"orderId":"CS1","name":"集市 <a>","memo":"","flag":1,"activity":"x"}',
      ),
      ['request.signature-descending'],
    ],
    ['nested members sorted', base(sorted.replace('{"z":1,"a":2}', '{"a":2,"z":1}')), ['request.signature-unsorted']],
    ['nulls kept', base(sorted.replace('"url"', '"testFlag":null,"url"')), ['request.signature-nulls']],
    ['empty strings dropped', base(sorted.replace('"memo":"",', '')), ['request.signature-nulls']],
    ['indented', base(JSON.stringify(JSON.parse(sorted), null, 2)), ['request.signature-whitespace']],
    [
      'blanks after colons and commas',
      base(
        '{"activity": "x", "flag": 1, "memo": "", "name": "集市 <a>", "orderId": "CS1", "p": {"z": 1, "a": 2}, "url": "https://a.example/b"}',
      ),
      ['request.signature-whitespace'],
    ],
    ['slashes escaped', base(sorted.replaceAll('/', '\\/')), ['request.signature-escapes']],
    ['non-ASCII escaped', base(sorted.replace('集市', '\\u96c6\\u5e02')), ['request.signature-escapes']],
    ['HTML escaped', base(sorted.replace('<a>', '\\u003ca\\u003e')), ['request.signature-escapes']],
    [
      'inner plain SHA-256',
      hex(accessKey, accessKey + nonce + timestamp + sha256Hex(sorted)),
      ['request.signature-inner-hash'],
    ],
    [
      'inner hex in upper case',
      hex(accessKey, accessKey + nonce + timestamp + hex(accessKey, sorted).toUpperCase()),
      ['request.signature-inner-hash'],
    ],
    ['base64', hmac(accessKey, canonical).digest('base64'), ['request.signature-form']],
    [
      'base64 whose + became a blank',
      hmac(accessKey, canonical).digest('base64').replaceAll('+', ' '),
      ['request.signature-form'],
    ],
    ['double hex', Buffer.from(hex(accessKey, canonical)).toString('hex'), ['request.signature-form']],
    ['base64 of hex', Buffer.from(hex(accessKey, canonical)).toString('base64'), ['request.signature-form']],
    ['kit form', kit(sorted), ['request.signature-form']],
    [
      'timestamp before nonce',
      hex(accessKey, accessKey + timestamp + nonce + hex(accessKey, sorted)),
      ['request.signature-form'],
    ],
    ['another length of digest', 'abcd', ['request.signature-form']],
    [
      'seconds in the signed text',
      hex(accessKey, accessKey + nonce + timestamp.slice(0, 10) + hex(accessKey, sorted)),
      ['request.timestamp-unit'],
    ],
    ['a newline after the body', base(`${body}\n`), ['request.body-altered']],
    ['an integer written 1.0', base(sorted.replace('"flag":1,', '"flag":1.0,')), ['request.body-altered']],
    ['a number written as text', base(sorted.replace('"flag":1,', '"flag":"1",')), ['request.body-altered']],
    ['a member added later', base(sorted.replace('"orderId":"CS1",', '')), ['request.body-altered']],
    ['the key with a newline', base(sorted, `${accessKey}\n`), ['request.signature-key']],
    ['another key', base(sorted, 'another-key'), ['request.signature-key']],
    [
      'two mistakes: plain SHA-256 over nulls kept',
      hex(accessKey, accessKey + nonce + timestamp + sha256Hex(sorted.replace('"url"', '"testFlag":null,"url"'))),
      ['request.signature-nulls', 'request.signature-inner-hash'],
    ],
  ])('%s', (_, signature, codes) => {
    expect(codesOf(body, signature)).toEqual(codes);
  });

  it.each([
    ['CRLF on the wire, LF signed', '{\r\n"a":1\r\n}', '{\n"a":1\n}'],
    ['LF on the wire, CRLF signed', '{\n"a":1\n}', '{\r\n"a":1\r\n}'],
    ['a blank added at the end', '{"a": 1} ', '{"a": 1}'],
    ['1.0 on the wire, 1 signed', '{"b":1.0,"a":2}', '{"a":2,"b":1}'],
    ['a byte-order mark added', '\ufeff{"a": 1}', '{"a": 1}'],
  ])('%s', (_, wire, signed) => {
    expect(codesOf(wire, base(signed))).toEqual(['request.body-altered']);
  });

  it('names the change in both languages', () => {
    const [found] = explain(body, base(`${body}\n`));
    expect(found?.summary.en).toBe('The body was changed after signing: a newline at the end was lost');
    expect(found?.summary.zh).toBe('报文体在签名之后被改动：末尾的换行丢失');
  });

  it('prints our canonical request, without the key, when nothing fits', () => {
    const [found] = explain(body, base(sorted, 'another-key'));
    expect(found?.expected).toBe(`HMAC-SHA256 of ***${nonce}${timestamp}${hex(accessKey, sorted)}; payload ${sorted}`);
  });

  it('does not search a long body', () => {
    const long = JSON.stringify({ a: 'x'.repeat(EXPLAIN_MAX_CHARACTERS) });
    expect(codesOf(long, base(`${long}\n`))).toEqual(['request.signature-key']);
  });
});

describe('a wrong signature of a kit call', () => {
  it.each([
    ['base form', base(sorted), ['request.signature-form']],
    ['unsorted', kit(body.replace('"testFlag":null,', '')), ['request.signature-unsorted']],
    ['base64', hmac(accessKey, accessKey + nonce + timestamp + sorted).digest('base64'), ['request.signature-form']],
  ])('%s', (_, signature, codes) => {
    const found = explainCallSignature({ form: 'kit', accessKey, body, signature, timestamp, nonce });
    expect(found.map((each) => each.code)).toEqual(codes);
  });
});

function explain(received: string, signature: string) {
  return explainCallSignature({ form: 'base', accessKey, body: received, signature, timestamp, nonce });
}

function codesOf(received: string, signature: string): string[] {
  return explain(received, signature).map((each) => each.code);
}
