/** What will be due, in order: the next step of each subscription, tasks, calls, probes, messages, retried events. */
import { contentOf, productById } from '../catalog/index.ts';
import { PROBE } from '../debugging/index.ts';
import { instanceById, nextStep, type StepKind } from '../instances/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
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
  'ordering.cancel-unpaid': { zh: '取消未支付订单', en: 'An unpaid order is cancelled' },
  'ordering.approve-large-refund': { zh: '大额退款自动审批', en: 'A large refund is approved by itself' },
  'notification.send-digest': { zh: '发送失败汇总', en: 'A digest of failures is sent' },
  [PROBE]: { zh: '例行拨测', en: 'Daily probe' },
  comparison: { zh: '与商家核对资源', en: 'Comparison of services with the seller' },
  delivery: { zh: '发送消息', en: 'A message is sent' },
};

interface Due {
  readonly at: Date;
  readonly kind: UpcomingKind;
  readonly name: string;
  readonly resourceId: string | null;
  readonly goodsId: string | null;
}

/** The cancelling of an order that was paid: it will find nothing to do. */
const isOverAnyway = sql`(kind = 'ordering.cancel-unpaid'
  AND EXISTS (SELECT FROM ordering.orders o WHERE o.order_id = t.subject AND o.state <> 'PENDING_PAYMENT'))`;

/** Each source gives its own first ones, found by its index. */
async function dueRows(executor: Executor, limit: number): Promise<Due[]> {
  const { rows } = await sql<Due>`
    SELECT * FROM (
      (SELECT next_at AS at, 'life' AS kind, '' AS name, resource_id AS "resourceId", goods_id AS "goodsId", resource_id AS place
       FROM instances.instances WHERE next_at IS NOT NULL ORDER BY next_at, resource_id LIMIT ${limit})
      UNION ALL
      (SELECT due_at, CASE kind WHEN ${PROBE} THEN 'probe' ELSE 'task' END, kind, NULL, CASE kind WHEN ${PROBE} THEN subject END, subject
       FROM platform.tasks t WHERE state = 'DUE' AND NOT ${isOverAnyway} ORDER BY due_at, seq LIMIT ${limit})
      UNION ALL
      (SELECT due_at, 'call', activity, resource_id, goods_id, lane FROM fulfilment.seller_calls WHERE state = 'DUE' ORDER BY due_at, seq LIMIT ${limit})
      UNION ALL
      (SELECT due_at, 'probe', activity, NULL, goods_id, lane FROM debugging.runs WHERE state = 'DUE' ORDER BY due_at, seq LIMIT ${limit})
      UNION ALL
      (SELECT next_at, 'task', 'comparison', NULL, goods_id, goods_id FROM instances.comparisons ORDER BY next_at LIMIT ${limit})
      UNION ALL
      (SELECT due_at, 'event', 'delivery', NULL, NULL, lane FROM notification.deliveries WHERE state = 'DUE' ORDER BY due_at, seq LIMIT ${limit})
      UNION ALL
      (SELECT d.due_at, 'event', e.type, NULL, NULL, d.subscriber FROM platform.deliveries d JOIN platform.events e USING (event_id) ORDER BY d.due_at LIMIT ${limit})
    ) AS due ORDER BY at, kind, place LIMIT ${limit}`.execute(executor);
  return rows;
}

/** When the first of them is due after an instant; null = nothing is. */
export async function nextUpcomingAt(executor: Executor, after: Date): Promise<Date | null> {
  // What is due by now and still waits is behind something; it does not keep the clock from going on.
  const rows = await dueRows(executor, MOST_BEHIND);
  return rows.find(({ at }) => at > after)?.at ?? null;
}
const MOST_BEHIND = 500;

export async function upcomingOf(executor: Executor, limit: number): Promise<UpcomingItem[]> {
  const items: UpcomingItem[] = [];
  for (const due of await dueRows(executor, limit)) {
    const instance = due.resourceId === null ? null : await instanceById(executor, due.resourceId, EVERYTHING);
    const step = due.kind === 'life' && instance ? nextStep(instance)?.kind : undefined;
    const name = step ?? due.name;
    items.push({
      at: due.at.toISOString(),
      kind: due.kind,
      name,
      label: step ? STEPS[step] : (NAMES[name] ?? ofKind(due.kind, name)),
      resourceId: due.resourceId,
      productName: instance?.productName ?? (due.goodsId === null ? null : await productName(executor, due.goodsId)),
    });
  }
  return items;
}

function ofKind(kind: UpcomingKind, name: string): Words {
  if (kind === 'call') return { zh: `调用商家 ${name}`, en: `Call of the seller: ${name}` };
  if (kind === 'probe') return { zh: `调试调用 ${name}`, en: `Debugging call: ${name}` };
  return { zh: name, en: name };
}

async function productName(executor: Executor, goodsId: string): Promise<Words | null> {
  const product = await productById(executor, goodsId);
  return product ? (await contentOf(executor, goodsId, product.current_version)).name : null;
}
