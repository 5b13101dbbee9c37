/** Packages and alarms, as the console API says and hears them. */
import { z } from 'zod';
import { instant, localized, money } from './schemas.ts';
import { decimalText } from './usage-schemas.ts';

const quantity = z.string().regex(/^(?!0+(\.0+)?$)\d{1,15}(\.\d{1,4})?$/, 'above 0, at most 4 decimals');
const amount = z.string().regex(/^(?!0+(\.0+)?$)\d{1,12}(\.\d{1,2})?$/, 'above 0, at most 2 decimals');
const percent = z.number().int().min(1).max(99);

export const alarmSettings = z
  .object({
    balance: money,
    /** the balance is told once it is below; null = never */
    balanceBelow: money.nullable(),
    /** of packages without an alarm of their own; null = never */
    packagePercent: percent.nullable(),
  })
  .openapi('AlarmSettings');
export const newAlarmSettings = z.strictObject({
  balanceBelow: amount.nullable(),
  packagePercent: percent.nullable(),
});

export const packageAlarm = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ACCOUNT') }),
    z.strictObject({ kind: z.literal('OFF') }),
    z.strictObject({ kind: z.literal('PERCENT'), value: percent }),
    z.strictObject({ kind: z.literal('QUANTITY'), value: quantity }),
  ])
  .openapi('PackageAlarm');
export const newPackageAlarm = z.strictObject({ alarm: packageAlarm });

export const usagePackage = z
  .object({
    resourceId: z.string(),
    orderId: z.string(),
    productName: localized,
    specificationName: localized,
    quota: decimalText,
    /** of the quota that counts now */
    rest: decimalText,
    unit: localized,
    resetting: z.enum(['hour', 'day', 'week', 'month']).nullable(),
    stopWhenUsedUp: z.boolean(),
    from: instant,
    to: instant.nullable(),
    alarm: packageAlarm,
    /** it may have an alarm: it does not reset within a week */
    watched: z.boolean(),
    /** the rest at which it is told; null = it is not */
    threshold: decimalText.nullable(),
  })
  .openapi('UsagePackage');
export const usagePackages = z.object({ items: z.array(usagePackage) }).openapi('UsagePackages');

export type AlarmSettingsView = z.infer<typeof alarmSettings>;
export type PackageAlarmView = z.infer<typeof packageAlarm>;
export type UsagePackageView = z.infer<typeof usagePackage>;
export type UsagePackagesView = z.infer<typeof usagePackages>;
