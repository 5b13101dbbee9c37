import type { Command } from 'commander';
import { CliExit, type CliIo } from '../io.ts';
import type { StartOptions } from '../start/run.ts';
import { type GivenSeller, sellerOptions, withSeller } from '../start/seller-options.ts';
import { portOption } from '../terminal.ts';

type Given = StartOptions & GivenSeller & { readonly data?: string; readonly memory?: boolean };

/** `jishi start`: a whole marketplace on this machine, and the first purchase in it (contracts/cli.md). */
export function registerStart(program: Command, io: CliIo): void {
  withSeller(program.command('start'))
    .description('embedded marketplace, console and demo seller; plays the first purchase over real HTTP, stays up')
    .option('--once', 'exit after the purchase: 0 when the instance is active, 1 when not')
    .option('--port <number>', 'port of API and console; default 8080, with --once any free one')
    .option('--data <folder>', 'data folder; default .jishi here, with --once a temporary one')
    .option('--memory', 'a temporary folder, removed at the end')
    .option('--json', 'with --once: print one JSON document')
    .option('--timeout <seconds>', 'with --once: how long to wait for the instance', '60')
    .action(async (options: Given) => {
      check(options);
      const seller = sellerOptions(options);
      const folder = options.memory || (options.once && options.data === undefined) ? null : (options.data ?? '.jishi');
      // a marketplace is read only for options that make sense
      const { beginDatabase } = await import('../start/early-database.ts');
      const database = beginDatabase(folder);
      const { runStart } = await import('../start/run.ts');
      await runStart(io, options, { ...seller, folder, database });
    });
}

function check(options: Given): void {
  if (options.port !== undefined) portOption(options.port);
  if (options.json && !options.once) throw new CliExit(2, '--json goes with --once');
  if (options.memory && options.data !== undefined) throw new CliExit(2, '--memory and --data exclude each other');
  if (!/^\d{1,5}$/.test(options.timeout) || Number(options.timeout) < 1)
    throw new CliExit(2, `--timeout must be a number of seconds, not "${options.timeout}"`);
}
