/** What the sellers' own API says and hears: chosen members of what the consoles show. Members may be added, none is taken away. */
import { z } from 'zod';
import * as calls from '../console-api/call-schemas.ts';
import * as orders from '../console-api/order-schemas.ts';
import * as schemas from '../console-api/schemas.ts';
import * as services from '../console-api/service-schemas.ts';
import * as settlement from '../console-api/settlement-schemas.ts';
import * as usage from '../console-api/usage-schemas.ts';

const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });
const instant = z.iso.datetime({ offset: true });
const id = z.string().min(1).max(64);
/** `from` inclusive, `to` exclusive, by the time that the list is sorted by */
const between = { from: instant.optional(), to: instant.optional() };

export const orderLine = orders.orderLine.omit({ sellerId: true, sellerName: true }).openapi('SellerOrderLine');
export const order = orders.order
  .omit({ payment: true, cancelAt: true, lines: true })
  .extend({ lines: z.array(orderLine) })
  .openapi('SellerOrder');
export const orderPage = page(order);
export const orderLines = z.object({ items: z.array(orderLine) });
export const orderQuery = orders.orderQuery;

export const instance = services.instance.omit({ sellerId: true, sellerName: true }).openapi('SellerInstance');
export const instancePage = page(instance);
export const instanceQuery = schemas.pageQuery.extend({
  state: services.instanceState.optional(),
  product: z.string().max(100).optional(),
  goodsId: id.optional(),
  ...between,
});

export const call = calls.sellerCall.omit({ sellerId: true, sellerName: true }).openapi('ProductionCall');
export const callPage = page(call);
export const callDetail = z.object({ call, attempts: z.array(calls.callAttempt) }).openapi('ProductionCallDetail');
export const callQuery = calls.callQuery;

export const bill = settlement.settlementBill.omit({ sellerId: true, sellerName: true }).openapi('SellerBill');
export const billPage = page(bill);
export const billDetail = settlement.settlementBillDetail
  .omit({ sellerId: true, sellerName: true })
  .openapi('SellerBillDetail');
export const billQuery = settlement.settlementBillQuery.omit({ sellerId: true });
export const billLine = settlement.settlementLine.omit({ sellerId: true, sellerName: true }).openapi('SellerBillLine');
export const billLinePage = page(billLine);
export const billLineDetail = settlement.settlementLineDetail
  .omit({ sellerId: true, sellerName: true })
  .openapi('SellerBillLineDetail');
export const billLineQuery = settlement.settlementLineQuery.omit({ sellerId: true });

export const usageServicePage = page(usage.meteredService);
export const usageRecordPage = page(usage.usageRecord);
export const usageRecordQuery = usage.recordQuery.extend(between);
export const usageChargePage = page(usage.usageCharge);
export const usageCharge = usage.usageCharge;
export const usageChargeQuery = usage.chargeQuery.extend({
  state: usage.usageCharge.shape.state.optional(),
  ...between,
});
export const usageRejectionPage = page(usage.usageRejection);
export const usageRejectionQuery = schemas.pageQuery.extend({
  /** opaque as the others, though this list goes by number */
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  requestId: id.optional(),
});
export const pageQuery = schemas.pageQuery;
