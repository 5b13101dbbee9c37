import type {
  AppealDecisionRequest,
  AppealRequest,
  DeliverRequest,
  DownloadLinkView,
  MilestonesRequest,
  OperationListView,
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

/** The log of a supervised delivery, oldest first. */
export const operationsQuery = (deliveryId: string) =>
  queryOptions({
    queryKey: ['deliveries', 'operations', deliveryId],
    queryFn: ({ signal }): Promise<OperationListView> => http.get(`${pathOf(deliveryId)}/operations`, {}, signal),
  });

export interface RequirementInput {
  readonly text: string;
  readonly fileIds: string[];
  readonly systemCode?: boolean;
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
export const confirmRequirement = (deliveryId: string): Promise<OrderDeliveryView> =>
  http.post(`${pathOf(deliveryId)}/requirement-confirmation`, {});
export const rejectRequirement = (deliveryId: string, reason: string): Promise<OrderDeliveryView> =>
  http.post(`${pathOf(deliveryId)}/requirement-rejection`, { reason });
export const planMilestones = (deliveryId: string, input: MilestonesRequest): Promise<OrderDeliveryView> =>
  http.post(`${pathOf(deliveryId)}/milestones`, input);
export const rejectDelivery = (deliveryId: string, reason: string): Promise<OrderDeliveryView> =>
  http.post(`${pathOf(deliveryId)}/rejection`, { reason });
export const reviewDelivery = (deliveryId: string, approve: boolean, reason: string): Promise<OrderDeliveryView> =>
  http.post(`${pathOf(deliveryId)}/review`, { approve, reason });
export const startAppeal = (deliveryId: string, input: AppealRequest): Promise<OrderDeliveryView> =>
  http.post(`${pathOf(deliveryId)}/appeal`, input);
export const addStatement = (deliveryId: string, text: string, fileIds: string[]): Promise<OrderDeliveryView> =>
  http.post(`${pathOf(deliveryId)}/appeal-statements`, { text, fileIds });
export const decideAppeal = (deliveryId: string, input: AppealDecisionRequest): Promise<OrderDeliveryView> =>
  http.post(`${pathOf(deliveryId)}/appeal-decision`, input);
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
