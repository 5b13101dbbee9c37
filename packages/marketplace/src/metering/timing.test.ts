/** When usage is billed and judged: S3-21, openapi.md 5.2 rules 3 and 6, 8 rows 27, 32, 36, 37. */
import { describe, expect, it } from 'vitest';
import { localStart } from '../platform/site.ts';
import { mustNamePackage, recordFault } from './acceptance.ts';
import type { UsagePackageFacts } from './definition.ts';
import { billingTime, billingTimes } from './timing.ts';

const at = (text: string) => new Date(`2026-01-${text}Z`);
const ms = (text: string) => at(text).getTime();
const HOURLY = { cycle: 'hour', accumulation: 'month' } as const;
const DAILY = { cycle: 'day', accumulation: 'month' } as const;
const billed = (end: string, received: string, terms: typeof HOURLY | typeof DAILY) => {
  const { at: due, late } = billingTime(at(end), at(received), terms, 'CN');
  expect(billingTimes(at(received), terms, 'CN')(ms(end))).toEqual({ ms: due.getTime(), late });
  return `${due.toISOString().slice(8, 16)}${late ? ' late' : ''}`;
};

describe('S3-21', () => {
  it.each([
    // use at 13:25, reported 14:00–14:15
    ['05T13:25:00', '05T14:10:00', '05T16:00'],
    ['05T14:00:00', '05T14:10:00', '05T16:00'],
    ['05T13:25:00', '05T16:00:00', '05T16:00'],
    ['05T13:25:00', '05T16:00:01', '05T17:00 late'],
    ['05T13:25:00', '20T09:30:00', '20T10:00 late'],
  ])('hourly: ended %s, came %s, billed %s', (end, received, expected) => {
    expect(billed(end, received, HOURLY)).toBe(expected);
  });

  it.each([
    // the local day ends at 16:00 UTC, its limit is 01:00 = 17:00 UTC
    ['05T15:59:59', '05T16:10:00', '05T17:00'],
    ['05T16:00:00', '05T16:10:00', '05T17:00'],
    ['05T15:00:00', '05T17:00:00', '05T17:00'],
    ['05T15:00:00', '05T17:00:01', '06T17:00 late'],
    ['05T15:00:00', '06T16:30:00', '06T17:00 late'],
    ['05T16:00:01', '05T16:10:00', '06T17:00'],
  ])('daily: ended %s, came %s, billed %s', (end, received, expected) => {
    expect(billed(end, received, DAILY)).toBe(expected);
  });

  it('weeks begin on Monday, months with their first day, at local midnight', () => {
    expect(localStart(at('11T15:59:00'), 'week', 'CN')).toEqual(at('04T16:00:00'));
    expect(localStart(at('11T16:00:00'), 'week', 'CN')).toEqual(at('11T16:00:00'));
    expect(localStart(at('11T16:00:00'), 'month', 'CN')).toEqual(new Date('2025-12-31T16:00:00Z'));
  });
});

describe('records of a meter', () => {
  const meter = { openedMs: ms('02T00:00:00'), closedMs: null, frozen: [] };
  const fault = (begin: string, end: string, more: object = {}, now = '10T00:00:00') =>
    recordFault({ beginMs: ms(begin), endMs: ms(end), packageInstanceId: null }, { ...meter, ...more }, [], ms(now));

  it('are taken while the service runs', () => {
    expect(fault('02T00:00:00', '10T00:00:00')).toBeNull();
    expect(fault('03T00:00:00', '03T00:00:00')).toBeNull();
  });

  it('row 27: 21 days are taken, a second more is 007', () => {
    expect(fault('02T00:00:00', '02T01:00:00', {}, '23T00:00:00')).toBeNull();
    expect(fault('02T00:00:00', '02T01:00:00', {}, '23T00:00:01')).toBe('007');
  });

  it.each([
    ['end before begin', '03T02:00:00', '03T01:00:00', {}],
    ['end after now', '09T23:00:00', '10T00:00:01', {}],
    ['begin before the start', '01T23:59:59', '02T01:00:00', {}],
    ['end after closing', '03T00:00:00', '05T00:00:01', { closedMs: ms('05T00:00:00') }],
  ])('row 32: %s is 011', (_, begin, end, more) => {
    expect(fault(begin, end, more)).toBe('011');
  });

  it('row 32: usage may begin in the second in which the service was opened, whose fraction no record can tell', () => {
    const openedAt = new Date(ms('02T00:00:00') + 451);
    expect(fault('02T00:00:00', '02T01:00:00', { openedAt })).toBeNull();
    expect(fault('01T23:59:59', '02T01:00:00', { openedAt })).toBe('011');
  });

  it('row 32: usage before closing is taken after it', () => {
    expect(fault('03T00:00:00', '05T00:00:00', { closedMs: ms('05T00:00:00') })).toBeNull();
  });

  it('row 36: usage inside a freeze is 013, usage up to it and from its end is taken', () => {
    const frozen = { frozen: [{ from: at('04T00:00:00'), to: at('05T00:00:00') }] };
    expect(fault('04T10:00:00', '04T11:00:00', frozen)).toBe('013');
    expect(fault('03T23:00:00', '04T00:30:00', frozen)).toBe('013');
    expect(fault('03T23:00:00', '04T00:00:00', frozen)).toBeNull();
    expect(fault('05T00:00:00', '05T01:00:00', frozen)).toBeNull();
    expect(fault('06T00:00:00', '06T01:00:00', { frozen: [{ from: at('04T00:00:00'), to: null }] })).toBe('013');
  });

  it('row 37, C32: a package that stops must be named while it is valid; an unknown one is 001', () => {
    const stopping: UsagePackageFacts = {
      resourceId: 'p1',
      instanceId: 'pkg-1',
      from: at('02T00:00:00'),
      to: at('05T00:00:00'),
      quota: '10',
      unit: { zh: '次', en: 'calls' },
      resetting: null,
      stopWhenUsedUp: true,
    };
    const record = (begin: string, packageInstanceId: string | null) => ({ beginMs: ms(begin), packageInstanceId });
    expect(mustNamePackage(record('03T00:00:00', null), [stopping])).toBe(true);
    expect(mustNamePackage(record('05T00:00:00', null), [stopping])).toBe(false);
    expect(mustNamePackage(record('03T00:00:00', 'pkg-1'), [stopping])).toBe(false);
    const named = { ...record('03T00:00:00', 'pkg-2'), endMs: ms('03T01:00:00') };
    expect(recordFault(named, meter, [stopping], ms('10T00:00:00'))).toBe('001');
  });
});
