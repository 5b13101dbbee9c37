/** The `jishi` command: the only place that reads the environment, the arguments and the clock of the machine. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { VERSION } from '@jishi/marketplace';
import { Command, CommanderError } from 'commander';
import { CliExit, type CliIo } from './io.ts';
import { COMMANDS } from './registry.ts';
import { explain, realRandomText } from './terminal.ts';

const io: CliIo = {
  stdin: () => buffer(process.stdin),
  out: (text) => void process.stdout.write(`${text}\n`),
  stream: (pieces) => pipeline(Readable.from(pieces), process.stdout, { end: false }),
  err: (text) => void process.stderr.write(`${text}\n`),
  now: () => new Date(),
  randomText: realRandomText,
};

const program = new Command('jishi')
  .description('Jishi 集市: a cloud marketplace that speaks KooGallery’s (云商店) seller protocols')
  .version(VERSION)
  .showHelpAfterError('(jishi --help shows what there is)')
  .exitOverride();

const [asked = ''] = process.argv.slice(2);
const wanted = Object.hasOwn(COMMANDS, asked) ? [COMMANDS[asked]] : Object.values(COMMANDS);
for (const register of wanted) await register?.(program, io, process);
for (const command of program.commands) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof CliExit) {
    if (error.message !== '') io.err(`jishi: ${error.message}`);
    process.exitCode = error.code;
  } else {
    io.err(`jishi: ${explain(error)}`);
    process.exitCode = 2;
  }
}
