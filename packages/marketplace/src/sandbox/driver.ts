/**
 * Drives the marketplace of a sandbox. While the clock plays, workers work as in production; while it stands still every
 * command is followed by a drain; to move it the workers are stopped, everything due is done in order, and it goes on as
 * before. One thing at a time: whoever drives has the marketplace to himself.
 *
 * PLAYING (workers) ⇄ STANDING (drain after each kick); both → DRIVEN (a command or a move; clock stands still) → back.
 */
import type { Log } from '../platform/log.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { Wake } from '../platform/tasks/pump.ts';
import type { Simulator } from '../runtime.ts';
import type { SandboxClock } from './clock.ts';

export interface Move {
  readonly from: Date;
  readonly to: Date;
  readonly at: Date;
}
export interface Driver {
  start(): void;
  /** ends a move where it is, waits for calls under way */
  stop(): Promise<void>;
  moving(): Move | null;
  /**
   * Nothing else works meanwhile, and the clock stands still.
   * @param anew it plays from where the work left it, instead of as if it had not stood
   */
  alone<T>(work: (simulator: Simulator) => Promise<T>, anew?: boolean): Promise<T>;
  /**
   * Moves the clock, doing everything that becomes due in order. Refuses CLOCK_MOVING (one mover at a time), CLOCK_BACK,
   * NOTHING_DUE, MOVE_STOPPED (a pause, a reset or the end of the program came between).
   * @param target from the instant where the move begins; null = nothing to move to
   */
  move(target: (from: Date) => Promise<Date | null>): Promise<Result<null>>;
  play(): Promise<void>;
  /** ends a move where it is */
  pause(): Promise<void>;
  /** ends a move where it is; the next thing done alone comes after it */
  endMove(): void;
  /** for the clock: it is about to be moved; throws where a move is to end */
  moved(to: Date): void;
}

export interface DriverParts {
  readonly clock: SandboxClock;
  readonly wake: Wake;
  readonly log: Log;
  readonly simulator: Simulator;
  startWorkers(): { stop(): Promise<void> };
  /** before the clock moves */
  beforeMove(from: Date, to: Date): Promise<void>;
  afterMove(from: Date, at: Date): Promise<void>;
  /** the clock plays, stands, or is elsewhere */
  clockChanged(): Promise<void>;
  progress(move: Move): void;
}

/** Nothing that the marketplace does by itself while the clock stands still is noticed later than this. */
const LOOK_MS = 1_000;

export function createDriver(parts: DriverParts): Driver {
  const { clock, wake, log, simulator } = parts;
  const stopping = new AbortController();
  let workers: { stop(): Promise<void> } | null = null;
  let move: Move | null = null;
  let ending = false;
  let last: Promise<unknown> = Promise.resolve();
  let watching: Promise<void> = Promise.resolve();

  const begin = (): void => {
    if (clock.isPlaying() && !workers && !stopping.signal.aborted) workers = parts.startWorkers();
  };
  const end = async (): Promise<void> => {
    const working = workers;
    workers = null;
    await working?.stop();
  };
  /** one after the other; a failure is its caller's */
  const queue = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
  const alone = <T>(work: (simulator: Simulator) => Promise<T>, anew = false): Promise<T> =>
    queue(async () => {
      await end();
      const before = clock.state();
      clock.pause();
      try {
        return await work(simulator);
      } finally {
        // it did not stand still for the people who look at it, unless it is elsewhere now
        if (before.playing) clock.play(anew ? undefined : before.offsetMs);
        begin();
      }
    });
  /** Commands of the consoles, while the clock stands still. */
  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const seen = wake.kicks();
      if (!clock.isPlaying())
        await queue(async () => {
          if (!clock.isPlaying()) await simulator.drain();
        }).catch((error: unknown) => log.error({ err: error }, 'what is due could not be done; trying again'));
      if (wake.kicks() === seen || clock.isPlaying()) await wake.wait(LOOK_MS, stopping.signal);
    }
  };

  return {
    start() {
      begin();
      watching = watch();
    },
    async stop() {
      ending = true;
      stopping.abort();
      await last;
      await watching;
      await end();
    },
    moving: () => move,
    alone,
    async move(target) {
      if (move) return refuse('CLOCK_MOVING', `the clock is on its way to ${move.to.toISOString()}`);
      // Taken at once: whoever comes while calls under way are waited for is told so.
      move = { from: clock.now(), to: clock.now(), at: clock.now() };
      ending = false;
      try {
        return await alone(async () => {
          const from = clock.now();
          const to = await target(from);
          if (to === null) return refuse('NOTHING_DUE', 'nothing is due: there is no next event');
          if (to < from) return refuse('CLOCK_BACK', `the clock shows ${from.toISOString()} and does not go back`);
          move = { from, to, at: from };
          parts.progress(move);
          await parts.beforeMove(from, to);
          try {
            await simulator.advanceTo(to);
            return ok(null);
          } catch (error) {
            if (!(error instanceof MoveEnded)) throw error;
            return refuse('MOVE_STOPPED', `the move was ended at ${clock.now().toISOString()}`);
          } finally {
            await parts.afterMove(from, clock.now());
          }
        });
      } finally {
        move = null;
        ending = false;
        await parts.clockChanged();
      }
    },
    async play() {
      await queue(async () => {
        clock.play();
        begin();
      });
      await parts.clockChanged();
    },
    async pause() {
      ending = move !== null;
      await queue(async () => {
        await end();
        clock.pause();
        await simulator.drain();
      });
      await parts.clockChanged();
    },
    endMove() {
      ending = move !== null;
    },
    moved(to) {
      if (!move) return;
      if (ending) throw new MoveEnded();
      move = { ...move, at: to };
      parts.progress(move);
    },
  };
}

/** Ends `advanceTo` between two steps; never leaves this file. */
class MoveEnded extends Error {}
