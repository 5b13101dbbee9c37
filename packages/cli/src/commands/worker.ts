import { startWorkers } from '@jishi/marketplace';
import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { configuration, externalDatabase, platformOn, untilStopped } from '../process.ts';

/** `jishi worker`: tasks only; start as many as you like, on any number of machines. */
export function registerWorker(program: Command, io: CliIo): void {
  program
    .command('worker')
    .description('calls to sellers, events and tasks; start as many as you like')
    .option('--sandbox', 'for trying out: sellers on internal addresses are called')
    .action(async (options: { sandbox?: boolean }) => {
      const config = configuration(options.sandbox ? 'sandbox' : 'production');
      const database = await externalDatabase(config);
      const workers = startWorkers(platformOn(config, database));
      io.err(
        `jishi worker runs (${config.mode}), ${config.callConcurrency} calls at once, ${config.callsPerSeller} per seller`,
      );
      await untilStopped();
      await workers.stop();
      await database.close();
    });
}
