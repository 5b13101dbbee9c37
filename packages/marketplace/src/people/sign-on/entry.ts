/**
 * May this member use this application now? Asked when a code is given out, at each exchange and refresh, at each look at the
 * user: whoever loses the right is out at the next of them (E-34, E-39).
 */
import {
  type Department,
  departmentsByCodes,
  type Enterprise,
  type EnterpriseMember,
  enterprisesByIds,
  isInRange,
  membersByIds,
} from '../../directory/index.ts';
import { type InstanceState, instanceById, isLiving } from '../../instances/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { isUuid } from '../../platform/uuid.ts';
import type { Application, Credential } from '../definition.ts';
import { applicationById, applicationsOf, credentialsOf } from '../store.ts';
import type { SignOnRefusal } from './refusals.ts';
import * as store from './store.ts';

/** A member who may enter. */
export interface Entry {
  readonly application: Application;
  readonly enterprise: Enterprise;
  readonly member: EnterpriseMember;
  readonly department: Department | null;
}
export type EntryResult =
  | { readonly ok: true; readonly entry: Entry }
  | { readonly ok: false; readonly code: SignOnRefusal };

const FROZEN: readonly InstanceState[] = ['FROZEN', 'VIOLATION_FROZEN'];
const no = (code: SignOnRefusal): EntryResult => ({ ok: false, code });

export async function entryOf(executor: Executor, application: Application, memberId: string): Promise<EntryResult> {
  const { applicationId, enterpriseId, resourceId, range } = application;
  if (application.state === 'ENDED') return no('APPLICATION_UNKNOWN');
  if (application.stopped) return no('APPLICATION_STOPPED');
  const member = (await membersByIds(executor, enterpriseId, [memberId])).get(memberId);
  if (!member) return no('NOT_AUTHORISED');
  if (!member.enabled || member.deletedAt !== null) return no('MEMBER_DISABLED');
  // E-27: authorised means that the product was told; a withdrawal counts before the product has heard of it
  const isAuthorised =
    (await store.wasTold(executor, applicationId, memberId)) &&
    (await isInRange(executor, enterpriseId, range, memberId));
  if (!isAuthorised) return no('NOT_AUTHORISED');
  const instance = await instanceById(executor, resourceId, { kind: 'all' });
  if (instance && FROZEN.includes(instance.state)) return no('INSTANCE_FROZEN');
  if (!instance || !isLiving(instance.state)) return no('INSTANCE_ENDED');
  const enterprise = (await enterprisesByIds(executor, [enterpriseId])).get(enterpriseId);
  if (!enterprise || enterprise.dissolvedAt !== null) return no('APPLICATION_UNKNOWN');
  const department =
    (await departmentsByCodes(executor, enterpriseId, [member.departmentCode])).get(member.departmentCode) ?? null;
  return { ok: true, entry: { application, enterprise, member, department } };
}

/** The application whose client this is, with how its product takes people in; null = there is none any more. */
export async function applicationOfClient(
  executor: Executor,
  clientId: string,
): Promise<{ readonly application: Application; readonly credential: Credential } | null> {
  const id = await store.applicationIdOfClient(executor, clientId);
  return id === null ? null : withCredential(executor, id);
}

export async function withCredential(executor: Executor, applicationId: string) {
  const application = isUuid(applicationId) ? await applicationById(executor, applicationId) : null;
  if (!application) return null;
  const credential = (await credentialsOf(executor, [application.goodsId])).get(application.goodsId);
  return credential ? { application, credential } : null;
}

/**
 * By the identity of the product (`appId`): the application of the member's enterprise that lets the member in. An enterprise
 * may have several instances of a product (E-3a); then the first that does.
 */
export async function entryByAppId(
  executor: Executor,
  appId: string,
  { enterpriseId, memberId }: { readonly enterpriseId: string; readonly memberId: string },
): Promise<EntryResult> {
  const goodsId = await store.goodsOfAppId(executor, appId);
  if (goodsId === null) return no('APPLICATION_UNKNOWN');
  const own = (await applicationsOf(executor, enterpriseId)).filter((each) => each.goodsId === goodsId);
  let refused: EntryResult = no('NOT_AUTHORISED');
  for (const application of own) {
    const result = await entryOf(executor, application, memberId);
    if (result.ok) return result;
    refused = result;
  }
  return refused;
}

export const isAppId = async (executor: Executor, appId: string): Promise<boolean> =>
  (await store.goodsOfAppId(executor, appId)) !== null;
