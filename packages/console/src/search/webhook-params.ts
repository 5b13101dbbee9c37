import * as z from 'zod/mini';
import { callStates, compact, oneOf, paging, text } from './params.ts';

/** What stands in the URL of an endpoint's deliveries. */
const deliveries = z.object({ ...paging, state: oneOf(callStates), type: text(64) });
export type WebhookSearch = z.infer<typeof deliveries>;
export const parseWebhookSearch = (raw: unknown): WebhookSearch => compact(deliveries.parse(raw));
