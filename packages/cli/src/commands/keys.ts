import { rotateKeys, SEALED_COLUMNS } from '@jishi/marketplace';
import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { configuration, externalDatabase, platformOn } from '../process.ts';

/** `jishi keys rotate`: seals all stored secrets under the first key of JISHI_MASTER_KEYS; the old one may then go. */
export function registerKeys(program: Command, io: CliIo): void {
  const keys = program.command('keys').description('the keys that protect stored secrets');
  keys
    .command('rotate')
    .description('seal every stored secret under the first key of JISHI_MASTER_KEYS')
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      const config = configuration('production');
      const database = await externalDatabase(config);
      try {
        const { keys: ring } = platformOn(config, database);
        const sealed = await rotateKeys(database.db, ring, SEALED_COLUMNS);
        const lines = Object.entries(sealed).map(([column, count]) => `${column}: ${count} sealed anew`);
        io.out(
          options.json
            ? JSON.stringify({ activeKey: ring.activeKeyId, sealed })
            : [`active key: ${ring.activeKeyId}`, ...lines].join('\n'),
        );
      } finally {
        await database.close();
      }
    });
}
