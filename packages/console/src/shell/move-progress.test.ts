import { describe, expect, it } from 'vitest';
import { shareDone } from './move-progress.ts';

describe('how far a move of the clock has come', () => {
  const move = (from: string, to: string, at: string) => shareDone({ from, to, at, calling: null });

  it('goes from 0 to 100 with the time that has passed', () => {
    expect(move('2026-01-01T00:00:00Z', '2026-01-11T00:00:00Z', '2026-01-01T00:00:00Z')).toBe(0);
    expect(move('2026-01-01T00:00:00Z', '2026-01-11T00:00:00Z', '2026-01-04T12:00:00Z')).toBe(35);
    expect(move('2026-01-01T00:00:00Z', '2026-01-11T00:00:00Z', '2026-01-11T00:00:00Z')).toBe(100);
  });

  it('never leaves that range, whatever the clock says', () => {
    expect(move('2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z', '2026-01-01T00:00:00Z')).toBe(0);
    expect(move('2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z', '2026-02-01T00:00:00Z')).toBe(100);
    expect(move('2026-01-02T00:00:00Z', '2026-01-02T00:00:00Z', '2026-01-02T00:00:00Z')).toBe(100);
  });
});
