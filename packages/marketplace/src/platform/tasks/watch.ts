/**
 * One look for all pumps of a process. What waits stands in two dozen queues and tables; when each pump looked for itself
 * after every commit, nine looks of ten found nothing, and looking cost the database as much as the work. What the process
 * makes due itself it tells by name (`due-now.ts`), so that a look is for the rest: what others committed, what the time
 * made due, what waited behind something.
 */
import type { Due } from '../due.ts';
import type { Log } from '../log.ts';
import { createWake, type Wake } from './pump.ts';

export interface Watch {
  /** kicked when something is due in one of `sources`: subscribers and tables, as `whatIsDue` names them */
  wakeOf(...sources: readonly string[]): Wake;
  /** something is due in these, without a look */
  tell(sources: ReadonlySet<string>): void;
  stop(): Promise<void>;
}

export interface WatchOptions {
  /** something was committed here: the watch looks at once */
  readonly wake: Wake;
  /** it looks after this long anyway: others commit too, and time passes */
  readonly pollMs: number;
  readonly log: Log;
  look(): Promise<Due>;
}

/** How often a pump looks though the watch has told it nothing, in milliseconds: the watch is asked first. */
export const SELDOM_MS = 10_000;
/** Commits come in swarms; what they made due, and nobody told, is seen in one look: half as late as what others commit. */
const REST_MS = 100;

export function startWatch({ wake, pollMs, log, look }: WatchOptions): Watch {
  const stopping = new AbortController();
  const sleepers = new Map<string, Wake[]>();
  const tell = (sources: ReadonlySet<string>) => {
    for (const source of sources) for (const each of sleepers.get(source) ?? []) each.kick();
  };
  const loop = async () => {
    while (!stopping.signal.aborted) {
      const seen = wake.kicks();
      try {
        const due = await look();
        tell(due.subscribers);
        tell(due.tables);
      } catch (error) {
        log.error({ err: error }, 'could not look for what is due; looking again');
      }
      await createWake().wait(REST_MS, stopping.signal);
      if (wake.kicks() === seen) await wake.wait(pollMs, stopping.signal);
    }
  };
  const ended = loop();
  return {
    tell,
    wakeOf(...sources) {
      const own = createWake();
      for (const source of sources) sleepers.set(source, [...(sleepers.get(source) ?? []), own]);
      return own;
    },
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
