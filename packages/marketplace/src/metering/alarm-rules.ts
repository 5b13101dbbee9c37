/**
 * When a buyer is warned (N-28, section 9 of license-and-other-types.md). Pure. A level is told once each time that it is
 * reached: what rises above it again, by a reversal or a new quota, is told anew when it falls.
 */
import { decimal, plain } from '../platform/money.ts';
import type { UsagePackageFacts } from './definition.ts';

/** PERCENT of the quota, or a QUANTITY of it */
export type PackageAlarm = { readonly kind: 'PERCENT' | 'QUANTITY'; readonly value: string } | { readonly kind: 'OFF' };

export interface AlarmSettings {
  /** in the currency of the site; null = the balance is not watched */
  readonly balanceBelow: string | null;
  /** of every package that has no alarm of its own; null = none */
  readonly packagePercent: number | null;
}
export const DEFAULT_ALARMS: AlarmSettings = { balanceBelow: null, packagePercent: 20 };

export const alarmOf = (own: PackageAlarm | undefined, { packagePercent }: AlarmSettings): PackageAlarm =>
  own ?? (packagePercent === null ? { kind: 'OFF' } : { kind: 'PERCENT', value: String(packagePercent) });

const SHORT: readonly UsagePackageFacts['resetting'][] = ['hour', 'day', 'week'];
/** What is filled anew within a week would only be told all the time. */
export const isWatched = ({ resetting }: Pick<UsagePackageFacts, 'resetting'>): boolean => !SHORT.includes(resetting);

/** In the unit of the package; null = no alarm. */
export function thresholdOf(alarm: PackageAlarm, quota: string): string | null {
  if (alarm.kind === 'OFF') return null;
  return alarm.kind === 'QUANTITY' ? alarm.value : plain(decimal(quota).times(alarm.value).dividedBy(100));
}

export type Level = 'LOW' | 'USED_UP';
/** The levels that a rest has reached; a package that is used up is low too. */
export function levelsReached(rest: string, threshold: string | null): readonly Level[] {
  if (decimal(rest).lte(0)) return ['LOW', 'USED_UP'];
  return threshold !== null && decimal(rest).lte(threshold) ? ['LOW'] : [];
}

/** @returns what is told now: the graver of those that are new */
export function newlyReached(reached: readonly Level[], told: readonly Level[]): Level | null {
  return reached.filter((level) => !told.includes(level)).at(-1) ?? null;
}
