/** Bound applications and synchronisation tasks as the console API says them. */
import { areaOf } from '../../directory/index.ts';
import { instanceById } from '../../instances/index.ts';
import {
  type Application,
  authorisationCounts,
  credentialsOf,
  type Decider,
  decisionFault,
  openTasks,
  type SyncTask,
} from '../../people/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import type { Call } from './route.ts';
import type { BoundApplicationView, SyncTaskView } from './sync-schemas.ts';

export function deciderOf({ principal }: Pick<Call, 'principal'>): Decider {
  const area = areaOf(principal.role);
  return area === 'operator' ? 'OPERATOR' : area === 'enterprise' ? 'ADMINISTRATOR' : 'BUYER';
}

export function presentTask(
  task: SyncTask,
  productName: SyncTaskView['productName'],
  decider: Decider,
  sees: boolean,
): SyncTaskView {
  const { taskId, applicationId, kind, state, callsTotal, callsDone, membersTotal, membersDone, attempts } = task;
  return {
    ...{ taskId, applicationId, productName, kind, state, callsTotal, callsDone, membersTotal, membersDone, attempts },
    failedInterface: task.failedInterface,
    errorCode: task.errorCode,
    error: task.error,
    cause: task.errorFacts,
    callId: sees ? task.callId : null,
    decider: kind === 'BIND' ? 'BUYER' : 'ADMINISTRATOR',
    mayDecide: state === 'WAIT_DECISION' && decisionFault(task, decider) === null,
    createdAt: task.createdAt.toISOString(),
    startedAt: task.startedAt?.toISOString() ?? null,
    endedAt: task.endedAt?.toISOString() ?? null,
  };
}

export async function presentApplications(
  executor: Executor,
  applications: readonly Application[],
  call: Call,
): Promise<BoundApplicationView[]> {
  const enterprises = [...new Set(applications.map(({ enterpriseId }) => enterpriseId))];
  const [counts, credentials, tasks, instances] = [
    await authorisationCounts(
      executor,
      applications.map(({ applicationId }) => applicationId),
    ),
    await credentialsOf(
      executor,
      applications.map(({ goodsId }) => goodsId),
    ),
    await openTasks(executor, enterprises),
    await Promise.all(applications.map(({ resourceId }) => instanceById(executor, resourceId, { kind: 'all' }))),
  ];
  const seats = new Map(instances.flatMap((each) => (each?.linearAttribute ? [[each.resourceId, each.quantity]] : [])));
  const decider = deciderOf(call);
  return applications.map((application) => ({
    applicationId: application.applicationId,
    resourceId: application.resourceId,
    productName: application.productName,
    state: application.state,
    stopped: application.stopped,
    loginUrl: credentials.get(application.goodsId)?.loginUrl ?? '',
    attributes: [...application.attributes],
    range: {
      everyone: application.range.everyone,
      departments: [...application.range.departments],
      groups: [...application.range.groups],
      members: [...application.range.members],
    },
    members: {
      NOT_SYNCED: 0,
      SYNCING: 0,
      AUTHORISED: 0,
      FAILED: 0,
      WITHDRAWN: 0,
      ...counts.get(application.applicationId),
    },
    seats: seats.get(application.resourceId) ?? null,
    tasks: tasks
      .filter(({ applicationId }) => applicationId === application.applicationId)
      .toReversed()
      .map((task) => presentTask(task, application.productName, decider, call.scope.kind === 'all')),
    createdAt: application.createdAt.toISOString(),
  }));
}
