import { verifyWebhook } from './verify.ts';

export type { WebhookData, WebhookEvent, WebhookEventType } from './events.ts';
export type { WebhookResult } from './verify.ts';

/** Webhooks of a marketplace, at the seller's side. */
export const webhooks = { verify: verifyWebhook } as const;
