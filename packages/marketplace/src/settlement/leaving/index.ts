/** Leaving the marketplace (S4-7). */
export {
  HINDRANCES,
  type Hindrance,
  type HindranceKind,
  LEAVING_STATES,
  type LeavingState,
  leavingTransitions,
  mayTakeTheRest,
} from './model.ts';
export { leavingSchema } from './schema.ts';
export { type ApplyToLeave, applyToLeave, decideLeaving, takeTheRest, withdrawLeaving } from './service.ts';
export { type Found, standingOf as hindrancesTo } from './standing.ts';
export { type Leaving, type LeavingQuery, lastLeaving, leavingById, listLeavings } from './store.ts';
export {
  declareNoInvoice,
  MOST_UNINVOICED,
  type Statement,
  statementsOf,
  type Uninvoiced,
} from './uninvoiced.ts';
