import type {
  ShownWebhookView,
  WebhookDeliveryDetailView,
  WebhookDeliveryPageView,
  WebhookDeliveryView,
  WebhookEventsView,
  WebhooksView,
  WebhookView,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of a seller's webhooks. */

const root = 'webhooks';
export const webhooksKey = [root] as const;
const pathOf = (endpointId: string): string => `webhooks/${encodeURIComponent(endpointId)}`;
const deliveryPath = (deliveryId: string): string => `webhook-deliveries/${encodeURIComponent(deliveryId)}`;

export const webhooksQuery = queryOptions({
  queryKey: [root, 'endpoints'],
  queryFn: ({ signal }): Promise<WebhooksView> => http.get('webhooks', {}, signal),
});
export const webhookEventsQuery = queryOptions({
  queryKey: ['webhook-events'],
  queryFn: ({ signal }): Promise<WebhookEventsView> => http.get('webhook-events', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});
export const webhookDeliveriesQuery = (endpointId: string, query: Query) =>
  queryOptions({
    queryKey: [root, endpointId, query],
    queryFn: ({ signal }): Promise<WebhookDeliveryPageView> =>
      http.get(`${pathOf(endpointId)}/deliveries`, query, signal),
    placeholderData: keepPreviousData,
  });
/** `attempts` and state change what there is to see: a delivery is read again when its row has changed. */
export const webhookDeliveryQuery = ({ deliveryId, attempts, state }: WebhookDeliveryView) =>
  queryOptions({
    queryKey: [root, 'delivery', deliveryId, attempts, state],
    queryFn: ({ signal }): Promise<WebhookDeliveryDetailView> => http.get(deliveryPath(deliveryId), {}, signal),
  });

/** Names of events are those of the catalogue: the server reads them by its own list. */
export interface EndpointValues {
  readonly url: string;
  readonly name: string;
  readonly types: readonly string[];
}
interface EndpointChange extends Partial<EndpointValues> {
  readonly endpointId: string;
  readonly state?: 'ACTIVE' | 'PAUSED';
}
export const addWebhook = (webhook: EndpointValues): Promise<ShownWebhookView> => http.post('webhooks', webhook);
export const changeWebhook = ({ endpointId, ...change }: EndpointChange): Promise<WebhookView> =>
  http.post(pathOf(endpointId), change);
export const rotateWebhook = (rotation: { endpointId: string; overlapHours: number }): Promise<ShownWebhookView> =>
  http.post(`${pathOf(rotation.endpointId)}/rotation`, { overlapHours: rotation.overlapHours });
export const removeWebhook = ({ endpointId, url }: { endpointId: string; url: string }): Promise<unknown> =>
  http.post(`${pathOf(endpointId)}/removal`, { url });
export const testWebhook = (endpointId: string): Promise<{ deliveryId: string }> =>
  http.post(`${pathOf(endpointId)}/test`, {});
export const resendDelivery = (deliveryId: string): Promise<WebhookDeliveryView> =>
  http.post(`${deliveryPath(deliveryId)}/resend`, {});
