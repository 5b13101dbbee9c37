/** The running subscriptions: their lives from payment to release, and what may be done with them. */
export { checkRenewalChange } from './change-check.ts';
export {
  type Conversion,
  change,
  convert,
  cure,
  freezeForViolation,
  type Ordering,
  quoteChange,
  quoteConversion,
  quoteRenewal,
  type RenewalItem,
  renew,
  setExpiryPolicy,
} from './commands.ts';
export {
  type Difference,
  type DifferenceKind,
  differences,
  nextComparisons,
  runComparisons,
  startComparison,
} from './comparison.ts';
export {
  DAYS_AFTER_EXPIRY,
  type ExpiryPolicy,
  INSTANCE_STATES,
  type InstanceState,
  instanceTransitions,
  type PendingChange,
  type StepKind,
  type Violation,
} from './definition.ts';
export { nextStepAt, runDue } from './due.ts';
export { instancesNamed, packagesOf, packagesOfBuyer } from './metered.ts';
export { afterExpiry, nextRenewalAt, nextStep } from './model.ts';
export { type Option, type Options, optionsOf } from './options.ts';
export { type Period, type PeriodState, periodState, periodsOf } from './periods.ts';
export {
  type AskForRefund,
  decideOnRefund,
  quoteRefund,
  type RefundQuote,
  type Unsubscribe,
  unsubscribe,
} from './refunds.ts';
export { DEFAULT_SETTINGS, type RenewalSettings, renewalSettingsOf, setRenewalSettings } from './renewal-settings.ts';
export { resourceOf } from './resource.ts';
export type { Instance } from './row.ts';
export { isLiving, mayCure, mayFreeze } from './rules.ts';
export { customersOfProducts, type RunningOfSeller, runningOfProduct, runningOfSeller } from './running.ts';
export { COMPARISONS, INSTANCES, instancesSchema } from './schema.ts';
export {
  type InstanceListQuery,
  instanceById,
  instancesByIds,
  instancesByState,
  instancesOfBuyers,
  listInstances,
  nextToStep,
  positionIn,
} from './store.ts';
export { instancesSubscriptions } from './subscribers.ts';
