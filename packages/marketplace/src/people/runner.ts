/**
 * Works through synchronisation tasks: take one → (first time) compare and plan → make its next call → record what came of
 * it, all but the call in transactions. A worker that dies leaves its task to the next one, which makes the same call again:
 * products must tolerate that (saas-v2.md 7, idempotency).
 */
import { encryptClientSecret, KIT_PADDINGS, readPublicKey, secretSeedBytes } from '@jishi/protocol';
import { allDepartments, deletedAmong, enterprisesByIds, markedMembers, membersInRange } from '../directory/index.ts';
import { type Caller, callKit, type KitOutcome } from '../fulfilment/index.ts';
import { instanceById } from '../instances/index.ts';
import { inTransaction } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import type { Application } from './definition.ts';
import { planCalls } from './model.ts';
import { recordOutcome } from './outcome.ts';
import { applicationById, credentialsOf } from './store.ts';
import { holdsLease, leaseTasks, nextCall, type SyncCall, type SyncTask, savePlan } from './task-store.ts';
import { finishTask } from './tasks.ts';
import { setMaybeTold, setSyncing, toldDepartments, toldMembers } from './told-store.ts';
import { bodyOf } from './wire.ts';

const SECRET_PURPOSE = 'people.client-secret';
/** beyond the time that a call may take */
const SLACK_MS = 40_000;

export function takeSyncTasks(platform: Platform, limit: number): Promise<SyncTask[]> {
  const now = platform.clock.now();
  const until = new Date(now.getTime() + platform.config.callTimeoutMs + SLACK_MS);
  return leaseTasks(platform.db, now, until, limit);
}

/** Virtual time: one step of each task that is due, in order. @returns how many */
export async function stepSync(platform: Platform, caller: Caller): Promise<number> {
  const tasks = await takeSyncTasks(platform, 50);
  for (const task of tasks) await runSyncTask(platform, caller, task);
  return tasks.length;
}

/** One step: the plan, or one call. */
export async function runSyncTask(platform: Platform, caller: Caller, task: SyncTask): Promise<void> {
  const application = await applicationById(platform.db, task.applicationId);
  if (!application) throw new Error(`task ${task.taskId} is about an application that does not exist`);
  if (!task.planned) return plan(platform, task, application);
  const call = await nextCall(platform.db, task.taskId);
  if (!call)
    return inTransaction(platform.db, async (tx) => {
      if (await holdsLease(tx, task)) await finishTask(tx, task, platform.clock.now());
    });
  await setMaybeTold(platform.db, application.applicationId, call.members);
  await platform.pause.reach('people.before-call', task.taskId);
  const { outcome, marks } = await make(platform, caller, { task, application, call });
  await platform.pause.reach('people.answered', task.taskId);
  await recordOutcome(platform, { task, application, call, outcome, marks });
  platform.wake.kick();
}

async function plan(platform: Platform, task: SyncTask, application: Application): Promise<void> {
  const { db } = platform;
  const { applicationId, enterpriseId, range } = application;
  const told = await toldMembers(db, applicationId);
  const instance = await instanceById(db, application.resourceId, { kind: 'all' });
  const picture = {
    departments: await allDepartments(db, enterpriseId),
    toldDepartments: await toldDepartments(db, applicationId),
    range: await membersInRange(db, enterpriseId, range),
    told,
    deleted: await deletedAmong(db, enterpriseId, [...told.keys()]),
    seats: instance?.linearAttribute ? instance.quantity : null,
  };
  const calls = planCalls(task.kind, picture);
  await inTransaction(db, async (tx) => {
    if (!(await holdsLease(tx, task))) return;
    const now = platform.clock.now();
    if (calls.length === 0) return finishTask(tx, task, now);
    await savePlan(tx, task.taskId, calls, now);
    await setSyncing(
      tx,
      applicationId,
      calls.flatMap(({ members }) => members),
      now,
    );
  });
  platform.wake.kick();
}

interface Due {
  readonly task: SyncTask;
  readonly application: Application;
  readonly call: SyncCall;
}

async function make(
  platform: Platform,
  caller: Caller,
  { task, application, call }: Due,
): Promise<{ outcome: KitOutcome; marks: ReadonlyMap<string, string> }> {
  const { db } = platform;
  const credential = (await credentialsOf(db, [application.goodsId])).get(application.goodsId);
  const enterprise = (await enterprisesByIds(db, [application.enterpriseId])).get(application.enterpriseId);
  if (!credential || !enterprise) throw new Error(`application ${application.applicationId} has lost its credential`);
  const members = await markedMembers(db, application.enterpriseId, call.members);
  const body = bodyOf({
    ...{ application, credential, enterprise, call },
    clientSecret: call.interface === 'applicationSync' ? encrypted(platform, application, credential.publicKey) : '',
    members: call.members.flatMap((memberId) => members.get(memberId) ?? []),
    departments: call.interface === 'allOrgSync' ? await allDepartments(db, application.enterpriseId) : [],
    domainName: platform.config.publicUrl,
    at: platform.wireClock.now(),
  });
  const { sellerId, buyerId, orderId, resourceId, goodsId, productName, instanceId } = application;
  const { protocol, address, keyId } = credential;
  const outcome = await callKit(platform, caller, {
    ...{ protocol, address, keyId, body, interface: call.interface },
    ...{ sellerId, buyerId, orderId, resourceId, goodsId, productName, instanceId },
    traceId: task.traceId,
  });
  return { outcome, marks: new Map([...members].map(([memberId, { mark }]) => [memberId, mark])) };
}

/** With the seller's public key, under a fresh seed each time (saas-v2.md 4.4). */
function encrypted({ keys, random }: Platform, { sealedSecret }: Application, publicKey: string): string {
  const read = readPublicKey(publicKey);
  if (!read.ok) throw new Error('a public key that was accepted can not be read any more');
  const [padding] = KIT_PADDINGS;
  return encryptClientSecret(
    keys.open(sealedSecret, SECRET_PURPOSE),
    read.key,
    padding,
    random.bytes(secretSeedBytes(padding)),
  );
}
