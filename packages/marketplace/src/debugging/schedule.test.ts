/** Probes at 09:00 and 15:00 of the site's own clock, also where clocks change. */
import { describe, expect, it } from 'vitest';
import { dayOf, monthOf, nextProbe, probeAt } from './schedule.ts';

const TIMES = ['09:00', '15:00'] as const;
const next = (after: string, site: 'CN' | 'EU' = 'CN') => {
  const { at, slot, day } = nextProbe(new Date(after), site, TIMES);
  return [at.toISOString(), slot, day];
};

describe('the next probe', () => {
  it.each([
    ['2026-01-05T00:59:59.999Z', '2026-01-05T01:00:00.000Z', 'MORNING', '2026-01-05'],
    ['2026-01-05T01:00:00.000Z', '2026-01-05T07:00:00.000Z', 'AFTERNOON', '2026-01-05'],
    ['2026-01-05T07:00:00.000Z', '2026-01-06T01:00:00.000Z', 'MORNING', '2026-01-06'],
    ['2026-01-05T17:00:00.000Z', '2026-01-06T01:00:00.000Z', 'MORNING', '2026-01-06'],
  ])('in Beijing after %s', (after, ...expected) => {
    expect(next(after)).toEqual(expected);
  });

  it('follows summer time in Dublin', () => {
    expect(next('2026-03-28T16:00:00Z', 'EU')).toEqual(['2026-03-29T08:00:00.000Z', 'MORNING', '2026-03-29']);
    expect(next('2026-10-24T16:00:00Z', 'EU')).toEqual(['2026-10-25T09:00:00.000Z', 'MORNING', '2026-10-25']);
  });
});

it('a planned instant is told apart by slot and day', () => {
  expect(probeAt(new Date('2026-01-05T07:00:00Z'), 'CN', TIMES)).toMatchObject({
    slot: 'AFTERNOON',
    day: '2026-01-05',
  });
});

it('days and months are those of the site', () => {
  expect(dayOf(new Date('2026-01-31T16:00:00Z'), 'CN')).toBe('2026-02-01');
  expect(monthOf(new Date('2026-01-31T15:59:59Z'), 'CN')).toBe('2026-01');
});
