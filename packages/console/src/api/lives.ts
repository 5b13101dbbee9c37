import type {
  CustomerView,
  DifferenceView,
  DownloadLinkView,
  InstanceView,
  Page,
  RefundView,
  RestartManyView,
  SellerCallView,
  SubscriptionView,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http, type TimelineView } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of sellers and operators who look after running services: calls by hand, services, refunds. */

export const restartMany = (callIds: readonly string[]): Promise<RestartManyView> =>
  http.post('calls/restarts', { callIds });
export const stopCall = (callId: string, reason: string): Promise<SellerCallView> =>
  http.post(`calls/${encodeURIComponent(callId)}/stop`, { reason });
export const closeCall = (callId: string, reason: string): Promise<SellerCallView> =>
  http.post(`calls/${encodeURIComponent(callId)}/done`, { reason });

/** O-14: seller and buyer read all of it. */
export interface ViolationFound {
  readonly reason: string;
  readonly evidence: string;
  readonly references: readonly string[];
}
export const freezeService = (resourceId: string, found: ViolationFound): Promise<SubscriptionView> =>
  http.post(`${servicePath(resourceId)}/violation-freeze`, found);
export const cureService = (resourceId: string, reason: string): Promise<SubscriptionView> =>
  http.post(`${servicePath(resourceId)}/cure`, { reason });
/** 7.4: the seller has looked at what came back. */
export const inspectReturn = (refundId: string, accept: boolean, comment: string): Promise<RefundView> =>
  http.post(`refunds/${encodeURIComponent(refundId)}/inspection`, { accept, comment });
export const linkRefundProof = (refundId: string, fileId: string): Promise<DownloadLinkView> =>
  http.post(`refunds/${encodeURIComponent(refundId)}/document-links`, { fileId });
export const decideRefund = (
  refundId: string,
  agree: boolean,
  comment: string,
  proofFileIds: string[] = [],
): Promise<RefundView> =>
  http.post(`refunds/${encodeURIComponent(refundId)}/decision`, { agree, comment, proofFileIds });

export const servicesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['services', query],
    queryFn: ({ signal }): Promise<Page<InstanceView>> => http.get('services', query, signal),
    placeholderData: keepPreviousData,
  });
export const serviceQuery = (resourceId: string) =>
  queryOptions({
    queryKey: ['service', resourceId],
    queryFn: ({ signal }): Promise<SubscriptionView> => http.get(servicePath(resourceId), {}, signal),
  });
export const serviceTimelineQuery = (resourceId: string) =>
  queryOptions({
    queryKey: ['service', resourceId, 'timeline'],
    queryFn: ({ signal }): Promise<TimelineView> => http.get(`${servicePath(resourceId)}/timeline`, {}, signal),
  });
export const customersQuery = (query: Query) =>
  queryOptions({
    queryKey: ['customers', query],
    queryFn: ({ signal }): Promise<Page<CustomerView>> => http.get('customers', query, signal),
    placeholderData: keepPreviousData,
  });
export const differencesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['differences', query],
    queryFn: ({ signal }): Promise<Page<DifferenceView>> => http.get('differences', query, signal),
    placeholderData: keepPreviousData,
  });
/** The seller is asked now; what it finds stands in the list as the answers come. */
export const startComparison = (goodsId: string): Promise<{ goodsId: string }> =>
  http.post('differences/comparisons', { goodsId });

function servicePath(resourceId: string): string {
  return `services/${encodeURIComponent(resourceId)}`;
}
