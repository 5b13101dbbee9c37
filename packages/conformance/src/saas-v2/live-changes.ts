/** What happens to a live instance until it is released (saas-v2.md 5.3 – 5.6). */
import {
  type BaseActivity,
  type Diagnosis,
  type DiagnosisCode,
  diagnose,
  type JsonInputObject,
  type Words,
} from '@jishi/protocol';
import { type Session, Skip } from '../case.ts';
import { query, refresh, release, statusChange, upgrade } from './bodies.ts';
import { ask } from './call.ts';
import { repeated } from './change-cases.ts';
import { known, LIVE, type Life, orderMayBeLookedUp } from './live-creations.ts';
import { findings, holds, type Memory } from './memory.ts';
import { inShort, isDone } from './reply.ts';
import { notOffered, offerOf, validCall } from './valid-call.ts';

export function renew(session: Session, memory: Memory, life: Life): Promise<readonly Diagnosis[]> {
  const body = refresh(session, known(life).instanceId, 'RENEWAL');
  return twice(session, memory, 'refreshInstance', body, 'instance.refresh-not-repeatable');
}

export async function freeze(session: Session, memory: Memory, life: Life): Promise<readonly Diagnosis[]> {
  const { instanceId } = known(life);
  const change = (status: 'FREEZE' | 'UNFREEZE') =>
    twice(session, memory, 'updateInstanceStatus', statusChange(instanceId, status), 'instance.status-not-repeatable');
  return [...(await change('FREEZE')), ...(await change('UNFREEZE'))];
}

/** A seller has to ask the marketplace what was bought, and this order does not exist there: a refusal is no error. */
export async function upgrading(session: Session, memory: Memory, life: Life): Promise<readonly Diagnosis[]> {
  const activity = 'upgradeInstance' as const;
  const body = upgrade(session, known(life).instanceId);
  const reply = await ask(session, activity, body, 'upgradeInstance, live', LIVE);
  const found = findings(memory, reply);
  if (isDone(reply)) {
    const call = { activity, body, label: 'upgradeInstance, live', writing: LIVE };
    return [...found, ...(await repeated(session, memory, 'instance.upgrade-not-repeatable', call))];
  }
  if ((await offerOf(session, activity, reply)) === 'none') throw new Skip(notOffered(activity));
  return reply.content.outcome === 'refused' ? found.map(orderMayBeLookedUp) : found;
}

export async function unknown(session: Session): Promise<readonly Diagnosis[]> {
  const instanceId = session.uuid();
  const calls: readonly [BaseActivity, JsonInputObject][] = [
    ['refreshInstance', refresh(session, instanceId, 'RENEWAL')],
    ['updateInstanceStatus', statusChange(instanceId, 'FREEZE')],
    ['upgradeInstance', upgrade(session, instanceId)],
  ];
  const accepted: string[] = [];
  for (const [activity, body] of calls) {
    const reply = await ask(session, activity, body, `${activity}, live: an instance that never existed`, LIVE);
    if (isDone(reply)) accepted.push(`${activity}: ${inShort(reply)}`);
  }
  return accepted.length === 0 ? [] : [diagnose('instance.unknown-accepted', { seen: accepted.join('; ') })];
}

export async function testRelease(session: Session, _: Memory, life: Life): Promise<readonly Diagnosis[]> {
  const { instanceId } = known(life);
  const look = (label: string) =>
    ask(session, 'queryInstance', query([instanceId]), `queryInstance, live, ${label}`, LIVE);
  if (!holds(await look('before a test call'), instanceId)) throw new Skip(NOT_READY);
  const label = 'releaseInstance with testFlag, of a live instance';
  await ask(session, 'releaseInstance', release(session, instanceId), label);
  const reply = await look('after it');
  if (holds(reply, instanceId)) return [];
  return [diagnose('security.test-flag-ignored', { seen: `after ${label}: ${inShort(reply)}` })];
}

const NOT_READY: Words = { zh: '实例尚未就绪，无法判断', en: 'The instance is not ready, so this cannot be judged' };

export async function end(session: Session, memory: Memory, life: Life): Promise<readonly Diagnosis[]> {
  const { instanceId } = known(life);
  const body = release(session, instanceId);
  const found = await twice(session, memory, 'releaseInstance', body, 'instance.release-not-repeatable');
  for (const other of life.given) {
    if (other !== instanceId) await ask(session, 'releaseInstance', release(session, other), 'tidying up', LIVE);
  }
  return found;
}

async function twice(
  session: Session,
  memory: Memory,
  activity: BaseActivity,
  body: JsonInputObject,
  code: DiagnosisCode,
): Promise<readonly Diagnosis[]> {
  const call = { activity, body, label: `${activity}, live`, writing: LIVE };
  const found = await validCall(session, memory, call);
  if (found.some(({ code: each, severity }) => severity === 'error' || each === 'result.refused')) return found;
  return [...found, ...(await repeated(session, memory, code, call))];
}
