import { MIGRATIONS, migrate } from '@jishi/marketplace';
import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { configuration, externalDatabase } from '../process.ts';

/** `jishi migrate`: brings the database up to date. */
export function registerMigrate(program: Command, io: CliIo): void {
  program
    .command('migrate')
    .description('bring the database up to date (JISHI_DATABASE_URL)')
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      const database = await externalDatabase(configuration('production'), true);
      try {
        const applied = await migrate(database.db, MIGRATIONS, io.now());
        io.out(
          options.json
            ? JSON.stringify({ applied })
            : applied.length === 0
              ? 'the database is up to date'
              : `applied ${applied.join(', ')}`,
        );
      } finally {
        await database.close();
      }
    });
}
