import { sandboxState } from '@jishi/marketplace';
import type { Command } from 'commander';
import { CliExit, type CliIo } from '../io.ts';
import { instantOption, required } from '../protocol-commands/input.ts';
import { connect, type SandboxOptions, withSandbox } from '../sandbox/connect.ts';
import { clockLine } from '../sandbox/lines.ts';

interface ClockOptions extends SandboxOptions {
  json?: boolean;
}

/** `jishi clock …`: the sandbox's time, and moving it (design.md 5). */
export function registerClock(program: Command, io: CliIo): void {
  withSandbox(program.command('clock'))
    .description('show or move the clock of the running sandbox; everything that becomes due is done in order')
    .argument('[action]', 'show, advance, to, next, play, pause', 'show')
    .argument('[how]', 'advance: 30d, 12h, 2mo, 1y …; to: an ISO 8601 instant with its zone')
    .option('--json', 'print the state of the sandbox as one JSON document')
    .action(async (action: string, how: string | undefined, options: ClockOptions) => {
      const command = commandOf(action, how, io);
      const sandbox = connect(options);
      const state =
        command === null
          ? await sandbox.get('/state', sandboxState)
          : await sandbox.send('POST', '/clock', command, sandboxState);
      io.out(options.json ? JSON.stringify(state) : clockLine(state));
    });
}

/** @returns null = only shown */
function commandOf(action: string, how: string | undefined, io: CliIo): object | null {
  const alone = ['show', 'next', 'play', 'pause'];
  if (alone.includes(action)) {
    if (how !== undefined) throw new CliExit(2, `"clock ${action}" takes nothing more, not "${how}"`);
    return action === 'show' ? null : { action };
  }
  if (action === 'advance') {
    if (how === undefined || !/^\d{1,5} ?(s|m|h|d|w|mo|y)$/.test(how))
      throw new CliExit(
        2,
        `"clock advance" takes how far: 30d, 12h, 2w, 3mo, 1y … (s, m, h, d, w, mo, y), not "${how ?? ''}"`,
      );
    return { action, by: how };
  }
  if (action === 'to') {
    const at = instantOption(required(how, '"clock to" takes an instant: it'), '"clock to"', io);
    return { action, instant: at.toISOString() };
  }
  throw new CliExit(2, `clock: show, advance, to, next, play or pause, not "${action}"`);
}
