/** What the console API says and hears about messages to people: the reader's own, a tenant's receivers, the operators' outbox. */
import { z } from 'zod';
import { decodeCursor } from '../../platform/http/cursor.ts';
import { isUuid } from '../../platform/uuid.ts';
import { instant, localized, pageQuery } from './schemas.ts';
import { role } from './session-schemas.ts';

const cursor = z
  .string()
  .max(200)
  .refine((text) => isUuid(decodeCursor(text)?.id), 'is not a cursor of this list')
  .optional();
export const messageClass = z.enum(['OPENING', 'RENEWAL', 'OPERATIONS', 'MONEY', 'SUSPENSION']);
export const messageChannel = z.enum(['SMS', 'EMAIL', 'SITE']);
const outsideChannel = z.enum(['SMS', 'EMAIL']);
const language = z.enum(['zh', 'en']);

// --- messages of the reader -----------------------------------------------------------------------------------

export const message = z
  .object({
    messageId: z.string(),
    /** row of the published catalogue, `N-25` */
    entry: z.string(),
    class: messageClass,
    title: localized,
    text: localized,
    /** path of the console page of the object */
    link: z.string(),
    createdAt: instant,
    readAt: instant.nullable(),
  })
  .openapi('Message');
export const messageQuery = pageQuery.extend({
  cursor,
  state: z.enum(['unread']).optional(),
  class: messageClass.optional(),
});
export const messagePage = z
  .object({ items: z.array(message), nextCursor: z.string().nullable(), unread: z.number().int() })
  .openapi('MessagePage');
export const unreadMessages = z.object({ count: z.number().int() }).openapi('UnreadMessages');
/** absent = all */
export const readMessages = z.strictObject({ messageIds: z.array(z.uuid()).min(1).max(100).optional() });

// --- receivers ------------------------------------------------------------------------------------------------

const address = z.object({ text: z.string(), verified: z.boolean() });
export const messageChoice = z.object({ class: messageClass, channels: z.array(messageChannel).max(3) });
export const receiver = z
  .object({
    /** `account` = the tenant's own mailbox and phone */
    receiverId: z.string(),
    name: z.string(),
    language,
    email: address.nullable(),
    phone: address.nullable(),
    userId: z.string().nullable(),
    choices: z.array(messageChoice),
  })
  .openapi('Receiver');
export const receivers = z
  .object({
    items: z.array(receiver),
    classes: z.array(
      z.object({
        class: messageClass,
        /** number of the cloud message class where one is published */
        number: z.string().nullable(),
        name: localized,
        /** can not be switched off for the account */
        mandatory: z.boolean(),
        channels: z.array(messageChannel),
      }),
    ),
    /** users who can read in the console */
    users: z.array(z.object({ userId: z.string(), displayName: z.string(), role })),
    /** channels this server sends by */
    open: z.array(outsideChannel),
  })
  .openapi('Receivers');
const choices = z
  .array(messageChoice)
  .max(messageClass.options.length)
  .refine((list) => new Set(list.map((choice) => choice.class)).size === list.length, 'a class stands once');
export const receiverInput = z
  .strictObject({
    name: z.string().trim().min(1).max(64),
    language,
    email: z.email().max(254).nullable(),
    /** digits, spaces and dashes, with or without a country code */
    phone: z
      .string()
      .trim()
      .regex(/^\+?\d[\d -]{4,22}\d$/, 'must be a phone number, e.g. +86 138 0000 0000')
      .nullable(),
    userId: z.string().max(64).nullable(),
    choices,
  })
  .refine((input) => input.email !== null || input.phone !== null || input.userId !== null, {
    message: 'a mailbox, a phone or a user is needed',
    path: ['email'],
  });
/** of the account only these can be set */
export const accountInput = z.strictObject({ language, choices });
export const codeRequest = z.strictObject({ channel: outsideChannel });
export const codeAnswer = z.strictObject({
  channel: outsideChannel,
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/),
});
export const removedReceiver = z.object({ receiverId: z.string() });

// --- outbox ---------------------------------------------------------------------------------------------------

export const delivery = z
  .object({
    deliveryId: z.string(),
    state: z.enum(['DUE', 'RUNNING', 'SUCCEEDED', 'STOPPED', 'RESOLVED']),
    channel: outsideChannel,
    /** row of the published catalogue; null = a verification code */
    entry: z.string().nullable(),
    tenantId: z.string(),
    tenantName: z.string(),
    address: z.string(),
    subject: z.string(),
    /** null = it holds a code that nobody but its receiver may see */
    body: z.string().nullable(),
    attempts: z.number().int(),
    createdAt: instant,
    nextAttemptAt: instant.nullable(),
    finishedAt: instant.nullable(),
    lastError: z.string().nullable(),
  })
  .openapi('Delivery');
export const outboxQuery = pageQuery.extend({
  cursor,
  state: delivery.shape.state.optional(),
  channel: outsideChannel.optional(),
  address: z.string().trim().max(100).optional(),
});
export const outboxPage = z
  .object({
    items: z.array(delivery),
    nextCursor: z.string().nullable(),
    /** how this server sends; outbox = this list is all there is, off = nothing is written down */
    channels: z.object({ EMAIL: z.enum(['smtp', 'outbox', 'off']), SMS: z.enum(['http', 'outbox', 'off']) }),
  })
  .openapi('OutboxPage');

export type MessageView = z.infer<typeof message>;
export type MessagePageView = z.infer<typeof messagePage>;
export type MessageClass = z.infer<typeof messageClass>;
export type MessageChannel = z.infer<typeof messageChannel>;
export type ReceiverView = z.infer<typeof receiver>;
export type ReceiversView = z.infer<typeof receivers>;
export type ReceiverInput = z.input<typeof receiverInput>;
export type AccountInput = z.input<typeof accountInput>;
export type DeliveryView = z.infer<typeof delivery>;
export type OutboxPageView = z.infer<typeof outboxPage>;
