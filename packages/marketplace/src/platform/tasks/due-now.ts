/**
 * What a process makes due it tells its own workers, when it is committed: they need no look into the database for it
 * (`watch.ts` looks for what others committed, and for what time made due).
 */
import { type Executor, perDatabase } from '../database/database.ts';

type Listener = (sources: ReadonlySet<string>) => void;
const listenersOf = perDatabase<Set<Listener>>(() => new Set());

/** @param sources subscribers and task tables, as `whatIsDue` names them */
export function dueNow(executor: Executor, sources: Iterable<string>): void {
  const listeners = listenersOf(executor);
  if (listeners.size === 0) return;
  const named = new Set(sources);
  if (named.size === 0) return;
  const tell = () => {
    for (const each of listeners) each(named);
  };
  if (executor.kind === 'transaction') executor.whenCommitted(tell);
  else tell();
}

/** @returns ends it */
export function listenForDue(executor: Executor, listener: Listener): () => void {
  const listeners = listenersOf(executor);
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
