import { exchangePage, sandboxState, triggerAnswer } from '@jishi/marketplace';
import type { Command } from 'commander';
import { CliExit, type CliIo } from '../io.ts';
import { type Connection, connect, type SandboxOptions, withSandbox } from '../sandbox/connect.ts';
import { exchangeLine } from '../sandbox/lines.ts';

interface TriggerOptions extends SandboxOptions {
  list?: boolean;
  service?: string;
  specification?: string;
  mode?: string;
  period?: string;
  number?: string;
  quantity?: string;
  json?: boolean;
}

/** `jishi trigger SCENARIO`: what a buyer, the operator or time would do, at once (design.md 5). */
export function registerTrigger(program: Command, io: CliIo): void {
  withSandbox(program.command('trigger'))
    .description('play a scenario in the running sandbox: newInstance, renew, freeze, release … (--list shows all)')
    .argument('[scenario]', 'a scenario, or the activity that it makes')
    .option('--list', 'show the scenarios, and which of them can be played now')
    .option('--service <id>', 'the service that it is done to; default: the newest that fits')
    .option('--specification <name>', 'what is bought: id or name of a specification')
    .option('--mode <mode>', 'what is bought, by billing mode: PERIOD, ONE_TIME, ON_DEMAND, ON_DEMAND_PKG')
    .option('--period <type>', 'month or year')
    .option('--number <n>', 'how many periods')
    .option('--quantity <n>', 'quantity of the linear attribute')
    .option('--json', 'print one JSON document')
    .action(async (scenario: string | undefined, options: TriggerOptions) => {
      if (options.list === true) return list(io, options);
      if (scenario === undefined) throw new CliExit(2, 'trigger needs a SCENARIO; "jishi trigger --list" shows them');
      const sandbox = connect(options);
      const answer = await sandbox.send('POST', '/trigger', commandOf(scenario, options), triggerAnswer);
      const exchanges = await exchangesOf(sandbox, answer.exchanges);
      if (options.json) io.out(JSON.stringify({ ...answer, exchanges }));
      else {
        if (answer.orderId !== null) io.out(`order ${answer.orderId}`);
        if (answer.resourceId !== null) io.out(`service ${answer.resourceId}`);
        for (const each of exchanges) io.out(exchangeLine(each));
        if (exchanges.length === 0) io.out('no call came of it at once');
      }
      const failed = exchanges.filter((each) => each.direction === 'to-seller' && each.diagnosis.length > 0);
      if (failed.length > 0)
        throw new CliExit(
          1,
          options.json ? '' : `${failed.length} call(s) with findings: jishi listen --full, or the console's Sandbox`,
        );
    });
}

function commandOf(scenario: string, options: TriggerOptions): object {
  const { period, mode } = options;
  if (period !== undefined && period !== 'month' && period !== 'year')
    throw new CliExit(2, `--period must be month or year, not "${period}"`);
  return {
    scenario,
    resourceId: options.service ?? null,
    specificationId: options.specification ?? null,
    chargingMode: mode ?? null,
    periodType: period ?? null,
    periodNumber: whole(options.number, '--number'),
    quantity: whole(options.quantity, '--quantity'),
  };
}

function whole(text: string | undefined, option: string): number | null {
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new CliExit(2, `${option} must be a whole number from 1, not "${text}"`);
  return Number(text);
}

async function exchangesOf(sandbox: Connection, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const { items } = await sandbox.get(`/exchanges?limit=500`, exchangePage);
  return items.filter(({ exchangeId }) => ids.includes(exchangeId)).reverse();
}

async function list(io: CliIo, options: TriggerOptions): Promise<void> {
  const { scenarios } = await connect(options).get('/state', sandboxState);
  if (options.json) return io.out(JSON.stringify({ scenarios }));
  for (const { name, group, activity, label, available, why } of scenarios)
    io.out(
      `${available ? '✓' : '–'} ${name.padEnd(20)} ${group.padEnd(14)} ${activity.padEnd(22)} ${label.en} ${label.zh}${why === null ? '' : `: ${why.en}`}`,
    );
}
