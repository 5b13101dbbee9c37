/** What Acme Workspace reads out of an order of the marketplace (openapi.md 5.1). Pure. */
import { type OrderInfo, parseUtc } from '@jishi/seller';
import type { Plan, Tenant } from '../data/tenant.ts';

/** Sold without a quantity, a workspace is for five. */
export const STANDARD_USERS = 5;

export const STANDARD_PLAN: Plan = {
  productName: 'Acme Workspace',
  productId: '',
  skuCode: '',
  userLimit: STANDARD_USERS,
};

/** Null when the order does not hold the line, or the line no product. */
export function planFromOrder(order: OrderInfo, orderLineId: string): Plan | null {
  const product = order.orderLine.find((line) => line.orderLineId === orderLineId)?.productInfo[0];
  if (!product) return null;
  const { productId, skuCode } = product;
  return {
    productName: product.productName ?? STANDARD_PLAN.productName,
    productId,
    skuCode,
    userLimit: product.linearValue ?? STANDARD_USERS,
  };
}

/** Puts the order's facts into its tenant; the tenant is unchanged when the order does not hold its line. */
export function withOrder(tenant: Tenant, order: OrderInfo): Tenant {
  const plan = tenant.orderLineId === null ? null : planFromOrder(order, tenant.orderLineId);
  if (!plan) return tenant;
  const expireTime = order.orderLine.find((line) => line.orderLineId === tenant.orderLineId)?.expireTime;
  return {
    ...tenant,
    plan,
    customerName: order.buyerInfo?.customerName ?? null,
    // A renewal may have come before the order was read; it knows better.
    expiresAtMs: tenant.expiresAtMs ?? (expireTime ? (parseUtc(expireTime)?.getTime() ?? null) : null),
  };
}
