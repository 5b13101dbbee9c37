/** Every command. Each is loaded when it is asked for: signing a request does not wait for a marketplace to be read. */
import type { Command } from 'commander';
import type { CliIo } from './io.ts';

type Register = (program: Command, io: CliIo, machine: NodeJS.Process) => Promise<void>;

export const COMMANDS: Readonly<Record<string, Register>> = {
  start: async (program, io) => (await import('./commands/start.ts')).registerStart(program, io),
  serve: async (program, io) => (await import('./commands/serve.ts')).registerServe(program, io),
  worker: async (program, io) => (await import('./commands/worker.ts')).registerWorker(program, io),
  migrate: async (program, io) => (await import('./commands/migrate.ts')).registerMigrate(program, io),
  keys: async (program, io) => (await import('./commands/keys.ts')).registerKeys(program, io),
  operator: async (program, io) => (await import('./commands/operator.ts')).registerOperator(program, io),
  conformance: async (program, io, machine) =>
    (await import('./commands/conformance.ts')).registerConformance(program, io, machine),
  settle: async (program, io) => (await import('./commands/settle.ts')).registerSettle(program, io),
  reconcile: async (program, io) => (await import('./commands/reconcile.ts')).registerReconcile(program, io),
  ledger: async (program, io) => (await import('./commands/ledger.ts')).registerLedger(program, io),
  audit: async (program, io) => (await import('./commands/audit.ts')).registerAudit(program, io),
  sign: async (program, io) => (await import('./commands/sign.ts')).registerSign(program, io),
  verify: async (program, io) => (await import('./commands/verify.ts')).registerVerify(program, io),
  secret: async (program, io) => (await import('./commands/secret.ts')).registerSecret(program, io),
  listen: async (program, io) => (await import('./commands/listen.ts')).registerListen(program, io),
  trigger: async (program, io) => (await import('./commands/trigger.ts')).registerTrigger(program, io),
  replay: async (program, io) => (await import('./commands/replay.ts')).registerReplay(program, io),
  clock: async (program, io) => (await import('./commands/clock.ts')).registerClock(program, io),
  sandbox: async (program, io) => (await import('./commands/sandbox.ts')).registerSandbox(program, io),
};
