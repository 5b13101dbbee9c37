/** Calls that ask for what is not there: instances, activities, parameters (saas-v1.md 9, 3.3). */
import { type ActivityV1, type Diagnosis, diagnose, inWordsOfV1 } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { ask, isDone } from './ask.ts';
import { findings, type Memory } from './memory.ts';
import { expiry, freshId, omit, type Parameters, purchase, query, renewal, status, upgrade } from './parameters.ts';
import type { Reading } from './reading.ts';
import { UNKNOWN_ACTIVITY } from './skips.ts';

export function unknownCases(memory: Memory): readonly ConformanceCase[] {
  return [
    {
      name: 'instance.unknown',
      title: {
        zh: '对不存在的实例的操作得到一致、格式正确的响应',
        en: 'Operations on an instance that never existed are answered alike, and in form',
      },
      reference: 'saas-v1.md 9',
      after: ['signature.accepted'],
      run: (session) => judgeUnknown(session, memory, false),
    },
    {
      name: 'activity.unknown',
      title: { zh: '未知的 activity 被拒绝', en: 'An unknown activity is refused' },
      reference: 'saas-v1.md 3.3',
      after: ['signature.wrong'],
      reading: true,
      run: (session) =>
        mustBeRefused(
          session,
          { ...purchase(session, memory), activity: UNKNOWN_ACTIVITY },
          `activity ${UNKNOWN_ACTIVITY}`,
        ),
    },
    {
      name: 'parameters.missing',
      title: { zh: '缺少 orderId 的 newInstance 被拒绝', en: 'A newInstance without orderId is refused' },
      reference: 'saas-v1.md 3.3',
      after: ['signature.wrong'],
      reading: true,
      run: (session) =>
        mustBeRefused(session, omit(purchase(session, memory), 'orderId'), 'newInstance without orderId'),
    },
  ];
}

/**
 * With the test mark a seller may answer any id with success, for it keeps none. But who looks some up and others not has
 * forgotten it; live, everything is to be looked up. Release is left out: who deletes for good can not tell gone from never.
 */
export async function judgeUnknown(session: Session, memory: Memory, live: boolean): Promise<readonly Diagnosis[]> {
  const id = freshId(session);
  const calls: readonly (readonly [ActivityV1, Parameters])[] = [
    ['refreshInstance', renewal(session, id)],
    ['upgrade', upgrade(session, id)],
    ['instanceStatus', status(id, 'FREEZE')],
    ['expireInstance', expiry(id, freshId(session))],
    ['queryInstance', query(id)],
  ];
  const asked = await Promise.all(
    calls.map(async ([activity, parameters]) => {
      const label = `${activity}, an instance of nobody’s`;
      return { activity, reading: await ask(session, activity, parameters, label, { live }) };
    }),
  );
  const accepted = asked.flatMap(({ activity, reading }) =>
    isDone(reading) && !isEmptyQuery(activity, reading) ? [activity] : [],
  );
  const malformed = asked.flatMap(({ reading }) =>
    reading.content.resultCode === null ? findings(memory, reading) : [],
  );
  const isLookedUp = live || asked.some(({ reading }) => reading.content.resultCode === '000003');
  if (accepted.length === 0 || !isLookedUp) return malformed;
  const seen = `000000 for an instance that never existed: ${accepted.join(', ')}`;
  return [...malformed, inWordsOfV1(diagnose('instance.unknown-accepted', { seen }))];
}

/** The answer itself is of a shape that the activity need not have: only whether it is a success counts. */
async function mustBeRefused(session: Session, parameters: Parameters, label: string): Promise<readonly Diagnosis[]> {
  const reading = await ask(session, 'newInstance', parameters, label);
  if (!isDone(reading)) return [];
  return [inWordsOfV1(diagnose('result.not-refused', { request: label, seen: `000000 to ${label}` }))];
}

function isEmptyQuery(activity: ActivityV1, { object }: Reading<ActivityV1>): boolean {
  return activity === 'queryInstance' && !(Array.isArray(object?.info) && object.info.length > 0);
}
