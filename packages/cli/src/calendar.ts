/** Holidays of further years in a file, for `jishi settle` and for servers. */
import { readFileSync } from 'node:fs';
import { CalendarFault, inTransaction, type Platform, readCalendar, takeYears } from '@jishi/marketplace';
import { CliExit } from './io.ts';
import { explain } from './terminal.ts';

/** Years by their number. A file that can not be read, or says what it must not, ends the command with 2 and names it. */
export function calendarYears(file: string): ReturnType<typeof readCalendar> {
  try {
    return readCalendar(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CliExit(2, error instanceof CalendarFault ? `${file}: ${error.message}` : explain(error));
  }
}

/** A server that starts gives the working calendar what stands in its file (`JISHI_CALENDAR_FILE`). */
export async function takeCalendarFile(platform: Platform): Promise<void> {
  const { calendarFile } = platform.config;
  if (calendarFile === null) return;
  const years = calendarYears(calendarFile);
  const taken = await inTransaction(platform.db, (tx) => takeYears(platform, tx, years, platform.clock.now()));
  if (taken.length > 0) platform.log.info({ years: taken }, 'the working calendar took years from its file');
}
