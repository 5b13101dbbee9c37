/** Commands on credentials and bindings: one transaction each. */
import { readPublicKey } from '@jishi/protocol';
import { accessKeysOfSeller, type Enterprise, membersInRange, type VisibleRange } from '../directory/index.ts';
import { type Instance, isLiving } from '../instances/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import { ALPHANUMERIC, type Random, randomText, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { Application, Credential, SharedAttribute } from './definition.ts';
import * as store from './store.ts';
import { openTasks } from './task-store.ts';
import { enqueueTask } from './tasks.ts';

export interface PeopleContext {
  readonly random: Random;
  readonly keys: KeyRing;
}

/** S-24a. @returns refusals PUBLIC_KEY, ADDRESS_FORM, KEY_UNKNOWN, MULTI_INSTANCE_FINAL */
export async function setCredential(
  context: PeopleContext,
  tx: Tx,
  asked: Omit<Credential, 'appId'>,
  now: Date,
): Promise<Result<Credential>> {
  const key = readPublicKey(asked.publicKey);
  if (!key.ok) return refuse('PUBLIC_KEY', `saas-v2.md 4.4: ${key.diagnosis[0]?.summary.en ?? 'no RSA public key'}`);
  if (!isAddress(asked.address)) return refuse('ADDRESS_FORM', 'an address begins with https:// or http://');
  if (asked.loginUrl !== '' && !isAddress(asked.loginUrl))
    return refuse('ADDRESS_FORM', 'E-31: the login address begins with https://');
  const keys = await accessKeysOfSeller(tx, asked.sellerId);
  if (!keys.some((each) => each.keyId === asked.keyId))
    return refuse('KEY_UNKNOWN', 'S-24a: there is no such access key');
  const known = (await store.credentialsOf(tx, [asked.goodsId])).get(asked.goodsId);
  if (known?.multiInstance === true && !asked.multiInstance)
    return refuse('MULTI_INSTANCE_FINAL', 'E-3a: binding several instances can not be taken back');
  const credential = { ...asked, appId: known?.appId ?? `app-${randomText(context.random, 20, ALPHANUMERIC)}` };
  await store.saveCredential(tx, credential, now);
  return ok(credential);
}

const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

export interface Binding {
  readonly enterprise: Enterprise;
  readonly instance: Instance;
  /** what the buyer agrees to share (E-25a) */
  readonly attributes: readonly SharedAttribute[];
  readonly by: string;
}

/** E-6, E-20. @returns refusals NO_CREDENTIAL, INSTANCE_NOT_RUNNING, ALREADY_BOUND, ONE_INSTANCE_ONLY */
export async function bindApplication(
  context: PeopleContext,
  tx: Tx,
  { enterprise, instance, attributes, by }: Binding,
  now: Date,
): Promise<Result<Application>> {
  const credential = (await store.credentialsOf(tx, [instance.goodsId])).get(instance.goodsId);
  if (!credential)
    return refuse('NO_CREDENTIAL', 'S-24a: the seller has not set up how the product takes in enterprises');
  if (instance.instanceId === null || !isLiving(instance.state))
    return refuse('INSTANCE_NOT_RUNNING', 'the service is not running', { state: instance.state });
  if ((await store.boundTo(tx, instance.resourceId)) !== null)
    return refuse('ALREADY_BOUND', 'E-6: the service is bound to an enterprise already');
  const others = await store.applicationsOf(tx, enterprise.enterpriseId);
  if (!credential.multiInstance && others.some((each) => each.goodsId === instance.goodsId))
    return refuse('ONE_INSTANCE_ONLY', 'E-3a: this product takes one order for each enterprise');
  const application: Application = {
    applicationId: uuid(context.random),
    enterpriseId: enterprise.enterpriseId,
    buyerId: instance.buyerId,
    sellerId: instance.sellerId,
    goodsId: instance.goodsId,
    resourceId: instance.resourceId,
    orderId: instance.orderId,
    instanceId: instance.instanceId,
    productName: instance.productName,
    clientId: `cli-${randomText(context.random, 24, ALPHANUMERIC)}`,
    sealedSecret: context.keys.seal(randomText(context.random, 40, ALPHANUMERIC), 'people.client-secret'),
    attributes: attributes.filter((each) => credential.attributes.includes(each)),
    range: { everyone: false, departments: [], groups: [], members: [] },
    state: 'BINDING',
    stopped: false,
    createdAt: now,
  };
  await store.insertApplication(tx, application, by);
  await enqueueTask(context.random, tx, application, 'BIND', by, now);
  return ok(application);
}

/** Once more, after the buyer stopped it. */
export async function bindAgain(
  context: PeopleContext,
  tx: Tx,
  application: Application,
  by: string,
  now: Date,
): Promise<Result<null>> {
  if (application.state !== 'FAILED') return refuse('SYNC_NOT_STOPPED', 'only a binding that was stopped begins anew');
  await store.setApplicationState(tx, application.applicationId, 'BINDING');
  await enqueueTask(context.random, tx, application, 'BIND', by, now);
  return ok(null);
}

/** E-30, E-31, E-35. @returns refusals NOT_BOUND, LOGIN_ADDRESS_MISSING, TOO_FEW_SEATS */
export async function authorise(
  context: PeopleContext,
  tx: Tx,
  {
    application,
    range,
    instance,
    by,
  }: { application: Application; range: VisibleRange; instance: Instance | null; by: string },
  now: Date,
): Promise<Result<number>> {
  const fault = await changeFault(tx, application);
  if (fault) return fault;
  const members = (await membersInRange(tx, application.enterpriseId, range)).length;
  const seats = instance?.linearAttribute ? instance.quantity : null;
  if (seats !== null && members > seats)
    return refuse('TOO_FEW_SEATS', 'E-35: more members than were bought; expand the service first', {
      members: String(members),
      seats: String(seats),
    });
  await store.setRange(tx, application.applicationId, range);
  await enqueueTask(context.random, tx, application, 'AUTHORISE', by, now);
  return ok(members);
}

/** Everything is told again, so that what differs at the seller is put right. */
export async function resync(
  context: PeopleContext,
  tx: Tx,
  application: Application,
  by: string,
  now: Date,
): Promise<Result<null>> {
  const fault = await changeFault(tx, application);
  if (fault) return fault;
  await enqueueTask(context.random, tx, application, 'RESYNC', by, now);
  return ok(null);
}

async function changeFault(tx: Tx, application: Application): Promise<Result<never> | null> {
  if (application.state !== 'BOUND')
    return refuse('NOT_BOUND', '7.8: the application can not be authorised before it is bound', {
      state: application.state,
    });
  const credential = (await store.credentialsOf(tx, [application.goodsId])).get(application.goodsId);
  return credential?.loginUrl
    ? null
    : refuse('LOGIN_ADDRESS_MISSING', 'E-31: the seller has not set up the login address of the application yet');
}

/** E-7: something of the enterprise is under way; what waits for a decision, and behind one, is not. */
export async function isSynchronising(tx: Tx, enterpriseId: string): Promise<boolean> {
  const open = await openTasks(tx, [enterpriseId]);
  const waiting = new Set(
    open.filter(({ state }) => state === 'WAIT_DECISION').map(({ applicationId }) => applicationId),
  );
  return open.some(({ applicationId }) => !waiting.has(applicationId));
}
