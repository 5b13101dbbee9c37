/** What fulfilment hears from the instances to its right: they tell by events, so it parses what it needs itself. */
import { z } from 'zod';
import { chargingMode, localizedText } from '../catalog/index.ts';
import { linearCode } from './details.ts';

const ref = z.object({
  resourceId: z.string(),
  instanceId: z.string().nullable(),
  buyerId: z.string(),
  sellerId: z.string(),
  goodsId: z.string(),
  /** the creating order */
  orderId: z.string(),
  chargingMode,
  /** of the instance, behind what is told */
  state: z.string(),
  productName: localizedText,
});
export type Ref = z.infer<typeof ref>;

const about = { ref, occasion: z.string() };
const ofLine = { ...about, orderId: z.string(), orderLineId: z.string() };

export const HEARD = {
  'instances.period-changed': z.object({
    ...ofLine,
    call: z.object({
      scene: z.enum(['TRIAL_TO_FORMAL', 'RENEWAL', 'RENEWAL_CHANGE', 'UNSUBSCRIBE_RENEWAL_PERIOD']),
      productId: z.string().nullable(),
      expireTime: z.iso.datetime(),
      periodType: z.enum(['month', 'year']).nullable(),
      periodNumber: z.number().nullable(),
      orderAmount: z.string(),
    }),
  }),
  'instances.change-ordered': z.object({
    ...ofLine,
    call: z.object({
      skuCode: z.string(),
      productId: z.string(),
      quantity: z.number(),
      linearCode: linearCode.nullable(),
    }),
  }),
  'instances.frozen': z.object({ ...about, reason: z.enum(['EXPIRED', 'VIOLATION', 'ARREARS']), call: z.boolean() }),
  'instances.unfrozen': z.object({ ...about, reason: z.enum(['RENEWED', 'CURED', 'PAID']) }),
  'instances.release-begun': z.object({
    ...about,
    orderId: z.string().nullable(),
    orderLineId: z.string().nullable(),
    amountPaid: z.string(),
  }),
} as const;
export type HeardType = keyof typeof HEARD;
export const HEARD_TYPES: readonly HeardType[] = [
  'instances.period-changed',
  'instances.change-ordered',
  'instances.frozen',
  'instances.unfrozen',
  'instances.release-begun',
];
