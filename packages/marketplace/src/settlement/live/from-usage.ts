/** Charges of usage as lines of their own (3.7): the terms are those of the order that opened the service, frozen with it (C41). */
import { contentsOf } from '../../catalog/index.ts';
import type { UsageCharged } from '../../metering/index.ts';
import { ordersByIds } from '../../ordering/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decimal } from '../../platform/exact.ts';
import { lineFromOrder, type NewLine } from './from-orders.ts';
import { agreedFor, chargeFacts } from './sale-terms.ts';

/** In one go per charge; it counts from the end of its consumption (S2-11), once it is paid. */
export async function usageLines(executor: Executor, charges: readonly UsageCharged[]): Promise<NewLine[]> {
  if (charges.length === 0) return [];
  const orderIds = [...new Set(charges.map(({ orderId }) => orderId))];
  const sold = (await ordersByIds(executor, orderIds, { scope: { kind: 'all' } })).flatMap((order) =>
    order.lines.map((line) => ({ order, line })),
  );
  const contents = await contentsOf(
    executor,
    sold.map(({ line }) => line),
  );
  const agreed = await agreedFor(executor, sold);
  return charges.flatMap((charge): NewLine[] => {
    const place = sold.findIndex(({ line }) => line.orderLineId === charge.resourceId);
    const [sale, content] = [sold[place], contents[place]];
    const opening = sale && content ? lineFromOrder(sale.order, sale.line, content, agreed) : null;
    if (opening === null || !sale) return [];
    const amount = decimal(charge.amount.amount);
    const at = new Date(charge.at);
    const { line } = opening;
    return [
      {
        ...opening,
        lineId: charge.chargeId,
        rootId: charge.chargeId,
        line: {
          ...line,
          id: charge.chargeId,
          kind: 'USAGE',
          unitPrice: null,
          amount,
          ...chargeFacts(sale, { amount, terms: opening.terms, agreed }),
          placedAt: at,
          paidAt: at,
          // S2-9, S2-3: what was on credit counts once its month is repaid
          credit: charge.onCredit,
          nonCash: decimal('0'),
          voucherUsed: decimal('0'),
          activatedAt: null,
          consumedTo: new Date(charge.to),
        },
      },
    ];
  });
}
