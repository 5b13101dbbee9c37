/**
 * Keeps a worker busy: takes items while there is room, runs them side by side, sleeps when nothing is due and wakes
 * on a kick (`watch.ts` saw something for it) or after the poll interval.
 */
import type { Log } from '../log.ts';

export interface Wake {
  /** something may be due now */
  kick(): void;
  /** kicks so far: whoever looked before the last one must look again instead of sleeping */
  kicks(): number;
  /** resolves at the next kick, after `ms`, or when the signal fires */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export function createWake(): Wake {
  const sleepers = new Set<() => void>();
  let kicks = 0;
  return {
    kicks: () => kicks,
    kick() {
      kicks += 1;
      for (const wakeUp of [...sleepers]) wakeUp();
    },
    wait(ms, signal) {
      if (signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wakeUp = () => {
          clearTimeout(timer);
          sleepers.delete(wakeUp);
          signal.removeEventListener('abort', wakeUp);
          resolve();
        };
        const timer = setTimeout(wakeUp, ms);
        sleepers.add(wakeUp);
        signal.addEventListener('abort', wakeUp, { once: true });
      });
    },
  };
}

/** A wake whose kicks may turn out to have been for nothing: as if they had not come. */
export function forgetful(wake: Wake): Wake & { forgetSince(seen: number): void } {
  let forgotten = 0;
  const kicks = () => wake.kicks() - forgotten;
  return {
    ...wake,
    kicks,
    forgetSince(seen) {
      forgotten += kicks() - seen;
    },
  };
}

/** A pause between two turns of somebody. */
export interface Rest {
  begin(): void;
  over(): Promise<void>;
  /** over at once: whoever stops is not waited for */
  end(): void;
}
export function createRest(ms: number): Rest {
  let ended = Promise.resolve();
  let end = () => {};
  return {
    begin() {
      ended = new Promise((done) => {
        const timer = setTimeout(done, ms);
        end = () => {
          clearTimeout(timer);
          done();
        };
      });
    },
    over: () => ended,
    end: () => end(),
  };
}

export interface PumpOptions<T> {
  readonly name: string;
  readonly capacity: number;
  readonly pollMs: number;
  readonly wake: Wake;
  readonly log: Log;
  /** takes at most `limit` items */
  take(limit: number): Promise<T[]>;
  /** never rejects for an expected failure; a rejection is logged and the item's lease runs out */
  run(item: T): Promise<void>;
}

export interface Pump {
  /** stops taking, waits for what runs */
  stop(): Promise<void>;
  readonly inFlight: () => number;
}

// Under load slots come free one by one; waiting for a quarter of them (or 10 ms) makes one lease serve many.
const REFILL_WAIT_MS = 10;

export function startPump<T>(options: PumpOptions<T>): Pump {
  const stopping = new AbortController();
  const room = createWake();
  const running = new Set<Promise<void>>();

  const begin = (item: T) => {
    const work = options
      .run(item)
      .catch((error: unknown) =>
        options.log.error({ worker: options.name, err: error }, 'a task ended with an error of our own'),
      )
      .finally(() => {
        running.delete(work);
        if (options.capacity - running.size >= options.capacity / 4) room.kick();
      });
    running.add(work);
  };

  const loop = async () => {
    while (!stopping.signal.aborted) {
      const free = options.capacity - running.size;
      if (free < options.capacity / 4) {
        await room.wait(free > 0 ? REFILL_WAIT_MS : options.pollMs, stopping.signal);
        if (running.size >= options.capacity) continue;
      }
      const seen = options.wake.kicks();
      const items = await options.take(options.capacity - running.size).catch((error: unknown) => {
        options.log.error({ worker: options.name, err: error }, 'could not take tasks; trying again');
        return [];
      });
      for (const item of items) begin(item);
      if (items.length < free && options.wake.kicks() === seen)
        await options.wake.wait(options.pollMs, stopping.signal);
    }
  };
  const ended = loop();
  return {
    inFlight: () => running.size,
    async stop() {
      stopping.abort();
      await ended;
      await Promise.allSettled([...running]);
    },
  };
}
