/** Whose rows an action may reach, as a condition: what is somebody else's is simply not there (P-2). */
import type { RawBuilder } from 'kysely';
import type { Scope } from '../directory/index.ts';
import { sql } from '../platform/database/database.ts';

export function visible(scope: Scope): RawBuilder<unknown> {
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'buyer')
    return scope.placedBy === null
      ? sql`buyer_id = ${scope.buyerId}`
      : sql`(buyer_id = ${scope.buyerId} AND placed_by = ${scope.placedBy})`;
  return scope.goodsIds === null
    ? sql`seller_id = ${scope.sellerId}`
    : sql`(seller_id = ${scope.sellerId} AND goods_id = ANY(${scope.goodsIds}::text[]))`;
}
