import { createPlaces } from './places.ts';

/**
 * How many calls are under way at once. A server that works on one call after the other must be done with the last of them before
 * its time is over, so a slow one gets fewer.
 */
export interface Gate {
  /** Waits for a place, makes the call and gives the place to the next. */
  pass<T>(call: () => Promise<T>): Promise<T>;
  /** of one call so far, milliseconds */
  readonly slowestMs: number;
  readonly places: number;
}

/** More would not make a run faster than people notice. */
const MOST_PLACES = 8;
/** A part of the time-out is left for what else the server does. */
const USED_OF_TIMEOUT = 0.7;

export function createGate(timeoutMs: number): Gate {
  let slowestMs = 0;
  const mostNow = () =>
    Math.max(1, Math.min(MOST_PLACES, Math.floor((timeoutMs * USED_OF_TIMEOUT) / Math.max(slowestMs, 1))));
  const places = createPlaces(mostNow);
  return {
    pass: (call) =>
      places.in(async () => {
        const began = performance.now();
        const wasAlone = places.taken === 1;
        try {
          return await call();
        } finally {
          // Beside others a call may have waited for them inside the server.
          if (wasAlone) slowestMs = Math.max(slowestMs, performance.now() - began);
        }
      }),
    get slowestMs() {
      return slowestMs;
    },
    get places() {
      return mostNow();
    },
  };
}
