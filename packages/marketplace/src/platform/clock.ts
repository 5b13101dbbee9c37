/** The one clock (design.md 4.1): everything that needs the time is given one; nothing else asks for it. */
export interface Clock {
  now(): Date;
}

/** The machine's clock, for production. */
export const systemClock: Clock = { now: () => new Date() };

export interface VirtualClock extends Clock {
  /** Moves to `instant`; going back is refused, because recorded history would contradict it. */
  moveTo(instant: Date): void;
}

/** A clock that stands still until it is moved: sandbox, tests, simulation (one process only, design.md 4.11). */
export function virtualClock(start: Date): VirtualClock {
  let current = start.getTime();
  return {
    now: () => new Date(current),
    moveTo(instant) {
      if (instant.getTime() < current) {
        throw new RangeError(`a virtual clock does not go back: ${instant.toISOString()}`);
      }
      current = instant.getTime();
    },
  };
}
