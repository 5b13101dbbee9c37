/** Told of orders: paid, called for at the seller, given back. */
import { z } from 'zod';
import type { LocalizedText } from '../catalog/index.ts';
import type { DomainEvent } from '../platform/events.ts';
import {
  id,
  inBoth,
  instant,
  interfaceName,
  money,
  notice,
  orNone,
  parties,
  product,
  type Reader,
  reads,
  words,
} from './notice-parts.ts';

const orderOf = (event: DomainEvent): string => event.aggregate.replace(/^order:/, '');

const comment = (text: string): LocalizedText =>
  text === '' ? { zh: '', en: '' } : { zh: `意见：${text}。`, en: `Comment: ${text}.` };

const refundOf = { refundId: id, ...parties, ...product, amount: money };

const soldAs = z.object({ supervised: z.boolean() });

export const ORDER_READERS: Readonly<Record<string, Reader>> = {
  'fulfilment.attempt-failed': reads(
    z.object({
      callId: id,
      sellerId: id,
      orderId: id,
      ...product,
      activity: words,
      attempt: z.number(),
      nextAt: instant.nullable(),
      summary: inBoth,
    }),
    (failed) => {
      const facts = {
        product: failed.productName,
        order: failed.orderId,
        call: failed.callId,
        interface: interfaceName(failed.activity),
        attempt: failed.attempt,
        error: failed.summary,
      };
      return [
        failed.nextAt
          ? notice('N-16.will-repeat', failed.sellerId, { ...facts, nextAt: failed.nextAt })
          : notice('N-16.stopped', failed.sellerId, facts),
      ];
    },
  ),
  'ordering.line-refunded': reads(z.object({ ...parties, ...product, amount: money }), (refunded, event) => {
    const facts = {
      product: refunded.productName,
      order: orderOf(event),
      amount: refunded.amount,
      at: event.occurredAt,
    };
    return [notice('N-17.to-seller', refunded.sellerId, facts), notice('N-17.to-buyer', refunded.buyerId, facts)];
  }),
  'ordering.order-paid': reads(
    z.object({
      orderId: id,
      buyerId: id.optional(),
      placedBy: id,
      amount: money,
      orderType: z.string().default('NEW'),
      lines: z
        .array(z.object({ buyerId: id, sellerId: id.optional(), delivery: soldAs.optional(), ...product }))
        .min(1),
    }),
    ({ orderId, orderType, placedBy, amount, lines, buyerId }) => {
      const [first] = lines;
      const toDeliver = orderType !== 'NEW' ? [] : lines.filter(({ delivery }) => delivery?.supervised === true);
      const orders = [...new Set(toDeliver.flatMap(({ sellerId }) => sellerId ?? []))].map((sellerId) => {
        const own = toDeliver.filter((line) => line.sellerId === sellerId);
        return notice('N-21.to-deliver', sellerId, { order: orderId, product: productsOf(own) });
      });
      if (!first || /^0+(\.0+)?$/.test(amount.amount)) return orders; // a trial costs nothing: nobody paid
      const facts = { order: orderId, amount, product: productsOf(lines) };
      return [{ ...notice('N-20.paid', buyerId ?? first.buyerId, facts), alsoUserId: placedBy }, ...orders];
    },
  ),
  'ordering.refund-requested': reads(
    z.object({ ...refundOf, state: z.string(), reason: words }),
    ({ sellerId, state, productName, amount, reason }) => [
      notice(state === 'SELLER_REVIEW' ? 'N-50.decide' : 'N-50.unsubscribed', sellerId, {
        product: productName,
        amount,
        reason: orNone(reason),
      }),
    ],
  ),
  'ordering.refund-decided': reads(
    z.object({ ...refundOf, agreed: z.boolean(), comment: words.nullish() }),
    (decided) => [
      notice(decided.agreed ? 'N-51.agreed' : 'N-51.rejected', decided.buyerId, {
        product: decided.productName,
        refund: decided.refundId,
        amount: decided.amount,
        comment: comment(decided.comment ?? ''),
      }),
    ],
  ),
  'ordering.refund-executed': reads(z.object(refundOf), (paid) => [
    notice('N-51.paid', paid.buyerId, { product: paid.productName, refund: paid.refundId, amount: paid.amount }),
  ]),
};

/** The first product by name; of the others their number. */
function productsOf(lines: readonly { productName: LocalizedText }[]): LocalizedText {
  const [first] = lines;
  const others = lines.length - 1;
  if (!first) return { zh: '', en: '' };
  if (others === 0) return first.productName;
  return {
    zh: `${first.productName.zh}等 ${lines.length} 件`,
    en: `${first.productName.en} and ${others} more`,
  };
}
