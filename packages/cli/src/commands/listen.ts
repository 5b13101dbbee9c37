import { exchange, exchangePage, exchangeSummary } from '@jishi/marketplace';
import type { Command } from 'commander';
import { CliExit, type CliIo } from '../io.ts';
import { type Connection, connect, type SandboxOptions, withSandbox } from '../sandbox/connect.ts';
import { exchangeLine, exchangeText } from '../sandbox/lines.ts';
import { untilStopped } from '../terminal.ts';

interface ListenOptions extends SandboxOptions {
  activity?: string;
  count?: string;
  past?: string;
  full?: boolean;
  ndjson?: boolean;
}

/** `jishi listen`: calls as they happen, in both directions (design.md 5). */
export function registerListen(program: Command, io: CliIo): void {
  withSandbox(program.command('listen'))
    .description('show each call of the running sandbox as it happens, to the seller and from it')
    .option('--activity <name>', 'only calls of this activity')
    .option('--count <n>', 'end after so many')
    .option('--past <n>', 'begin with the latest n that were before', '0')
    .option('--full', 'whole: signature steps, request, response, what is wrong')
    .option('--ndjson', 'one JSON document a line')
    .action(async (options: ListenOptions) => {
      const most = options.count === undefined ? Number.POSITIVE_INFINITY : number(options.count, '--count', 1);
      const sandbox = connect(options);
      const ending = new AbortController();
      let shown = 0;
      let work = Promise.resolve();
      const show = (data: unknown): void => {
        const one = exchangeSummary.parse(data);
        if (options.activity !== undefined && one.activity !== options.activity) return;
        if (shown >= most) return;
        shown += 1;
        const last = shown >= most;
        work = work
          .then(() => print(io, sandbox, one.exchangeId, one, options))
          .then(() => {
            if (last) ending.abort();
          });
      };
      for (const one of await past(sandbox, number(options.past ?? '0', '--past', 0), options.activity)) show(one);
      if (shown < most) {
        io.err(`listening to ${sandbox.url}; Ctrl-C ends it`);
        void untilStopped().then(() => ending.abort());
        await sandbox.listen(ending.signal, (event, data) => {
          if (event === 'exchange') show(data);
          if (event === 'reset' && options.ndjson !== true) io.err('the sandbox was reset');
        });
      }
      await work;
    });
}

async function print(
  io: CliIo,
  sandbox: Connection,
  exchangeId: string,
  summary: Parameters<typeof exchangeLine>[0],
  options: ListenOptions,
): Promise<void> {
  if (options.full !== true) return io.out(options.ndjson ? JSON.stringify(summary) : exchangeLine(summary));
  const whole = await sandbox.get(`/exchanges/${exchangeId}`, exchange);
  io.out(options.ndjson ? JSON.stringify(whole) : `${exchangeText(whole)}\n`);
}

async function past(sandbox: Connection, count: number, activity: string | undefined) {
  if (count === 0) return [];
  const wanted = activity === undefined ? '' : `&activity=${encodeURIComponent(activity)}`;
  const { items } = await sandbox.get(`/exchanges?limit=${count}${wanted}`, exchangePage);
  return [...items].reverse();
}

function number(text: string, option: string, least: number): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) < least || Number(text) > 500)
    throw new CliExit(2, `${option} must be a number from ${least} to 500, not "${text}"`);
  return Number(text);
}
