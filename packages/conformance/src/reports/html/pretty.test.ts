import fc from 'fast-check';
import { expect, it } from 'vitest';
import { prettyJson } from './pretty.ts';

/** Laid out like JSON.stringify does, but with the very tokens of the text. */

const textOf = (text: string) =>
  prettyJson(text)
    ?.map((token) => token.text)
    .join('');

it('keeps numbers, escapes and repeated members as they were written', () => {
  const text = '{"a":1.0,"b":12345678901234567890,"c":"\\u4e2d\\/","a":[ ],"d":{},"e":[1,{"f":null}]}';
  expect(textOf(text)).toBe(`{
  "a": 1.0,
  "b": 12345678901234567890,
  "c": "\\u4e2d\\/",
  "a": [],
  "d": {},
  "e": [
    1,
    {
      "f": null
    }
  ]
}`);
});

it('lays out any JSON as JSON.stringify does', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      expect(textOf(text)).toBe(JSON.stringify(JSON.parse(text), null, 2));
    }),
  );
});

it('knows whose name and value a token is', () => {
  const tokens = prettyJson('{"a":"x","b":{"c":[2]},"d":true}') ?? [];
  const marked = tokens.filter(({ member }) => member !== null).map(({ text, member }) => `${member}=${text}`);
  expect(marked).toEqual(['a="a"', 'a="x"', 'b="b"', 'c="c"', 'd="d"', 'd=true']);
});

it('is none of what is no JSON, and stays small for deep nesting', () => {
  expect(prettyJson('{')).toBeNull();
  expect(prettyJson('')).toBeNull();
  const deep = '['.repeat(4_000) + ']'.repeat(4_000);
  expect(textOf(deep)?.length).toBeLessThan(400_000);
});
