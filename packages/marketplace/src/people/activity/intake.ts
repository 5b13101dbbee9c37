/** Activity that sellers report themselves, record by record: members who work in the product without signing in anew each day. */
import { memberIdsByNames } from '../../directory/index.ts';
import { type Executor, inTransaction, sql } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { dayAfter, dayOf, LATEST_REPORT_DAYS } from './definition.ts';
import { recordSignals } from './signals.ts';

export interface ActivityReport {
  readonly instanceId: string;
  readonly userName: string;
  readonly at: Date;
}
/** REPEATED = that member's day was known already, by a sign-in or an earlier report; nothing changed. */
export type ReportOutcome = 'TAKEN' | 'REPEATED' | 'INSTANCE_UNKNOWN' | 'USER_NOT_AUTHORISED' | 'TIME_OUT_OF_RANGE';

/** clocks may differ by so much */
const AHEAD_MS = 5 * 60_000;

/** Each record is judged by itself, in the order of the call. */
export function takeReports(
  platform: Platform,
  sellerId: string,
  reports: readonly ActivityReport[],
): Promise<ReportOutcome[]> {
  const now = platform.clock.now();
  const earliest = dayAfter(dayOf(now), -LATEST_REPORT_DAYS);
  return inTransaction(platform.db, async (tx) => {
    const accounts = await accountsOf(tx, sellerId, reports);
    const known = new Set<string>();
    const judged = reports.map((report) => {
      const application = accounts.get(report.instanceId);
      if (!application) return { outcome: 'INSTANCE_UNKNOWN' } as const;
      const memberId = application.members.get(report.userName.toLowerCase());
      if (memberId === undefined) return { outcome: 'USER_NOT_AUTHORISED' } as const;
      const { at } = report;
      if (at.getTime() > now.getTime() + AHEAD_MS || dayOf(at) < earliest)
        return { outcome: 'TIME_OUT_OF_RANGE' } as const;
      return { outcome: 'TAKEN', signal: { applicationId: application.applicationId, memberId, at } } as const;
    });
    const signals = judged.flatMap((each) => (each.outcome === 'TAKEN' ? [each.signal] : []));
    const fresh = await recordSignals(tx, 'REPORT', signals);
    return judged.map((each) => {
      if (each.outcome !== 'TAKEN') return each.outcome;
      const key = `${each.signal.applicationId} ${each.signal.memberId} ${dayOf(each.signal.at)}`;
      const first = fresh.has(key) && !known.has(key);
      known.add(key);
      return first ? 'TAKEN' : 'REPEATED';
    });
  });
}

/** The applications of the seller's instances, with the members that each was told of, by user name in lower case. */
async function accountsOf(executor: Executor, sellerId: string, reports: readonly ActivityReport[]) {
  const namesOf = new Map<string, string[]>();
  for (const { instanceId, userName } of reports) {
    const names = namesOf.get(instanceId);
    if (names) names.push(userName);
    else namesOf.set(instanceId, [userName]);
  }
  const { rows } = await sql<{ applicationId: string; enterpriseId: string; instanceId: string }>`
    SELECT application_id AS "applicationId", enterprise_id AS "enterpriseId", instance_id AS "instanceId" FROM people.applications
    WHERE seller_id = ${sellerId} AND instance_id = ANY(${[...namesOf.keys()]}::text[]) AND state <> 'ENDED'`.execute(
    executor,
  );
  const accounts = new Map<string, { applicationId: string; members: ReadonlyMap<string, string> }>();
  for (const { applicationId, enterpriseId, instanceId } of rows) {
    const names = namesOf.get(instanceId) ?? [];
    const ids = await memberIdsByNames(executor, enterpriseId, names);
    const { rows: held } = await sql<{ id: string }>`SELECT member_id AS id FROM people.authorisations
      WHERE application_id = ${applicationId}::uuid AND member_id = ANY(${[...ids.values()]}::uuid[]) AND held`.execute(
      executor,
    );
    const authorised = new Set(held.map(({ id }) => id));
    accounts.set(instanceId, { applicationId, members: new Map([...ids].filter(([, id]) => authorised.has(id))) });
  }
  return accounts;
}
