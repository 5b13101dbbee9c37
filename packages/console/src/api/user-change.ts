import type { SessionView } from '@jishi/marketplace/console-api';
import type { QueryClient } from '@tanstack/react-query';
import { metaQuery, sessionQuery } from './queries.ts';

/** Another user (or nobody) from now on: everything the last one could see leaves the cache. */
export function forgetUser(client: QueryClient, session: SessionView | null): void {
  const keep = new Set([metaQuery.queryKey[0], sessionQuery.queryKey[0]]);
  client.removeQueries({ predicate: (query) => !keep.has(String(query.queryKey[0])) });
  client.setQueryData(sessionQuery.queryKey, session);
}
