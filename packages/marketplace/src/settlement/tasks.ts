/** What settlement does on its own: the bill run of a period, on its billing day. */
import { sql } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import type { TaskHandlers } from '../platform/tasks/marketplace-tasks.ts';
import { workingCalendar } from './calendar-store.ts';
import { invoiceTasks } from './invoices/index.ts';
import { BILL_RUN, planRun, runAgain } from './live/periods.ts';
import { runPeriod } from './live/run.ts';

export const settlementTasks = (platform: Platform): TaskHandlers => ({
  ...invoiceTasks(platform),
  async [BILL_RUN](tx, { subject }, now) {
    const { site } = platform.config;
    const period = subject.slice(subject.indexOf(':') + 1);
    const done = await runPeriod(platform, tx, { site, period }, now);
    if (done.ok) {
      // later periods that were refused because this one was open
      await runAgain(platform, tx, site, await workingCalendar(tx), now);
      return 'done';
    }
    // Nothing is guessed: the period stays open, the operators are told why, and run it when the obstacle is gone.
    const { code, message } = done.refusal;
    // planned for the nominal day while the year was not known; its working day comes later
    if (code === 'NOT_YET') {
      await planRun(platform, tx, site, period, await workingCalendar(tx), now);
      return 'resolved';
    }
    await sql`UPDATE settlement.periods SET obstacle = ${message} WHERE site = ${site} AND period = ${period}`.execute(
      tx,
    );
    platform.log.error({ site, period, code }, message);
    await platform.events.publish(
      tx,
      [
        {
          type: 'settlement.run-refused',
          aggregate: `settlement:${site}`,
          payload: { site, period, code, message },
          traceId: `settlement-${site}-${period}`,
        },
      ],
      now,
    );
    return 'resolved';
  },
});
