/** The `jishi` command: the only place that reads the environment, the arguments and the clock of the machine. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { VERSION } from '@jishi/marketplace';
import { Command, CommanderError } from 'commander';
import { CliExit, type CliIo } from './io.ts';
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

/** Each is loaded when it is asked for: signing a request does not wait for a marketplace to be read. */
const COMMANDS: Readonly<Record<string, () => Promise<void>>> = {
  start: async () => (await import('./commands/start.ts')).registerStart(program, io),
  serve: async () => (await import('./commands/serve.ts')).registerServe(program, io),
  worker: async () => (await import('./commands/worker.ts')).registerWorker(program, io),
  migrate: async () => (await import('./commands/migrate.ts')).registerMigrate(program, io),
  keys: async () => (await import('./commands/keys.ts')).registerKeys(program, io),
  operator: async () => (await import('./commands/operator.ts')).registerOperator(program, io),
  conformance: async () => (await import('./commands/conformance.ts')).registerConformance(program, io, process),
  settle: async () => (await import('./commands/settle.ts')).registerSettle(program, io),
  reconcile: async () => (await import('./commands/reconcile.ts')).registerReconcile(program, io),
  ledger: async () => (await import('./commands/ledger.ts')).registerLedger(program, io),
  audit: async () => (await import('./commands/audit.ts')).registerAudit(program, io),
  sign: async () => (await import('./commands/sign.ts')).registerSign(program, io),
  verify: async () => (await import('./commands/verify.ts')).registerVerify(program, io),
  secret: async () => (await import('./commands/secret.ts')).registerSecret(program, io),
  listen: async () => (await import('./commands/listen.ts')).registerListen(program, io),
  trigger: async () => (await import('./commands/trigger.ts')).registerTrigger(program, io),
  replay: async () => (await import('./commands/replay.ts')).registerReplay(program, io),
  clock: async () => (await import('./commands/clock.ts')).registerClock(program, io),
  sandbox: async () => (await import('./commands/sandbox.ts')).registerSandbox(program, io),
};

const [asked = ''] = process.argv.slice(2);
const wanted = Object.hasOwn(COMMANDS, asked) ? [COMMANDS[asked]] : Object.values(COMMANDS);
for (const register of wanted) await register?.();
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
