/** What it means when a kit seller will not delete (saas-v2.md 7): the instance is looked up, or what is gone counts as a mistake. */
import { type Diagnosis, diagnose, KIT_FLAGS } from '@jishi/protocol';
import type { Session } from '../case.ts';
import { inShort, isDone } from '../saas-v2/reply.ts';
import { askKit } from './call.ts';
import type { KitMemory } from './memory.ts';
import { isRefused, type KitReply } from './reply.ts';
import { asCredential, type Scene } from './scene.ts';
import type { Thing } from './things.ts';
import { type Demand, judgeValid } from './valid-call.ts';

/** Deletes what was added. With the test mark a right seller may have stored nothing, and has to succeed all the same. */
export async function judgeDelete(
  session: Session,
  memory: KitMemory,
  scene: Scene,
  { kit, body }: Thing,
): Promise<readonly Diagnosis[]> {
  const call = { kit, body: body(session, scene, KIT_FLAGS.delete, memory.padding), label: `${kit}, delete` };
  const reply = await askKit(session, kit, call.body, call.label);
  if (isDone(reply) || !isRefused(reply) || reply.content.resultCode === '000001') {
    return judgeValid(session, memory, call, reply);
  }
  if (scene.instanceId !== '') {
    const without = body(session, asCredential(scene), KIT_FLAGS.delete, memory.padding);
    const again = await askKit(session, kit, without, `${kit}, delete, to find the cause: without an instance`);
    if (isDone(again)) return [needsInstance(reply)];
  }
  const found = byItsWords(reply);
  return found === null ? judgeValid(session, memory, call, reply, DEMAND) : [found];
}

const DEMAND: Demand = {
  what: { zh: 'flag 为 0，删除', en: 'flag 0, delete' },
  expected: '000000 for flag 0 (delete)',
  fix: {
    zh: 'flag 为 0 表示删除，是合法取值（不要把 0 当作空值），删除后返回 000000；数据不存在时也返回 000000。',
    en: 'flag 0 means delete and is a value like any other, not an absent one: delete and answer 000000, also when there is nothing to delete.',
  },
};

export function needsInstance(reply: KitReply): Diagnosis {
  return diagnose('kit.delete-needs-instance', { seen: seenOf(reply) });
}

export function notRepeatable(reply: KitReply): Diagnosis {
  return diagnose('kit.delete-not-repeatable', { seen: seenOf(reply) });
}

/** What the seller says of it; null when it says neither: then deleting itself may not work. */
function byItsWords(reply: KitReply): Diagnosis | null {
  const { resultCode, resultMsg } = reply.content;
  const message = resultMsg ?? '';
  const isAbsence = ABSENCE.test(message) || reply.status === 404 || reply.status === 410;
  if (INSTANCE.test(message)) return needsInstance(reply);
  if (isAbsence) return notRepeatable(reply);
  if (resultCode === '000003') return needsInstance(reply);
  // 000002 is about the request, e.g. a flag that is not known.
  return resultCode === null || resultCode === '000002' ? null : notRepeatable(reply);
}

const INSTANCE = /instance|实例/i;
const ABSENCE = /not.{0,8}(exist|found)|no such|already|gone|unknown|不存在|未找到|找不到|已删除|已被删除/i;

function seenOf(reply: KitReply): string {
  return `${reply.exchange.request.label}: ${inShort(reply)}`;
}
