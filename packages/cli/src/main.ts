/** The `jishi` command: the only place that reads the environment, the arguments and the clock of the machine. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { VERSION } from '@jishi/marketplace';
import { Command, CommanderError } from 'commander';
import { registerAudit } from './commands/audit.ts';
import { registerClock } from './commands/clock.ts';
import { registerConformance } from './commands/conformance.ts';
import { registerKeys } from './commands/keys.ts';
import { registerLedger } from './commands/ledger.ts';
import { registerListen } from './commands/listen.ts';
import { registerMigrate } from './commands/migrate.ts';
import { registerOperator } from './commands/operator.ts';
import { registerReconcile } from './commands/reconcile.ts';
import { registerReplay } from './commands/replay.ts';
import { registerSandbox } from './commands/sandbox.ts';
import { registerSecret } from './commands/secret.ts';
import { registerServe } from './commands/serve.ts';
import { registerSettle } from './commands/settle.ts';
import { registerSign } from './commands/sign.ts';
import { registerStart } from './commands/start.ts';
import { registerTrigger } from './commands/trigger.ts';
import { registerVerify } from './commands/verify.ts';
import { registerWorker } from './commands/worker.ts';
import { CliExit, type CliIo } from './io.ts';
import { explain, realRandomText } from './process.ts';

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

registerStart(program, io);
registerServe(program, io);
registerWorker(program, io);
registerMigrate(program, io);
registerKeys(program, io);
registerOperator(program, io);
registerConformance(program, io, process);
registerSettle(program, io);
registerReconcile(program, io);
registerLedger(program, io);
registerAudit(program, io);
registerSign(program, io);
registerVerify(program, io);
registerSecret(program, io);
registerListen(program, io);
registerTrigger(program, io);
registerReplay(program, io);
registerClock(program, io);
registerSandbox(program, io);
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
