/** `jishi start` as a process of its own, from the built command, as a person starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Account {
  readonly loginName: string;
  readonly password: string;
}
export interface SandboxProcess {
  readonly url: string;
  readonly sellerUrl: string;
  readonly accounts: Readonly<Record<'buyer' | 'enterprise' | 'seller' | 'operator', Account>>;
  readonly output: () => string;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('../../packages/cli/bin/jishi.mjs', import.meta.url));

export async function startSandbox(
  args: readonly string[] = ['--memory', '--port', '0'],
  env: Readonly<Record<string, string>> = {},
): Promise<SandboxProcess> {
  const child: ChildProcess = spawn(process.execPath, [program, 'start', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  await new Promise<void>((ready, fail) => {
    const listen = (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('Press Ctrl-C')) ready();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => fail(new Error(`jishi start ended with ${code}: ${text}`)));
  });
  const find = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';
  const account = (area: string): Account => {
    const match = new RegExp(`^  ${area} +(\\S+) +(\\S+)`, 'm').exec(text);
    return { loginName: match?.[1] ?? '', password: match?.[2] ?? '' };
  };
  return {
    url: find(/is up \(\d+ ms\): (\S+)/),
    sellerUrl: new URL(find(/seller server (\S+)/)).origin,
    accounts: {
      buyer: account('buyer'),
      enterprise: account('enterprise'),
      seller: account('seller'),
      operator: account('operator'),
    },
    output: () => text,
    stop: () =>
      new Promise((done) => {
        child.removeAllListeners('exit');
        child.once('exit', () => done());
        child.kill('SIGTERM');
      }),
  };
}
