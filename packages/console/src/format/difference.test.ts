import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markDifference, type Part } from './difference.ts';

const marked = (parts: readonly Part[]): string =>
  parts.map((part) => (part.differs ? `[${part.text}]` : part.text)).join('');
const whole = (parts: readonly Part[]): string => parts.map((part) => part.text).join('');

describe('markDifference', () => {
  it('marks a word as a whole, at several places', () => {
    const difference = markDifference('Signature=9f2c, host;x-sign-date', 'Signature=77aa, host;x-date');
    expect(marked(difference.expected)).toBe('Signature=[9f2c], host;x[-sign]-date');
    expect(marked(difference.seen)).toBe('Signature=[77aa], host;x-date');
  });

  it('shows white space that was added', () => {
    expect(marked(markDifference('{"a":1}', '{"a": 1}').seen)).toBe('{"a":[ ]1}');
  });

  it('marks nothing in equal texts and everything in a missing one', () => {
    expect(marked(markDifference('000000', '000000').expected)).toBe('000000');
    expect(markDifference('000000', '')).toEqual({ expected: [{ start: 0, text: '000000', differs: true }], seen: [] });
  });

  it('gives both texts back, and the unmarked rest is the same on both sides', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (expected, seen) => {
        const difference = markDifference(expected, seen);
        expect([whole(difference.expected), whole(difference.seen)]).toEqual([expected, seen]);
        const rest = (parts: readonly Part[]): string => whole(parts.filter((part) => !part.differs));
        expect(rest(difference.expected)).toBe(rest(difference.seen));
      }),
    );
  });

  it('stays quick with long texts: only the ends are compared', () => {
    const long = (word: string): string => `head ${`${word} `.repeat(2_000)}tail`;
    const difference = markDifference(long('a'), long('b'));
    expect(difference.expected.map((part) => part.differs)).toEqual([false, true, false]);
  });
});
