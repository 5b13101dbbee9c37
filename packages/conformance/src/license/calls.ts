/** Calls of the three License dialects as the marketplace makes them, and the same with one thing written otherwise. */
import {
  type IdentificationActivity,
  isIdentificationActivity,
  type JsonInputObject,
  type LicenseActivity,
  type LicenseCodeActivity,
  type ProvisioningActivity,
} from '@jishi/protocol';
import type { Session } from '../case.ts';
import { signedCall as signedGet, type Writing as WritingV1 } from '../saas-v1/request.ts';
import { signedCall as signedPost, type Writing as WritingV2 } from '../saas-v2/call.ts';
import { type AnyReply, type Reply, readReply } from './reply.ts';

/** The members of any License request are texts; testFlag, time and signature are added where they are sent. */
export type Members = Readonly<Record<string, string>>;

/** One call of online 1.0, with the test mark unless `live`. `label` is for readers of the report. */
export async function askByGet<A extends IdentificationActivity>(
  session: Session,
  activity: A,
  members: Members,
  label: string,
  writing: WritingV1 = {},
): Promise<Reply<A>> {
  const { request, timeStamp } = signedGet(session, members, label, writing);
  const exchange = await session.call(request);
  return readReply(activity, exchange, { key: session.accessKey, timeStamp: timeStamp ?? undefined });
}

/** One call of the POSTed dialects, with the test mark unless `live`; `instanceIds`: what a queryInstance has to find. */
export async function askByPost<A extends LicenseCodeActivity | ProvisioningActivity>(
  session: Session,
  activity: A,
  members: JsonInputObject,
  label: string,
  writing: WritingV2 = {},
  instanceIds: readonly string[] = [],
): Promise<Reply<A>> {
  const exchange = await session.call(signedPost(session, members, label, writing));
  return readReply(activity, exchange, { key: session.accessKey, instanceIds });
}

/** One call of whichever dialect the activity belongs to. */
export function ask(
  session: Session,
  activity: LicenseActivity,
  members: Members,
  label: string,
  { live = false }: { readonly live?: boolean } = {},
): Promise<AnyReply> {
  return isIdentificationActivity(activity)
    ? askByGet(session, activity, members, label, { live })
    : askByPost(session, activity, members, label, { live });
}
