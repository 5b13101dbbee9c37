/**
 * Why a rightly signed call was turned away: the same call is sent as sellers with known mistakes would want it, and the one that
 * is taken names the mistake. Only calls with the test mark are made.
 */
import { canonicalPayload, type Diagnosis, type JsonInputObject, type KitInterface } from '@jishi/protocol';
import { SEARCH_MS, type Session } from '../case.ts';
import { type Cause, cause } from '../saas-v2/causes.ts';
import { clockAt } from '../saas-v2/clock.ts';
import { inShort, isVerified } from '../saas-v2/reply.ts';
import { askKit, type Writing } from './call.ts';
import { kitRefused } from './causes.ts';
import type { KitReply } from './reply.ts';
import { variantsOf } from './variants.ts';

export interface KitCall {
  readonly kit: KitInterface;
  readonly body: JsonInputObject;
  readonly label: string;
  readonly writing?: Writing | undefined;
}

/** The finding, with the mistake that explains it, else with `otherwise`. */
export async function explainRefusal(
  session: Session,
  call: KitCall,
  reply: KitReply,
  otherwise: Cause = OTHER_THAN_BEFORE,
): Promise<Diagnosis> {
  const found = await findCause(session, call, reply);
  return kitRefused(found ?? otherwise, `${call.label}: ${inShort(reply)}`);
}

/** The mistake whose call is taken, or null. */
export async function findCause(session: Session, call: KitCall, reply: KitReply): Promise<Cause | null> {
  const { kit, writing = {} } = call;
  const body = { ...call.body, testFlag: 1 };
  const text = call.body.testFlag === 1 && writing.text ? writing.text : canonicalPayload(body);
  const deadline = session.now() + SEARCH_MS;
  for (const each of [...clockAt(session, reply), ...variantsOf(session, kit, body, text)]) {
    if (session.now() > deadline) return null;
    const label = `${kit}, to find the cause: ${each.cause.what.en}`;
    const again = await askKit(session, kit, body, label, { ...writing, text, ...each.writing });
    if (isVerified(again)) return each.cause;
  }
  return null;
}

/** Where the key is known to be right. */
const OTHER_THAN_BEFORE = cause(
  'members',
  '之前同一密钥的请求通过了验签，本次却没有：差别在报文本身，或者除 nonce 之外还记住了别的内容来防重放',
  'earlier calls with the same key did verify: what differs is this body, or more than the nonce is remembered against replays',
);
