/**
 * Why a rightly signed call was turned away: the same call is sent as sellers with known mistakes would want it, all with the
 * test mark; the one that is taken names the mistake.
 */
import { type BaseActivity, type Diagnosis, type JsonInputObject, RESULT_CODES } from '@jishi/protocol';
import { SEARCH_MS, type Session } from '../case.ts';
import { ask, type Writing } from './call.ts';
import { type Cause, OTHER_KEY, validRefused } from './causes.ts';
import { clockAt } from './clock.ts';
import { type AnyReply, inShort, isVerified } from './reply.ts';
import { variantsOf } from './variants.ts';

/** Turned away by the checks at the door, in the ways that sellers do it. */
export function isTurnedAway({ content, status }: AnyReply): boolean {
  const { resultCode } = content;
  if (resultCode === null) return status === 401 || status === 403;
  // A code of one's own may mean that, too.
  return resultCode === '000001' || resultCode === '000002' || !Object.hasOwn(RESULT_CODES, resultCode);
}

export interface RefusedCall {
  readonly activity: BaseActivity;
  readonly body: JsonInputObject;
  readonly writing?: Writing;
}

/** The finding, with the mistake that explains it, else with `otherwise`, which is also what verifying the very text sent means. */
export async function explainRefusal(
  session: Session,
  call: RefusedCall,
  reply: AnyReply,
  otherwise: Cause = OTHER_KEY,
): Promise<Diagnosis> {
  const found = await findCause(session, call, reply, otherwise);
  return validRefused(found ?? otherwise, `${reply.exchange.request.label}: ${inShort(reply)}`);
}

/** The mistake whose call is taken, or null. */
export async function findCause(
  session: Session,
  { activity, body, writing = {} }: RefusedCall,
  reply: AnyReply,
  asItIs: Cause = OTHER_KEY,
): Promise<Cause | null> {
  const deadline = session.now() + SEARCH_MS;
  const sent = writing.text === undefined ? null : { text: writing.text, asItIs };
  for (const each of [...clockAt(session, reply), ...variantsOf(session, activity, body, sent)]) {
    if (session.now() > deadline) return null;
    const label = `${activity}, to find the cause: ${each.cause.what.en}`;
    // With the test mark, whatever the refused call was.
    const again = await ask(session, activity, body, label, { ...writing, ...each.writing, live: false });
    if (isVerified(again)) return each.cause;
  }
  return null;
}
