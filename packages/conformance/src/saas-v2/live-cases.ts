/**
 * The life of a throw-away order without the test mark: create, query, refresh, freeze, unfreeze, upgrade, release, with the
 * repeats in between (saas-v2.md 5, 6). Only here does it show whether a seller really keeps what it was told.
 */
import { type BaseActivity, type Diagnosis, diagnose, type JsonInputObject, type Words } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { creation, lineOf, newOrder, query, refresh, release, statusChange, upgrade } from './bodies.ts';
import { ask } from './call.ts';
import { asWarning, caseOf } from './case-of.ts';
import { callOf, repeated } from './change-cases.ts';
import { type Creation, create, findings, holds, type Memory } from './memory.ts';
import { NO_ID, refusedRepeat } from './new-instance-cases.ts';
import { pollQuery } from './poll.ts';
import { accessProblems, unfinished } from './query-cases.ts';
import { isDone, isPending } from './reply.ts';
import { isNotOffered, notOffered, validCall } from './valid-call.ts';

const LIVE = { live: true } as const;
const CREATED = ['signature.accepted', 'live.newInstance'];

export function liveCases(memory: Memory): readonly ConformanceCase[] {
  const life = new Life(memory);
  const live = (
    what: string,
    title: readonly [string, string],
    section: string,
    run: (session: Session) => Promise<readonly Diagnosis[]>,
    after: readonly string[] = CREATED,
  ) => caseOf(`live.${what}`, title, section, run, { after, live: true });
  return [
    live('newInstance', ['A live order gets an instance', '正式订单得到实例'], '5.1', (s) => life.begin(s), [
      'signature.accepted',
    ]),
    live('repeat', ['Its repeat gets the same instance', '重复请求得到同一实例'], '5.1', (s) => life.repeat(s)),
    live('two-lines', ['Another line gets another instance', '另一订单行得到另一实例'], '5.1', (s) =>
      life.secondLine(s),
    ),
    live(
      'simultaneous',
      ['Two simultaneous calls for one line get one instance', '同一订单行的两个并发请求得到同一实例'],
      '5.1',
      (s) => life.simultaneous(s),
    ),
    live('queryInstance', ['The instance becomes ready', '实例开通完成并可查询'], '5.2', (s) => life.ready(s)),
    live('several', ['Both instances come in one answer', '一次查询返回两个实例'], '5.2', (s) => life.both(s), [
      ...CREATED,
      'live.two-lines',
      'live.queryInstance',
    ]),
    live('refreshInstance', ['A renewal, twice', '续费，重复一次'], '5.3', (s) => life.renew(s)),
    live('updateInstanceStatus', ['Frozen twice, unfrozen twice', '冻结两次，解冻两次'], '5.4', (s) => life.freeze(s)),
    live('upgradeInstance', ['An upgrade, twice', '升级，重复一次'], '5.6', (s) => life.upgrade(s)),
    live(
      'unknown',
      ['Operations on an instance that never existed answer 000003', '对不存在的实例进行操作返回 000003'],
      '8',
      (s) => life.unknown(s),
    ),
    live('releaseInstance', ['Released, twice', '释放，重复一次'], '5.5', (s) => life.end(s)),
  ];
}

/**
 * From `begin` on there is a first instance, from `secondLine` on others; `end` releases them all, so that nothing is left
 * behind whatever failed in between.
 */
class Life {
  readonly #memory: Memory;
  #first: Creation | null = null;
  #second: Creation | null = null;
  readonly #given = new Set<string>();

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async begin(session: Session): Promise<readonly Diagnosis[]> {
    this.#first = await this.#create(session, newOrder(session), 'newInstance, live');
    const { reply } = this.#first;
    const found = findings(this.#memory, reply);
    // A seller may look the order up at the marketplace, where this one does not exist.
    return reply.content.outcome === 'refused' ? found.map(orderMayBeLookedUp) : found;
  }

  async repeat(session: Session): Promise<readonly Diagnosis[]> {
    const { line, given } = this.#known();
    const reply = await ask(session, 'newInstance', creation(session, line), 'newInstance, live, repeated', LIVE);
    if (!isDone(reply) && !isPending(reply)) return refusedRepeat(findings(this.#memory, reply));
    const again = reply.content.value?.instanceId;
    if (again === undefined || again === given) return findings(this.#memory, reply);
    this.#given.add(again);
    return [diagnose('instance.id-changed', { seen: `${given}, then ${again}` })];
  }

  async secondLine(session: Session): Promise<readonly Diagnosis[]> {
    const { line, given } = this.#known();
    this.#second = await this.#create(session, lineOf(line.orderId, 2), 'newInstance, live, another line');
    const second = this.#second;
    if (second.given !== given) return findings(this.#memory, second.reply);
    const seen = `${given} for ${line.orderLineId} and for ${second.line.orderLineId}`;
    return [diagnose('instance.id-shared', { seen })];
  }

  async simultaneous(session: Session): Promise<readonly Diagnosis[]> {
    const line = newOrder(session);
    const made = await Promise.all(
      ['one', 'other'].map((which) => this.#create(session, line, `newInstance, live, the ${which} of two at once`)),
    );
    // One of them may be refused for now: it is repeated later.
    const ids = new Set(made.flatMap(({ given }) => given ?? []));
    if (ids.size < 2) return [];
    return [diagnose('instance.id-changed', { seen: `two simultaneous calls: ${[...ids].join(' and ')}` })];
  }

  async ready(session: Session): Promise<readonly Diagnosis[]> {
    const { reply: created, instanceId } = this.#known();
    const wasAccepted = isPending(created);
    const reply = await pollQuery(session, [instanceId], { label: 'queryInstance, live', wasAccepted, live: true });
    // Provisioning may wait for an order that the marketplace does not have.
    const late = unfinished(reply, [instanceId], wasAccepted).map((each) =>
      each.code === 'instance.async-unfinished' ? orderMayBeLookedUp(each) : each,
    );
    const rest = late.length > 0 ? [] : findings(this.#memory, reply);
    return [...rest, ...late, ...accessProblems(session, reply)];
  }

  async both(session: Session): Promise<readonly Diagnosis[]> {
    const ids = [this.#known().instanceId, this.#second?.given ?? ''].filter((id) => id !== '');
    const polling = { label: 'queryInstance, live, two ids', wasAccepted: true, live: true };
    return findings(this.#memory, await pollQuery(session, ids, polling));
  }

  renew(session: Session): Promise<readonly Diagnosis[]> {
    const body = refresh(session, this.#known().instanceId, 'RENEWAL');
    return this.#twice(session, 'refreshInstance', body, 'instance.refresh-not-repeatable');
  }

  async freeze(session: Session): Promise<readonly Diagnosis[]> {
    const { instanceId } = this.#known();
    const code = 'instance.status-not-repeatable';
    const frozen = await this.#twice(session, 'updateInstanceStatus', statusChange(instanceId, 'FREEZE'), code);
    const unfreeze = callOf(instanceId, 'UNFREEZE').body;
    return [...frozen, ...(await this.#twice(session, 'updateInstanceStatus', unfreeze, code))];
  }

  async upgrade(session: Session): Promise<readonly Diagnosis[]> {
    const body = upgrade(session, this.#known().instanceId);
    const reply = await ask(session, 'upgradeInstance', body, 'upgradeInstance, live', LIVE);
    if (!isDone(reply)) {
      if (await isNotOffered(session, 'upgradeInstance', reply)) throw new Skip(notOffered('upgradeInstance'));
      const found = findings(this.#memory, reply);
      return reply.content.outcome === 'refused' ? found.map(orderMayBeLookedUp) : found;
    }
    const call = { activity: 'upgradeInstance' as const, body, label: 'upgradeInstance, live', writing: LIVE };
    const again = await repeated(session, this.#memory, 'instance.upgrade-not-repeatable', call);
    return [...findings(this.#memory, reply), ...again];
  }

  async unknown(session: Session): Promise<readonly Diagnosis[]> {
    const instanceId = session.uuid();
    const queried = await ask(session, 'queryInstance', query([instanceId]), 'queryInstance, live, unknown', LIVE);
    const calls: readonly [BaseActivity, JsonInputObject][] = [
      ['refreshInstance', refresh(session, instanceId, 'RENEWAL')],
      ['updateInstanceStatus', statusChange(instanceId, 'FREEZE')],
      ['upgradeInstance', upgrade(session, instanceId)],
    ];
    const accepted = holds(queried, instanceId) ? ['queryInstance'] : [];
    for (const [activity, body] of calls) {
      const reply = await ask(session, activity, body, `${activity}, live, unknown`, LIVE);
      if (isDone(reply)) accepted.push(activity);
    }
    return accepted.length === 0 ? [] : [diagnose('instance.unknown-accepted', { seen: accepted.join(', ') })];
  }

  async end(session: Session): Promise<readonly Diagnosis[]> {
    const first = this.#known().instanceId;
    const found = await this.#twice(
      session,
      'releaseInstance',
      release(session, first),
      'instance.release-not-repeatable',
    );
    for (const instanceId of this.#given) {
      if (instanceId !== first) await ask(session, 'releaseInstance', release(session, instanceId), 'tidying up', LIVE);
    }
    return found;
  }

  async #create(session: Session, line: Creation['line'], label: string): Promise<Creation> {
    const made = await create(session, line, label, LIVE);
    if (made.given !== null) this.#given.add(made.given);
    return made;
  }

  async #twice(
    session: Session,
    activity: BaseActivity,
    body: JsonInputObject,
    code: Parameters<typeof repeated>[2],
  ): Promise<readonly Diagnosis[]> {
    const call = { activity, body, label: `${activity}, live`, writing: LIVE };
    const found = await validCall(session, this.#memory, call);
    if (found.some(({ severity }) => severity === 'error')) return found;
    return [...found, ...(await repeated(session, this.#memory, code, call))];
  }

  #known(): Creation {
    if (this.#first?.given == null) throw new Skip(NO_ID);
    return this.#first;
  }
}

export function orderMayBeLookedUp(diagnosis: Diagnosis): Diagnosis {
  return { ...asWarning(diagnosis), fix: LOOKED_UP };
}

const LOOKED_UP: Words = {
  zh: '如果服务端会向云商店查询订单，这是正常的：检查所用的订单在云商店并不存在。否则请按返回码和 resultMsg 处理。',
  en: 'If your server looks the order up at the marketplace this is as it should be: the order of this check does not exist there. Otherwise mend what code and message name.',
};
