/** What every command needs of its process. It loads nothing of the marketplace: small commands answer at once. */
import { randomInt } from 'node:crypto';
import { CliExit } from './io.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
export const realRandomText = (length: number): string =>
  Array.from({ length }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');

/** Resolves at SIGINT or SIGTERM; a second signal ends the process at once. */
export function untilStopped(): Promise<void> {
  return new Promise((done) => {
    let asked = false;
    const stop = () => {
      if (asked) process.exit(130);
      asked = true;
      done();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

/** One line for a person: what is wrong and, where we know, what to do. */
export function explain(error: unknown): string {
  // by its name: the class would bring the marketplace along
  if (error instanceof Error && error.name === 'DatabaseUnusable') return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `the port is in use (${error.message}): choose another with --port N`;
  if (error instanceof Error && 'code' in error && error.code === 'EACCES') return `not allowed (${error.message})`;
  if (error instanceof Error && 'code' in error && 'path' in error) {
    if (error.code === 'ENOENT') return `${error.path}: there is no such file`;
    if (error.code === 'EISDIR') return `${error.path}: a folder, not a file`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

export function portOption(text: string): string {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new CliExit(2, `--port must be a number from 0 to 65535, not "${text}"`);
  return text;
}
