/** Webhooks as the console API and the sellers' own API say and hear them. */
import { z } from 'zod';
import { CHOOSABLE, ENDPOINT_STATES, LONGEST_OVERLAP_HOURS, LONGEST_URL } from '../../webhooks/index.ts';
import { callState } from './call-schemas.ts';
import { instant, localized, pageQuery, uuidCursor } from './schemas.ts';

const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });
const askedInstant = z.iso.datetime({ offset: true });

const url = z.string().trim().min(1).max(LONGEST_URL);
const name = z.string().trim().max(64);
const types = z.array(z.enum(CHOOSABLE)).min(1).max(CHOOSABLE.length);
export const newWebhook = z.strictObject({ url, name: name.default(''), types });
/** whatever is absent stays */
export const webhookChange = z.strictObject({
  url: url.optional(),
  name: name.optional(),
  types: types.optional(),
  state: z.enum(['ACTIVE', 'PAUSED']).optional(),
});
export const webhookRotation = z.strictObject({
  overlapHours: z.number().int().min(0).max(LONGEST_OVERLAP_HOURS).default(24),
});

export const webhook = z
  .object({
    endpointId: z.string(),
    url: z.string(),
    name: z.string(),
    types: z.array(z.string()),
    /** SWITCHED_OFF: by the marketplace, after five days of failures or an answer 410 */
    state: z.enum(ENDPOINT_STATES),
    /** until when the secret before the last rotation signs too */
    secretBeforeUntil: instant.nullable(),
    failingSince: instant.nullable(),
    lastSuccessAt: instant.nullable(),
    createdAt: instant,
  })
  .openapi('Webhook');
export const webhooks = z.object({ items: z.array(webhook) }).openapi('Webhooks');
/** the only time that the secret is shown */
export const shownWebhook = z.object({ webhook, secret: z.string() }).openapi('ShownWebhook');
/** the address as it was seen: whoever confirms removes what was looked at */
export const webhookRemoval = z.strictObject({ url });
export const removedWebhook = z.object({ endpointId: z.string() });
export const testedWebhook = z.object({ deliveryId: z.string() });

export const webhookDelivery = z
  .object({
    deliveryId: z.string(),
    endpointId: z.string(),
    /** the header `webhook-id` */
    messageId: z.string(),
    type: z.string(),
    state: callState,
    attempts: z.number().int(),
    createdAt: instant,
    nextAttemptAt: instant.nullable(),
    finishedAt: instant.nullable(),
    lastStatus: z.number().int().nullable(),
    /** why there was no answer: dns, refused, reset, timeout, tls, blocked */
    lastFault: z.string().nullable(),
  })
  .openapi('WebhookDelivery');
export const webhookDeliveryPage = page(webhookDelivery).openapi('WebhookDeliveryPage');
export const webhookDeliveryQuery = pageQuery.extend({
  cursor: uuidCursor,
  state: callState.optional(),
  type: z.string().max(64).optional(),
  from: askedInstant.optional(),
  to: askedInstant.optional(),
});
export const webhookDeliveryDetail = z
  .object({
    delivery: webhookDelivery,
    /** the body as it is sent */
    body: z.string(),
    attempts: z.array(
      z.object({
        attempt: z.number().int(),
        at: instant,
        durationMs: z.number().int(),
        status: z.number().int().nullable(),
        fault: z.string().nullable(),
        /** its beginning */
        answer: z.string(),
      }),
    ),
  })
  .openapi('WebhookDeliveryDetail');

export const webhookEvents = z
  .object({
    items: z.array(
      z.object({
        type: z.string(),
        meaning: localized,
        /** JSON Schema of `data` */
        schema: z.record(z.string(), z.unknown()),
        example: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .openapi('WebhookEvents');

export type WebhookView = z.infer<typeof webhook>;
export type WebhooksView = z.infer<typeof webhooks>;
export type ShownWebhookView = z.infer<typeof shownWebhook>;
export type WebhookDeliveryView = z.infer<typeof webhookDelivery>;
export type WebhookDeliveryPageView = z.infer<typeof webhookDeliveryPage>;
export type WebhookDeliveryDetailView = z.infer<typeof webhookDeliveryDetail>;
export type WebhookEventsView = z.infer<typeof webhookEvents>;
export type NewWebhookView = z.input<typeof newWebhook>;
export type WebhookChangeView = z.infer<typeof webhookChange>;
