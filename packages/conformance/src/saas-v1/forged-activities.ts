/** Every activity checks authToken, not only newInstance: whoever can release or query without it can do harm (saas-v1.md 3.3). */
import { type ActivityV1, type Diagnosis, diagnose, inWordsOfV1 } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { ask, isTaken } from './ask.ts';
import { type Bought, instanceIdIn, type Memory, orderIdOf } from './memory.ts';
import { expiry, freshId, type Parameters, purchase, query, release, renewal, status, upgrade } from './parameters.ts';
import { forged } from './security.ts';

type Calls = readonly (readonly [ActivityV1, Parameters])[];

export function forgedActivitiesCase(memory: Memory): ConformanceCase {
  return {
    name: 'signature.every-activity',
    title: { zh: '每个 activity 都校验 authToken', en: 'Every activity checks authToken' },
    reference: 'saas-v1.md 3.3',
    after: ['signature.wrong'],
    async run(session) {
      // An instance of its own: what a forged call may do to it disturbs no other case.
      const order = purchase(session, memory);
      const reading = await ask(session, 'newInstance', order, 'newInstance, for an instance to be attacked');
      const bought = { order, instanceId: instanceIdIn(reading) ?? freshId(session) };
      return acceptedForgeries(session, callsOn(session, bought), false);
    },
  };
}

/** Nothing is changed: a query of what was created, and the release of what nobody has. */
export function liveForgeries(session: Session, { instanceId }: Bought): Promise<readonly Diagnosis[]> {
  const calls: Calls = [
    ['queryInstance', query(instanceId)],
    ['releaseInstance', release(freshId(session), freshId(session))],
  ];
  return acceptedForgeries(session, calls, true);
}

async function acceptedForgeries(session: Session, calls: Calls, live: boolean): Promise<readonly Diagnosis[]> {
  const readings = await Promise.all(
    calls.map(async ([activity, parameters]) => {
      const label = `${live ? 'live ' : ''}${activity}, wrong authToken`;
      return { activity, reading: await ask(session, activity, parameters, label, { ...forged, live }) };
    }),
  );
  const accepted = readings.filter(({ reading }) => isTaken(reading)).map(({ activity }) => activity);
  if (accepted.length === 0) return [];
  const seen = `accepted with a wrong authToken: ${accepted.join(', ')}${live ? ' (live)' : ''}`;
  return [inWordsOfV1(diagnose('security.signature-not-checked', { seen }))];
}

function callsOn(session: Session, bought: Bought): Calls {
  const { instanceId } = bought;
  return [
    ['queryInstance', query(instanceId)],
    ['refreshInstance', renewal(session, instanceId)],
    ['upgrade', upgrade(session, instanceId)],
    ['instanceStatus', status(instanceId, 'FREEZE')],
    ['expireInstance', expiry(instanceId, orderIdOf(bought))],
    ['releaseInstance', release(instanceId, orderIdOf(bought))],
  ];
}
