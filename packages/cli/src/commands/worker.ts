import { healthApp, listen, startWorkers } from '@jishi/marketplace';
import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { configuration, externalDatabase, platformOn } from '../process.ts';
import { portOption, untilStopped } from '../terminal.ts';

/** `jishi worker`: tasks only; start as many as you like, on any number of machines. */
export function registerWorker(program: Command, io: CliIo): void {
  program
    .command('worker')
    .description('calls to sellers, events and tasks; start as many as you like')
    .option('--sandbox', 'for trying out: sellers on internal addresses are called')
    .option('--port <number>', 'answer /healthz, /readyz and /metrics here, at JISHI_HOST; default: no port')
    .action(async (options: { sandbox?: boolean; port?: string }) => {
      const config = configuration(options.sandbox ? 'sandbox' : 'production', {
        JISHI_PORT: options.port && portOption(options.port),
      });
      const database = await externalDatabase(config);
      const platform = platformOn(config, database);
      const health = options.port === undefined ? null : await listen(healthApp(platform), config.host, config.port);
      const workers = startWorkers(platform);
      const stopped = untilStopped(); // before it says that it runs: who reads that may send a signal at once
      io.err(
        `jishi worker runs (${config.mode}), ${config.callConcurrency} calls at once, ${config.callsPerSeller} per seller`,
      );
      if (health) io.err(`health and metrics at http://${config.host}:${health.port}`);
      await stopped;
      await workers.stop();
      await health?.close();
      await database.close();
    });
}
