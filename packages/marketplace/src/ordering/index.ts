/** Orders: quote → order → payment → done or refunded. */
export { orderPaid, type PaidLine } from './events.ts';
export {
  type LineState,
  lineTransitions,
  type OrderState,
  type OrderType,
  orderAfterLines,
  orderTransitions,
} from './model.ts';
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
