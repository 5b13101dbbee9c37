/** Orders: quote → order → payment → done or refunded; renewals, changes and refunds of what was bought. */
export {
  lineRefunded,
  type OrderPaid,
  orderPaid,
  orderPlaced,
  type PaidLine,
  type RefundExecuted,
  refundExecuted,
} from './events.ts';
export {
  type ApplyForRefund,
  applyForRefund,
  type ChangeTarget,
  type ConversionRequest,
  cancelUnpaidOf,
  changeTargets,
  type DecideRefund,
  decideRefund,
  linesOfResource,
  listRefunds,
  openOrdersOf,
  orderingTasks,
  type PlaceFor,
  type PlaceTrial,
  placeFor,
  placeTrial,
  quoteChange,
  quoteConversion,
  quoteRenewals,
  type RefundListQuery,
  type RenewalRequest,
  refundById,
  refundQuota,
  withdrawRefund,
} from './follow-ups.ts';
export {
  type LineState,
  lineTransitions,
  type OrderState,
  type OrderType,
  orderAfterLines,
  orderTransitions,
} from './model.ts';
export { type Refund, type RefundKind, type RefundQuota, type RefundState, refundTransitions } from './refund-model.ts';
export { type RefundFacts, type RefundPath, refundPath } from './refund-rules.ts';
export type {
  FollowUpType,
  OpenOrder,
  QuotedLine,
  Resource,
  ResourceLine,
  Scene,
  Target,
} from './resource.ts';
export { orderingSchema } from './schema.ts';
export {
  CANCEL_UNPAID,
  cancelOrder,
  cancelUnpaid,
  linesFulfilled,
  linesQuerying,
  type PlaceOrder,
  payOrder,
  placeOrder,
} from './service.ts';
export {
  countByState as ordersByState,
  listOrders,
  type Order,
  type OrderLine,
  orderRevision,
  ordersByIds,
} from './store.ts';
export { orderingSubscriptions } from './subscribers.ts';
