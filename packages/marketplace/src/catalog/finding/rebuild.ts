/**
 * The whole index made anew, batch by batch: after a release that indexes differently, or when somebody doubts it. Lists
 * go on answering meanwhile. A task that continues itself, so that any worker does it and a crash loses one batch.
 */
import { type Executor, executeUnanswered, sql, type Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import { addTask, type TaskHandler } from '../../platform/tasks/marketplace-tasks.ts';
import { indexProducts } from './index-product.ts';

export const REBUILD_SEARCH = 'catalog.rebuild-search';
/** products in one transaction: some hundred milliseconds */
const BATCH = 200;

export interface Rebuild {
  readonly rebuildId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly total: number;
  readonly done: number;
}
const COLUMNS = sql`rebuild_id AS "rebuildId", started_at AS "startedAt", finished_at AS "finishedAt", total, done`;

/** Starts one, unless one is under way: then it is that one. */
export async function startRebuild(platform: Platform, tx: Tx, startedBy: string, now: Date): Promise<Rebuild> {
  await sql`LOCK TABLE catalog.search_rebuilds IN SHARE ROW EXCLUSIVE MODE`.execute(tx);
  const running = await latestRebuild(tx);
  if (running && running.finishedAt === null) return running;
  const rebuildId = uuid(platform.random);
  const { rows } = await sql<Rebuild>`
    INSERT INTO catalog.search_rebuilds (rebuild_id, started_by, started_at, total)
    SELECT ${rebuildId}, ${startedBy}, ${now}, count(*) FROM catalog.products RETURNING ${COLUMNS}`.execute(tx);
  await continueLater(platform, tx, rebuildId, now);
  const [started] = rows;
  if (!started) throw new Error('an inserted row came back empty');
  return started;
}

export async function latestRebuild(executor: Executor): Promise<Rebuild | null> {
  const { rows } =
    await sql<Rebuild>`SELECT ${COLUMNS} FROM catalog.search_rebuilds ORDER BY started_at DESC LIMIT 1`.execute(
      executor,
    );
  return rows[0] ?? null;
}

const continueLater = (platform: Platform, tx: Tx, subject: string, now: Date): Promise<void> =>
  addTask(
    tx,
    { id: uuid(platform.random), kind: REBUILD_SEARCH, subject, dueAt: now, traceId: uuid(platform.random) },
    now,
  );

export const findingTasks = (platform: Platform): Readonly<Record<string, TaskHandler>> => ({
  async [REBUILD_SEARCH](tx, task, now) {
    const more = await rebuildBatch(tx, task.subject, now);
    if (more) await continueLater(platform, tx, task.subject, now);
    return 'done';
  },
});

/** @returns whether there may be more */
async function rebuildBatch(tx: Tx, rebuildId: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ goods_id: string }>`
    SELECT goods_id FROM catalog.products
    WHERE goods_id > (SELECT after_goods_id FROM catalog.search_rebuilds WHERE rebuild_id = ${rebuildId})
    ORDER BY goods_id LIMIT ${BATCH}`.execute(tx);
  const goodsIds = rows.map((row) => row.goods_id);
  await indexProducts(tx, goodsIds);
  const more = goodsIds.length === BATCH;
  await executeUnanswered(
    tx,
    sql`UPDATE catalog.search_rebuilds SET done = done + ${goodsIds.length}, after_goods_id = coalesce(${goodsIds.at(-1) ?? null}::text, after_goods_id),
      finished_at = CASE WHEN ${more} THEN NULL ELSE ${now}::timestamptz END WHERE rebuild_id = ${rebuildId}`,
  );
  return more;
}
