/** What `jishi start` does once its options are known to make sense. */
import { CliExit, type CliIo } from '../io.ts';
import { untilStopped } from '../terminal.ts';
import { bootSandbox, type RunningSandbox, type SandboxOptions } from './boot.ts';
import { type PurchaseReport, playPurchase } from './purchase.ts';
import { failureLines, storyLines, welcomeLines } from './story.ts';

export interface StartOptions {
  readonly once?: boolean;
  readonly port?: string;
  readonly json?: boolean;
  /** seconds */
  readonly timeout: string;
  readonly seller?: string;
}

/** Boots, plays the first purchase, stays up until a signal (or not: `--once`). */
export async function runStart(
  io: CliIo,
  options: StartOptions,
  given: Pick<SandboxOptions, 'seller' | 'protocol' | 'folder' | 'database'>,
): Promise<void> {
  const sandbox = await bootSandbox({ port: options.port ?? (options.once ? '0' : undefined), ...given });
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
}

type Address = Parameters<typeof playPurchase>[0];

async function once(io: CliIo, options: StartOptions, address: Address, bootMs: number): Promise<void> {
  if (!options.json) io.err(`marketplace at ${address.url}; a buyer orders …`);
  const report = await playPurchase(address, Number(options.timeout) * 1000, io.err);
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

async function stay(io: CliIo, options: StartOptions, sandbox: RunningSandbox, bootMs: number): Promise<void> {
  let report: PurchaseReport | null = null;
  // A seller of one's own is there to be called, whatever was bought before.
  if (sandbox.isNew || options.seller !== undefined) {
    io.err('a buyer orders …');
    report = await playPurchase(sandbox.purchaseAddress, 30_000, io.err);
    io.out((report.ok ? storyLines(report) : failureLines(report)).join('\n'));
  }
  io.out(welcomeLines(sandbox, bootMs).join('\n'));
}
