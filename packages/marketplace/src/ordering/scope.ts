/** Object-level rights as conditions: a foreign order is simply not there (P-2). */
import type { Scope } from '../directory/index.ts';
import { sql } from '../platform/database/database.ts';

/** Orders that an action may reach. */
export function visible(scope: Scope) {
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'buyer') {
    return scope.placedBy === null
      ? sql`o.buyer_id = ${scope.buyerId}`
      : sql`(o.buyer_id = ${scope.buyerId} AND o.placed_by = ${scope.placedBy})`;
  }
  return sql`EXISTS (SELECT 1 FROM ordering.order_lines l WHERE l.order_id = o.order_id AND ${ownLines(scope)} AND ${paid()})`;
}
/** Of an order with several sellers each sees the own lines only. */
export function ownLines(scope: Scope, line = 'l') {
  if (scope.kind !== 'seller') return sql`true`;
  const own = sql`${sql.ref(`${line}.seller_id`)} = ${scope.sellerId}`;
  return scope.goodsIds === null
    ? own
    : sql`(${own} AND ${sql.ref(`${line}.goods_id`)} = ANY(${scope.goodsIds}::text[]))`;
}

/** An order that nobody has paid is not the seller's business yet. */
export const paid = (line = 'l') => sql`${sql.ref(`${line}.state`)} <> ALL ('{WAITING,CLOSED}')`;
