/** The working calendar: bill runs and their schedules count by it; a year that is not in it is refused, never guessed. */
import type { Executor } from '../../platform/database/database.ts';
import { ok, refuse } from '../../platform/result.ts';
import { dayAt, giveYear, knownYears } from '../../settlement/index.ts';
import { auditDone } from './audit.ts';
import * as schemas from './distributor-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';

export const calendarRoutes: ConsoleRoute[] = [
  read({
    path: '/operator/working-calendar',
    summary: 'Years whose holidays and make-up days are known, newest first',
    action: 'settlement.inspect',
    query: noQuery,
    response: schemas.workingCalendar,
    run: async (call) => ok(await shown(call, call.platform.db)),
  }),
  command({
    path: '/operator/working-calendar/{year}',
    summary: 'Give a year its holidays and make-up days; bill runs that waited for it are planned again',
    action: 'settlement.decide',
    body: schemas.newCalendarYear,
    response: schemas.workingCalendar,
    async run(call, days, tx) {
      const { platform, principal, params, now } = call;
      const year = schemas.askedYear.safeParse(params.year);
      if (!year.success) return refuse('NOT_FOUND', 'there is no such year');
      const given = await giveYear(platform, tx, { ...days, year: year.data, by: principal.displayName }, now);
      if (!given.ok) return given;
      await auditDone(call, tx, { action: 'calendar.give', object: `calendar:${given.value}`, traceId: null });
      platform.wake.kick();
      return ok(await shown(call, tx));
    },
  }),
];

async function shown({ platform, now }: Call, executor: Executor): Promise<schemas.WorkingCalendarView> {
  const from = Number(dayAt(now, platform.config.site).slice(0, 4));
  const years = await knownYears(executor);
  const known = new Set(years.map(({ year }) => year));
  return {
    years: years.map(({ year, off, worked, by, writtenAt }) => ({
      ...{ year, by },
      off: [...off],
      worked: [...worked],
      writtenAt: writtenAt?.toISOString() ?? null,
    })),
    missing: [from, from + 1].filter((year) => !known.has(year)),
    from,
  };
}
