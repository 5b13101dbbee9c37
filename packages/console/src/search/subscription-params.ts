import type { RefundView, SubscriptionView } from '@jishi/marketplace/console-api';
import * as z from 'zod/mini';
import { compact, oneOf, paging, text, whole } from './params.ts';

/** What stands in the URL of the pages about running subscriptions. */

export const expiryPolicies = ['MANUAL', 'AUTO', 'NONE'] as const satisfies readonly NonNullable<
  SubscriptionView['expiryPolicy']
>[];
export const refundStates = [
  'SELLER_REVIEW',
  'LARGE_REVIEW',
  'WAIT_RETURN',
  'WAIT_INSPECTION',
  'EXECUTING',
  'DONE',
  'REJECTED',
  'WITHDRAWN',
] as const satisfies readonly RefundView['state'][];

/** Most services in one renewal order; the API's own limit. */
export const mostRenewals = 50;

const schemas = {
  renewals: z.object({ ...paging, tab: oneOf(expiryPolicies), product: text(100), endsWithinDays: whole(366) }),
  renewalOrder: z.object({ ids: text(mostRenewals * 65) }),
  refundForm: z.object({ kind: oneOf(['RENEWAL'] as const) }),
  refunds: z.object({ ...paging, state: oneOf(refundStates) }),
  trial: z.object({ goodsId: text(64), skuCode: text(64), quantity: whole(9_999_999) }),
};

export type RenewalSearch = z.infer<typeof schemas.renewals>;
export type RefundSearch = z.infer<typeof schemas.refunds>;
export type TrialSearch = z.infer<typeof schemas.trial>;

export const parseRenewalSearch = (raw: unknown): RenewalSearch => compact(schemas.renewals.parse(raw));
export const parseRenewalOrderSearch = (raw: unknown): z.infer<typeof schemas.renewalOrder> =>
  compact(schemas.renewalOrder.parse(raw));
export const parseRefundFormSearch = (raw: unknown): z.infer<typeof schemas.refundForm> =>
  compact(schemas.refundForm.parse(raw));
export const parseRefundSearch = (raw: unknown): RefundSearch => compact(schemas.refunds.parse(raw));
export const parseTrialSearch = (raw: unknown): TrialSearch => compact(schemas.trial.parse(raw));

/** The services of a renewal order, each once: `ids=a,b` → `['a', 'b']`. */
export function readIds(ids: string | undefined): string[] {
  return [...new Set((ids ?? '').split(',').filter((id) => id !== ''))].slice(0, mostRenewals);
}
