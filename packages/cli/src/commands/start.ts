import type { Command } from 'commander';
import { CliExit, type CliIo } from '../io.ts';
import { portOption, untilStopped } from '../process.ts';
import { bootSandbox } from '../start/boot.ts';
import { type PurchaseReport, playPurchase } from '../start/purchase.ts';
import { type GivenSeller, sellerOptions, withSeller } from '../start/seller-options.ts';
import { failureLines, storyLines, welcomeLines } from '../start/story.ts';

interface StartOptions extends GivenSeller {
  once?: boolean;
  port?: string;
  data?: string;
  memory?: boolean;
  json?: boolean;
  timeout: string;
}

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
    .action(async (options: StartOptions) => {
      check(options);
      const sandbox = await bootSandbox({
        port: options.port ?? (options.once ? '0' : undefined),
        folder: options.memory || (options.once && options.data === undefined) ? null : (options.data ?? '.jishi'),
        ...sellerOptions(options),
      });
      const bootMs = Math.round(performance.now());
      try {
        for (const note of sandbox.notes) io.err(note);
        if (options.once) await once(io, options, sandbox.purchaseAddress, bootMs);
        else {
          const stopped = untilStopped();
          await stay(io, options, sandbox, bootMs);
          await stopped;
          io.err('stopping … (calls under way may take up to 20 s; Ctrl-C again ends at once)');
        }
      } finally {
        await sandbox.stop();
      }
    });
}

type Address = Parameters<typeof playPurchase>[0];

async function once(io: CliIo, options: StartOptions, address: Address, bootMs: number): Promise<void> {
  if (!options.json) io.err(`marketplace at ${address.url}; a buyer orders …`);
  const report = await playPurchase(address, Number(options.timeout) * 1000);
  const elapsedMs = { boot: bootMs, purchaseToActive: report.purchaseToActiveMs };
  if (options.json)
    io.out(
      JSON.stringify({
        ok: report.ok,
        elapsedMs,
        order: report.order,
        instance: report.instance,
        calls: report.calls,
        ...(report.ok ? {} : { diagnosis: report.diagnosis }),
      }),
    );
  else io.out((report.ok ? storyLines(report) : failureLines(report)).join('\n'));
  if (!report.ok) throw new CliExit(1, options.json ? '' : 'the instance did not become active');
}

async function stay(
  io: CliIo,
  options: StartOptions,
  sandbox: Awaited<ReturnType<typeof bootSandbox>>,
  bootMs: number,
): Promise<void> {
  let report: PurchaseReport | null = null;
  // A seller of one's own is there to be called, whatever was bought before.
  if (sandbox.isNew || options.seller !== undefined) {
    io.err('a buyer orders …');
    report = await playPurchase(sandbox.purchaseAddress, 30_000);
    io.out((report.ok ? storyLines(report) : failureLines(report)).join('\n'));
  }
  io.out(welcomeLines(sandbox, bootMs).join('\n'));
}

function check(options: StartOptions): void {
  if (options.port !== undefined) portOption(options.port);
  if (options.json && !options.once) throw new CliExit(2, '--json goes with --once');
  if (options.memory && options.data !== undefined) throw new CliExit(2, '--memory and --data exclude each other');
  if (!/^\d{1,5}$/.test(options.timeout) || Number(options.timeout) < 1)
    throw new CliExit(2, `--timeout must be a number of seconds, not "${options.timeout}"`);
}
