import { describeReconciliation, reconcile, rowsOf, TableFault, zoneOf } from '@jishi/marketplace';
import type { Command } from 'commander';
import { CliExit, type CliIo } from '../io.ts';
import { oneOf } from '../protocol-commands/input.ts';
import { readTable } from '../reconcile/read-table.ts';
import { explain } from '../terminal.ts';

interface ReconcileOptions {
  bill: string;
  orders: string;
  site: string;
  json?: boolean;
}

/** `jishi reconcile`: a bill against the seller's own order list (contracts/cli.md). Exit 1 when there are differences. */
export function registerReconcile(program: Command, io: CliIo): void {
  program
    .command('reconcile')
    .description('a bill against your own order list: what agrees, what differs, and why')
    .requiredOption('--bill <file>', 'the bill, as the marketplace exports its details (CSV or XLSX)')
    .requiredOption('--orders <file>', 'your orders, with a heading in English or Chinese (CSV or XLSX)')
    .option('--site <site>', 'CN, INTL or EU: formulas, and the zone of dates without one', 'CN')
    .option('--json', 'print one JSON document')
    .action(async (options: ReconcileOptions) => {
      const site = oneOf(options.site, ['CN', 'INTL', 'EU'] as const, '--site');
      const read = async (file: string) => rowsOf(await readTable(file), zoneOf(site));
      const result = await Promise.all([read(options.bill), read(options.orders)])
        .then(([bill, orders]) => reconcile(bill, orders, site))
        .catch((error: unknown) => {
          throw new CliExit(2, error instanceof TableFault ? error.message : explain(error));
        });
      io.out(options.json ? JSON.stringify(result) : describeReconciliation(result));
      if (result.differences.length > 0) throw new CliExit(1, '');
    });
}
