/** Delivery: signed calls to sellers, their repeats, what came of them. */
export { type Attempt, type AttemptSummary, attemptsOf, attemptsOfTrace } from './attempts.ts';
export type { AccessData } from './call.ts';
export { maskBody, maskBytes, storable } from './mask.ts';
export { type CallPolicy, nextAttempt, policyOf } from './policy.ts';
export { CALLS, fulfilmentSchema, fulfilmentSealed } from './schema.ts';
export { accessDataOf, policyFor, restart, restartFaults } from './service.ts';
export {
  type CallListQuery,
  callById,
  callsByHour,
  callsByState,
  forgetCalls,
  type HourOfCalls,
  listCalls,
  type SellerCall,
} from './store.ts';
export { fulfilmentSubscriptions } from './subscribers.ts';
export { type ViewedAccess, viewAccess } from './view.ts';
export { type Caller, createCaller, makeDueCalls, startCalling } from './worker.ts';
