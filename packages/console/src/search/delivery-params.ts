import type { DeliveryKindView, DeliveryStatusView } from '@jishi/marketplace/console-api';
import * as z from 'zod/mini';
import { compact, oneOf, paging } from './params.ts';

/** What stands in the URL of the lists of deliveries. */

export const deliveryStatuses = [
  'PENDING',
  'DELIVERED',
  'ACCEPTED',
  'REVOKED',
  'FAILED',
] as const satisfies readonly DeliveryStatusView[];
export const deliveryKinds = [
  'ACCESS',
  'LICENSE_TEXT',
  'LICENSE_CODE',
  'IMAGE_GRANT',
  'API_SUBSCRIPTION',
  'FILE',
  'PARCEL',
  'SERVICE',
  'REFERENCE',
  'NONE',
] as const satisfies readonly DeliveryKindView[];

const schema = z.object({
  ...paging,
  status: oneOf(deliveryStatuses),
  kind: oneOf(deliveryKinds),
  mine: oneOf(['true'] as const),
  appealed: oneOf(['true'] as const),
});
export type DeliverySearch = z.infer<typeof schema>;
export const parseDeliverySearch = (raw: unknown): DeliverySearch => compact(schema.parse(raw));
