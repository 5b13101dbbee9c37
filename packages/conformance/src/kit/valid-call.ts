/** A kit call that every seller has to carry out, and what it means when one does not. */
import type { Diagnosis, Words } from '@jishi/protocol';
import type { Session } from '../case.ts';
import { isDone } from '../saas-v2/reply.ts';
import { askKit } from './call.ts';
import { explainRefusal, type KitCall } from './explain-refusal.ts';
import { findings, type KitReply, type Told } from './reply.ts';
import { secretRefused } from './secret.ts';

/** Makes the call and judges it. `demand` says what a refusal misses. */
export async function validCall(
  session: Session,
  told: Told,
  call: KitCall,
  demand: Demand | null = null,
): Promise<readonly Diagnosis[]> {
  const reply = await askKit(session, call.kit, call.body, call.label, call.writing);
  return judgeValid(session, told, call, reply, demand);
}

export async function judgeValid(
  session: Session,
  told: Told,
  call: KitCall,
  reply: KitReply,
  demand: Demand | null = null,
): Promise<readonly Diagnosis[]> {
  if (isDone(reply)) return findings(told, reply);
  if (reply.content.resultCode === '000001') return [await explainRefusal(session, call, reply)];
  const isAboutSecret = call.kit === 'applicationSync' && reply.content.resultCode === '000101';
  if (isAboutSecret) return [secretRefused(session, reply)];
  return findings(told, reply).map((each) => (demand === null ? each : demanded(each, demand, call)));
}

/** What a call is about, for the refusal of exactly that. */
export interface Demand {
  /** in a few words */
  readonly what: Words;
  readonly expected: string;
  readonly fix: Words;
}

/** The finding says what was asked for; faults of form stay as they are. */
function demanded(found: Diagnosis, { what, expected, fix }: Demand, { label }: KitCall): Diagnosis {
  if (found.code !== 'result.refused' && found.code !== 'http.status') return found;
  const summary = { zh: `${found.summary.zh}（${what.zh}）`, en: `${found.summary.en} (${what.en})` };
  return { ...found, summary, expected, fix, seen: `${label}: ${found.seen}` };
}
