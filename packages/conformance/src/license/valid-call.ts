/** A call that a seller has to carry out, and what it means when one does not. */
import { type Diagnosis, dialectOf, type LicenseActivity, type Words } from '@jishi/protocol';
import { type Session, Skip } from '../case.ts';
import { ask, type Members } from './calls.ts';
import { fingerprint } from './fingerprint.ts';
import { findings, type Memory, named } from './memory.ts';
import { UNKNOWN_ACTIVITY } from './probe.ts';
import { explainGet, explainPost } from './refusals.ts';
import { type AnyReply, isDone, isPending, isTakenForForged } from './reply.ts';

export interface ValidCall {
  readonly activity: LicenseActivity;
  readonly members: Members;
  readonly label: string;
  readonly live?: boolean;
  /** whether products of some kinds do without the activity */
  readonly isOptional?: boolean;
}

export async function askValid(
  session: Session,
  { activity, members, label, live = false }: ValidCall,
): Promise<AnyReply> {
  return ask(session, activity, members, label, { live });
}

/**
 * Judges the answer. Throws a `Skip` where the seller does not offer the activity. What 000003 means depends on what was asked
 * about, so it is for the caller to judge before.
 */
export async function judgeValid(
  session: Session,
  memory: Memory,
  call: ValidCall,
  reply: AnyReply,
): Promise<readonly Diagnosis[]> {
  if (isDone(reply) || isPending(reply)) return findings(memory, reply);
  if (isTakenForForged(reply)) return explained(session, memory, call, reply);
  if (call.isOptional && (await isNotOffered(session, call, reply))) throw new Skip(notOffered(call.activity));
  return named(findings(memory, reply), call.label);
}

async function explained(session: Session, memory: Memory, { activity, members }: ValidCall, reply: AnyReply) {
  const isByGet = dialectOf(activity) === 'identification';
  const found = isByGet
    ? await explainGet(session, { members, reply })
    : await explainPost(session, { members, reply });
  return found === null ? findings(memory, reply) : [found];
}

/** Answered like an activity that does not exist. */
export async function isNotOffered(
  session: Session,
  { activity, members }: ValidCall,
  reply: AnyReply,
): Promise<boolean> {
  if (reply.content.resultCode !== '000002') return false;
  const nonsense = { ...members, activity: UNKNOWN_ACTIVITY };
  const label = `an activity that does not exist, to compare ${activity} with`;
  return fingerprint(await ask(session, activity, nonsense, label)) === fingerprint(reply);
}

function notOffered(activity: LicenseActivity): Words {
  return {
    zh: `该商家没有提供 ${activity}（返回 000002）；若商品的计费模式需要它，请先实现`,
    en: `This seller does not offer ${activity} (000002); implement it if the billing mode of the product needs it`,
  };
}

export const NOT_KEPT: Words = {
  zh: '返回 000003：带 testFlag 的请求没有留下数据，这里无法判断；请用 --live-cycle 检查',
  en: 'Answered 000003: calls with testFlag left no data, so this cannot be judged here; use --live-cycle',
};
