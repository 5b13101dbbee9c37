import type { DeliveryView, MessageChannel, MessageClass } from '@jishi/marketplace/console-api';
import * as z from 'zod/mini';
import { callStates, compact, oneOf, paging, text } from './params.ts';

/** What stands in the URL of the pages about messages. */

export const messageClasses = [
  'OPENING',
  'RENEWAL',
  'OPERATIONS',
  'MONEY',
  'SUSPENSION',
] as const satisfies readonly MessageClass[];
export const messageChannels = ['SITE', 'EMAIL', 'SMS'] as const satisfies readonly MessageChannel[];
export const outsideChannels = ['EMAIL', 'SMS'] as const satisfies readonly DeliveryView['channel'][];

const schemas = {
  messages: z.object({ ...paging, state: oneOf(['unread'] as const), class: oneOf(messageClasses) }),
  outbox: z.object({ ...paging, state: oneOf(callStates), channel: oneOf(outsideChannels), address: text(100) }),
};

export type MessageSearch = z.infer<typeof schemas.messages>;
export type OutboxSearch = z.infer<typeof schemas.outbox>;

export const parseMessageSearch = (raw: unknown): MessageSearch => compact(schemas.messages.parse(raw));
export const parseOutboxSearch = (raw: unknown): OutboxSearch => compact(schemas.outbox.parse(raw));
