/** docs/commands.md names every command with every option that its `--help` shows, and none that it does not take. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CliIo } from '../packages/cli/src/io.ts';
import { COMMANDS } from '../packages/cli/src/registry.ts';

const page = readFileSync(new URL('../docs/commands.md', import.meta.url), 'utf8');
const silent: CliIo = {
  stdin: () => Promise.resolve(Buffer.alloc(0)),
  out: () => undefined,
  stream: () => Promise.resolve(),
  err: () => undefined,
  now: () => new Date(0),
  randomText: () => '',
};

/** Options by command as it is called, e.g. `jishi sandbox run`. */
const taken = new Map<string, Set<string>>();
beforeAll(async () => {
  const program = new Command('jishi');
  for (const register of Object.values(COMMANDS)) await register(program, silent, process);
  for (const command of program.commands) walk(command, `jishi ${command.name()}`);
});
function walk(command: Command, name: string): void {
  for (const sub of command.commands) walk(sub, `${name} ${sub.name()}`);
  if (command.commands.length > 0) return;
  const help = command.createHelp();
  taken.set(
    name,
    new Set(
      flagsIn(
        help
          .visibleOptions(command)
          .map(({ long }) => long ?? '')
          .join(' '),
      ),
    ),
  );
}

const flagsIn = (text: string): string[] =>
  [...text.matchAll(/--[a-z][a-z-]*/g)].map(([flag]) => flag).filter((flag) => flag !== '--help');

interface Told {
  readonly name: string;
  /** what stands of this command alone */
  readonly own: string;
  /** what stands above all commands of the section */
  readonly shared: string;
}
/** A command is a bold line with its table, or a row of a table. */
function toldIn(section: string): Told[] {
  const blocks = section.split(/^(?=\*\*`jishi |\| `jishi )/m);
  const [shared = '', ...rest] = blocks;
  return rest.map((own) => ({ name: nameOf(/`(jishi [^`]+)`/.exec(own)?.[1] ?? ''), own, shared }));
}
/** Its name ends where a choice, what is in capitals or brackets, or an option begins. */
function nameOf(called: string): string {
  const words = called.split(' ');
  const end = words.findIndex((word) => !/^[a-z][a-z-]*$/.test(word));
  return (end < 0 ? words : words.slice(0, end)).join(' ');
}
const told = page.split(/^## /m).slice(1).flatMap(toldIn);

describe('docs/commands.md', () => {
  it('names each command, and only those', () => {
    expect(told.map(({ name }) => name).toSorted()).toEqual([...taken.keys()].toSorted());
  });

  it.each(told)('$name: every option, and none that it does not take', ({ name, own, shared }) => {
    const options = taken.get(name) ?? new Set();
    expect(flagsIn(own).filter((flag) => !options.has(flag))).toEqual([]);
    const said = new Set([...flagsIn(own), ...flagsIn(shared)]);
    expect([...options].filter((option) => !said.has(option))).toEqual([]);
  });
});
