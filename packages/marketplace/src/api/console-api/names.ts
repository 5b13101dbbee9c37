import { partyNames } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import type { Names } from './present.ts';

export async function namesFor(
  executor: Executor,
  rows: readonly { buyerIds: readonly string[]; sellerIds: readonly string[] }[],
): Promise<Names> {
  const names = await partyNames(executor, {
    buyers: [...new Set(rows.flatMap((row) => row.buyerIds))],
    sellers: [...new Set(rows.flatMap((row) => row.sellerIds))],
  });
  const nameOf = (id: string) => names.get(id) ?? id;
  return { buyer: nameOf, seller: nameOf };
}
