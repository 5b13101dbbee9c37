import type {
  DeliverRequest,
  DownloadLinkView,
  OrderDeliveryPageView,
  OrderDeliveryView,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of deliveries (license-and-other-types.md, L39). */

export const deliveriesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['deliveries', query],
    queryFn: ({ signal }): Promise<OrderDeliveryPageView> => http.get('deliveries', query, signal),
    placeholderData: keepPreviousData,
  });
export const deliveryQuery = (deliveryId: string) =>
  queryOptions({
    queryKey: ['deliveries', 'one', deliveryId],
    queryFn: ({ signal }): Promise<OrderDeliveryView> => http.get(pathOf(deliveryId), {}, signal),
  });

export interface RequirementInput {
  readonly text: string;
  readonly fileIds: string[];
}
export interface ShipmentInput {
  readonly carrier: string;
  readonly trackingNo: string;
  readonly proofFileIds: string[];
}
export interface ReceiverView {
  readonly name: string;
  readonly phone: string;
  readonly address: string;
}

export const submitRequirement = (deliveryId: string, input: RequirementInput): Promise<OrderDeliveryView> =>
  http.post(`${pathOf(deliveryId)}/requirement`, input);
export const handOver = (deliveryId: string, input: DeliverRequest): Promise<OrderDeliveryView> =>
  http.post(`${pathOf(deliveryId)}/handover`, input);
export const shipParcel = (deliveryId: string, input: ShipmentInput): Promise<OrderDeliveryView> =>
  http.post(`${pathOf(deliveryId)}/shipment`, input);
export const acceptDelivery = (deliveryId: string): Promise<OrderDeliveryView> =>
  http.post(`${pathOf(deliveryId)}/acceptance`, {});
export const revealSecret = (deliveryId: string): Promise<{ text: string }> =>
  http.post(`${pathOf(deliveryId)}/secret-reveals`, {});
export const revealReceiver = (deliveryId: string): Promise<ReceiverView> =>
  http.post(`${pathOf(deliveryId)}/receiver-reveals`, {});
/** What was bought: for the buyer of the order. */
export const downloadGoods = (deliveryId: string, fileId: string): Promise<DownloadLinkView> =>
  http.post(`${pathOf(deliveryId)}/downloads`, { fileId });
/** Requirement and proofs: for both sides and the operator. */
export const linkDocument = (deliveryId: string, fileId: string): Promise<DownloadLinkView> =>
  http.post(`${pathOf(deliveryId)}/document-links`, { fileId });
export const switchImageVersion = (deliveryId: string, version: string): Promise<OrderDeliveryView> =>
  http.post(`${pathOf(deliveryId)}/image-version`, { version });

const pathOf = (deliveryId: string): string => `deliveries/${encodeURIComponent(deliveryId)}`;
