/** Synchronisation tasks from the wish to the end, and what people decide in between (E-20 … E-24, consoles-and-processes.md 7.8). */
import type { Tx } from '../platform/database/database.ts';
import { type Random, traceId, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { mayMove } from '../platform/state-machine.ts';
import { type Application, syncTransitions, type TaskKind } from './definition.ts';
import { setApplicationState } from './store.ts';
import * as store from './task-store.ts';
import { setLeft } from './told-store.ts';

/** Who asks: the buyer decides about bindings, the enterprise administrator about the rest, operators about both (6.2). */
export type Decider = 'BUYER' | 'ADMINISTRATOR' | 'OPERATOR';

export async function enqueueTask(
  random: Random,
  tx: Tx,
  application: Application,
  kind: TaskKind,
  operator: string,
  now: Date,
): Promise<void> {
  const { applicationId, enterpriseId, buyerId } = application;
  const ids = { taskId: uuid(random), traceId: traceId(random) };
  await store.enqueue(tx, { ...ids, applicationId, enterpriseId, buyerId, kind, operator }, now);
}

/** All calls of a task are made. */
export async function finishTask(tx: Tx, task: store.SyncTask, now: Date): Promise<void> {
  const failed = await store.failedCalls(tx, task.taskId);
  await store.endTask(tx, task.taskId, failed > 0 ? 'STOPPED' : 'SUCCEEDED', now);
  if (task.kind === 'BIND') await setApplicationState(tx, task.applicationId, 'BOUND');
  await store.releaseNext(tx, task.applicationId, now);
}

/** @returns null = the decision is this person's */
export function decisionFault(task: Pick<store.SyncTask, 'kind'>, decider: Decider): Result<never> | null {
  if (decider === 'OPERATOR') return null;
  const owner: Decider = task.kind === 'BIND' ? 'BUYER' : 'ADMINISTRATOR';
  return owner === decider
    ? null
    : refuse(
        'SYNC_NOT_YOURS',
        owner === 'BUYER'
          ? 'E-22: the buyer decides about a binding'
          : 'E-23: an enterprise administrator decides about authorisations and departments',
      );
}

/** E-22, E-23. Continue repeats the call that failed and goes on with the rest; stop keeps what succeeded. */
export async function decideTask(
  tx: Tx,
  task: store.SyncTask,
  decision: 'CONTINUE' | 'STOP',
  decider: Decider,
  now: Date,
): Promise<Result<null>> {
  const fault = decisionFault(task, decider);
  if (fault) return fault;
  if (
    task.state !== 'WAIT_DECISION' ||
    !mayMove(syncTransitions, task.state, decision === 'STOP' ? 'STOPPED' : 'RUNNING')
  )
    return refuse('SYNC_NOT_WAITING', 'this task does not wait for a decision', { state: task.state });
  if (decision === 'CONTINUE') {
    await store.resumeTask(tx, task.taskId, now);
    return ok(null);
  }
  await setLeft(tx, task.applicationId, await store.skipRest(tx, task.taskId), now);
  await store.endTask(tx, task.taskId, 'STOPPED', now);
  if (task.kind === 'BIND') await setApplicationState(tx, task.applicationId, 'FAILED');
  await store.releaseNext(tx, task.applicationId, now);
  return ok(null);
}
