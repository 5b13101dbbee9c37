import type {
  ChangeCheckView,
  ChangeRequest,
  ConversionRequest,
  ExpiryPolicy,
  OrderView,
  Page,
  RefundCodeView,
  RefundQuoteView,
  RefundRequest,
  RefundView,
  RenewalItemInput,
  RenewalRequest,
  RenewalSettingsView,
  SubscriptionQuoteView,
  SubscriptionView,
  TrialRequest,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of running subscriptions: what can be done, what it costs, renewals, changes, refunds. */

export const renew = (request: RenewalRequest): Promise<OrderView> => http.post('renewals', request);
export const convert = (resourceId: string, request: ConversionRequest): Promise<OrderView> =>
  http.post(`${instancePath(resourceId)}/conversion`, request);
export const change = (resourceId: string, request: ChangeRequest): Promise<OrderView> =>
  http.post(`${instancePath(resourceId)}/change`, request);
export const setExpiryPolicy = (resourceId: string, policy: ExpiryPolicy): Promise<SubscriptionView> =>
  http.post(`${instancePath(resourceId)}/expiry-policy`, { policy });
export const startTrial = (request: TrialRequest): Promise<OrderView> => http.post('trials', request);
export const askForRefund = (resourceId: string, request: RefundRequest): Promise<RefundView> =>
  http.post(`${instancePath(resourceId)}/refunds`, request);
/** B-81: the code goes to the account's own mailbox or phone. */
export const sendRefundCode = (resourceId: string): Promise<RefundCodeView> =>
  http.post(`${instancePath(resourceId)}/refund-code`, {});
/** 7.4: the buyer has sent received hardware back. */
export const sendBack = (refundId: string, carrier: string, trackingNo: string): Promise<RefundView> =>
  http.post(`${refundPath(refundId)}/return`, { carrier, trackingNo });
export const withdrawRefund = (refundId: string): Promise<RefundView> =>
  http.post(`${refundPath(refundId)}/withdrawal`, {});

/** B-63: of the whole account. */
export const renewalSettingsQuery = queryOptions({
  queryKey: ['renewal-settings'],
  queryFn: ({ signal }): Promise<RenewalSettingsView> => http.get('renewal-settings', {}, signal),
});
export const setRenewalSettings = (settings: RenewalSettingsView): Promise<RenewalSettingsView> =>
  http.post('renewal-settings', settings);

export const subscriptionQuery = (resourceId: string) =>
  queryOptions({
    queryKey: ['subscription', resourceId],
    queryFn: ({ signal }): Promise<SubscriptionView> =>
      http.get(`${instancePath(resourceId)}/subscription`, {}, signal),
  });

export const renewalQuoteQuery = (items: readonly RenewalItemInput[]) =>
  quote(['renewals', items], 'renewal-quotes', { items: JSON.stringify(items) });
export const conversionQuoteQuery = (resourceId: string, query: Query) =>
  quote(['conversion', resourceId, query], `${instancePath(resourceId)}/conversion-quote`, query);
export const changeQuoteQuery = (resourceId: string, query: Query) =>
  quote(['change', resourceId, query], `${instancePath(resourceId)}/change-quote`, query);

/** Asks the seller live, which may take 20 s (saas-v2.md 5.7): never repeated by itself, never refreshed behind the reader's back. */
export const changeCheckQuery = (resourceId: string, query: Query) =>
  queryOptions({
    queryKey: ['change-check', resourceId, query],
    queryFn: ({ signal }): Promise<ChangeCheckView> =>
      http.get(`${instancePath(resourceId)}/change-check`, query, signal),
    retry: false,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export const refundQuoteQuery = (resourceId: string, query: Query) =>
  queryOptions({
    queryKey: ['refund-quote', resourceId, query],
    queryFn: ({ signal }): Promise<RefundQuoteView> =>
      http.get(`${instancePath(resourceId)}/refund-quote`, query, signal),
  });
export const refundsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['refunds', query],
    queryFn: ({ signal }): Promise<Page<RefundView>> => http.get('refunds', query, signal),
    placeholderData: keepPreviousData,
  });
export const refundQuery = (refundId: string) =>
  queryOptions({
    queryKey: ['refund', refundId],
    queryFn: ({ signal }): Promise<RefundView> => http.get(refundPath(refundId), {}, signal),
  });

/** Everything that an order or a refund about a running service may have changed. */
export const touchedKeys = ['subscription', 'instance', 'instances', 'orders', 'refunds', 'refund-quote'] as const;

function quote(key: readonly unknown[], path: string, query: Query) {
  return queryOptions({
    queryKey: ['subscription-quote', ...key],
    queryFn: ({ signal }): Promise<SubscriptionQuoteView> => http.get(path, query, signal),
    placeholderData: keepPreviousData,
  });
}

function instancePath(resourceId: string): string {
  return `instances/${encodeURIComponent(resourceId)}`;
}

function refundPath(refundId: string): string {
  return `refunds/${encodeURIComponent(refundId)}`;
}
