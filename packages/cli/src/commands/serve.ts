import { createApp, createCaller, listen } from '@jishi/marketplace';
import type { Command } from 'commander';
import { takeCalendarFile } from '../calendar.ts';
import type { CliIo } from '../io.ts';
import { configuration, consoleFolder, docsFolder, externalDatabase, platformOn } from '../process.ts';
import { portOption, untilStopped } from '../terminal.ts';

/** `jishi serve`: API and console on an external PostgreSQL; tasks are made by `jishi worker`. */
export function registerServe(program: Command, io: CliIo): void {
  program
    .command('serve')
    .description('API and console on an external PostgreSQL (JISHI_DATABASE_URL)')
    .option('--port <number>', 'default JISHI_PORT or 8080')
    .option('--host <address>', 'default JISHI_HOST or 127.0.0.1')
    .option('--sandbox', 'for trying out: sellers on internal addresses, play money, default secrets')
    .action(async (options: { port?: string; host?: string; sandbox?: boolean }) => {
      const config = configuration(options.sandbox ? 'sandbox' : 'production', {
        JISHI_PORT: options.port && portOption(options.port),
        JISHI_HOST: options.host,
      });
      const database = await externalDatabase(config);
      const platform = platformOn(config, database);
      await takeCalendarFile(platform);
      const caller = createCaller(platform);
      const server = await listen(
        createApp({ platform, caller, consoleFolder: consoleFolder(), docsFolder: docsFolder() }),
        config.host,
        config.port,
      );
      const stopped = untilStopped(); // before it says that it serves: who reads that may send a signal at once
      io.err(`jishi serves ${config.publicUrl} (${config.mode}); tasks are made by "jishi worker"`);
      await stopped;
      await server.close();
      await caller.close();
      await database.close();
    });
}
