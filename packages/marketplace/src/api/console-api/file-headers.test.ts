import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachment, rangeOf } from './file-headers.ts';

describe('a range of a download', () => {
  it.each([
    [undefined, null],
    ['bytes=0-', { start: 0, end: 9 }],
    ['bytes=3-4', { start: 3, end: 4 }],
    ['bytes=3-99', { start: 3, end: 9 }],
    ['bytes=-4', { start: 6, end: 9 }],
    ['bytes=-99', { start: 0, end: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=4-3', null],
    ['bytes=0-1,4-5', null],
    ['lines=0-1', null],
    ['bytes=-', null],
    ['bytes=a-b', null],
  ])('%s of ten bytes', (header, range) => {
    expect(rangeOf(header, 10)).toEqual(range);
  });

  it('never leaves the file', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.integer({ min: 1, max: 100 }), (first, last, size) => {
        const range = rangeOf(`bytes=${first}-${last}`, size);
        if (range === null || range === 'unsatisfiable') return;
        expect(range.start).toBeLessThanOrEqual(range.end);
        expect(range.end).toBeLessThan(size);
      }),
    );
  });
});

describe('the name of a download', () => {
  it('is told twice: for old programs and as it is', () => {
    expect(attachment({ name: '交付"模板".pdf', mediaType: 'application/pdf' })).toBe(
      `attachment; filename="__________.pdf"; filename*=UTF-8''%E4%BA%A4%E4%BB%98%22%E6%A8%A1%E6%9D%BF%22.pdf`.replace(
        '__________',
        '______',
      ),
    );
  });

  it('never breaks out of its header, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        const header = attachment({ name, mediaType: 'text/html' });
        expect(header).toMatch(/^attachment; filename="[^"\\]*"; filename\*=UTF-8''[A-Za-z0-9%!._~-]*$/);
      }),
    );
  });

  it('only what browsers draw is shown in place', () => {
    expect(attachment({ name: 'a.png', mediaType: 'image/png' })).toMatch(/^inline/);
    expect(attachment({ name: 'a.html', mediaType: 'text/html' })).toMatch(/^attachment/);
  });
});
