import { exchange, exchangePage, exchangeSummary } from '@jishi/marketplace';
import type { Command } from 'commander';
import { CliExit, type CliIo } from '../io.ts';
import { type Connection, connect, type SandboxOptions, withSandbox } from '../sandbox/connect.ts';
import { exchangeText } from '../sandbox/lines.ts';

interface ReplayOptions extends SandboxOptions {
  same?: boolean;
  json?: boolean;
}

/** `jishi replay CALL`: a call to the seller once more (design.md 5). */
export function registerReplay(program: Command, io: CliIo): void {
  withSandbox(program.command('replay'))
    .description('repeat a call to the seller, signed anew; with --same byte for byte, as a replay attack')
    .argument(
      '<call>',
      'number of the exchange (jishi listen prints it), id of the call, an activity (its latest call), or "last"',
    )
    .option('--same', 'the very same bytes: signature, timestamp and nonce too')
    .option('--json', 'print one JSON document')
    .action(async (call: string, options: ReplayOptions) => {
      const sandbox = connect(options);
      const exchangeId = await find(sandbox, call);
      const command = { exchangeId, how: options.same === true ? 'same' : 'fresh' };
      const repeated = await sandbox.send('POST', '/replay', command, exchangeSummary);
      const whole = await sandbox.get(`/exchanges/${repeated.exchangeId}`, exchange);
      io.out(options.json ? JSON.stringify(whole) : exchangeText(whole));
      if (whole.diagnosis.length > 0) throw new CliExit(1, '');
    });
}

async function find(sandbox: Connection, call: string): Promise<string> {
  if (/^#?\d{1,15}$/.test(call)) return call.replace('#', '');
  const { items } = await sandbox.get('/exchanges?limit=500', exchangePage);
  const found = items.find(
    (each) => each.direction === 'to-seller' && (call === 'last' || each.callId === call || each.activity === call),
  );
  if (found === undefined)
    throw new CliExit(2, `there is no call "${call}" among the latest 500: jishi listen shows them as they happen`);
  return found.exchangeId;
}
