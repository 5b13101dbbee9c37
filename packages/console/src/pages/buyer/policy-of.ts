import type { SubscriptionView } from '@jishi/marketplace/console-api';

export type Policy = NonNullable<SubscriptionView['expiryPolicy']>;

/** Only sellers are not told the policy, and they do not read these pages. */
export const policyOf = ({ expiryPolicy }: SubscriptionView): Policy => expiryPolicy ?? 'MANUAL';
