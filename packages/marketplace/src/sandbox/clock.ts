/**
 * The sandbox's clock. It plays (the machine's pace, an offset kept) or stands still; the driver moves it forward. Never
 * back, but by a reset: recorded history would contradict it. One process only (design.md 4.11).
 */
import { Temporal } from 'temporal-polyfill';
import type { Clock, VirtualClock } from '../platform/clock.ts';

/** What is kept over a restart. */
export type ClockState =
  | { readonly playing: true; readonly offsetMs: number }
  | { readonly playing: false; readonly at: Date };

export interface SandboxClock extends VirtualClock {
  isPlaying(): boolean;
  /** @param offsetMs ahead of the machine, as before it was paused; where it would be behind what it shows, it goes on from there */
  play(offsetMs?: number): void;
  /** stands still from now on */
  pause(): void;
  /** the only way back: everything that happened is forgotten with it */
  reset(start: Date): void;
  state(): ClockState;
}

/**
 * @param machine the clock whose pace it has while it plays
 * @param moving hears of each move before it is made, and keeps it from being made by throwing
 */
export function sandboxClock(machine: Clock, start: ClockState, moving: (to: Date) => void = () => {}): SandboxClock {
  let state = start;
  let latestMs = Number.NEGATIVE_INFINITY;
  const now = (): Date => {
    const ms = state.playing ? machine.now().getTime() + state.offsetMs : state.at.getTime();
    // the machine's clock may be set back; ours goes on from where it was
    latestMs = Math.max(latestMs, ms);
    return new Date(latestMs);
  };
  const setTo = (instant: Date): void => {
    latestMs = instant.getTime();
    state = state.playing
      ? { playing: true, offsetMs: instant.getTime() - machine.now().getTime() }
      : { playing: false, at: instant };
  };
  return {
    now,
    isPlaying: () => state.playing,
    play(offsetMs = Number.NEGATIVE_INFINITY) {
      if (state.playing) return;
      state = { playing: true, offsetMs: Math.max(offsetMs, now().getTime() - machine.now().getTime()) };
    },
    pause() {
      if (state.playing) state = { playing: false, at: now() };
    },
    moveTo(instant) {
      if (instant < now()) throw new RangeError(`the sandbox's clock does not go back: ${instant.toISOString()}`);
      moving(instant);
      setTo(instant);
    },
    reset: setTo,
    state: () => state,
  };
}

const DURATION = /^(\d{1,5}) ?(s|m|h|d|w|mo|y)$/;
const UNITS = {
  s: 'seconds',
  m: 'minutes',
  h: 'hours',
  d: 'days',
  w: 'weeks',
  mo: 'months',
  y: 'years',
} as const;
const isUnit = (text: string): text is keyof typeof UNITS => text in UNITS;

/**
 * `30d` after an instant: days, weeks, months and years on the calendar of the zone (the time of day stays; 31 January
 * and a month is the last day of February), the others exact. null = not of this form
 */
export function laterBy(at: Date, by: string, timeZone: string): Date | null {
  const [, count = '', unit = ''] = DURATION.exec(by.trim()) ?? [];
  if (!isUnit(unit)) return null;
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  return new Date(zoned.add({ [UNITS[unit]]: Number(count) }).epochMilliseconds);
}
