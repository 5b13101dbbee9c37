import type { PeriodView } from '@jishi/marketplace/console-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plotOf } from './period-plot.ts';

const period = (from: string, to: string | null, state: PeriodView['state']): PeriodView => ({
  orderId: `CS-${from}`,
  orderLineId: `CS-${from}-1`,
  from,
  to,
  quantity: 10,
  skuCode: 'SKU',
  state,
});

const year = [
  period('2024-11-24T00:00:00Z', '2025-11-24T00:00:00Z', 'ENDED'),
  period('2023-11-24T00:00:00Z', '2024-11-24T00:00:00Z', 'ENDED'),
  period('2025-11-24T00:00:00Z', '2026-11-24T00:00:00Z', 'IN_EFFECT'),
  period('2026-11-24T00:00:00Z', '2027-11-24T00:00:00Z', 'NOT_IN_EFFECT'),
  period('2027-11-24T00:00:00Z', '2028-11-24T00:00:00Z', 'REVOKED'),
];
const ends = { freezeAt: '2027-12-01T00:00:00Z', releaseAt: '2027-12-16T00:00:00Z' };

describe('plotOf', () => {
  it('draws what is over as one, then the present, what is renewed, grace and retention', () => {
    const plot = plotOf({ periods: year, ...ends }, '2026-05-25T00:00:00Z');
    expect(plot?.segments.map((one) => [one.kind, one.from.slice(0, 10), one.to.slice(0, 10)])).toEqual([
      ['past', '2023-11-24', '2025-11-24'],
      ['current', '2025-11-24', '2026-11-24'],
      ['ahead', '2026-11-24', '2027-11-24'],
      ['grace', '2027-11-24', '2027-12-01'],
      ['retention', '2027-12-01', '2027-12-16'],
    ]);
  });

  it('keeps a day of grace beside years visible and says that it is stretched', () => {
    const plot = plotOf({ periods: year, ...ends }, '2026-05-25T00:00:00Z');
    expect(plot?.segments.map((one) => Math.round(one.width))).toEqual([43, 21, 21, 7, 7]);
    expect(plot?.stretched).toBe(true);
  });

  it('puts the present inside its own section', () => {
    const plot = plotOf({ periods: year, ...ends }, '2026-05-25T12:00:00Z');
    const current = plot?.segments[1];
    expect(plot?.now).toBeCloseTo((current?.left ?? 0) + (current?.width ?? 0) / 2, 1);
    expect(plotOf({ periods: year, ...ends }, '2030-01-01T00:00:00Z')?.now).toBeNull();
  });

  it('has no grace when it freezes at once (a trial), and nothing without an end', () => {
    const trial = [period('2026-11-20T00:00:00Z', '2026-12-04T00:00:00Z', 'IN_EFFECT')];
    const atOnce = { freezeAt: '2026-12-04T00:00:00Z', releaseAt: '2026-12-19T00:00:00Z' };
    expect(plotOf({ periods: trial, ...atOnce }, '2026-11-24T00:00:00Z')?.segments.map((one) => one.kind)).toEqual([
      'current',
      'retention',
    ]);
    const endless = [period('2026-11-20T00:00:00Z', null, 'IN_EFFECT')];
    expect(plotOf({ periods: endless, freezeAt: null, releaseAt: null }, '2026-11-24T00:00:00Z')).toBeNull();
  });

  it('fills the bar exactly, in order, no section too narrow to see', () => {
    const days = fc.array(fc.integer({ min: 1, max: 1100 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(days, fc.nat(15), fc.nat(15), (lengths, grace, retention) => {
        let from = Date.UTC(2020, 0, 1);
        const after = (count: number): string => new Date(from + count * 86_400_000).toISOString();
        const periods = lengths.map((length, index) => {
          const one = period(after(0), after(length), index === 0 ? 'IN_EFFECT' : 'NOT_IN_EFFECT');
          from += length * 86_400_000;
          return one;
        });
        const plot = plotOf({ periods, freezeAt: after(grace), releaseAt: after(grace + retention) }, after(0));
        const segments = plot?.segments ?? [];
        const least = Math.min(7, 100 / segments.length);
        let left = 0;
        for (const one of segments) {
          expect(one.left).toBeCloseTo(left, 6);
          expect(one.width).toBeGreaterThanOrEqual(least - 1e-9);
          left += one.width;
        }
        expect(left).toBeCloseTo(100, 6);
      }),
    );
  });
});
