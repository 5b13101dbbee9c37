import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalPayload, canonicalPayloadDeep, parseObject } from './json.ts';

/** The canonical payload of saas-v2.md 3.1 step 1: sorted, null-free, compact, at the top level only. */
describe('canonicalPayload', () => {
  it('sorts by code unit, upper case before lower case, digits first', () => {
    expect(canonicalPayload({ b: 1, a: 2, B: 3, '10': 4, '9': 5 })).toBe('{"10":4,"9":5,"B":3,"a":2,"b":1}');
  });

  it('drops nulls and undefined of the top level, keeps empty strings', () => {
    expect(canonicalPayload({ b: null, a: '', c: undefined, d: { z: null } })).toBe('{"a":"","d":{"z":null}}');
  });

  it('leaves nested values in the order they have', () => {
    expect(canonicalPayload({ p: { z: 1, a: [{ y: 1, b: 2 }] } })).toBe('{"p":{"z":1,"a":[{"y":1,"b":2}]}}');
  });

  it('leaves slashes and non-ASCII text as they are', () => {
    expect(canonicalPayload({ u: 'https://a/b', n: '集市' })).toBe('{"n":"集市","u":"https://a/b"}');
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        const once = canonicalPayload(parseObject(JSON.stringify(body)) ?? {});
        expect(canonicalPayload(parseObject(once) ?? {})).toBe(once);
      }),
    );
  });
});

describe('canonicalPayloadDeep', () => {
  it('sorts the records of a usage push (openapi.md 5.2)', () => {
    const body = { usage_records: [{ usage_value: '1', begin_time: 'b', relate_pkg_instance: null }] };
    expect(canonicalPayloadDeep(body)).toBe('{"usage_records":[{"begin_time":"b","usage_value":"1"}]}');
  });
});
