/** A page ends with a cursor that leads to the next one; nonsense is no cursor. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, toPage } from './cursor.ts';

describe('cursor', () => {
  it('comes back as it went', () => {
    const at = fc.date({ min: new Date('1970-01-01'), max: new Date('2999-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(at, fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/), (time, id) => {
        expect(decodeCursor(encodeCursor({ at: time, id }))).toEqual({ at: time, id });
      }),
    );
  });

  it('is safe in an address', () => {
    expect(encodeCursor({ at: new Date(0), id: 'CS2601051000ABCDE' })).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  it.each([
    '',
    'x',
    '!!',
    Buffer.from('2026-01-01').toString('base64url'),
    Buffer.from('never id').toString('base64url'),
    Buffer.from('-271821-04-20T00:00:00.000Z id').toString('base64url'),
    Buffer.from('+275760-09-13T00:00:00.000Z id').toString('base64url'),
    Buffer.from('0000-01-01T00:00:00.000Z id').toString('base64url'),
  ])('%j is none', (text) => {
    expect(decodeCursor(text)).toBeNull();
  });

  it('is given exactly when something follows', () => {
    const items = [3, 2, 1].map((day) => ({ at: new Date(Date.UTC(2026, 0, day)), id: `o${day}` }));
    const page = toPage(items, 2, (item) => item);
    expect(page.items.map((item) => item.id)).toEqual(['o3', 'o2']);
    expect(decodeCursor(page.nextCursor ?? '')).toEqual(items[1]);
    expect(toPage(items, 3, (item) => item).nextCursor).toBeNull();
    expect(toPage([], 3, (item: { at: Date; id: string }) => item)).toEqual({ items: [], nextCursor: null });
  });
});
