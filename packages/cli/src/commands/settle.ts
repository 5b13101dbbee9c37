import { CalendarGap, describeSettled, ScenarioFault, settleFile, writeSettled } from '@jishi/marketplace';
import type { Command } from 'commander';
import { calendarYears } from '../calendar.ts';
import { CliExit, type CliIo } from '../io.ts';
import { explain } from '../terminal.ts';

/**
 * `jishi settle FILE`: the marketplace's own settlement rules over a scenario file, without a database. Exit 1 when lines are
 * exceptions of the run, 2 when the file can not be read or says what it must not.
 */
export function registerSettle(program: Command, io: CliIo): void {
  program
    .command('settle')
    .description('compute the bills of a scenario file, each line with its derivation')
    .argument('<file>', 'a settlement scenario (JSON); its lines may stand in an NDJSON file beside it, "linesFile"')
    .option('--json', 'print one JSON document')
    .option('--calendar <file>', 'holidays of further years (JSON), as JISHI_CALENDAR_FILE of a server')
    .action(async (file: string, { json, calendar }: { json?: boolean; calendar?: string }) => {
      const years = calendar === undefined ? {} : calendarYears(calendar);
      const errors = await settleFile(
        file,
        async (settled) => {
          await io.stream(json ? writeSettled(settled) : describeSettled(settled));
          io.out('');
          return settled.errors;
        },
        years,
      ).catch((error: unknown) => {
        if (error instanceof CalendarGap)
          throw new CliExit(
            2,
            `${file}: ${error.message} (--calendar FILE; or policy.calendar "none": no day is moved)`,
          );
        throw error instanceof ScenarioFault || error instanceof RangeError
          ? new CliExit(2, `${file}: ${error.message}`)
          : new CliExit(2, `${file}: ${explain(error)}`);
      });
      if (errors > 0)
        throw new CliExit(1, `${errors} ${errors === 1 ? 'line is an exception' : 'lines are exceptions'} of the run`);
    });
}
