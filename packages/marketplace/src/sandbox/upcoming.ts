/** What will be due, in order: the next step of each subscription, tasks, calls, probes, messages, retried events. */
import { currentContents } from '../catalog/index.ts';
import { nextRuns, PROBE } from '../debugging/index.ts';
import { nextCalls } from '../fulfilment/index.ts';
import { nextComparisons, nextStep, nextToStep, type StepKind } from '../instances/index.ts';
import { nextDeliveries } from '../notification/index.ts';
import { CANCEL_UNPAID, ordersByIds } from '../ordering/index.ts';
import type { Executor } from '../platform/database/database.ts';
import type { DueItem } from '../platform/due.ts';
import { nextEvents } from '../platform/events.ts';
import { nextTasks } from '../platform/tasks/marketplace-tasks.ts';
import type { UpcomingItem, UpcomingKind } from './schemas.ts';
import { EVERYTHING } from './world.ts';

type Words = UpcomingItem['label'];

const STEPS: { readonly [K in StepKind]: Words } = {
  APPLY_CHANGE: { zh: '续费时约定的变更生效', en: 'The change ordered with the renewal takes effect' },
  REMIND: { zh: '到期提醒', en: 'Reminder of the expiry' },
  AUTO_RENEW: { zh: '自动续费', en: 'Automatic renewal' },
  EXPIRE: { zh: '到期', en: 'Expiry' },
  FREEZE: { zh: '冻结', en: 'Freeze' },
  RELEASE_NEAR: { zh: '即将释放提醒', en: 'Warning of the release' },
  RELEASE: { zh: '释放', en: 'Release' },
};
const NAMES: Readonly<Record<string, Words>> = {
  [CANCEL_UNPAID]: { zh: '取消未支付订单', en: 'An unpaid order is cancelled' },
  'ordering.approve-large-refund': { zh: '大额退款自动审批', en: 'A large refund is approved by itself' },
  'ordering.end-return': { zh: '退货期限届满', en: 'The time for a return ends' },
  'catalog.reject-demand': { zh: '无人受理的需求自动拒绝', en: 'A demand that nobody took is rejected' },
  'catalog.rebuild-search': { zh: '重建商品搜索索引', en: 'The search index is built anew' },
  'delivery.remind': { zh: '服务监管待办提醒', en: 'Whoever must act next in a delivery is reminded' },
  'settlement.bill-run': { zh: '出账', en: 'Bill run' },
  'notification.send-digest': { zh: '发送失败汇总', en: 'A digest of failures is sent' },
  [PROBE]: { zh: '例行拨测', en: 'Daily probe' },
  comparison: { zh: '与商家核对资源', en: 'Comparison of services with the seller' },
  delivery: { zh: '发送消息', en: 'A message is sent' },
};

interface Due extends DueItem {
  readonly kind: UpcomingKind;
  readonly label: Words;
  readonly productName: Words | null;
}

/** The first ones of each source, each found by its owner's index. */
async function firstOnes(executor: Executor, limit: number): Promise<Due[]> {
  const [lives, tasks, calls, runs, comparisons, deliveries, events] = await Promise.all([
    stepsOf(executor, limit),
    openTasks(executor, limit),
    nextCalls(executor, limit),
    nextRuns(executor, limit),
    nextComparisons(executor, limit),
    nextDeliveries(executor, limit),
    nextEvents(executor, limit),
  ]);
  const all = [
    ...lives,
    ...tasks.map((task) => ({ ...task, kind: task.name === PROBE ? ('probe' as const) : ('task' as const) })),
    ...calls.map((call) => ({ ...call, kind: 'call' as const })),
    ...runs.map((run) => ({ ...run, kind: 'probe' as const })),
    ...comparisons.map((comparison) => ({ ...comparison, kind: 'task' as const })),
    ...[...deliveries, ...events].map((event) => ({ ...event, kind: 'event' as const })),
  ].map((item): Due => ({ label: labelOf(item.kind, item.name), productName: null, ...item }));
  return all.sort((one, other) => one.at.getTime() - other.at.getTime()).slice(0, limit);
}

async function stepsOf(executor: Executor, limit: number) {
  return (await nextToStep(executor, limit)).flatMap((instance) => {
    const { resourceId, goodsId, productName } = instance;
    const step = nextStep(instance);
    if (step === null) return [];
    const { at, kind: name } = step;
    return [{ kind: 'life' as const, at, name, label: STEPS[name], subject: null, resourceId, goodsId, productName }];
  });
}

/** Without the cancelling of orders that were paid: it will find nothing to do. */
async function openTasks(executor: Executor, limit: number): Promise<DueItem[]> {
  const tasks = await nextTasks(executor, limit);
  const orderIds = tasks.flatMap(({ name, subject }) => (name === CANCEL_UNPAID && subject !== null ? [subject] : []));
  const unpaid = new Set(
    (await ordersByIds(executor, orderIds, { scope: EVERYTHING }))
      .filter(({ state }) => state === 'PENDING_PAYMENT')
      .map(({ orderId }) => orderId),
  );
  return tasks.filter(({ name, subject }) => name !== CANCEL_UNPAID || unpaid.has(subject ?? ''));
}

/** When the first of them is due after an instant; null = nothing is. */
export async function nextUpcomingAt(executor: Executor, after: Date): Promise<Date | null> {
  // What is due by now and still waits is behind something; it does not keep the clock from going on.
  const found = await firstOnes(executor, MOST_BEHIND);
  return found.find(({ at }) => at > after)?.at ?? null;
}
const MOST_BEHIND = 500;

export async function upcomingOf(executor: Executor, limit: number): Promise<UpcomingItem[]> {
  const found = await firstOnes(executor, limit);
  const names = await productNames(
    executor,
    found.flatMap(({ productName, goodsId, name, subject }) => {
      if (productName !== null) return [];
      return goodsId ?? (name === PROBE ? subject : null) ?? [];
    }),
  );
  return found.map(({ at, kind, name, label, subject, resourceId, goodsId, productName }) => ({
    at: at.toISOString(),
    kind,
    name,
    label,
    resourceId,
    productName: productName ?? names.get(goodsId ?? subject ?? '') ?? null,
  }));
}

function labelOf(kind: UpcomingKind, name: string): Words {
  const known = NAMES[name];
  if (known !== undefined) return known;
  if (kind === 'call') return { zh: `调用商家 ${name}`, en: `Call of the seller: ${name}` };
  if (kind === 'probe') return { zh: `调试调用 ${name}`, en: `Debugging call: ${name}` };
  return { zh: name, en: name };
}

async function productNames(executor: Executor, goodsIds: readonly string[]): Promise<Map<string, Words>> {
  const contents = await currentContents(executor, goodsIds);
  return new Map([...contents].map(([goodsId, { name }]) => [goodsId, name]));
}
