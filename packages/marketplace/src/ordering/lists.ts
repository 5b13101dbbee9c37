/** SQL of lists of orders, and of what watchers and overviews ask. */
import type { RawBuilder } from 'kysely';
import type { Scope } from '../directory/index.ts';
import { type Executor, sql } from '../platform/database/database.ts';
import type { OrderState } from './model.ts';
import { ownLines, paid, visible } from './scope.ts';
import { type Order, type OrderRow, withLines } from './store.ts';

export interface OrderListQuery {
  readonly scope: Scope;
  readonly state?: OrderState | undefined;
  readonly orderId?: string | undefined;
  readonly product?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
export async function listOrders(executor: Executor, query: OrderListQuery): Promise<Order[]> {
  const { scope } = query;
  const rows = scope.kind === 'seller' ? await ordersOfSeller(executor, scope, query) : await orders(executor, query);
  return withLines(executor, rows, scope);
}

async function orders(executor: Executor, query: OrderListQuery): Promise<OrderRow[]> {
  const conditions = [visible(query.scope), ...listed(query, sql.ref('o.created_at'), sql.ref('o.order_id'))];
  if (query.state) conditions.push(sql`o.state = ${query.state}`);
  if (query.product)
    conditions.push(
      sql`EXISTS (SELECT 1 FROM ordering.order_lines l WHERE l.order_id = o.order_id AND ${named(query.product)})`,
    );
  const { rows } = await sql<OrderRow>`
    SELECT * FROM ordering.orders o WHERE ${sql.join(conditions, sql` AND `)} ORDER BY o.created_at DESC, o.order_id DESC LIMIT ${query.limit}`.execute(
    executor,
  );
  return rows;
}

/**
 * A seller's orders are found from its lines, along their index (seller_id, created_at, order_id): a page costs its
 * length. As a condition on orders ("has a line of the seller") a page read the orders of all sellers until it was full.
 * An order counts with the first of its lines that fit; DISTINCT would sort all lines of the seller for each page.
 */
async function ordersOfSeller(executor: Executor, scope: Scope, query: OrderListQuery): Promise<OrderRow[]> {
  const fits = (line: string) => {
    const conditions = [ownLines(scope, line), paid(line), ...(query.product ? [named(query.product, line)] : [])];
    return sql.join(conditions, sql` AND `);
  };
  const conditions = [fits('l'), ...listed(query, sql.ref('l.created_at'), sql.ref('l.order_id'))];
  if (query.state) conditions.push(sql`o.state = ${query.state}`);
  const { rows } = await sql<OrderRow>`
    SELECT o.* FROM ordering.order_lines l JOIN ordering.orders o USING (order_id)
    WHERE ${sql.join(conditions, sql` AND `)}
      AND NOT EXISTS (SELECT 1 FROM ordering.order_lines f WHERE f.order_id = l.order_id AND f.order_line_id < l.order_line_id AND ${fits('f')})
    ORDER BY l.created_at DESC, l.order_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows;
}

/** What both lists narrow by: time, beginning of the id, where the page before ended. */
function listed(query: OrderListQuery, at: RawBuilder<unknown>, id: RawBuilder<unknown>) {
  return [
    ...(query.orderId ? [sql`starts_with(${id}, ${query.orderId})`] : []),
    ...(query.from ? [sql`${at} >= ${query.from}`] : []),
    ...(query.to ? [sql`${at} < ${query.to}`] : []),
    ...(query.before ? [sql`(${at}, ${id}) < (${query.before.at}, ${query.before.id})`] : []),
  ];
}
function named(product: string, line = 'l') {
  const name = sql.ref(`${line}.snapshot`);
  return sql`strpos(lower((${name} -> 'productName' ->> 'zh') || ' ' || (${name} -> 'productName' ->> 'en')), lower(${product})) > 0`;
}

export async function countByState(executor: Executor): Promise<{ state: OrderState; count: number }[]> {
  const { rows } = await sql<{
    state: OrderState;
    count: number;
  }>`SELECT state, count(*) AS count FROM ordering.orders GROUP BY state`.execute(executor);
  return rows;
}

/** Changes whenever something of the order a watcher can see has changed. */
export async function orderRevision(executor: Executor, orderId: string): Promise<string> {
  const { rows } = await sql<{ revision: string }>`
    SELECT o.state || ':' || string_agg(l.state, ',' ORDER BY l.order_line_id) AS revision
    FROM ordering.orders o JOIN ordering.order_lines l USING (order_id) WHERE o.order_id = ${orderId} GROUP BY o.state`.execute(
    executor,
  );
  return rows[0]?.revision ?? '';
}
