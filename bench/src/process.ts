/** Measured programs run in processes of their own; parent and child exchange a few small messages. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';

export interface Child<Told> {
  readonly pid: number;
  tell(message: unknown): void;
  /** the next message that nobody has taken; fails when the child ends first */
  next(): Promise<Told>;
  /** ends it and waits until it has gone; `SIGKILL` leaves it no time for anything */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts a program of this package, by its source's path from `bench/src`, the way that this process was started. */
export function startChild<S extends z.ZodType>(
  file: string,
  args: readonly string[],
  told: S,
  options: { execArgv?: readonly string[] } = {},
): Child<z.infer<S>> {
  // built, its files stand beside this one under their names
  const program = import.meta.url.endsWith('.ts') ? file : file.replace(/\.ts$/, '.mjs');
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), args, {
    execArgv: [...process.execArgv, ...(options.execArgv ?? [])],
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const messages: z.infer<S>[] = [];
  const waiting: { take: (message: z.infer<S>) => void; fail: (error: Error) => void }[] = [];
  child.on('message', (message: unknown) => {
    const parsed = told.parse(message);
    const first = waiting.shift();
    if (first) first.take(parsed);
    else messages.push(parsed);
  });
  child.on('exit', (code, signal) => {
    for (const each of waiting.splice(0)) each.fail(new Error(`${file} ended early (${code ?? signal})`));
  });
  return {
    pid: child.pid ?? -1,
    tell: (message) => void child.send({ message }),
    next() {
      const [first] = messages.splice(0, 1);
      if (first !== undefined) return Promise.resolve(first);
      if (hasEnded(child)) return Promise.reject(new Error(`${file} has ended`));
      return new Promise((take, fail) => waiting.push({ take, fail }));
    },
    stop(signal = 'SIGTERM') {
      if (hasEnded(child)) return Promise.resolve();
      const gone = new Promise<void>((done) => child.once('exit', () => done()));
      child.kill(signal);
      return gone;
    },
  };
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** In a child: what the parent tells; the child ends when its parent has gone. */
export function onTold(handle: (message: unknown) => void): void {
  process.on('message', (envelope: unknown) => {
    if (typeof envelope === 'object' && envelope !== null && 'message' in envelope) handle(envelope.message);
  });
  process.on('disconnect', () => process.exit());
  process.on('SIGTERM', () => process.exit()); // by way of the exit handlers, so that a profile is written
}

/** In a child: tells the parent. */
export const tellParent = (message: unknown): void => void process.send?.(message);
