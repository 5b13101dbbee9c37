import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalPayload, canonicalPayloadDeep, parseJson, parseObject } from './json.ts';
import { canonicalDeepOfText, canonicalPayloadOfText } from './json-text.ts';

/** The canonical payload of a received text: as canonicalPayload, but numbers stay as they were written. */
describe('canonicalPayloadOfText', () => {
  it.each([
    ['{ "b" : 1.0 , "a" : 12345678901234567890 }', '{"a":12345678901234567890,"b":1.0}'],
    ['{"b":{"z": [1.50, {"2":1,"1":2}]},"a":null}', '{"b":{"z":[1.50,{"2":1,"1":2}]}}'],
    ['{"u":"\\/\\u96c6","n":"a\\"b"}', '{"n":"a\\"b","u":"/集"}'],
    ['{"a":1,"a":2}', '{"a":2}'],
    ['{"a":"null","b":{}}', '{"a":"null","b":{}}'],
    ['\n{}\n', '{}'],
  ])('%s', (text, payload) => expect(canonicalPayloadOfText(text)).toBe(payload));

  it.each(['', '[]', '"a"', '{"a":}', '{"a":1}}'])('%j holds no object', (text) => {
    expect(canonicalPayloadOfText(text)).toBeNull();
  });

  it('equals canonicalPayload where JavaScript writes numbers the same, whatever the white space', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 2, '\t'), (body, indent) => {
        const text = JSON.stringify(body, null, indent);
        expect(canonicalPayloadOfText(text)).toBe(canonicalPayload(parseObject(text) ?? {}));
      }),
    );
  });
});

describe('canonicalDeepOfText', () => {
  it.each([
    ['{"r":[{"b":1e-05,"a":1.50,"n":null}, [null, {}, []]]}', '{"r":[{"a":1.50,"b":1e-05},[null,{},[]]]}'],
    ['{"10":1,"9":{"z":1,"a":2},"9":{"b":"\\/"}}', '{"10":1,"9":{"b":"/"}}'],
    [' [ ] ', '[]'],
    ['12', '12'],
  ])('%s', (text, payload) => expect(canonicalDeepOfText(text)).toBe(payload));

  it.each(['', '{', '{"a":}', '[1,]'])('%j is no JSON', (text) => expect(canonicalDeepOfText(text)).toBeNull());

  it('equals canonicalPayloadDeep where JavaScript writes numbers the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const parsed = parseJson(text);
        expect(canonicalDeepOfText(text)).toBe(canonicalPayloadDeep(parsed.ok ? parsed.value : null));
      }),
    );
  });
});
