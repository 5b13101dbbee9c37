/** Usage: taken in, rated, charged (settlement.md 3.7, openapi.md 5.2). */
export { type AlarmSettings, isWatched, type PackageAlarm } from './alarm-rules.ts';
export { alarmSchema } from './alarm-schema.ts';
export type { WatchedPackage } from './alarm-store.ts';
export { alarmSettings, moneyCame, setAlarms, setPackageAlarm, watchedPackages } from './alarms.ts';
export { BILLED_AT_ONCE, runMetering } from './billing.ts';
export { type Charge, chargeById, paidCharges } from './charge-store.ts';
export { type Reversal, rateAgain, reverseCharge } from './correction.ts';
export {
  CHARGE_STATES,
  type ChargeState,
  chargeTransitions,
  RECORD_STATES,
  type RecordState,
  recordTransitions,
} from './definition.ts';
export { arrears, toldCharge, type UsageCharged, usageCharged } from './events.ts';
export { type Forecast, forecastMonth, forecastOf } from './forecast.ts';
export { forgetUsage } from './housekeeping.ts';
export { type Push, type PushResult, takeUsage } from './intake.ts';
export { invoicedUsage, invoicedUsageSchema, markInvoicedUsage, unmarkInvoicedUsage } from './invoicing.ts';
export type { Outcome } from './judging.ts';
export { type SellerUsage, type ToRepair, usageOfSellers, usageToRepair } from './overview.ts';
export { ensurePartitions } from './partitions.ts';
export {
  chargesOf,
  type MeteredService,
  meteredServices,
  type RecordOfSeller,
  recordsOf,
  recordsOfScope,
  rejectionsOf,
  type ShownRecord,
  type ShownRejection,
  type UsagePoint,
  usagePaidByDay,
  usageSeries,
} from './queries.ts';
export { giveUsagePrice, usagePricesOf } from './repair.ts';
export { type Figures, previewRerating, type RatedAnew, type Rerating, rerate } from './rerating.ts';
export { METERS, meteringSchema } from './schema.ts';
export { serialKeys } from './serial-keys.ts';
export { meteringSubscriptions } from './subscribers.ts';
