import { describe, expect, it } from 'vitest';
import { readClock, readMove } from './live-sandbox.ts';

describe('news of the sandbox', () => {
  it('is a clock or a move when it has their members', () => {
    const move = { from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z', at: '2026-06-01T00:00:00.000Z' };
    const clock = { now: move.at, playing: false, moving: move };
    expect(readClock(JSON.stringify(clock))).toEqual(clock);
    expect(readMove(JSON.stringify(move))).toEqual(move);
  });

  it.each([undefined, 7, '', '{', 'null', '[]', '{"now":1}'])('is nothing when it is %j', (data) => {
    expect(readClock(data)).toBeNull();
    expect(readMove(data)).toBeNull();
  });
});
