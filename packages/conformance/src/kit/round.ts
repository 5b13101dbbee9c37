/** A round of the life that a seller is told: once with the test mark, once live on a tenant of its own. */
import type { Diagnosis } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { caseOf } from '../saas-v2/case-of.ts';
import { isDone } from '../saas-v2/reply.ts';
import type { Begun, KitMemory } from './memory.ts';
import { PLAIN } from './plainest.ts';
import type { Scene } from './scene.ts';

export interface Round {
  readonly memory: KitMemory;
  readonly isLive: boolean;
}

export type Title = readonly [en: string, zh: string];

/** A case of the round; names of live ones begin with `live.`. `after` names cases of the same round. */
export function named(
  round: Round,
  name: string,
  title: Title,
  section: string,
  after: readonly string[],
  run: (session: Session, scene: Scene) => Promise<readonly Diagnosis[]>,
): ConformanceCase {
  const { memory, isLive } = round;
  if (!isLive)
    return caseOf(name, title, section, async (session) => run(session, (await memory.begun(session)).scene), {
      after,
    });
  const [en, zh] = title;
  const inLife = async (session: Session) => {
    if (name !== 'tenantSync.answer' && !memory.isLiveBegun()) throw new Skip(NOTHING_LIVE);
    const begun = await memory.live(session);
    if (knowsRealInstancesOnly(begun)) throw new Skip(REAL_ONLY);
    return run(session, begun.scene);
  };
  return caseOf(`live.${name}`, [`Live: ${en}`, `正式数据：${zh}`], section, inLife, {
    after: liveAfter(name, after),
    live: true,
  });
}

/**
 * What failed with the test mark would only fail again. Nothing is added live that could not be deleted; and all is deleted,
 * whatever failed before.
 */
function liveAfter(name: string, after: readonly string[]): readonly string[] {
  if (name === 'clean-up' || name.endsWith('.delete')) return PLAIN;
  const live = after.filter((each) => !PLAIN.includes(each)).map((each) => `live.${each}`);
  const deletes = name === 'allOrgSync.answer' ? 'singleOrgSync.delete' : name.replace('.answer', '.delete');
  return [...live, name, ...(name.endsWith('.answer') ? [deletes] : [])];
}

export function begunOf({ memory, isLive }: Round, session: Session): Promise<Begun> {
  return isLive ? memory.live(session) : memory.begun(session);
}

/** In live calls a seller may insist on an instance that it made itself, and the kit makes none. */
function knowsRealInstancesOnly({ reply, unknownInstance }: Begun): boolean {
  return unknownInstance !== null && !isDone(reply);
}

const NOTHING_LIVE = {
  zh: '没有写入任何正式数据，无需处理',
  en: 'Nothing live has been added',
};
const REAL_ONLY = {
  zh: '商家只接受真实存在的实例，套件接口无法创建实例，因此无法用一次性数据检查',
  en: 'The seller takes only instances that exist, which the kit can not make: nothing to check on throw-away data',
};
