/** Reads the figures of a range from what was counted day by day. */

import { customersOfProducts } from '../../instances/index.ts';
import { type Executor, sql } from '../../platform/database/database.ts';
import { type Day, type DayRange, dayAfter, daysOf, endOfDay } from './definition.ts';
import type { Project } from './model.ts';

export interface ActivityQuery {
  /** joint-operation products */
  readonly goodsIds: readonly string[];
  /** one customer; null = all */
  readonly buyerId: string | null;
  readonly range: DayRange;
}

/** Every customer of each product, with what it did in the range. */
export async function projectsOf(executor: Executor, query: ActivityQuery): Promise<Project[]> {
  const { goodsIds, buyerId, range } = query;
  const customers = await customersOfProducts(executor, goodsIds, endOfDay(range.to));
  const { rows } = await sql<{ goods_id: string; buyer_id: string; authorised: number; active: number }>`
    SELECT o.goods_id, o.buyer_id,
      sum((SELECT coalesce(sum(change), 0) FROM people.authorised_days a WHERE a.application_id = o.application_id AND a.day <= ${range.to}::date))::int AS authorised,
      sum((SELECT coalesce(sum(users), 0) FROM people.activity_days d WHERE d.application_id = o.application_id
        AND d.day BETWEEN ${range.from}::date AND ${range.to}::date AND d.gap > d.day - ${range.from}::date))::int AS active
    FROM people.openings o WHERE o.goods_id = ANY(${goodsIds}::text[]) AND o.opened_on <= ${range.to}::date
      AND (o.ended_on IS NULL OR o.ended_on > ${range.to}::date) GROUP BY 1, 2`.execute(executor);
  const opened = new Map(rows.map((row) => [`${row.goods_id} ${row.buyer_id}`, row]));
  return customers
    .filter((each) => buyerId === null || each.buyerId === buyerId)
    .map((each) => {
      const found = opened.get(`${each.goodsId} ${each.buyerId}`);
      return { ...each, opened: found !== undefined, authorised: found?.authorised ?? 0, active: found?.active ?? 0 };
    });
}

export interface DayActivity {
  readonly day: Day;
  readonly activeProjects: number;
  readonly activeUsers: number;
}

/** S-75: each day of the range, those without any use too. */
export async function daysActive(
  executor: Executor,
  { goodsIds, buyerId, range }: ActivityQuery,
): Promise<DayActivity[]> {
  const { rows } = await sql<{ day: Day; projects: number; users: number }>`
    SELECT d.day::text AS day, count(DISTINCT (o.goods_id, o.buyer_id)) FILTER (WHERE d.users > 0) AS projects, sum(d.users)::int AS users
    FROM people.openings o JOIN people.activity_days d ON d.application_id = o.application_id AND d.day BETWEEN ${range.from}::date AND ${range.to}::date
    WHERE o.goods_id = ANY(${goodsIds}::text[]) AND (${buyerId}::text IS NULL OR o.buyer_id = ${buyerId}) GROUP BY 1`.execute(
    executor,
  );
  const counted = new Map(rows.map((row) => [row.day, row]));
  return Array.from({ length: daysOf(range) }, (_, place) => {
    const day = dayAfter(range.from, place);
    const found = counted.get(day);
    return { day, activeProjects: found?.projects ?? 0, activeUsers: found?.users ?? 0 };
  });
}

/** Joint-operation products: those whose seller set up how they take in enterprises (S-24a). */
export async function jointProducts(
  executor: Executor,
  sellerId: string | null,
): Promise<{ goodsId: string; sellerId: string }[]> {
  const { rows } = await sql<{ goodsId: string; sellerId: string }>`
    SELECT goods_id AS "goodsId", seller_id AS "sellerId" FROM people.credentials
    WHERE ${sellerId}::text IS NULL OR seller_id = ${sellerId} ORDER BY goods_id`.execute(executor);
  return rows;
}
