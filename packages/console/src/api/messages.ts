import type {
  AccountInput,
  DeliveryView,
  MessageChannel,
  MessagePageView,
  OutboxPageView,
  ReceiverInput,
  ReceiversView,
  ReceiverView,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of messages: the reader's own, the tenant's receivers, the operators' outbox. */

export type OutsideChannel = Exclude<MessageChannel, 'SITE'>;

/** News is told within half a minute, without a connection kept open for it. */
const bellMs = 30_000;

export const unreadQuery = queryOptions({
  queryKey: ['messages', 'unread'],
  queryFn: ({ signal }): Promise<{ count: number }> => http.get('messages/unread', {}, signal),
  refetchInterval: bellMs,
});
export const messagesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['messages', 'list', query],
    queryFn: ({ signal }): Promise<MessagePageView> => http.get('messages', query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: bellMs,
  });
/** No ids = all. */
export const markRead = (messageIds?: readonly string[]): Promise<{ count: number }> =>
  http.post('messages/reads', messageIds === undefined ? {} : { messageIds });

export const receiversQuery = queryOptions({
  queryKey: ['receivers'],
  queryFn: ({ signal }): Promise<ReceiversView> => http.get('receivers', {}, signal),
});
export const addReceiver = (input: ReceiverInput): Promise<ReceiverView> => http.post('receivers', input);
export const changeReceiver = (receiverId: string, input: ReceiverInput): Promise<ReceiverView> =>
  http.post(receiverPath(receiverId), input);
export const changeAccount = (input: AccountInput): Promise<ReceiverView> => http.post('receivers/account', input);
export const removeReceiver = (receiverId: string): Promise<{ receiverId: string }> =>
  http.post(`${receiverPath(receiverId)}/removal`, {});
export const sendCode = (receiverId: string, channel: OutsideChannel): Promise<ReceiverView> =>
  http.post(`${receiverPath(receiverId)}/codes`, { channel });
export const verifyAddress = (receiverId: string, channel: OutsideChannel, code: string): Promise<ReceiverView> =>
  http.post(`${receiverPath(receiverId)}/verification`, { channel, code });

export const outboxQuery = (query: Query) =>
  queryOptions({
    queryKey: ['outbox', query],
    queryFn: ({ signal }): Promise<OutboxPageView> => http.get('outbox', query, signal),
    placeholderData: keepPreviousData,
  });
export const sendAgain = (deliveryId: string): Promise<DeliveryView> =>
  http.post(`outbox/${encodeURIComponent(deliveryId)}/restart`, {});

function receiverPath(receiverId: string): string {
  return `receivers/${encodeURIComponent(receiverId)}`;
}
