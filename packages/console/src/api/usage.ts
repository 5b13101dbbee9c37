import type {
  ApiKeysView,
  ApiRequestPageView,
  MeteredServicePageView,
  ShownApiKeyView,
  UsageChargePageView,
  UsageOfServiceView,
  UsageRecordPageView,
  UsageRejectionPageView,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of usage (settlement.md 3.7), access keys and the log of calls to the Open API. */

const list = <T>(path: string, query: Query) =>
  queryOptions({
    queryKey: ['usage', path, query],
    queryFn: ({ signal }): Promise<T> => http.get(path, query, signal),
    placeholderData: keepPreviousData,
  });

export const meteredServicesQuery = (query: Query) => list<MeteredServicePageView>('usage/services', query);
export const usageOfServiceQuery = (resourceId: string, query: Query) =>
  list<UsageOfServiceView>(pathOf(resourceId), query);
export const usageRecordsQuery = (resourceId: string, query: Query) =>
  list<UsageRecordPageView>(`${pathOf(resourceId)}/records`, query);
export const usageChargesQuery = (query: Query) => list<UsageChargePageView>('usage/charges', query);
export const rejectionsQuery = (query: Query) => list<UsageRejectionPageView>('usage/rejections', query);
export const readRejections = (query: Query): Promise<UsageRejectionPageView> => http.get('usage/rejections', query);

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }): Promise<ApiKeysView> => http.get('api-keys', {}, signal),
});
export const makeApiKey = (name: string): Promise<ShownApiKeyView> => http.post('api-keys', { name });
export const rotateApiKey = ({ ak, overlapHours }: { ak: string; overlapHours: number }): Promise<ShownApiKeyView> =>
  http.post(`api-keys/${encodeURIComponent(ak)}/rotation`, { overlapHours });
export const revokeApiKey = (ak: string): Promise<ApiKeysView> =>
  http.post(`api-keys/${encodeURIComponent(ak)}/revocation`, {});
export const apiRequestsQuery = (query: Query) => list<ApiRequestPageView>('api-requests', query);

const pathOf = (resourceId: string): string => `usage/services/${encodeURIComponent(resourceId)}`;
