import { keepPreviousData, MutationCache, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import * as api from './endpoints.ts';
import type { Query } from './http.ts';
import { hasCode, isWorthRepeating } from './problem.ts';

/** What the pages read, with its cache key; one place, so that a write knows what to refresh. */

const sandboxClockMs = 5_000;
const maximumRetries = 2;

export const metaQuery = queryOptions({
  queryKey: ['meta'],
  queryFn: ({ signal }) => api.readMeta(signal),
  // the sandbox's clock can be moved by others at any time; a production clock is the reader's own
  refetchInterval: (query) => (query.state.data?.mode === 'sandbox' ? sandboxClockMs : false),
});

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api.readSession(signal),
  staleTime: 60_000,
});

export const productQuery = (goodsId: string) =>
  queryOptions({ queryKey: ['product', goodsId], queryFn: ({ signal }) => api.readProduct(goodsId, signal) });
export const quoteQuery = (query: Query) =>
  queryOptions({
    queryKey: ['quote', query],
    queryFn: ({ signal }) => api.readQuote(query, signal),
    placeholderData: keepPreviousData,
  });

export const ordersQuery = (query: Query) =>
  queryOptions({
    queryKey: ['orders', query],
    queryFn: ({ signal }) => api.readOrders(query, signal),
    placeholderData: keepPreviousData,
  });
export const orderQuery = (orderId: string) =>
  queryOptions({ queryKey: ['order', orderId], queryFn: ({ signal }) => api.readOrder(orderId, signal) });
export const orderTimelineQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['order', orderId, 'timeline'],
    queryFn: ({ signal }) => api.readOrderTimeline(orderId, signal),
  });
export const walletQuery = queryOptions({ queryKey: ['wallet'], queryFn: ({ signal }) => api.readWallet(signal) });

export const instancesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['instances', query],
    queryFn: ({ signal }) => api.readInstances(query, signal),
    placeholderData: keepPreviousData,
  });
export const resourceQuery = (resourceId: string) =>
  queryOptions({ queryKey: ['instance', resourceId], queryFn: ({ signal }) => api.readResource(resourceId, signal) });
export const resourceTimelineQuery = (resourceId: string) =>
  queryOptions({
    queryKey: ['instance', resourceId, 'timeline'],
    queryFn: ({ signal }) => api.readResourceTimeline(resourceId, signal),
  });

export const callsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['calls', query],
    queryFn: ({ signal }) => api.readCalls(query, signal),
    placeholderData: keepPreviousData,
  });
export const callQuery = (callId: string) =>
  queryOptions({ queryKey: ['call', callId], queryFn: ({ signal }) => api.readCall(callId, signal) });

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => api.readOverview(signal),
});
export const tasksQuery = (query: Query) =>
  queryOptions({
    queryKey: ['tasks', query],
    queryFn: ({ signal }) => api.readTasks(query, signal),
    placeholderData: keepPreviousData,
  });
export const searchQuery = (q: string) =>
  queryOptions({ queryKey: ['search', q], queryFn: ({ signal }) => api.search(q, signal), enabled: q !== '' });

/** Repeats where that can help; a session that ended anywhere ends everywhere, one that was renewed elsewhere is read again. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown): void => {
    if (hasCode(error, 'UNAUTHENTICATED')) client.setQueryData(sessionQuery.queryKey, null);
    if (hasCode(error, 'CSRF')) void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  const retry = (count: number, error: unknown): boolean => count < maximumRetries && isWorthRepeating(error);
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { retry, staleTime: 2_000 },
      // the idempotency key is kept while the outcome is unknown, so that a repeat is safe (api/intentions.ts)
      mutations: { retry, retryDelay: 800, networkMode: 'always' },
    },
  });
  return client;
}
