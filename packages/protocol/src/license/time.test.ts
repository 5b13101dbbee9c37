import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatLicenseTime, parseLicenseTime } from './time.ts';

/** The times of getLicenseAsync, as printed and as meant. */

it('writes the form that the pages print', () => {
  expect(formatLicenseTime(new Date('2026-10-27T10:30:15.999Z'))).toBe('2026-10-27 10:30:15 z');
});

it('reads back every second', () => {
  const instant = fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(instant, (at) => {
      expect(parseLicenseTime(formatLicenseTime(at))?.getTime()).toBe(Math.floor(at.getTime() / 1000) * 1000);
    }),
  );
});

it.each([
  '2026-10-27 10:30:15 z',
  '2026-10-27 10:30:15Z',
  '2026-10-27T10:30:15.000Z',
  '20261027103015',
  '20261027103015000',
])('reads %s', (text) => expect(parseLicenseTime(text)).toEqual(new Date('2026-10-27T10:30:15Z')));

it.each([
  '',
  '2026-10-27',
  '2026-10-27 10:30:15',
  '2026-02-30 10:30:15 z',
  '1793097015000',
  '2026-10-27 10:30:15+08:00',
])('does not read %j', (text) => expect(parseLicenseTime(text)).toBeNull());
