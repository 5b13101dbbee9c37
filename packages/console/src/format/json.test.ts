import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prettyJson } from './json.ts';

describe('prettyJson', () => {
  it('lays out objects and arrays', () => {
    expect(prettyJson('{"a":1,"b":[true,null,{}],"c":[]}')).toBe(
      '{\n  "a": 1,\n  "b": [\n    true,\n    null,\n    {}\n  ],\n  "c": []\n}',
    );
  });

  it('touches no literal: long numbers, escapes and repeated keys stay', () => {
    expect(prettyJson('{"id":12345678901234567890,"t":"a\\u4e2d:{,}\\"","id":1.0}')).toBe(
      '{\n  "id": 12345678901234567890,\n  "t": "a\\u4e2d:{,}\\"",\n  "id": 1.0\n}',
    );
  });

  it('leaves what is not JSON as it is', () => {
    expect(prettyJson('<html> {"a":1} </html>')).toBe('<html> {"a":1} </html>');
    expect(prettyJson('')).toBe('');
  });

  it('agrees with the standard layout for every value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });
});
