/** Live orders and the instances that they get (saas-v2.md 5.1, 5.2). */
import { type Diagnosis, diagnose, type Words } from '@jishi/protocol';
import { type Session, Skip } from '../case.ts';
import { asWarning } from '../finding.ts';
import { creation, lineOf, newOrder, type OrderLine } from './bodies.ts';
import { ask } from './call.ts';
import { type Creation, create, findings, type Memory } from './memory.ts';
import { NO_ID, refusedRepeat } from './new-instance-cases.ts';
import { pollQuery } from './poll.ts';
import { accessProblems, unfinished } from './query-cases.ts';
import { isDone, isPending } from './reply.ts';

export const LIVE = { live: true } as const;

/** What the live cases of one run have made. All of `given` is released in the end, whatever failed in between. */
export interface Life {
  first: Creation | null;
  second: Creation | null;
  readonly given: Set<string>;
}

export async function begin(session: Session, memory: Memory, life: Life): Promise<readonly Diagnosis[]> {
  life.first = await buy(session, life, newOrder(session), 'newInstance, live');
  const { reply } = life.first;
  const found = findings(memory, reply);
  // A seller may look the order up at the marketplace, where this one does not exist.
  return reply.content.outcome === 'refused' ? found.map(orderMayBeLookedUp) : found;
}

export async function secondLine(session: Session, memory: Memory, life: Life): Promise<readonly Diagnosis[]> {
  const { line, given } = known(life);
  life.second = await buy(session, life, lineOf(line.orderId, 2), 'newInstance, live, another line');
  const { second } = life;
  if (second.given !== given) return findings(memory, second.reply);
  const seen = `${given} for ${line.orderLineId} and for ${second.line.orderLineId}`;
  return [diagnose('instance.id-shared', { seen })];
}

export async function repeat(session: Session, memory: Memory, life: Life): Promise<readonly Diagnosis[]> {
  const { line, given } = known(life);
  const reply = await ask(session, 'newInstance', creation(session, line), 'newInstance, live, repeated', LIVE);
  if (!isDone(reply) && !isPending(reply)) return refusedRepeat(findings(memory, reply));
  const again = reply.content.value?.instanceId;
  if (again === undefined || again === given) return findings(memory, reply);
  life.given.add(again);
  return [diagnose('instance.id-changed', { seen: `${given}, then ${again}` })];
}

/** One of them may be refused for the moment: the marketplace repeats it. */
export async function simultaneous(session: Session, _: Memory, life: Life): Promise<readonly Diagnosis[]> {
  const line = newOrder(session);
  const made = await Promise.all(
    ['one', 'other'].map((which) => buy(session, life, line, `newInstance, live, the ${which} of two at once`)),
  );
  const ids = new Set(made.flatMap(({ given }) => given ?? []));
  if (ids.size < 2) return [];
  return [diagnose('instance.id-changed', { seen: `two simultaneous calls: ${[...ids].join(' and ')}` })];
}

export async function ready(session: Session, memory: Memory, life: Life): Promise<readonly Diagnosis[]> {
  const { reply: created, instanceId } = known(life);
  const wasAccepted = isPending(created);
  const reply = await pollQuery(session, [instanceId], { label: 'queryInstance, live', wasAccepted, live: true });
  // Provisioning may wait for an order that the marketplace does not have.
  const late = unfinished(reply, [instanceId], wasAccepted, session.settings.lenient).map((each) =>
    each.code === 'instance.async-unfinished' ? orderMayBeLookedUp(each) : each,
  );
  const rest = late.length > 0 ? [] : findings(memory, reply);
  return [...rest, ...late, ...accessProblems(session, reply)];
}

export async function both(session: Session, memory: Memory, life: Life): Promise<readonly Diagnosis[]> {
  const ids = [known(life).instanceId, life.second?.given ?? ''].filter((id) => id !== '');
  const polling = { label: 'queryInstance, live, two ids', wasAccepted: true, live: true };
  return findings(memory, await pollQuery(session, ids, polling));
}

/** The first instance; skips the case where there is none. */
export function known({ first }: Life): Creation {
  if (first?.given == null) throw new Skip(NO_ID);
  return first;
}

export function orderMayBeLookedUp(diagnosis: Diagnosis): Diagnosis {
  return { ...asWarning(diagnosis), fix: LOOKED_UP };
}

const LOOKED_UP: Words = {
  zh: '如果服务端会向云商店查询订单，这是正常的：检查所用的订单在云商店并不存在。否则请按返回码和 resultMsg 处理。',
  en: 'If your server looks the order up at the marketplace this is as it should be: the order of this check does not exist there. Otherwise mend what code and message name.',
};

async function buy(session: Session, life: Life, line: OrderLine, label: string): Promise<Creation> {
  const made = await create(session, line, label, LIVE);
  if (made.given !== null) life.given.add(made.given);
  return made;
}
