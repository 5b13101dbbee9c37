/**
 * Daily probes (saas-v2.md 1.5): twice a day a task replays the saved cases of a product that is on sale. A round ends
 * with its last run; what follows is decided by `model.ts`.
 */
import { contentOf, type OfferedProduct, productsInScope } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { traceId, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { addTask, type TaskHandler } from '../platform/tasks/marketplace-tasks.ts';
import { casesOf, type DebugCase } from './case-store.ts';
import { firstMessage } from './checks.ts';
import { FAILING_DAYS_TO_FREEZE, failingDays, mustFreeze, type Slot } from './model.ts';
import {
  countedRounds,
  finishRound,
  insertRound,
  lockProduct,
  planProbe,
  type Round,
  roundOutcome,
  roundsOf,
} from './probe-store.ts';
import { insertRuns, type Run, runsOfRounds } from './run-store.ts';
import { freeze } from './sanctions.ts';
import { dayOf, nextProbe, probeAt } from './schedule.ts';

export const PROBE = 'debugging.probe';
const ALL: Scope = { kind: 'all' };

/** Plans the next probe of a product that has none planned: from its first saved case on. */
export async function ensurePlanned(
  platform: Platform,
  tx: Tx,
  { goodsId, sellerId, site }: Pick<OfferedProduct, 'goodsId' | 'sellerId' | 'site'>,
  now: Date,
): Promise<void> {
  const known = await lockProduct(tx, { goodsId, sellerId }, now);
  if (known.probeAt !== null) return;
  await plan(platform, tx, goodsId, nextProbe(now, site, platform.config.probeTimes).at, now);
}

async function plan(platform: Platform, tx: Tx, goodsId: string, at: Date, now: Date): Promise<void> {
  await planProbe(tx, goodsId, at);
  const task = {
    id: uuid(platform.random),
    kind: PROBE,
    subject: goodsId,
    dueAt: at,
    traceId: traceId(platform.random),
  };
  await addTask(tx, task, now);
}

/** Begins the planned round when the product is on sale, and plans the next; ends with the last case or the product. */
export const probe =
  (platform: Platform): TaskHandler =>
  async (tx, task, now) => {
    const [product] = await productsInScope(tx, { scope: ALL, goodsIds: [task.subject], limit: 1 });
    if (!product) return 'resolved';
    const known = await lockProduct(tx, product, now);
    const cases = await casesOf(tx, [product.goodsId]);
    if (cases.length === 0 || product.state === 'WITHDRAWN') {
      await planProbe(tx, product.goodsId, null);
      return 'resolved';
    }
    const times = platform.config.probeTimes;
    const planned = probeAt(known.probeAt ?? now, product.site, times);
    if (product.state === 'ON_SALE')
      await beginRound(platform, tx, { product, cases, ...planned, actor: 'system', traceId: task.trace_id }, now);
    await plan(
      platform,
      tx,
      product.goodsId,
      // never back in time: probes that were missed while the marketplace was down are not made up for
      nextProbe(new Date(Math.max(now.getTime(), planned.at.getTime())), product.site, times).at,
      now,
    );
    return 'done';
  };

interface NewRound {
  readonly product: OfferedProduct;
  readonly cases: readonly DebugCase[];
  readonly slot: Slot;
  readonly day: string;
  readonly actor: string;
  readonly traceId: string;
}

async function beginRound(platform: Platform, tx: Tx, round: NewRound, now: Date): Promise<void> {
  const { product, slot, day } = round;
  const { goodsId, sellerId } = product;
  const roundId = uuid(platform.random);
  if (!(await insertRound(tx, { roundId, goodsId, sellerId, day, slot }, now))) return;
  const runs = round.cases.map((each) => ({
    id: uuid(platform.random),
    kind: 'PROBE' as const,
    seller_id: sellerId,
    goods_id: goodsId,
    activity: each.activity,
    parameters: each.parameters,
    case_id: each.caseId,
    round_id: roundId,
    // against what is live now, wherever the case was once debugged
    protocol: product.protocol,
    url: product.productionUrl,
    key_id: product.keyId,
    trace_id: round.traceId,
    actor: round.actor,
  }));
  await insertRuns(tx, runs, now);
}

/**
 * *Run now*: a round by hand, whatever the product's state, e.g. to show that it is repaired; while one is under way a
 * second is not begun. @returns NO_CASES
 */
export async function probeNow(
  platform: Platform,
  tx: Tx,
  wanted: { readonly goodsId: string; readonly scope: Scope; readonly actor: string },
  now: Date,
): Promise<Result<null>> {
  const [product] = await productsInScope(tx, { scope: wanted.scope, goodsIds: [wanted.goodsId], limit: 1 });
  if (!product) return refuse('NOT_FOUND', 'there is no such product');
  await lockProduct(tx, product, now);
  const cases = await casesOf(tx, [product.goodsId]);
  if (cases.length === 0) return refuse('NO_CASES', 'debug the interfaces and save cases first');
  const [last] = await roundsOf(tx, product.goodsId, 1);
  if (last && last.finishedAt === null) return ok(null);
  const round = { product, cases, slot: 'MANUAL' as const, day: dayOf(now, product.site), actor: wanted.actor };
  await beginRound(platform, tx, { ...round, traceId: traceId(platform.random) }, now);
  return ok(null);
}

/** After a run of a round: when it was the last one, the round's outcome, the news, and trading frozen where it must be. */
export async function endRoundIfDone(platform: Platform, tx: Tx, run: Run, now: Date): Promise<void> {
  if (run.round_id === null || run.goods_id === null) return;
  const outcome = await roundOutcome(tx, run.round_id);
  if (!outcome || outcome.round.finishedAt !== null) return;
  const { round, failed } = outcome;
  await finishRound(tx, round.roundId, failed.length === 0, now);
  if (failed.length === 0 || round.slot === 'MANUAL') return;
  const [product] = await productsInScope(tx, { scope: ALL, goodsIds: [round.goodsId], limit: 1, lock: true });
  if (!product) return;
  const days = failingDays((await countedRounds(tx, [round.goodsId])).get(round.goodsId) ?? []);
  await publishFailures(platform, tx, { product, round, failed, days, traceId: run.trace_id }, now);
  if (product.state !== 'ON_SALE' || !mustFreeze(round.slot, days)) return;
  const reason = `probes failed on ${FAILING_DAYS_TO_FREEZE} days in a row`;
  await freeze(platform, tx, { product, actor: 'system', reason, traceId: run.trace_id }, now);
}

interface Failures {
  readonly product: OfferedProduct;
  readonly round: Round;
  readonly failed: readonly string[];
  readonly days: number;
  readonly traceId: string;
}

/** One notice an interface, however many of its cases failed (N-14: product, interface, error, day n of 5). */
async function publishFailures(platform: Platform, tx: Tx, failures: Failures, now: Date): Promise<void> {
  const { product, round, failed, days } = failures;
  const { name } = await contentOf(tx, product.goodsId, product.version);
  const runs = (await runsOfRounds(tx, [round.roundId])).filter((run) => failed.includes(run.id));
  const firstOfActivity = [...new Map(runs.toReversed().map((run) => [run.activity, run])).values()];
  const events = firstOfActivity.map((run) => ({
    type: 'debugging.probe-failed',
    aggregate: `product:${product.goodsId}`,
    payload: {
      sellerId: product.sellerId,
      goodsId: product.goodsId,
      productName: name,
      activity: run.activity,
      day: days,
      summary: firstMessage(run.record?.checks ?? []) ?? { zh: '拨测失败', en: 'the probe failed' },
    },
    traceId: failures.traceId,
  }));
  await platform.events.publish(tx, events, now);
}

/** Whether a product's probes were failing days in a row, by product; 0 where all is well. */
export async function failingDaysOf(executor: Executor, goodsIds: readonly string[]): Promise<Map<string, number>> {
  const rounds = await countedRounds(executor, goodsIds);
  return new Map(goodsIds.map((goodsId) => [goodsId, failingDays(rounds.get(goodsId) ?? [])]));
}
