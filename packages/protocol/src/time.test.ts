import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSdkDate, formatUtc14, formatUtc17, parseSdkDate, parseUtc } from './time.ts';

/** The protocols' time texts name real UTC instants only. */
describe('time texts', () => {
  it('print UTC', () => {
    const at = new Date('2026-01-01T08:00:00.123Z');
    expect([formatUtc14(at), formatUtc17(at), formatSdkDate(at)]).toEqual([
      '20260101080000',
      '20260101080000123',
      '20260101T080000Z',
    ]);
  });

  it('are read back', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
        (at) => {
          expect(parseUtc(formatUtc17(at))?.getTime()).toBe(at.getTime());
          expect(parseSdkDate(formatSdkDate(at))?.getTime()).toBe(Math.floor(at.getTime() / 1000) * 1000);
        },
      ),
    );
  });

  it.each(['20260230000000', '20261301000000', '20260101240000', '2026-01-01', '202601010000', '20260101000000Z', ''])(
    'refuses %j',
    (text) => expect(parseUtc(text)).toBeNull(),
  );

  it.each(['20260101080000', '2026-01-01T08:00:00Z', '20260101T080000', '20261301T080000Z'])(
    'is no X-Sdk-Date: %j',
    (text) => expect(parseSdkDate(text)).toBeNull(),
  );
});
