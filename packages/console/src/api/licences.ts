import type {
  ApplyForLicenceRequest,
  LicenceApplicationView,
  LicenceCodePageView,
  LicenceContentView,
  PickedUpCodeView,
  ServiceLicenceView,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of authorisation codes and licences inside a quota (license-and-other-types.md 4, 5). */

export const serviceLicenceQuery = (resourceId: string) =>
  queryOptions({
    queryKey: ['licences', resourceId],
    queryFn: ({ signal }): Promise<ServiceLicenceView> => http.get(`${pathOf(resourceId)}/licence`, {}, signal),
  });
export const pickUpCode = (resourceId: string): Promise<PickedUpCodeView> =>
  http.post(`${pathOf(resourceId)}/code/pick-up`, {});
export const revealCode = (resourceId: string): Promise<{ text: string }> =>
  http.post(`${pathOf(resourceId)}/code/view`, {});
export const applyForLicence = (resourceId: string, request: ApplyForLicenceRequest): Promise<LicenceApplicationView> =>
  http.post(`${pathOf(resourceId)}/licences`, request);
export const revealLicence = (eventId: string): Promise<LicenceContentView> =>
  http.post(`licences/${encodeURIComponent(eventId)}/view`, {});

export const codesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['codes', query],
    queryFn: ({ signal }): Promise<LicenceCodePageView> => http.get('codes', query, signal),
    placeholderData: keepPreviousData,
  });
export const makeTestCode = (request: { goodsId: string; amount: number | null }): Promise<PickedUpCodeView> =>
  http.post('codes/test', request);
export const revealSellerCode = (codeId: string): Promise<{ text: string }> =>
  http.post(`codes/${encodeURIComponent(codeId)}/view`, {});

const pathOf = (resourceId: string): string => `instances/${encodeURIComponent(resourceId)}`;
