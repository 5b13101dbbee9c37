/** Orders: quote → order → payment → done or refunded; renewals, changes and refunds of what was bought. */
export { cancelOrder, cancelUnpaidOf } from './cancelling.ts';
export { changeTargets, quoteChange } from './change.ts';
export type { ChangeTarget } from './change-rules.ts';
export { type Claim, claimsOf, trialOrder } from './claims.ts';
export { type ConversionRequest, quoteConversion } from './conversion.ts';
export { type Customer, type CustomerQuery, listCustomers } from './customers.ts';
export {
  lineRefunded,
  type OrderPaid,
  orderPaid,
  orderPlaced,
  type PaidLine,
  type RefundExecuted,
  refundExecuted,
} from './events.ts';
export { type InProgress, inProgressOf } from './in-progress.ts';
export {
  invoicedAmong,
  invoicedRefusal,
  invoicedSchema,
  isInvoiceable,
  markInvoiced,
  refundsOpenFor,
  unmarkInvoiced,
} from './invoicing.ts';
export { type Consumption, consumptionOf, holdsUntil, restOf, type UsedPeriod } from './late-refund.ts';
export { countByState as ordersByState, listOrders, orderRevision } from './lists.ts';
export {
  type LineState,
  lineTransitions,
  type OrderState,
  type OrderType,
  orderAfterLines,
  orderIdOf,
  orderTransitions,
} from './model.ts';
export { type BackShown, moneyBackOf, vouchersOn } from './money-back.ts';
export { type PayOnline, receiveNotice, startOnline } from './online-payment.ts';
export { linesFailed, linesFulfilled, linesOpened, linesQuerying } from './outcome.ts';
export { payTogether } from './paying-together.ts';
export { type PayOrder, payOrder } from './payment.ts';
export { creditAccessOf, creditRefused, type PaymentChoice } from './payment-mix.ts';
export { type PlaceFor, placeFor } from './place-for.ts';
export { CANCEL_UNPAID, type PlaceOrder, placeOrder } from './placing.ts';
export { type PlacePaid, placePaid } from './placing-paid.ts';
export { ALONE, type Alone, type Parties, placeTogether } from './placing-together.ts';
export { purchases } from './purchases.ts';
export { orderingSealed, type Receiver, receiverOf } from './receivers.ts';
export {
  type GoodsAt,
  isCoded,
  isLarge,
  REFUND_KINDS,
  REFUNDS_A_YEAR,
  type Refund,
  type RefundKind,
  type RefundQuota,
  type RefundState,
  refundTransitions,
} from './refund-model.ts';
export { inspectReturn, sendBack } from './refund-returns.ts';
export { losesFullRefund, type RefundFacts, type RefundPath, refundPath } from './refund-rules.ts';
export { givenBackOf, listRefunds, openRefundOf, type RefundListQuery, refundById } from './refund-store.ts';
export {
  type ApplyForRefund,
  applyForRefund,
  type DecideRefund,
  decideRefund,
  refundQuota,
  withdrawRefund,
} from './refunds.ts';
export { MOST_RENEWALS, quoteEachRenewal, quoteRenewals, type RenewalRequest } from './renewal.ts';
export type { FollowUpType, OpenOrder, QuotedLine, Resource, ResourceLine, Scene, Target } from './resource.ts';
export { linesOfResource, openOrdersOf, ordersOfResource, unsubscribing } from './resource-lines.ts';
export { consumeSale, offerLines, stillAllowed } from './sale.ts';
export { type MonthOfSales, salesByMonth } from './sales.ts';
export { orderingSchema, refundGoodsSchema } from './schema.ts';
export { type LineDelivery, type Order, type OrderLine, ordersByIds } from './store.ts';
export { orderingSubscriptions } from './subscribers.ts';
export { linesOpening, startTimes } from './supervision.ts';
export { orderingTasks } from './tasks.ts';
export { type TradeDay, tradeByDay } from './trade.ts';
export { type PlaceTrial, placeTrial } from './trial.ts';
