import { buyersByIds, sellerNames } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import type { Names } from './present.ts';

export async function namesFor(
  executor: Executor,
  rows: readonly { buyerIds: readonly string[]; sellerIds: readonly string[] }[],
): Promise<Names> {
  const buyers = await buyersByIds(executor, [...new Set(rows.flatMap((row) => row.buyerIds))]);
  const sellers = await sellerNames(executor, [...new Set(rows.flatMap((row) => row.sellerIds))]);
  return { buyer: (id) => buyers.get(id)?.name ?? id, seller: (id) => sellers.get(id) ?? id };
}
