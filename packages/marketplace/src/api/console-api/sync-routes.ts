/** Binding applications, authorising members, and what is decided when a product does not answer as it should (E-20 … E-35). */
import { coversApplication, type Enterprise, membersByIds } from '../../directory/index.ts';
import { instanceById, isLiving, listInstances } from '../../instances/index.ts';
import {
  type Application,
  applicationById,
  applicationsOf,
  authorise,
  bindAgain,
  bindApplication,
  boundTo,
  credentialsOf,
  decideTask,
  listAuthorisations,
  listTasks,
  resync,
  setStopped,
  taskById,
} from '../../people/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { auditDone } from './audit.ts';
import { administratorScope, applicationFault, enterpriseFor, enterpriseToChange } from './enterprise-reach.ts';
import { objectOf } from './enterprise-routes.ts';
import { done } from './enterprise-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';
import { deciderOf, presentApplications, presentTask } from './sync-present.ts';
import * as schemas from './sync-schemas.ts';

const DONE = { done: true } as const;
const MOST_SERVICES = 200;

export const syncRoutes: ConsoleRoute[] = [
  read({
    path: '/enterprises/{enterpriseId}/applications',
    summary: 'Applications bound to an enterprise, with what is under way',
    action: 'sync.view',
    query: noQuery,
    response: schemas.applications,
    async run(call) {
      const found = await enterpriseFor(call, call.platform.db);
      if (!found.ok) return found;
      const { enterpriseId } = found.value;
      const scope = await administratorScope(call, call.platform.db, enterpriseId);
      const items = (await applicationsOf(call.platform.db, enterpriseId)).filter(({ applicationId }) =>
        coversApplication(scope, applicationId),
      );
      return ok({ items: await presentApplications(call.platform.db, items, call) });
    },
  }),
  read({
    path: '/enterprises/{enterpriseId}/bindable',
    summary: 'Services of the buyer that can be bound',
    action: 'enterprise.manage',
    query: noQuery,
    response: schemas.bindable,
    async run(call) {
      const found = await enterpriseFor(call, call.platform.db);
      return found.ok ? ok({ items: await bindableFor(call, found.value) }) : found;
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/applications',
    summary: 'Bind a service to the enterprise (E-20)',
    action: 'enterprise.manage',
    body: schemas.binding,
    response: schemas.applicationId,
    status: 201,
    async run(call, { resourceId, attributes }, tx) {
      const found = await enterpriseToChange(call, tx, 'enterprise');
      if (!found.ok) return found;
      const instance = await instanceById(tx, resourceId, call.scope);
      if (!instance) return refuse('NOT_FOUND', 'there is no such service');
      const asked = { enterprise: found.value, instance, attributes, by: call.principal.userId };
      const bound = await bindApplication(call.platform, tx, asked, call.now);
      if (!bound.ok) return bound;
      await audit(call, tx, 'application.bind', bound.value);
      return ok({ applicationId: bound.value.applicationId });
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/applications/{applicationId}/binding',
    summary: 'Begin a binding anew that was stopped',
    action: 'enterprise.manage',
    body: nothing,
    response: done,
    run: (call, _body, tx) =>
      withApplication(call, tx, 'application.bind-again', async (application) => {
        const begun = await bindAgain(call.platform, tx, application, call.principal.userId, call.now);
        return begun.ok ? ok(DONE) : begun;
      }),
  }),
  command({
    path: '/enterprises/{enterpriseId}/applications/{applicationId}/range',
    summary: 'Authorise: whom the application is visible to (E-30)',
    action: 'application.authorise',
    body: schemas.range,
    response: schemas.authorised,
    run: (call, range, tx) =>
      withApplication(call, tx, 'application.authorise', async (application) => {
        const instance = await instanceById(tx, application.resourceId, { kind: 'all' });
        const asked = { application, range, instance, by: call.principal.userId };
        const authorised = await authorise(call.platform, tx, asked, call.now);
        return authorised.ok ? ok({ members: authorised.value }) : authorised;
      }),
  }),
  command({
    path: '/enterprises/{enterpriseId}/applications/{applicationId}/resynchronisation',
    summary: 'Tell the product everything again, so that differences are put right',
    action: 'application.authorise',
    body: nothing,
    response: done,
    run: (call, _body, tx) =>
      withApplication(call, tx, 'application.resync', async (application) => {
        const begun = await resync(call.platform, tx, application, call.principal.userId, call.now);
        return begun.ok ? ok(DONE) : begun;
      }),
  }),
  ...(['stop', 'start'] as const).map((what) =>
    command({
      path: `/enterprises/{enterpriseId}/applications/{applicationId}/${what}`,
      summary: what === 'stop' ? 'Stop an application: nobody can sign in to it (E-34)' : 'Start it again',
      action: 'application.authorise',
      body: nothing,
      response: done,
      run: (call, _body, tx) =>
        withApplication(call, tx, `application.${what}`, async ({ applicationId }) => {
          await setStopped(tx, applicationId, what === 'stop');
          return ok(DONE);
        }),
    }),
  ),
  read({
    path: '/enterprises/{enterpriseId}/applications/{applicationId}/members',
    summary: 'Members by the state of their authorisation (E-27)',
    action: 'application.authorise',
    query: schemas.authorisationQuery,
    response: schemas.authorisationPage,
    async run(call, { state, cursor, limit }) {
      const found = await applicationFor(call, call.platform.db);
      if (!found.ok) return found;
      const { applicationId, enterpriseId } = found.value;
      const query = { applicationId, state: state ?? null, after: cursor ?? null, limit: limit + 1 };
      const rows = await listAuthorisations(call.platform.db, query);
      const shown = rows.slice(0, limit);
      const members = await membersByIds(
        call.platform.db,
        enterpriseId,
        shown.map(({ memberId }) => memberId),
      );
      return ok({
        items: shown.map((each) => ({
          ...each,
          userName: members.get(each.memberId)?.userName ?? '',
          name: members.get(each.memberId)?.name ?? '',
          updatedAt: each.updatedAt.toISOString(),
        })),
        nextCursor: rows.length > limit ? (shown.at(-1)?.memberId ?? null) : null,
      });
    },
  }),
  read({
    path: '/enterprises/{enterpriseId}/sync-tasks',
    summary: 'What was synchronised, newest first (E-26)',
    action: 'sync.view',
    query: schemas.syncTaskQuery,
    response: schemas.syncTaskPage,
    async run(call, { cursor, limit, application, kind, state }) {
      const { db } = call.platform;
      const found = await enterpriseFor(call, db);
      if (!found.ok) return found;
      const { enterpriseId } = found.value;
      const before = Number(decodeCursor(cursor ?? '')?.id) || null;
      const scope = await administratorScope(call, db, enterpriseId);
      const rows = await listTasks(db, {
        enterpriseId,
        within: scope?.applications,
        applicationId: application,
        kind,
        state,
        before,
        limit: limit + 1,
      });
      const page = toPage(rows, limit, ({ createdAt, seq }) => ({ at: createdAt, id: String(seq) }));
      const names = new Map<string, Application['productName']>();
      for (const { applicationId } of page.items)
        if (!names.has(applicationId))
          names.set(applicationId, (await applicationById(db, applicationId))?.productName ?? { zh: '', en: '' });
      const decider = deciderOf(call);
      const sees = call.scope.kind === 'all';
      const items = page.items.map((task) =>
        presentTask(task, names.get(task.applicationId) ?? { zh: '', en: '' }, decider, sees),
      );
      return ok({ items, nextCursor: page.nextCursor });
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/sync-tasks/{taskId}/decision',
    summary: 'Continue or stop a task that waits (E-22, E-23)',
    action: 'sync.decide',
    body: schemas.syncDecision,
    response: done,
    async run(call, { decision }, tx) {
      const found = await enterpriseFor(call, tx);
      if (!found.ok) return found;
      const taskId = call.params.taskId ?? '';
      const task = isUuid(taskId) ? await taskById(tx, taskId, true) : null;
      if (!task || task.enterpriseId !== found.value.enterpriseId)
        return refuse('NOT_FOUND', 'there is no such synchronisation');
      const fault = await applicationFault(call, tx, task.enterpriseId, task.applicationId);
      if (fault) return fault;
      const decided = await decideTask(tx, task, decision, deciderOf(call), call.now);
      if (!decided.ok) return decided;
      const object = `sync-task:${taskId} ${objectOf(found.value)}`;
      // an operator decides for the buyer whose enterprise it is (P-4)
      const onBehalfOf = `buyer:${found.value.buyerId}`;
      await auditDone(call, tx, {
        action: `sync.${decision.toLowerCase()}`,
        object,
        traceId: task.traceId,
        onBehalfOf,
      });
      return ok(DONE);
    },
  }),
];

async function applicationFor(call: Call, executor: Executor, lock = false): Promise<Result<Application>> {
  const found = await enterpriseFor(call, executor);
  if (!found.ok) return found;
  const id = call.params.applicationId ?? '';
  const application = isUuid(id) ? await applicationById(executor, id, lock) : null;
  if (application?.enterpriseId !== found.value.enterpriseId || application.state === 'ENDED')
    return refuse('NOT_FOUND', 'there is no such application');
  return (await applicationFault(call, executor, application.enterpriseId, id)) ?? ok(application);
}

async function withApplication<T>(
  call: Call,
  tx: Tx,
  action: string,
  change: (application: Application) => Promise<Result<T>>,
): Promise<Result<T>> {
  const found = await applicationFor(call, tx, true);
  if (!found.ok) return found;
  const changed = await change(found.value);
  if (changed.ok) await audit(call, tx, action, found.value);
  return changed;
}

const audit = (call: Call, tx: Tx, action: string, { applicationId, enterpriseId }: Application): Promise<void> =>
  auditDone(call, tx, { action, object: `application:${applicationId} enterprise:${enterpriseId}`, traceId: null });

async function bindableFor(call: Call, enterprise: Enterprise) {
  const { db } = call.platform;
  const scope = { kind: 'buyer', buyerId: enterprise.buyerId, placedBy: null } as const;
  const running = (await listInstances(db, { scope, before: null, limit: MOST_SERVICES })).filter(
    ({ state, instanceId }) => instanceId !== null && isLiving(state),
  );
  const credentials = await credentialsOf(
    db,
    running.map(({ goodsId }) => goodsId),
  );
  const items: schemas.BindableView[] = [];
  for (const { resourceId, productName, orderId, goodsId } of running) {
    const credential = credentials.get(goodsId);
    if (credential && (await boundTo(db, resourceId)) === null)
      items.push({ resourceId, productName, orderId, attributes: [...credential.attributes] });
  }
  return items;
}
