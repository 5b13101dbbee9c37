import { z } from 'zod';

/**
 * A1, the order query (`openapi.md` 5.1). Only what identifies an order is demanded; unknown members are ignored, because the
 * published tables are cut and the API may grow (`openapi.md` 2.2, O1). Members that are absent may also come as null, and
 * numbers may come as text.
 */

const text = (max: number) => z.string().max(max);
const id = z.string().min(1).max(64);
const integer = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);

/** A value the buyer entered when ordering. Some texts call the name `key`: both are taken. */
const extendParam = z
  .object({ name: text(64).nullish(), key: text(64).nullish(), value: text(1024) })
  .transform(({ name, key, value }) => ({ name: name ?? key ?? '', value }));

const productInfo = z.object({
  productId: id,
  skuCode: id,
  linearValue: integer.nullish(),
  productName: text(255).nullish(),
});

const orderLine = z.object({
  orderLineId: id,
  chargingMode: text(25),
  /** UTC, `yyyyMMddHHmmss`. */
  expireTime: text(20).nullish(),
  periodType: z.string().nullish(),
  periodNumber: integer.nullish(),
  productInfo: z.array(productInfo),
  extendParams: z.array(extendParam).nullish(),
});

const buyerInfo = z.object({
  customerId: text(100).nullish(),
  customerName: text(64).nullish(),
  mobilePhone: text(32).nullish(),
  email: text(128).nullish(),
  userId: text(64).nullish(),
  userName: text(64).nullish(),
});

const orderInfo = z.object({
  orderId: id,
  orderType: text(32),
  /** UTC, `yyyyMMddHHmmss`: when the buyer placed the order. */
  createTime: text(20),
  orderLine: z.array(orderLine),
  buyerInfo: buyerInfo.nullish(),
  extendParams: z.array(extendParam).nullish(),
});

export const orderQueryAnswer = z.object({
  resultCode: text(16),
  resultMsg: text(1024),
  orderInfo: orderInfo.nullish(),
});

export type ExtendParam = z.infer<typeof extendParam>;
export type ProductInfo = z.infer<typeof productInfo>;
export type OpenApiOrderLine = z.infer<typeof orderLine>;
export type BuyerInfo = z.infer<typeof buyerInfo>;
export type OrderInfo = z.infer<typeof orderInfo>;
export type OrderQueryAnswer = z.infer<typeof orderQueryAnswer>;

/** Values of `orderType` and `chargingMode` that the marketplace sends. */
export const ORDER_TYPES = ['NEW', 'TRIAL', 'TRIAL_TO_FORMAL', 'UNSUBSCRIBE', 'RENEW', 'CHANGE'] as const;
export const CHARGING_MODES = ['PERIOD', 'ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG'] as const;
