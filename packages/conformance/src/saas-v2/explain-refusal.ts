/**
 * Why a rightly signed call was turned away: the same call is sent as sellers with known mistakes would want it, all with the
 * test mark; the one that is taken names the mistake.
 */
import { type BaseActivity, type Diagnosis, type JsonInputObject, RESULT_CODES } from '@jishi/protocol';
import type { Session } from '../case.ts';
import { ask, type Writing } from './call.ts';
import { type Cause, cause, validRefused } from './causes.ts';
import { type AnyReply, header, inShort, isVerified } from './reply.ts';
import { type Variant, variantsOf } from './variants.ts';

/** So long a search may take: with slow servers it is cut short, not the user's patience. */
const SEARCH_MS = 15_000;
/** A clock that is further off than this is named. */
const CLOCK_OFF_MS = 30_000;

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
  for (const each of [...clock(session, reply), ...variantsOf(session, activity, body, sent)]) {
    if (session.now() > deadline) return null;
    const label = `${activity}, to find the cause: ${each.cause.what.en}`;
    // With the test mark, whatever the refused call was.
    const again = await ask(session, activity, body, label, { ...writing, ...each.writing, live: false });
    if (isVerified(again)) return each.cause;
  }
  return null;
}

export const OTHER_KEY = cause(
  'key',
  '没有任何已知错误能解释，很可能双方使用的密钥不同',
  'no known mistake explains it: most likely the seller has another key',
);

/** The answer says what time it is at the seller. */
function clock(session: Session, reply: AnyReply): readonly Variant[] {
  const atMs = Date.parse(header(reply, 'date') ?? '');
  const offMs = atMs - session.now();
  if (Number.isNaN(offMs) || Math.abs(offMs) < CLOCK_OFF_MS) return [];
  const seconds = Math.round(Math.abs(offMs) / 1000);
  const found =
    offMs > 0
      ? cause('clock', `服务器时钟快了 ${seconds} 秒`, `the clock of the server is ${seconds} s fast`)
      : cause('clock', `服务器时钟慢了 ${seconds} 秒`, `the clock of the server is ${seconds} s slow`);
  return [{ cause: found, writing: { timestamp: String(atMs) } }];
}
