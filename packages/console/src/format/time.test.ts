import { describe, expect, it } from 'vitest';
import { addHours, describeZone, formatDuration, formatHour, formatInstant, formatInstantExactly } from './time.ts';

const at = '2026-11-24T06:05:09Z';

describe('times', () => {
  it('are written as readers of each language write them', () => {
    expect(formatInstant(at, 'zh', 'Asia/Shanghai')).toBe('2026年11月24日 14:05');
    expect(formatInstant(at, 'en', 'Asia/Shanghai')).toBe('24 Nov 2026, 14:05');
    expect(formatInstantExactly(at, 'zh', 'UTC')).toBe('2026年11月24日 06:05:09');
    expect(formatHour(at, 'en', 'Asia/Shanghai')).toBe('14:05');
  });

  it('show midnight as 00, not 24', () => {
    expect(formatInstant('2026-11-23T16:00:00Z', 'zh', 'Asia/Shanghai')).toBe('2026年11月24日 00:00');
  });

  it('tell their zone and UTC on hover', () => {
    expect(describeZone(at, 'Asia/Shanghai')).toBe('Asia/Shanghai · UTC 2026-11-24 06:05:09');
    expect(describeZone('2026-11-24T06:05:09.123Z', 'UTC')).toBe('UTC · UTC 2026-11-24 06:05:09');
  });

  it('leave alone what is no time', () => {
    expect(formatInstant('soon', 'en')).toBe('soon');
  });

  it('move by hours', () => {
    expect(addHours('2026-11-24T22:30:00Z', 3)).toBe('2026-11-25T01:30:00.000Z');
  });

  it('show durations in a fitting unit', () => {
    expect([formatDuration(480), formatDuration(20_000)]).toEqual(['480 ms', '20.0 s']);
  });
});
