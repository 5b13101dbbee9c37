/** Each notice reaches each user whom it concerns once, and once each address. */

import { CATALOGUE } from '../../notification/catalogue.ts';
import { noticesOf } from '../../notification/notices.ts';
import { type Db, sql } from '../../platform/database/database.ts';
import type { Event, History } from './history.ts';

export async function eachIsToldOnce(db: Db, history: History): Promise<string[]> {
  const { rows } = await sql<{ source: string; messages: number; users: number }>`
    SELECT source, count(*) AS messages, count(DISTINCT user_id) AS users FROM notification.messages GROUP BY source`.execute(
    db,
  );
  const told = new Map(rows.map((row) => [row.source, row]));
  const twice = rows
    .filter(({ messages, users }) => messages !== users)
    .map(({ source }) => `${source} was told somebody twice`);
  const addresses = await sql<{ source: string }>`
    SELECT source FROM notification.deliveries GROUP BY source, tenant, channel, address HAVING count(*) > 1`.execute(
    db,
  );
  const untold = history.filter((event) => concernsBuyer(event) && !told.has(`event:${event.id}`));
  return [
    ...twice,
    ...addresses.rows.map(({ source }) => `${source} went to one address twice`),
    ...untold.map(({ type, id }) => `nobody was told of event ${id} (${type})`),
  ];
}

/** Buyers have a user who reads in the console; sellers need none. */
function concernsBuyer({ id, type, aggregate, at, raw }: Event): boolean {
  const notices = noticesOf({ eventId: id, type, aggregate, occurredAt: at, payload: raw, traceId: '' });
  return notices.some(({ variant }) => CATALOGUE[variant].audience === 'BUYER' && CATALOGUE[variant].rhythm === 'ONCE');
}
