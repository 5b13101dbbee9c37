/** A call that every seller has to carry out, and what it means when one does not. */
import type { BaseActivity, Diagnosis, JsonInputObject, Words } from '@jishi/protocol';
import { type Session, Skip } from '../case.ts';
import { asWarning } from '../finding.ts';
import { ask, type Writing } from './call.ts';
import { explainRefusal } from './explain-refusal.ts';
import { findings, type Memory } from './memory.ts';
import { type AnyReply, isDone, isPending } from './reply.ts';

export interface ValidCall {
  readonly activity: BaseActivity;
  readonly body: JsonInputObject;
  readonly label: string;
  readonly writing?: Writing;
  /** the activity has succeeded before: a refusal is about what was asked for */
  readonly isOffered?: boolean;
}

/** Every product has these; the others depend on its billing mode, or on what may be changed (saas-v2.md 1.2). */
const ALWAYS: readonly BaseActivity[] = ['newInstance', 'queryInstance', 'releaseInstance'];

/**
 * Makes the call and judges it. Throws a `Skip` where the seller does not offer the activity, or rightly kept no instance of a
 * call with the test mark.
 */
export async function validCall(session: Session, memory: Memory, call: ValidCall): Promise<readonly Diagnosis[]> {
  const reply = await ask(session, call.activity, call.body, call.label, call.writing);
  return judgeValid(session, memory, call, reply);
}

export async function judgeValid(
  session: Session,
  memory: Memory,
  call: ValidCall,
  reply: AnyReply,
): Promise<readonly Diagnosis[]> {
  const { resultCode } = reply.content;
  if (isDone(reply)) memory.done.add(call.activity);
  if (isDone(reply) || isPending(reply)) return findings(memory, reply);
  if (resultCode === '000001') return [await explainRefusal(session, call, reply)];
  const isTest = call.writing?.live !== true;
  if (isTest && resultCode === '000003' && (await memory.keeping(session)) !== 'kept') throw new Skip(NOT_KEPT);
  const offer =
    ALWAYS.includes(call.activity) || call.isOffered ? 'made' : await offerOf(session, call.activity, reply);
  if (offer === 'none') throw new Skip(notOffered(call.activity));
  const found = findings(memory, reply);
  return offer === 'made' ? found : found.map((each) => ({ ...asWarning(each), fix: notOffered(call.activity) }));
}

/** For what builds on a success: skips the case where there was none, and only a warning said so. */
export function needsSuccess({ done }: Memory, activity: BaseActivity): void {
  if (!done.has(activity)) throw new Skip(notOffered(activity));
}

/** What a refusal says about the activity: that there is none, in words or in those for an activity of nobody's; or perhaps so. */
export type Offer = 'made' | 'unclear' | 'none';

export async function offerOf(session: Session, activity: string, { content }: AnyReply): Promise<Offer> {
  const message = content.resultMsg ?? '';
  if (content.resultCode !== '000002') return 'made';
  if (message.includes(activity) && NOT_OFFERED.test(message)) return 'none';
  const unknown = (await askUnknownActivity(session, 'an activity that does not exist, to compare with')).content;
  const isSame = unknown.resultMsg?.replaceAll(UNKNOWN_ACTIVITY, activity) === content.resultMsg;
  if (unknown.resultCode !== '000002' || !isSame) return 'made';
  return OF_ACTIVITIES.test(message) ? 'none' : 'unclear';
}

/** In the form of an activity's name, with members of an order: nothing but its being unknown can be the matter. */
export const UNKNOWN_ACTIVITY = 'jishiConformance';

export function askUnknownActivity(session: Session, label: string): Promise<AnyReply> {
  const instanceId = session.uuid();
  const orderId = `CSTEST${session.randomText(14).toUpperCase()}`;
  const body = { activity: UNKNOWN_ACTIVITY, instanceId, orderId, orderLineId: `${orderId}-000001` };
  return ask(session, 'releaseInstance', body, label);
}

const NOT_OFFERED = /not\b|un(supported|known)|invalid|no such|不|未/i;
const OF_ACTIVITIES = /activity|interface|Instance|接口|动作/i;

export const NOT_KEPT: Words = {
  zh: '带 testFlag 的 newInstance 没有留下实例，这里无法判断；请用 --live-cycle 检查',
  en: 'newInstance with testFlag left no instance, so this cannot be judged here; use --live-cycle',
};

export function notOffered(activity: BaseActivity): Words {
  return {
    zh: `该商家没有提供 ${activity}（返回 000002）；若商品的计费模式需要它，请先实现`,
    en: `This seller does not offer ${activity} (000002); implement it if the billing mode of the product needs it`,
  };
}
