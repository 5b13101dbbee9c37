/**
 * Why a rightly signed License call was turned away. The signatures are those of SaaS V1.0 and V2.0, and so are the mistakes: the
 * search is theirs, here it is given License's calls.
 */
import type { Diagnosis, JsonInputObject } from '@jishi/protocol';
import type { Session } from '../case.ts';
import {
  causeByBodySign,
  findCause as findByGet,
  type RefusedCall,
  refusedBecauseOf,
} from '../saas-v1/explain-refusal.ts';
import { readExchange } from '../saas-v1/reading.ts';
import type { Writing as WritingV1 } from '../saas-v1/request.ts';
import { ask as askV2, type Writing as WritingV2 } from '../saas-v2/call.ts';
import { type Cause, OTHER_KEY, validRefused } from '../saas-v2/causes.ts';
import { explainRefusal as explainByPost, findCause as findByPost } from '../saas-v2/explain-refusal.ts';
import { isVerified as isVerifiedV2, readReply as readReplyV2 } from '../saas-v2/reply.ts';
import { variantsOf } from '../saas-v2/variants.ts';
import type { Members } from './calls.ts';
import { type AnyReply, inShort, isCalledForged } from './reply.ts';

/** A call of online 1.0 and the answer that turned it away. */
export interface RefusedGet {
  readonly members: Members;
  readonly reply: AnyReply;
  readonly writing?: WritingV1 | undefined;
}

export interface RefusedPost {
  readonly members: JsonInputObject;
  readonly reply: AnyReply;
  readonly writing?: WritingV2 | undefined;
}

/** The finding; null where the seller did not say that it takes the call for forged, and no known mistake explains it. */
export async function explainGet(session: Session, refused: RefusedGet): Promise<Diagnosis | null> {
  const found = await mistakeByGet(session, refused);
  return found === null && isCalledForged(refused.reply) ? unexplainedGet(session, refused) : found;
}

/** The finding of a GET that no known mistake explains. */
export function unexplainedGet(session: Session, refused: RefusedGet): Diagnosis {
  const call = likeV1(session, refused);
  return refusedBecauseOf(causeByBodySign(session, call.reading), call);
}

/** The finding, where a known mistake explains it. */
export async function mistakeByGet(session: Session, refused: RefusedGet): Promise<Diagnosis | null> {
  const call = likeV1(session, refused);
  const found = await findByGet(session, call);
  return found === null ? null : refusedBecauseOf(found, call);
}

/** As {@link explainGet}; `otherwise` is what most likely is the matter when no mistake can be proved. */
export async function explainPost(
  session: Session,
  { members, reply, writing = {} }: RefusedPost,
  otherwise?: Cause,
): Promise<Diagnosis | null> {
  const call = { activity: LIKE_V2, body: members, writing };
  const likeV2 = readReplyV2(LIKE_V2, reply.exchange);
  if (isCalledForged(reply)) return explainByPost(session, call, likeV2, otherwise);
  const found = await findByPost(session, call, likeV2);
  return found === null ? null : refusedPostBecauseOf(found, reply);
}

/** The finding of a POST that no known mistake explains. */
export function refusedPost(reply: AnyReply): Diagnosis {
  return refusedPostBecauseOf(OTHER_KEY, reply);
}

/** The finding of a POST whose mistake is known. */
export function refusedPostBecauseOf(because: Cause, reply: AnyReply): Diagnosis {
  return validRefused(because, `${reply.exchange.request.label}: ${inShort(reply)}`);
}

/**
 * Of calls that were turned away, those that are taken once they are signed with one of the known mistakes, with the finding. A
 * server makes the same mistake with all of them.
 */
export async function takenWithMistake<D>(
  session: Session,
  refused: readonly (readonly [dialect: D, RefusedPost])[],
): Promise<ReadonlyMap<D, Diagnosis>> {
  const found = new Map<D, Diagnosis>();
  let known: Cause | null = null;
  for (const [dialect, { members, reply }] of refused) {
    const call = { activity: LIKE_V2, body: members };
    const because: Cause | null =
      known === null
        ? await findByPost(session, call, readReplyV2(LIKE_V2, reply.exchange))
        : await takenBecauseOf(session, members, reply, known);
    known ??= because;
    if (because !== null) found.set(dialect, refusedPostBecauseOf(because, reply));
  }
  return found;
}

/** The cause, where it is the same. */
async function takenBecauseOf(
  session: Session,
  members: JsonInputObject,
  { exchange }: AnyReply,
  known: Cause,
): Promise<Cause | null> {
  const variant = variantsOf(session, LIKE_V2, members, null).find(({ cause }) => cause.what.en === known.what.en);
  const label = `${exchange.request.label}, to find the cause: ${known.what.en}`;
  const again = await askV2(session, LIKE_V2, members, label, variant?.writing);
  return isVerifiedV2(again) ? known : null;
}

/** Only the result code is read, which all activities have in common. */
const LIKE_V2 = 'refreshInstance' as const;

function likeV1(session: Session, { members, reply, writing }: RefusedGet): RefusedCall {
  const activity = 'newInstance';
  const { label } = reply.exchange.request;
  const reading = readExchange(activity, reply.exchange, { key: session.accessKey });
  return { activity, parameters: members, label, writing, reading };
}
