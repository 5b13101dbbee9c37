/** Operator's overview, tasks, and the search box of every role. */
import { searchProducts } from '../../catalog/index.ts';
import { scopeOf } from '../../directory/index.ts';
import { callsByHour, callsByState, listCalls } from '../../fulfilment/index.ts';
import { instanceById, instancesByState } from '../../instances/index.ts';
import { trialBalance } from '../../ledger/index.ts';
import { ordersByIds, ordersByState } from '../../ordering/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { eventsOfTrace } from '../../platform/events.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, refuse } from '../../platform/result.ts';
import { listTasks, restartTask, type TaskListRow, taskCounts } from '../../platform/tasks/task-list.ts';
import { auditDone } from './audit.ts';
import * as schemas from './operator-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

const HOURS_SHOWN = 24;

export const operatorRoutes: ConsoleRoute[] = [
  read({
    path: '/overview',
    summary: 'Counts, calls by outcome, ledger',
    action: 'overview.view',
    query: noQuery,
    response: schemas.overview,
    async run({ platform: { db }, scope, now }) {
      const hours = await callsByHour(db, scope, now, HOURS_SHOWN);
      const { balanced, debits, credits } = await trialBalance(db);
      return ok({
        orders: await ordersByState(db),
        instances: await instancesByState(db),
        calls: await callsByState(db),
        callsByOutcome: hours.map((hour) => ({ ...hour, hour: hour.hour.toISOString() })),
        tasks: await taskCounts(db, now),
        ledger: { balanced, debits, credits },
      });
    },
  }),
  read({
    path: '/tasks',
    summary: 'Tasks of the marketplace',
    action: 'task.view',
    query: schemas.taskQuery,
    response: schemas.taskPage,
    async run({ platform: { db } }, query) {
      const rows = await listTasks(db, {
        state: query.state,
        kind: query.kind,
        before: query.cursor ? decodeCursor(query.cursor) : null,
        limit: query.limit + 1,
      });
      const page = toPage(rows, query.limit, (row) => ({ at: row.created_at, id: row.id }));
      return ok({ items: page.items.map(presentTask), nextCursor: page.nextCursor });
    },
  }),
  command({
    path: '/tasks/{taskId}/restart',
    summary: 'Make a waiting or given-up task due now',
    action: 'task.restart',
    body: nothing,
    response: schemas.task,
    async run(call, _body, tx) {
      const row = await restartTask(tx, call.params.taskId ?? '', call.now);
      if (row === 'unknown') return refuse('NOT_FOUND', 'there is no such task');
      if (row === 'busy')
        return refuse(
          'TASK_STATE',
          'only a task that failed or was given up can be restarted; the others wait for their time',
        );
      await auditDone(call, tx, { action: 'task.restart', object: `task:${row.id}`, traceId: null });
      return ok(presentTask(row));
    },
  }),
  read({
    path: '/search',
    summary: 'Find an order, instance, call or product by what was pasted',
    action: 'product.view',
    query: schemas.searchQuery,
    response: schemas.searchResult,
    async run(call, { q }) {
      return ok({
        items: [
          ...(await orderHits(call, q)),
          ...(await instanceHits(call, q)),
          ...(await callHits(call, q)),
          ...(await productHits(call, q)),
        ],
      });
    },
  }),
];

const presentTask = (row: TaskListRow) => ({
  taskId: row.id,
  kind: row.kind,
  subject: row.subject,
  state: row.state,
  dueAt: row.due_at.toISOString(),
  attempts: row.attempts,
  lastError: row.last_error,
  leaseUntil: row.lease_until?.toISOString() ?? null,
});

type Hit = ReturnType<typeof schemas.searchHit.parse>;

const TRACE_ID = /^[0-9a-f]{32}$/;

/** Orders that a trace id belongs to, told from its events. */
async function ordersOfTrace(executor: Executor, traceId: string): Promise<string[]> {
  const events = await eventsOfTrace(executor, traceId);
  return [...new Set(events.map((event) => event.aggregate.replace(/^order:/, '')))];
}

async function orderHits({ platform, principal }: Call, q: string): Promise<Hit[]> {
  const scope = scopeOf(principal, 'order.view');
  if (!scope) return [];
  const traced = TRACE_ID.test(q) ? await ordersOfTrace(platform.db, q) : [];
  const orders = await ordersByIds(platform.db, [q, q.replace(/-\d{6}$/, ''), ...traced], { scope });
  return orders.map((order) => ({
    kind: 'order',
    id: order.orderId,
    title: order.lines[0]?.snapshot.productName ?? { zh: order.orderId, en: order.orderId },
    state: order.state,
  }));
}

async function instanceHits({ platform, principal }: Call, q: string): Promise<Hit[]> {
  // A buyer opens the resource details, staff the page without access data.
  const scope = scopeOf(principal, principal.buyerId === null ? 'instance.list' : 'instance.view');
  const instance = scope && (await instanceById(platform.db, q, scope));
  return instance
    ? [{ kind: 'instance', id: instance.resourceId, title: instance.productName, state: instance.state }]
    : [];
}

async function callHits({ platform, principal }: Call, q: string): Promise<Hit[]> {
  const scope = scopeOf(principal, 'call.view');
  if (!scope) return [];
  const byOrder = await listCalls(platform.db, { scope, orderId: q, before: null, limit: 10 });
  const byInstance = await listCalls(platform.db, { scope, instanceId: q, before: null, limit: 10 });
  const calls = new Map([...byOrder, ...byInstance].map((found) => [found.id, found]));
  return [...calls.values()].map((found) => ({
    kind: 'call',
    id: found.id,
    title: { zh: `${found.activity} · ${found.product_name.zh}`, en: `${found.activity} · ${found.product_name.en}` },
    state: found.state,
  }));
}

async function productHits({ platform }: Call, q: string): Promise<Hit[]> {
  const { site } = platform.config;
  const { items } = await searchProducts(platform.db, { site, q, sort: 'DEFAULT', after: null, limit: 10 });
  return items.map(({ goodsId, card }) => ({ kind: 'product', id: goodsId, title: card.name, state: null }));
}
