import type { UpcomingItem } from '@jishi/marketplace/console-api';
import { describe, expect, it } from 'vitest';
import { marksOf } from './upcoming-plot.ts';

const now = '2026-01-01T00:00:00.000Z';
const item = (at: string, kind: UpcomingItem['kind'] = 'life'): UpcomingItem => ({
  at,
  kind,
  name: 'remind',
  label: { zh: '提醒', en: 'Reminder' },
  resourceId: null,
  productName: null,
});

describe('what will be due on a strip', () => {
  it('stands where its time is between now and the last', () => {
    const marks = marksOf([item('2026-01-06T00:00:00Z'), item('2026-01-11T00:00:00Z')], now);
    expect(marks.map(({ left, count }) => [left, count])).toEqual([
      [50, 1],
      [100, 1],
    ]);
  });

  it('counts what falls on one place, kind by kind', () => {
    const marks = marksOf(
      [
        item('2026-01-06T00:00:00Z'),
        item('2026-01-06T00:01:00Z'),
        item('2026-01-06T00:01:00Z', 'probe'),
        item('2026-01-11T00:00:00Z'),
      ],
      now,
    );
    expect(marks.map(({ kind, count }) => [kind, count])).toEqual([
      ['life', 2],
      ['probe', 1],
      ['life', 1],
    ]);
  });

  it('is empty when nothing is ahead', () => {
    expect(marksOf([], now)).toEqual([]);
    expect(marksOf([item(now)], now)).toEqual([]);
  });
});
