/**
 * What V1.0's newInstance and online License's getLicense tell of the order: customer, product, period, amount, parameters (saas-v1.md 6.0.1). Read from
 * the order for each attempt, so that no customer's data lie about in the calls.
 */
import type { EncryptType, PrivateDataV1, UserAuthorisation } from '@jishi/protocol';
import { type ChargingMode, contentOf } from '../catalog/index.ts';
import { buyersByIds, loginNames } from '../directory/index.ts';
import { ordersByIds } from '../ordering/index.ts';
import type { Executor } from '../platform/database/database.ts';
import { LINEAR_CODES, type LinearCode } from './details.ts';

export interface Purchase {
  readonly customerId: string;
  readonly customerName: string;
  readonly customer: PrivateDataV1;
  /** the boxes under "user authorisation" of the publishing form (2.4) */
  readonly authorised: UserAuthorisation;
  readonly encryptType: EncryptType;
  readonly skuCode: string;
  readonly productId: string;
  readonly trial: boolean;
  /** its buyer accepts it (settlement.md 6) */
  readonly supervised: boolean;
  readonly expireAt: Date | null;
  readonly chargingMode: ChargingMode;
  readonly periodType: 'month' | 'year' | null;
  readonly periodNumber: number | null;
  readonly amount: string;
  readonly quantity: number;
  readonly linearCode: LinearCode | null;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
}

/** By order line. A line that is not found is absent; its call fails and says so. */
export async function purchasesOf(
  executor: Executor,
  lines: readonly { readonly orderId: string; readonly orderLineId: string }[],
): Promise<Map<string, Purchase>> {
  const purchases = new Map<string, Purchase>();
  if (lines.length === 0) return purchases;
  const orders = await ordersByIds(executor, [...new Set(lines.map((line) => line.orderId))], {
    scope: { kind: 'all' },
  });
  const buyers = await buyersByIds(executor, [...new Set(orders.map((order) => order.buyerId))]);
  const users = await loginNames(executor, [...new Set(orders.map((order) => order.placedBy))]);
  const wanted = new Set(lines.map((line) => line.orderLineId));
  for (const order of orders) {
    const buyer = buyers.get(order.buyerId);
    if (!buyer) continue;
    for (const line of order.lines.filter((each) => wanted.has(each.orderLineId))) {
      const content = await contentOf(executor, line.goodsId, line.version);
      const box = (name: 'MOBILE' | 'EMAIL' | 'IAM') => content.privateMembers.includes(name);
      purchases.set(line.orderLineId, {
        customerId: order.buyerId,
        customerName: buyer.account_name,
        customer: {
          mobilePhone: withoutCountryCode(buyer.phone),
          email: buyer.email,
          userId: order.placedBy,
          userName: users.get(order.placedBy),
        },
        authorised: { mobilePhone: box('MOBILE'), email: box('EMAIL'), iamUser: box('IAM') },
        encryptType: content.encryptType,
        skuCode: line.skuCode,
        productId: line.priceItemId,
        trial: order.orderType === 'TRIAL',
        supervised: line.snapshot.delivery.supervised,
        expireAt: line.expireAt,
        chargingMode: line.chargingMode,
        periodType: line.periodType,
        periodNumber: line.periodNumber,
        amount: line.amount.amount,
        quantity: line.quantity,
        linearCode: linearCodeOf(line.snapshot.linearAttribute?.code),
        parameters: line.snapshot.parameters,
      });
    }
  }
  return purchases;
}

/** 6.0.1: the number alone; only a code that is set apart, or China's own, can be told from it. */
const withoutCountryCode = (phone: string): string => phone.replace(/^\+86[- ]?|^\+\d{1,3}[- ]/, '');

/** The wire knows three linear attributes; any other is a count (saas-v1.md 6.0.1). */
export function linearCodeOf(code: string | undefined): LinearCode | null {
  if (code === undefined) return null;
  return LINEAR_CODES.find((known) => known === code) ?? 'amount';
}
