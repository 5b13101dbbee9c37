/** A1 Query an order (openapi.md 5.1): what a seller's server asks from inside newInstance. */
import { formatUtc14, MKT_CODES, mockOrder, type OrderInfo, type OrderQueryAnswer } from '@jishi/protocol';
import { type ApiCaller, buyersByIds } from '../../directory/index.ts';
import { type Order, ordersByIds } from '../../ordering/index.ts';
import type { Platform } from '../../platform/platform.ts';

export interface MktAnswer {
  readonly status: number;
  readonly body: OrderQueryAnswer & Readonly<Record<string, unknown>>;
}

export const mktAnswer = (code: string, extra?: Record<string, string>): MktAnswer => {
  const known = MKT_CODES[code];
  if (!known) throw new Error(`unknown code ${code}`);
  return {
    status: known.httpStatus,
    body: { resultCode: code, resultMsg: known.text, ...(extra ? { extra_info: extra } : {}) },
  };
};
const PRINTABLE = /^[^\p{Cc}]{1,64}$/u;

/** Inputs and answers: openapi.md 8, rows 14–22. */
export async function queryOrder(platform: Platform, caller: ApiCaller, query: URLSearchParams): Promise<MktAnswer> {
  if (caller.sellerId === null) return mktAnswer('MKT.0151');
  const [orderIds, lineIds] = [query.getAll('orderId'), query.getAll('orderLineId')];
  const [orderId] = orderIds;
  if (orderIds.length > 1 || lineIds.length > 1 || orderId === undefined || orderId === '')
    return mktAnswer('MKT.0101');
  if (!PRINTABLE.test(orderId)) return mktAnswer('MKT.0100', { orderId: 'must be 1 to 64 printable characters' });
  const lineId = lineIds[0] || null;
  if (lineId !== null && !PRINTABLE.test(lineId))
    return mktAnswer('MKT.0100', { orderLineId: 'must be 1 to 64 printable characters' });
  const found = mockOrder(orderId) ?? (await realOrder(platform, caller.sellerId, orderId));
  if (found === 'foreign') return mktAnswer('MKT.0150', { orderId });
  if (found === null) return mktAnswer('MKT.0100', { orderId: 'does not exist' });
  const lines = lineId === null ? found.orderLine : found.orderLine.filter((line) => line.orderLineId === lineId);
  if (lines.length === 0) return mktAnswer('MKT.0100', { orderLineId: 'is not a line of this order' });
  return {
    status: 200,
    body: { resultCode: 'MKT.0000', resultMsg: 'Success', orderInfo: { ...found, orderLine: lines } },
  };
}

async function realOrder(platform: Platform, sellerId: string, orderId: string): Promise<OrderInfo | null | 'foreign'> {
  const [order] = await ordersByIds(platform.db, [orderId], { scope: { kind: 'all' } });
  if (!order) return null;
  if (!order.lines.some((line) => line.sellerId === sellerId)) return 'foreign';
  // An order that nobody has paid is not the seller's business yet.
  const lines = order.lines.filter(
    (line) => line.sellerId === sellerId && line.state !== 'WAITING' && line.state !== 'CLOSED',
  );
  if (lines.length === 0) return null;
  const buyer = (await buyersByIds(platform.db, [order.buyerId])).get(order.buyerId);
  return {
    ...toOrderInfo(order, lines),
    buyerInfo: { customerId: order.buyerId, customerName: buyer?.account_name ?? '' },
  };
}

function toOrderInfo(order: Order, lines: Order['lines']): OrderInfo {
  return {
    orderId: order.orderId,
    orderType: order.orderType,
    createTime: formatUtc14(order.createdAt),
    orderLine: lines.map((line) => ({
      orderLineId: line.orderLineId,
      chargingMode: line.chargingMode,
      ...(line.expireAt ? { expireTime: formatUtc14(line.expireAt) } : {}),
      ...periodOf(line),
      productInfo: [
        {
          productId: line.priceItemId,
          skuCode: line.skuCode,
          ...(line.snapshot.linearAttribute ? { linearValue: line.quantity } : {}),
          productName: `${line.snapshot.productName.zh},${line.snapshot.specificationName.zh}`.slice(0, 255),
        },
      ],
      extendParams: line.snapshot.parameters.map(({ name, value }) => ({ name, value })),
    })),
  };
}

/** Years or months of a subscription, days of a trial, nothing for what has no period. */
function periodOf({ periodType, periodNumber, snapshot }: Order['lines'][number]) {
  if (snapshot.trialDays !== null) return { periodType: 'day', periodNumber: snapshot.trialDays };
  return periodType && periodNumber ? { periodType, periodNumber } : {};
}
