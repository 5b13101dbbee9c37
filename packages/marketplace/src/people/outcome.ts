/** What follows from one kit call: what the product knows now, the task's next state, who is told. One transaction. */
import { allDepartments, enterprisesByIds } from '../directory/index.ts';
import type { KitOutcome } from '../fulfilment/index.ts';
import { inTransaction, type Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { recordAuthorised, recordOpened } from './activity/index.ts';
import type { Application } from './definition.ts';
import { syncFailedEvent } from './events.ts';
import { callDone, callFailed, holdsLease, type SyncCall, type SyncTask } from './task-store.ts';
import { forgetDepartments, setFailed, setTold, tellDepartments } from './told-store.ts';

interface Made {
  readonly task: SyncTask;
  readonly application: Application;
  readonly call: SyncCall;
  readonly outcome: KitOutcome;
  /** of the members' facts as they were sent */
  readonly marks: ReadonlyMap<string, string>;
}

export async function recordOutcome(platform: Platform, made: Made): Promise<void> {
  await inTransaction(platform.db, async (tx) => {
    if (!(await holdsLease(tx, made.task))) return;
    const now = platform.clock.now();
    if (made.outcome.ok) await arrived(tx, made, now);
    else await failed(platform, tx, made, now);
    await platform.pause.reach('people.before-commit', made.task.taskId);
  });
}

async function arrived(tx: Tx, { task, application, call, outcome, marks }: Made, now: Date): Promise<void> {
  const { applicationId } = application;
  if (call.members.length > 0) {
    const gone = call.flag === 0 || call.flag === 3;
    const told = call.members.map((memberId) => ({ memberId, told: gone ? null : (marks.get(memberId) ?? '') }));
    const change = await setTold(tx, applicationId, told, gone ? 'WITHDRAWN' : 'AUTHORISED', now);
    await recordAuthorised(tx, applicationId, change, now);
  }
  if (call.department)
    await (call.flag === 0
      ? forgetDepartments(tx, applicationId, [call.department.code])
      : tellDepartments(tx, applicationId, [call.department]));
  // the tenant was taken in before it (E-20)
  if (call.interface === 'applicationSync' && call.flag === 1) await recordOpened(tx, application, now);
  if (call.interface === 'allOrgSync') {
    await forgetDepartments(tx, applicationId, null);
    await tellDepartments(tx, applicationId, await allDepartments(tx, application.enterpriseId));
  }
  await callDone(tx, task.taskId, call, outcome.callId, now);
}

/** E-22, E-23: it stops and waits for somebody; a dissolution goes on, and is looked at by the operators (E-28). */
async function failed(
  platform: Platform,
  tx: Tx,
  { task, application, call, outcome }: Made,
  now: Date,
): Promise<void> {
  const { callId, resultCode, resultMsg, diagnosis } = outcome;
  const cause = diagnosis.find((each) => each.severity === 'error')?.summary ?? null;
  const text = resultMsg || cause?.en || resultCode || 'no answer';
  await setFailed(tx, application.applicationId, call.members, text, now);
  const waits = task.kind !== 'DISSOLVE';
  const failure = { interface: call.interface, code: resultCode, text, cause, callId };
  await callFailed(tx, task.taskId, call, failure, waits, now);
  const { applicationId, enterpriseId, buyerId, sellerId, orderId, productName } = application;
  const enterprise = (await enterprisesByIds(tx, [enterpriseId])).get(enterpriseId);
  const event = syncFailedEvent(
    {
      ...{ applicationId, enterpriseId, buyerId, sellerId, orderId, productName, callId },
      enterpriseName: enterprise?.name ?? '',
      taskId: task.taskId,
      kind: task.kind,
      interface: call.interface,
      error: text,
      members: call.members.length,
    },
    task.traceId,
  );
  await platform.events.publish(tx, [event], now);
}
