/** The built `jishi` command as real processes, as people start it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../packages/cli/bin/jishi.mjs', import.meta.url));

/** Builds what is out of date; without a change it costs a second. */
export function ensureBuilt(): void {
  const script = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));
  if (spawnSync(process.execPath, [script], { stdio: 'inherit' }).status !== 0) throw new Error('the build failed');
}

export interface Running {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** resolves when the process has ended: its exit code, or the signal that ended it */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** waits for a text on stdout or stderr; fails when the process ends without it */
  says(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Nothing of the tests' own environment but the path: settings come from the test alone. */
export function jishi(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  const hear = (from: 'stdout' | 'stderr') =>
    child[from]?.on('data', (part: Buffer) => {
      texts[from] += part.toString();
      for (const listener of listeners) listener();
    });
  hear('stdout');
  hear('stderr');
  const ended = new Promise<number | NodeJS.Signals | null>((done) => {
    child.on('close', (code, signal) => {
      done(code ?? signal);
      for (const listener of listeners) listener();
    });
  });
  return {
    child,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    ended,
    says: (pattern) =>
      new Promise((done, fail) => {
        const look = () => {
          const found = pattern.exec(texts.stdout) ?? pattern.exec(texts.stderr);
          if (found) done(found);
          else if (child.exitCode !== null || child.signalCode !== null)
            fail(new Error(`jishi ended without ${pattern}: ${texts.stdout}${texts.stderr}`));
          else return;
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
  };
}

/** Runs to the end. */
export async function jishiOnce(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const running = jishi(args, env);
  const exit = await running.ended;
  return { exit, stdout: running.stdout(), stderr: running.stderr() };
}

/** Processes that a process has started, and theirs. */
export function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs.filter(([, ppid]) => ppid === parent).flatMap(([child = 0]) => [child, ...below(child)]);
  return below(pid);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
