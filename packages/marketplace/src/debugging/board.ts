/** The probe board (O-10, "Probe results" of the seller): a product's cases, today's probes, failing days, sanctions. */
import { contentOf, type LocalizedText, type OfferedProduct, productsInScope } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import type { Executor } from '../platform/database/database.ts';
import { casesOf } from './case-store.ts';
import { failedOrdersOf } from './failed-orders.ts';
import { mustFlag } from './model.ts';
import {
  listProducts,
  type Round,
  roundsOf,
  type Sanction,
  type SupervisedProduct,
  sanctionsOf,
} from './probe-store.ts';
import { failingDaysOf } from './probes.ts';
import { type Run, runsOfRounds } from './run-store.ts';
import { dayOf, monthOf } from './schedule.ts';

export interface ProbedProduct {
  readonly supervised: SupervisedProduct;
  readonly product: OfferedProduct;
  readonly name: LocalizedText;
  readonly cases: number;
  readonly failingDays: number;
  readonly failedOrders: { readonly ofProduct: number; readonly ofSeller: number };
  readonly flagged: boolean;
  readonly today: string;
  /** newest first, with their runs */
  readonly rounds: readonly (Round & { readonly runs: readonly Run[] })[];
  readonly sanctions: readonly Sanction[];
}

/** A day's three rounds and some by hand, for a list. */
const ROUNDS_IN_LIST = 6;
/** Five weeks of two rounds a day, for the details. */
const ROUNDS_IN_DETAILS = 70;

export async function probeBoard(
  executor: Executor,
  query: {
    readonly scope: Scope;
    readonly goodsId?: string | undefined;
    readonly before: { at: Date; id: string } | null;
    readonly limit: number;
    readonly details?: true;
  },
  now: Date,
): Promise<ProbedProduct[]> {
  const supervised = await listProducts(executor, query);
  const goodsIds = supervised.map((each) => each.goodsId);
  const products = new Map(
    (await productsInScope(executor, { scope: query.scope, goodsIds, limit: goodsIds.length })).map((each) => [
      each.goodsId,
      each,
    ]),
  );
  const cases = await casesOf(executor, goodsIds);
  const days = await failingDaysOf(executor, goodsIds);
  const sanctions = await sanctionsOf(executor, goodsIds);
  const board: ProbedProduct[] = [];
  for (const each of supervised) {
    const product = products.get(each.goodsId);
    if (!product) continue;
    const { goodsId, site, version } = product;
    const orders = (await failedOrdersOf(executor, [goodsId], monthOf(now, site))).get(goodsId);
    board.push({
      supervised: each,
      product,
      name: (await contentOf(executor, goodsId, version)).name,
      cases: cases.filter((saved) => saved.goodsId === goodsId).length,
      failingDays: days.get(goodsId) ?? 0,
      failedOrders: orders ?? { ofProduct: 0, ofSeller: 0 },
      flagged: mustFlag(orders?.ofProduct ?? 0),
      today: dayOf(now, site),
      rounds: await roundsWithRuns(executor, goodsId, query.details ? ROUNDS_IN_DETAILS : ROUNDS_IN_LIST),
      sanctions: sanctions.filter((sanction) => sanction.goodsId === goodsId),
    });
  }
  return board;
}

async function roundsWithRuns(executor: Executor, goodsId: string, limit: number) {
  const rounds = await roundsOf(executor, goodsId, limit);
  const runs = await runsOfRounds(
    executor,
    rounds.map((round) => round.roundId),
  );
  return rounds.map((round) => ({ ...round, runs: runs.filter((run) => run.round_id === round.roundId) }));
}
