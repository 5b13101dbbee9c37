import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonErrorPlace } from './json-error.ts';

/** The place of a syntax error agrees with the engine on what is JSON, and points at the first wrong character. */
describe('jsonErrorPlace', () => {
  it.each([
    ['<html>', 1, 1],
    ['{"a":1,}', 1, 8],
    ['{\n "a": 1\n "b": 2}', 3, 2],
    ["{'a':1}", 1, 2],
    ['{"a":01}', 1, 7],
    ['{"a":1', 1, 7],
    ['{"a":1}}', 1, 8],
    ['[1}', 1, 3],
    ['', 1, 1],
  ])('%j is wrong at line %i, column %i', (text, line, column) => {
    expect(jsonErrorPlace(text)).toMatchObject({ line, column });
  });

  it('finds nothing in JSON', () => {
    fc.assert(fc.property(fc.json(), (text) => jsonErrorPlace(text) === null));
  });

  it('finds something in everything else', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', ':', 'x', '\n\n1'),
        (text, at, inserted) => {
          const index = at % (text.length + 1);
          const broken = text.slice(0, index) + inserted + text.slice(index + 1);
          expect(jsonErrorPlace(broken) === null).toBe(isJson(broken));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('does not overflow on deep nesting', () => {
    expect(jsonErrorPlace('['.repeat(200_000))).toMatchObject({ column: 200_001 });
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
