/** Commands on enterprises and their administrators: one transaction each. */
import type { Tx } from '../../platform/database/database.ts';
import type { EventBus } from '../../platform/events.ts';
import { type Random, traceId, uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { AdministratorScope, Enterprise, EnterpriseFacts } from './definition.ts';
import * as store from './enterprise-store.ts';
import {
  ADMINISTRATOR_INVITED,
  ADMINISTRATOR_REMOVED,
  administratorEvent,
  changedEvent,
  DIRECTORY_CHANGED,
  ENTERPRISE_DISSOLVED,
} from './events.ts';
import { mostEnterprises, SHORT_NAME } from './model.ts';

export interface EnterpriseContext {
  readonly random: Random;
  readonly events: EventBus;
}

export interface NewEnterprise extends EnterpriseFacts {
  readonly name: string;
  readonly shortName: string;
}

/** E-3, E-5, X13. @param distributedBy a person in the distributor role; null = the buyer itself. @returns refusals SHORT_NAME_FORM, SHORT_NAME_TAKEN, TOO_MANY_ENTERPRISES */
export async function createEnterprise(
  context: EnterpriseContext,
  tx: Tx,
  asked: NewEnterprise & { readonly buyerId: string },
  now: Date,
  distributedBy: string | null = null,
): Promise<Result<Enterprise>> {
  if (!SHORT_NAME.test(asked.shortName))
    return refuse('SHORT_NAME_FORM', 'E-5: a short name is 3 to 64 lower-case letters, digits and hyphens');
  const most = mostEnterprises(distributedBy !== null);
  if ((await store.livingEnterprises(tx, asked.buyerId, distributedBy)) >= most)
    return refuse('TOO_MANY_ENTERPRISES', `E-3: at most ${most} enterprises`, { most: String(most) });
  if (await store.shortNameTaken(tx, asked.shortName))
    return refuse('SHORT_NAME_TAKEN', 'E-5: this short name is in use', { shortName: asked.shortName });
  const enterprise: Enterprise = {
    ...asked,
    enterpriseId: uuid(context.random).replaceAll('-', ''),
    source: 'CONSOLE',
    createdAt: now,
    dissolvedAt: null,
  };
  await store.insertEnterprise(tx, enterprise, distributedBy);
  return ok(enterprise);
}

/** E-7: what is bound to it is told by the event; the records stay. */
export async function dissolveEnterprise(
  context: EnterpriseContext,
  tx: Tx,
  enterpriseId: string,
  by: string,
  now: Date,
): Promise<void> {
  await store.dissolve(tx, enterpriseId, now);
  await context.events.publish(
    tx,
    [changedEvent(ENTERPRISE_DISSOLVED, { enterpriseId, by }, traceId(context.random))],
    now,
  );
}

/** E-4, E-15a: the person is told (N-36), and accepts. @returns refusals ACCOUNT_UNKNOWN, ALREADY_ADMINISTRATOR */
export async function inviteAdministrator(
  context: EnterpriseContext,
  tx: Tx,
  asked: {
    readonly enterprise: Pick<Enterprise, 'enterpriseId' | 'name'>;
    readonly loginName: string;
    readonly by: string;
    /** of a business administrator; null = an enterprise administrator */
    readonly scope: AdministratorScope | null;
  },
  now: Date,
): Promise<Result<string>> {
  const { enterprise, scope, by } = asked;
  const userId = await store.administratorAccount(tx, asked.loginName, scope !== null);
  if (userId === null)
    return refuse('ACCOUNT_UNKNOWN', 'E-4: there is no account of an enterprise administrator with this name', {
      loginName: asked.loginName,
    });
  if (!(await store.invite(tx, { enterpriseId: enterprise.enterpriseId, userId, by, scope }, now)))
    return refuse('ALREADY_ADMINISTRATOR', 'this person is invited already', { loginName: asked.loginName });
  await tellAdministrator(context, tx, ADMINISTRATOR_INVITED, enterprise, userId, now);
  return ok(userId);
}

/** Who is removed reaches the enterprise no longer, and is told (N-36). @returns refusal NOT_ADMINISTRATOR */
export async function dismissAdministrator(
  context: EnterpriseContext,
  tx: Tx,
  asked: {
    readonly enterprise: Pick<Enterprise, 'enterpriseId' | 'name'>;
    readonly userId: string;
    /** whoever asks may remove business administrators only */
    readonly businessOnly: boolean;
  },
  now: Date,
): Promise<Result<null>> {
  const { enterprise, userId, businessOnly } = asked;
  if (!(await store.removeAdministrator(tx, enterprise.enterpriseId, userId, businessOnly)))
    return refuse('NOT_ADMINISTRATOR', 'this person does not administer the enterprise');
  await tellAdministrator(context, tx, ADMINISTRATOR_REMOVED, enterprise, userId, now);
  return ok(null);
}

async function tellAdministrator(
  { random, events }: EnterpriseContext,
  tx: Tx,
  type: string,
  { enterpriseId, name }: Pick<Enterprise, 'enterpriseId' | 'name'>,
  userId: string,
  now: Date,
): Promise<void> {
  const buyerId = await store.tenantOfUser(tx, userId);
  if (buyerId === null) return; // of no buyer: nobody whom messages reach
  const told = { enterpriseId, enterpriseName: name, userId, buyerId };
  await events.publish(tx, [administratorEvent(type, told, traceId(random))], now);
}

/** Tells the stations that keep copies; commands call it once, after all they change. */
export async function directoryChanged(
  context: EnterpriseContext,
  tx: Tx,
  enterpriseId: string,
  by: string,
  now: Date,
): Promise<void> {
  const event = changedEvent(DIRECTORY_CHANGED, { enterpriseId, by }, traceId(context.random));
  await context.events.publish(tx, [event], now);
}

/** E-18: the console only reads what an identity provider keeps. */
export function readOnlyFault({ source, dissolvedAt }: Enterprise): Result<never> | null {
  if (dissolvedAt !== null) return refuse('ENTERPRISE_DISSOLVED', 'E-7: this enterprise was dissolved');
  return source === 'SCIM'
    ? refuse('DIRECTORY_READ_ONLY', 'E-18: an identity provider keeps this directory; change it there')
    : null;
}
