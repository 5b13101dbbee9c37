import type {
  AlarmSettingsView,
  ApiKeysView,
  ApiRequestPageView,
  MeteredServicePageView,
  PackageAlarmView,
  ReratingView,
  ShownApiKeyView,
  UsageChargePageView,
  UsageOfServiceView,
  UsageOverviewView,
  UsagePackagesView,
  UsagePackageView,
  UsageRecordPageView,
  UsageRejectionPageView,
  UsageRepairsView,
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

export const packagesQuery = () => list<UsagePackagesView>('usage/packages', {});
export const alarmsQuery = () => list<AlarmSettingsView>('usage/alarms', {});
export const setAlarms = (wanted: {
  balanceBelow: string | null;
  packagePercent: number | null;
}): Promise<AlarmSettingsView> => http.post('usage/alarms', wanted);
export const setPackageAlarm = ({
  resourceId,
  alarm,
}: {
  resourceId: string;
  alarm: PackageAlarmView;
}): Promise<UsagePackageView> => http.post(`usage/packages/${encodeURIComponent(resourceId)}/alarm`, { alarm });

export const usageOverviewQuery = () => list<UsageOverviewView>('usage/overview', {});
export const usageRepairsQuery = () => list<UsageRepairsView>('usage/repairs', {});
export const givePrice = ({ resourceId, priceItemId }: { resourceId: string; priceItemId: string }) =>
  http.post<{ records: number }>(`${pathOf(resourceId)}/price`, { priceItemId });
export const rateAllAgain = () => http.post<{ meters: number }>('usage/rating', {});
export const reverseCharge = (asked: { chargeId: string; reason: string; voidRecordIds: readonly string[] }) =>
  http.post(`usage/charges/${encodeURIComponent(asked.chargeId)}/reversal`, {
    reason: asked.reason,
    voidRecordIds: asked.voidRecordIds,
  });
export const previewRerating = ({ resourceId, since }: { resourceId: string; since: string }): Promise<ReratingView> =>
  http.get(`${pathOf(resourceId)}/rerating`, { since });
export const rerate = (asked: { resourceId: string; since: string; reason: string; difference: string }) =>
  http.post<{ reversed: number }>(`${pathOf(asked.resourceId)}/rerating`, {
    since: asked.since,
    reason: asked.reason,
    difference: asked.difference,
  });

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
