import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipped, columnsOf, padded, wrapped } from './columns.ts';

/** Lines fit the terminal, whatever language or hostile text they hold. */

describe('columns', () => {
  it('counts Chinese twice and combining marks not at all', () => {
    expect(['abc', '中文', '“a”，', 'e\u0301', '✓'].map(columnsOf)).toEqual([3, 4, 5, 1, 1]);
    expect(padded('中', 4)).toBe('中  ');
    expect(clipped('返回六位数字', 7)).toBe('返回六…');
    expect(clipped('short', 5)).toBe('short');
  });

  it('breaks at blanks, between Chinese characters, never before a closing mark', () => {
    expect(wrapped('Make resultCode a string', 12)).toEqual(['Make', 'resultCode a', 'string']);
    expect(wrapped('返回 resultCode，注意。', 12)).toEqual(['返回', 'resultCode，', '注意。']);
    expect(wrapped('补齐或去掉，好', 10)).toEqual(['补齐或去', '掉，好']);
  });

  it('cuts what has no place to break, and lets nothing move the cursor', () => {
    expect(wrapped('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrapped('a\r\nb\u001b[2Jc\u2028d', 40)).toEqual(['a b [2Jc d']);
    expect(wrapped(' \n ', 10)).toEqual([]);
  });

  it('loses nothing but blanks, and no line is too long', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '中', '，', '。', '\n', '"', '😀', 'é') });
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 40 }), (given, columns) => {
        const lines = wrapped(given, columns);
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(given.replaceAll(/\s/g, ''));
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
