/** The sandbox's clock plays with an offset, stands still, moves forward and never back. */
import { describe, expect, it } from 'vitest';
import { virtualClock } from '../platform/clock.ts';
import { laterBy, sandboxClock } from './clock.ts';

const START = new Date('2026-01-01T00:00:00.000Z');
const seconds = (count: number, from = START) => new Date(from.getTime() + count * 1000);

function clocks() {
  const machine = virtualClock(START);
  const moves: Date[] = [];
  return { machine, moves, clock: sandboxClock(machine, { playing: true, offsetMs: 0 }, (to) => moves.push(to)) };
}

describe('the clock', () => {
  it('plays at the pace of the machine and keeps its offset after a move', () => {
    const { machine, clock, moves } = clocks();
    clock.moveTo(seconds(3600));
    machine.moveTo(seconds(5));
    expect(clock.now()).toEqual(seconds(3605));
    expect(clock.state()).toEqual({ playing: true, offsetMs: 3_600_000 });
    expect(moves).toEqual([seconds(3600)]);
  });

  it('stands still when paused and goes on from there', () => {
    const { machine, clock } = clocks();
    clock.pause();
    machine.moveTo(seconds(60));
    expect(clock.now()).toEqual(START);
    expect(clock.state()).toEqual({ playing: false, at: START });
    clock.play();
    machine.moveTo(seconds(61));
    expect(clock.now()).toEqual(seconds(1));
  });

  it('takes up its offset again, unless it was moved further', () => {
    const { machine, clock } = clocks();
    clock.pause();
    machine.moveTo(seconds(20));
    clock.play(0);
    expect(clock.now()).toEqual(seconds(20));
    clock.pause();
    clock.moveTo(seconds(100));
    clock.play(0);
    expect(clock.now()).toEqual(seconds(100));
  });

  it('is not moved when whoever hears of it objects', () => {
    const clock = sandboxClock(virtualClock(START), { playing: false, at: START }, () => {
      throw new Error('not now');
    });
    expect(() => clock.moveTo(seconds(1))).toThrow('not now');
    expect(clock.now()).toEqual(START);
  });

  it('does not go back, but by a reset', () => {
    const { clock } = clocks();
    clock.pause();
    clock.moveTo(seconds(10));
    expect(() => clock.moveTo(seconds(9))).toThrow(RangeError);
    clock.reset(seconds(-1000));
    expect(clock.now()).toEqual(seconds(-1000));
  });

  it('does not follow a machine that is set back', () => {
    const times = [seconds(0), seconds(100), seconds(50), seconds(101)];
    const clock = sandboxClock({ now: () => times.shift() ?? START }, { playing: true, offsetMs: 0 });
    expect([clock.now(), clock.now(), clock.now(), clock.now()]).toEqual([0, 100, 100, 101].map((at) => seconds(at)));
  });

  it('goes on from what was kept', () => {
    const machine = virtualClock(START);
    expect(sandboxClock(machine, { playing: true, offsetMs: 5_000 }).now()).toEqual(seconds(5));
    expect(sandboxClock(machine, { playing: false, at: seconds(-7) }).now()).toEqual(seconds(-7));
  });
});

describe('laterBy', () => {
  const later = (at: string, by: string, zone = 'Asia/Shanghai') => laterBy(new Date(at), by, zone)?.toISOString();

  it.each([
    ['90s', '2026-01-01T00:01:30.000Z'],
    ['2h', '2026-01-01T02:00:00.000Z'],
    ['30d', '2026-01-31T00:00:00.000Z'],
    ['2w', '2026-01-15T00:00:00.000Z'],
    ['1mo', '2026-02-01T00:00:00.000Z'],
    ['1 y', '2027-01-01T00:00:00.000Z'],
  ])('%s', (by, expected) => expect(later('2026-01-01T00:00:00.000Z', by)).toBe(expected));

  it('clamps to the last day of a month of the zone', () => {
    // 2026-01-31 01:00 in Beijing
    expect(later('2026-01-30T17:00:00.000Z', '1mo')).toBe('2026-02-27T17:00:00.000Z');
  });
  it('keeps the time of day over a change to summer time', () => {
    expect(later('2026-03-28T12:00:00.000Z', '1d', 'Europe/Dublin')).toBe('2026-03-29T11:00:00.000Z');
    expect(later('2026-03-28T12:00:00.000Z', '24h', 'Europe/Dublin')).toBe('2026-03-29T12:00:00.000Z');
  });
  it.each(['', '30', 'd', '-1d', '1.5d', '1 year', '100000d'])('refuses %o', (by) => {
    expect(later('2026-01-01T00:00:00.000Z', by)).toBeUndefined();
  });
});
