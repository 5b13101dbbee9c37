/** Signed calls to sellers from creation to release, their repeats, what came of them. */
export { accessDataOf } from './access.ts';
export { type Attempt, type AttemptSummary, attemptsOf, attemptsOfResource, attemptsOfTrace } from './attempts.ts';
export {
  type ByHand,
  closeCall,
  MOST_RESTARTED,
  type Restarted,
  restart,
  restartFaults,
  restartMany,
  stopCall,
} from './by-hand.ts';
export { type ChangeCheck, type ChangeCheckRequest, changeCheckOf, checkChange } from './change-check.ts';
export { type ComparisonRequest, requestComparison } from './comparison.ts';
export {
  attemptFailed,
  type CallEnded,
  callEnded,
  instancesCompared,
  type LicenceDelivered,
  licenceDelivered,
  lineFailed,
} from './events.ts';
export { LICENCE_PURPOSE } from './follow-up.ts';
export { callKit, type KitCall, type KitOutcome } from './kit-call.ts';
export { openLicence } from './licence.ts';
export {
  type CallListQuery,
  callById,
  callsByHour,
  callsByState,
  forgetCalls,
  type HourOfCalls,
  listCalls,
  nextCalls,
} from './list.ts';
export { maskBody, maskBytes, storable } from './mask.ts';
export { type OrderNotice, orderNotices, removeOrderNotice, setOrderNotice } from './order-notice.ts';
export { type CallPolicy, CN_OLD, nextAttempt, policyOf } from './policy.ts';
export type { AccessData } from './protocol/index.ts';
export { linearCodeOf } from './purchase.ts';
export { CALLS, fulfilmentSchema, fulfilmentSealed } from './schema.ts';
export { policyFor } from './service.ts';
export type { SellerCall } from './store.ts';
export { fulfilmentSubscriptions } from './subscribers.ts';
export { type ViewedAccess, type ViewSubject, viewAccess } from './view.ts';
export { type Caller, createCaller, makeDueCalls, startCalling } from './worker.ts';
