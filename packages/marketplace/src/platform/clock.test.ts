/** There is one clock; a virtual one stands still until it is moved, and never goes back (design.md 4.1). */
import { describe, expect, it } from 'vitest';
import { systemClock, virtualClock } from './clock.ts';

const start = new Date('2026-01-05T02:00:00.000Z');

describe('clock', () => {
  it('stands still until it is moved', () => {
    const clock = virtualClock(start);
    expect(clock.now()).toEqual(start);
    clock.moveTo(new Date(start.getTime() + 1));
    expect(clock.now().getTime() - start.getTime()).toBe(1);
  });

  it('does not go back, and stays where it was when that is tried', () => {
    const clock = virtualClock(start);
    expect(() => clock.moveTo(new Date(start.getTime() - 1))).toThrow(/does not go back/);
    clock.moveTo(start);
    expect(clock.now()).toEqual(start);
  });

  it('hands out times that nobody can turn it back with', () => {
    const clock = virtualClock(start);
    clock.now().setTime(0);
    expect(clock.now()).toEqual(start);
  });

  it('of the machine goes with the machine', () => {
    const before = Date.now();
    expect(systemClock.now().getTime()).toBeGreaterThanOrEqual(before);
  });
});
