/** Service supervision (服务监管): the flow of each product type, its answers, appeals, evidence (settlement.md 6). */

export { needsAcceptanceFacts } from './acceptance-file.ts';
export { canBeDoneInPlace, DECISION_WORKING_DAYS, mayAppeal, stepsBefore } from './appeal.ts';
export type {
  AcceptanceFacts,
  Appeal,
  Milestone,
  Operation,
  PlannedMilestone,
  Side,
  Supervision,
} from './definition.ts';
export {
  type Actor,
  FLOWS,
  type Flow,
  type FlowAction,
  flowOf,
  SUPERVISION_STATES,
  type SupervisionState,
  supervisionTransitions,
} from './flows.ts';
export {
  inParts,
  type MilestoneState,
  MOST_MILESTONES,
  mayPlan,
  milestoneStates,
  milestoneTransitions,
} from './milestones.ts';
export { currentMilestone, mayDo } from './model.ts';
export { REMIND, remind } from './reminders.ts';
export {
  type AppealDecision,
  appealDelivery,
  confirmRequirement,
  decideAppeal,
  rejectDelivery,
  rejectRequirement,
  reviewDelivery,
  stateOnAppeal,
} from './service.ts';
export { operationsOf, setTrack, TRACKS, type Track, tracksOf } from './store.ts';
