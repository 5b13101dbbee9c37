/** The reader of a tutorial: a folder, terminals, and what they show. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';

export interface Desk {
  /** a command, to its end */
  run(script: string): Promise<{ code: number | null; output: string }>;
  /** a program that stays: what ran under this name before ends first; resolves when it is up */
  serve(name: string, script: string): Promise<void>;
  /** each line stands in the latest output, or in that of a program that stays, in this order; `…` is anything */
  shows(lines: string, name: string): Promise<void>;
  write(file: string, text: string): void;
  removeLine(file: string, line: string): void;
  clear(): Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  output(): string;
  readonly ended: Promise<number | null>;
}

/** `ports`: those of the text, and the free ones that stand for them here. */
export function openDesk(folder: string, ports: Readonly<Record<string, number>>): Desk {
  const staying = new Map<string, Running>();
  const facts = new Map<string, string>();
  let kept = ''; // `cd` and `export` lines: a terminal remembers them
  let latest: () => string = () => '';
  let here = folder;

  const filled = (text: string) =>
    [...Object.entries(ports), ...facts].reduce((all, [from, to]) => all.replaceAll(from, String(to)), text);

  const start = (script: string): Running => {
    const text = filled(script);
    const child = spawn('bash', ['-ec', `${kept}\n${text}`], { cwd: folder, env: environment(folder), detached: true });
    let output = '';
    child.stdout?.on('data', (part: Buffer) => (output += part.toString()));
    child.stderr?.on('data', (part: Buffer) => (output += part.toString()));
    for (const line of text.split('\n')) {
      if (/^(cd|export) /.test(line)) kept += `\n${line}`;
      if (line.startsWith('cd ')) here = join(here, line.slice(3));
    }
    latest = () => output;
    return { child, output: () => output, ended: new Promise((done) => child.on('close', done)) };
  };

  const stop = async ({ child, ended }: Running) => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
  };

  return {
    async run(script) {
      const running = start(script);
      return { code: await running.ended, output: running.output() };
    },
    async serve(name, script) {
      const before = staying.get(name);
      if (before) await stop(before);
      const running = start(script);
      staying.set(name, running);
      await until(script, () => /Ctrl-C|^http:\/\/localhost/m.test(running.output()) || isOver(running));
      if (isOver(running)) throw new Error(`${script}\nended: ${running.output()}`);
      const [, ak, sk] = /AK (\w+) {2}SK (\w+)/.exec(running.output()) ?? [];
      if (ak !== undefined && sk !== undefined) facts.set('<AK>', ak).set('<SK>', sk);
    },
    async shows(lines, name) {
      const output = staying.get(name)?.output ?? latest;
      const pattern = new RegExp(filled(lines).trim().split('\n').map(patternOf).join('[^]*'));
      await until(lines, () => pattern.test(output()), 5_000).catch(() => {
        throw new Error(`expected\n${filled(lines)}\nin\n${output()}`);
      });
    },
    write: (file, text) => writeFileSync(join(here, file), `${filled(text)}\n`),
    removeLine(file, line) {
      const text = readFileSync(join(here, file), 'utf8');
      if (!text.includes(`${line}\n`)) throw new Error(`${file} has no line ${line}`);
      writeFileSync(join(here, file), text.replace(`${line}\n`, ''));
    },
    async clear() {
      await Promise.all([...staying.values()].map(stop));
    },
  };
}

function isOver({ child }: Running): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function patternOf(line: string): string {
  return line
    .trim()
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
}

/** Nothing of the tests' own; npm stays off the network. */
function environment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    LANG: 'en_US.UTF-8',
    npm_config_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
}
