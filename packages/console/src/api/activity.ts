import type { ActivityView, OperatingView, ProductActivityView } from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Who uses joint-operation products (settlement.md 8). */

export const activityQuery = (query: Query) =>
  queryOptions({
    queryKey: ['activity', query],
    queryFn: ({ signal }): Promise<ActivityView> => http.get('activity', query, signal),
    placeholderData: keepPreviousData,
  });
export const productActivityQuery = (goodsId: string, query: Query) =>
  queryOptions({
    queryKey: ['activity', goodsId, query],
    queryFn: ({ signal }): Promise<ProductActivityView> =>
      http.get(`activity/${encodeURIComponent(goodsId)}`, query, signal),
    placeholderData: keepPreviousData,
  });
/** What was sold, used and given back, beside who uses it (S-76). */
export const operatingQuery = (query: Query) =>
  queryOptions({
    queryKey: ['operating', query],
    queryFn: ({ signal }): Promise<OperatingView> => http.get('operating', query, signal),
    placeholderData: keepPreviousData,
  });
