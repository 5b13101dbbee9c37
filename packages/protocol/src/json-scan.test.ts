import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from './json.ts';
import { endOfString, isTooDeep, JSON_MAX_DEPTH, jsonTokens } from './json-scan.ts';

/** JSON text is measured before it is parsed: depth, strings, tokens, whatever stands there. */

describe('isTooDeep', () => {
  it('allows 64 levels and no more', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect([nested(JSON_MAX_DEPTH), nested(JSON_MAX_DEPTH + 1)].map(isTooDeep)).toEqual([false, true]);
    expect(parseJson(nested(JSON_MAX_DEPTH + 1))).toEqual({ ok: false, message: 'nested deeper than 64' });
  });

  it('counts objects, side by side ones once, and no bracket of a string', () => {
    expect(isTooDeep('{"a":'.repeat(65))).toBe(true);
    expect(isTooDeep(`[${'[],{},'.repeat(100)}1]`)).toBe(false);
    expect(isTooDeep(JSON.stringify(`\\"${'['.repeat(100)}`))).toBe(false);
    expect(isTooDeep(`"${'['.repeat(100)}`)).toBe(false);
  });

  it('never overflows', () => expect(isTooDeep('['.repeat(1_000_000))).toBe(true));
});

it.each([
  ['"a"b', 3],
  ['"\\""', 4],
  ['"\\\\"', 4],
  ['"a', null],
  ['"\\', null],
  ['"\\"', null],
])('the string %s ends at %s', (text, end) => expect(endOfString(text, 0)).toBe(end));

it('the tokens of a text, put together, are the text without its white space', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(2, '\t'), (value, indent) => {
      expect([...jsonTokens(JSON.stringify(value, null, indent))].join('')).toBe(JSON.stringify(value));
    }),
  );
});
