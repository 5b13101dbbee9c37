/**
 * Does the seller still have what our instances say? Every product is asked about in turn, at most 100 ids a call
 * (saas-v2.md 5.2). Where the two disagree a difference stands until they agree again, with what to do about it.
 */
import { type LocalizedText, localizedText } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { accessDataOf, instancesCompared, requestComparison } from '../fulfilment/index.ts';
import { type Executor, inTransaction, sql, type Tx } from '../platform/database/database.ts';
import type { DueItem } from '../platform/due.ts';
import type { DomainEvent, Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { InstanceState } from './definition.ts';
import { isLiving } from './rules.ts';
import { ofSeller } from './store.ts';

/** The products that sellers are asked about next, in order. */
export async function nextComparisons(executor: Executor, limit: number): Promise<DueItem[]> {
  const { rows } = await sql<DueItem>`
    SELECT next_at AS at, 'comparison' AS name, NULL AS subject, NULL AS "resourceId", goods_id AS "goodsId" FROM instances.comparisons
    ORDER BY next_at, goods_id LIMIT ${limit}`.execute(executor);
  return rows;
}

export type DifferenceKind = 'MISSING_AT_SELLER' | 'ADDRESS_CHANGED' | 'STILL_AT_SELLER';

/** What a difference means, and its remedy. */
export const DIFFERENCES: Readonly<Record<DifferenceKind, { detail: LocalizedText; remedy: LocalizedText }>> = {
  MISSING_AT_SELLER: {
    detail: {
      zh: '集市中该实例正在运行，但商家的 queryInstance 应答中没有它。',
      en: 'The instance runs in the marketplace, but the seller does not answer for it in queryInstance.',
    },
    remedy: {
      zh: '商家：请按 instanceId 恢复该实例，或修正 queryInstance，使其返回全部未释放的实例。若数据已无法恢复，请联系客户协商退订。',
      en: 'Seller: restore the instance under its instanceId, or mend queryInstance so that it answers for every instance that is not released. If the data are lost, agree on a refund with the customer.',
    },
  },
  ADDRESS_CHANGED: {
    detail: {
      zh: '商家返回的前台地址与集市中保存的不同，客户可能打开旧地址。',
      en: 'The front-end address that the seller answers differs from the one that is kept here; the customer may open the old one.',
    },
    remedy: {
      zh: '客户打开资源详情时会自动更新地址。商家：若未更换地址，请检查 appInfo.frontEndUrl；若已更换，请在旧地址上设置跳转。',
      en: 'It is renewed when the customer opens the resource details. Seller: if the address did not move, check appInfo.frontEndUrl; if it did, redirect the old one.',
    },
  },
  STILL_AT_SELLER: {
    detail: {
      zh: '该实例已释放，但商家仍返回它。',
      en: 'The instance is released, but the seller still answers for it.',
    },
    remedy: {
      zh: '商家：请删除该实例。若 releaseInstance 调用已停止，请在“生产接口消息”中重新启动该调用。',
      en: 'Seller: delete the instance. If the releaseInstance call was given up, restart it under "production interface messages".',
    },
  },
};

/** How long a released instance is asked about */
const RELEASED_DAYS = 30;
const DAY_MS = 86_400_000;

/** When a product that is sold for the first time is compared; null = never (configuration). */
export const nextComparison = ({ config }: Platform, now: Date): Date | null =>
  config.comparisonHours > 0 ? new Date(now.getTime() + config.comparisonHours * 3_600_000) : null;

/** Ids of one transaction; a product with more goes on at once in the next run, behind the last id. */
const MOST_A_RUN = 2_000;

/** Asks about one product whose turn it is. @returns 1 = there was one */
export async function runComparisons(platform: Platform): Promise<number> {
  const now = platform.clock.now();
  const next = nextComparison(platform, now);
  if (next === null) return 0;
  const done = await inTransaction(platform.db, async (tx) => {
    const { rows } = await sql<Turn>`
      SELECT goods_id, seller_id, last_resource_id FROM instances.comparisons
      WHERE next_at <= ${now} ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED`.execute(tx);
    const [turn] = rows;
    if (!turn) return 0;
    const found = await comparable(tx, turn, now);
    const last = found.length < MOST_A_RUN ? null : found.at(-1)?.resource_id;
    await sql`
      UPDATE instances.comparisons SET last_resource_id = ${last ?? null}, next_at = ${last ? sql`next_at` : next}
      WHERE goods_id = ${turn.goods_id}`.execute(tx);
    const instanceIds = found.map((row) => row.instance_id);
    const product = { goodsId: turn.goods_id, sellerId: turn.seller_id };
    await requestComparison(platform, tx, { ...product, instanceIds, occasion: uuid(platform.random) }, now);
    return 1;
  });
  if (done > 0) platform.wake.kick();
  return done;
}

interface Turn {
  readonly goods_id: string;
  readonly seller_id: string;
  /** asked up to this one; null = the product is begun */
  readonly last_resource_id: string | null;
}

/** The next ids that the seller should know, and those that it should have forgotten lately. */
async function comparable(executor: Executor, { goods_id, seller_id, last_resource_id }: Turn, now: Date) {
  const { rows } = await sql<{ resource_id: string; instance_id: string }>`
    SELECT resource_id, instance_id FROM instances.instances
    WHERE goods_id = ${goods_id} AND resource_id > ${last_resource_id ?? ''} AND seller_id = ${seller_id} AND instance_id IS NOT NULL
      AND (state = ANY ('{TRIAL,ACTIVE,CHANGING,GRACE,FROZEN,VIOLATION_FROZEN}'::text[])
           OR (state = 'RELEASED' AND ended_at > ${new Date(now.getTime() - RELEASED_DAYS * DAY_MS)}))
    ORDER BY resource_id LIMIT ${MOST_A_RUN}`.execute(executor);
  return rows;
}

export async function nextComparisonAt(executor: Executor, after: Date): Promise<Date | null> {
  const { rows } = await sql<{
    due: Date | null;
  }>`SELECT min(next_at) AS due FROM instances.comparisons WHERE next_at > ${after}`.execute(executor);
  return rows[0]?.due ?? null;
}

/** A person wants to know now; the answer comes with the next calls. A comparison that runs already goes on. */
export async function startComparison(
  platform: Platform,
  tx: Tx,
  input: { scope: Scope; goodsId: string },
  now: Date,
): Promise<Result<{ goodsId: string }>> {
  const seller = input.scope.kind === 'seller' ? ofSeller(input.scope) : sql`true`;
  const { rows } = await sql`
    UPDATE instances.comparisons i SET next_at = least(next_at, ${now}) WHERE goods_id = ${input.goodsId} AND ${seller} RETURNING 1`.execute(
    tx,
  );
  if (rows.length === 0 || input.scope.kind === 'buyer')
    return refuse('NOT_FOUND', 'no instance of such a product was ever sold');
  platform.wake.kick();
  return ok({ goodsId: input.goodsId });
}

export const comparisonSubscription = (platform: () => Platform): Subscription => ({
  name: 'instances:compare',
  types: ['fulfilment.instances-compared'],
  async handle(tx, events) {
    for (const event of events) await compare(platform(), tx, event);
  },
});

interface Compared {
  readonly resource_id: string;
  readonly instance_id: string;
  readonly state: InstanceState;
  readonly goods_id: string;
  readonly seller_id: string;
  readonly product_name: unknown;
}

async function compare(platform: Platform, tx: Tx, event: DomainEvent): Promise<void> {
  const answer = instancesCompared.parse(event.payload);
  const { rows } = await sql<Compared>`
    SELECT resource_id, instance_id, state, goods_id, seller_id, product_name FROM instances.instances
    WHERE seller_id = ${answer.sellerId} AND instance_id = ANY(${answer.asked}::text[]) ORDER BY resource_id`.execute(
    tx,
  );
  const seen = new Map(answer.seen.map(({ instanceId, frontEndUrl }) => [instanceId, frontEndUrl]));
  const found: { row: Compared; kind: DifferenceKind; ours: string | null; theirs: string | null }[] = [];
  const told: string[] = [];
  for (const row of rows) {
    const theirs = seen.get(row.instance_id);
    if (theirs === undefined && !answer.complete) continue; // nothing is known of it
    told.push(row.resource_id);
    if (!isLiving(row.state)) {
      if (theirs !== undefined && row.state === 'RELEASED')
        found.push({ row, kind: 'STILL_AT_SELLER', ours: null, theirs });
    } else if (theirs === undefined) {
      found.push({ row, kind: 'MISSING_AT_SELLER', ours: null, theirs: null });
    } else if (theirs !== null) {
      const ours = (await accessDataOf(platform, tx, row.resource_id))?.access.frontEndUrl ?? null;
      if (ours !== null && ours !== theirs) found.push({ row, kind: 'ADDRESS_CHANGED', ours, theirs });
    }
  }
  const still = found.map(({ row, kind, ours, theirs }) => ({ ...row, kind, ours, theirs }));
  await sql`
    DELETE FROM instances.differences WHERE resource_id = ANY(${told}::text[])
      AND (resource_id, kind) NOT IN (SELECT * FROM unnest(${still.map((each) => each.resource_id)}::text[], ${still.map((each) => each.kind)}::text[]))`.execute(
    tx,
  );
  if (still.length === 0) return;
  await sql`
    INSERT INTO instances.differences (resource_id, kind, instance_id, goods_id, seller_id, product_name, ours, theirs, since, last_seen_at)
    SELECT d.resource_id, d.kind, d.instance_id, d.goods_id, d.seller_id, d.product_name, d.ours, d.theirs, ${event.occurredAt}, ${event.occurredAt}
    FROM jsonb_to_recordset(${JSON.stringify(still)}::jsonb) AS d (resource_id text, kind text, instance_id text, goods_id text, seller_id text, product_name jsonb, ours text, theirs text)
    ON CONFLICT (resource_id, kind) DO UPDATE SET ours = EXCLUDED.ours, theirs = EXCLUDED.theirs, last_seen_at = EXCLUDED.last_seen_at`.execute(
    tx,
  );
}

export interface Difference {
  readonly resourceId: string;
  readonly kind: DifferenceKind;
  readonly instanceId: string;
  readonly goodsId: string;
  readonly sellerId: string;
  readonly productName: LocalizedText;
  /** address kept here, address at the seller */
  readonly ours: string | null;
  readonly theirs: string | null;
  readonly detail: LocalizedText;
  readonly remedy: LocalizedText;
  readonly since: Date;
  readonly lastSeenAt: Date;
}

/** Newest first. Differences are between sellers and the marketplace; a buyer sees none. */
export async function differences(
  executor: Executor,
  query: {
    scope: Scope;
    kind?: DifferenceKind | undefined;
    before: { at: Date; id: string } | null;
    limit: number;
  },
): Promise<Difference[]> {
  const { scope, kind, before } = query;
  if (scope.kind === 'buyer') return [];
  const { rows } = await sql<
    Omit<Compared, 'state'> & {
      kind: DifferenceKind;
      ours: string | null;
      theirs: string | null;
      since: Date;
      last_seen_at: Date;
    }
  >`
    SELECT * FROM instances.differences i WHERE ${scope.kind === 'seller' ? ofSeller(scope) : sql`true`}
      ${kind ? sql`AND i.kind = ${kind}` : sql``} ${before ? sql`AND (i.since, i.resource_id) < (${before.at}, ${before.id})` : sql``}
    ORDER BY i.since DESC, i.resource_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows.map((row) => ({
    resourceId: row.resource_id,
    kind: row.kind,
    instanceId: row.instance_id,
    goodsId: row.goods_id,
    sellerId: row.seller_id,
    productName: localizedText.parse(row.product_name),
    ours: row.ours,
    theirs: row.theirs,
    ...DIFFERENCES[row.kind],
    since: row.since,
    lastSeenAt: row.last_seen_at,
  }));
}
