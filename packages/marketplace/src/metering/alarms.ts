/**
 * Alarms: what a buyer asked to be warned of, and the looks at it. Packages are looked at when something was drawn from
 * them, the balance when something was charged (N-28); news goes to notification as `metering.package-low`,
 * `metering.package-used-up`, `metering.package-ending` and `metering.balance-low`.
 */
import { instancesByIds, packagesOfBuyer } from '../instances/index.ts';
import { balanceOf } from '../ledger/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import { type Currency, decimal, money, plain } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { SITES } from '../platform/site.ts';
import {
  type AlarmSettings,
  alarmOf,
  isWatched,
  levelsReached,
  newlyReached,
  type PackageAlarm,
  thresholdOf,
} from './alarm-rules.ts';
import type { WatchedPackage } from './alarm-store.ts';
import * as store from './alarm-store.ts';
import type { UsagePackageFacts } from './definition.ts';
import { balanceLow, packageEnding, packageReached } from './events.ts';
import { wakeOwing } from './meter-store.ts';
import { type OwnedPackage, withFacts } from './meters.ts';
import { quotaStart } from './timing.ts';

const ANY = { scope: { kind: 'all' }, lock: false } as const;

/** Packages of a buyer, the latest first. @param placedBy null = of everybody */
export async function watchedPackages(
  executor: Executor,
  buyer: { readonly buyerId: string; readonly placedBy: string | null },
  now: Date,
): Promise<WatchedPackage[]> {
  return watch(executor, await withFacts(executor, await packagesOfBuyer(executor, buyer)), now);
}

export const alarmSettings = store.settingsOf;

export async function setAlarms(tx: Tx, buyerId: string, settings: AlarmSettings): Promise<void> {
  await store.saveSettings(tx, buyerId, settings);
}

/**
 * @param alarm null = as the account. Refuses NOT_FOUND, and PACKAGE_ALARM for what is no package, a package that is filled
 * anew within a week, or a quantity beyond its quota.
 */
export async function setPackageAlarm(
  tx: Tx,
  asked: {
    readonly buyerId: string;
    readonly placedBy: string | null;
    readonly resourceId: string;
    readonly alarm: PackageAlarm | null;
  },
  now: Date,
): Promise<Result<WatchedPackage>> {
  const { resourceId, alarm, buyerId, placedBy } = asked;
  const scope = { kind: 'buyer', buyerId, placedBy } as const;
  const instances = await instancesByIds(tx, [resourceId], { scope, lock: true });
  if (instances.length === 0) return refuse('NOT_FOUND', 'there is no such package');
  const owned = await withFacts(tx, instances);
  const [found] = await watch(tx, owned, now);
  if (!found || !isWatched(found.facts))
    return refuse('PACKAGE_ALARM', 'N-28: only packages that do not reset within a week have an alarm');
  const { quota } = found.facts;
  const threshold = alarm && thresholdOf(alarm, quota);
  if (threshold !== null && decimal(threshold).gt(quota))
    return refuse('PACKAGE_ALARM', 'N-28: the alarm lies beyond the quota', { quota });
  await store.saveAlarm(tx, resourceId, buyerId, alarm);
  const [saved = found] = await watch(tx, owned, now);
  return ok(saved);
}

/** Something was drawn from these packages. */
export async function lookAtPackages(platform: Platform, tx: Tx, packageIds: readonly string[], now: Date) {
  const ids = [...new Set(packageIds)];
  await store.lockAlarms(tx, ids);
  const owned = await withFacts(tx, await instancesByIds(tx, ids, ANY));
  for (const each of await watch(tx, owned, now)) {
    if (!isWatched(each.facts)) continue;
    const reached = levelsReached(each.rest, each.threshold);
    const level = newlyReached(reached, await store.toldLevels(tx, each.facts.resourceId, each.window));
    await store.noteLevels(tx, each.facts.resourceId, each.window, reached, now);
    if (level !== null) await platform.events.publish(tx, [packageReached(each, level, now)], now);
  }
}

/** Instances remind of an end that comes near; of a package it is told what of it would lapse. */
export async function tellEnding(
  platform: Platform,
  tx: Tx,
  ends: readonly { readonly resourceId: string; readonly daysLeft: number }[],
  now: Date,
): Promise<void> {
  const owned = await withFacts(
    tx,
    await instancesByIds(
      tx,
      ends.map(({ resourceId }) => resourceId),
      ANY,
    ),
  );
  const packages = await watch(tx, owned, now);
  for (const { resourceId, daysLeft } of ends) {
    const found = packages.find((each) => each.facts.resourceId === resourceId);
    if (found && decimal(found.rest).gt(0))
      await platform.events.publish(tx, [packageEnding(found, daysLeft, now)], now);
  }
}

/** Something was taken from these balances. */
export async function lookAtBalances(
  platform: Platform,
  tx: Tx,
  charged: readonly { readonly buyerId: string; readonly currency: Currency; readonly traceId: string }[],
  now: Date,
): Promise<void> {
  const asked = new Map(charged.map((each) => [each.buyerId, each]));
  for (const { buyerId, below, told } of await store.balanceAlarms(tx, [...asked.keys()])) {
    const about = asked.get(buyerId);
    if (!about) continue;
    const balance = await balanceOf(tx, buyerId, about.currency);
    const low = decimal(balance.amount).lt(below);
    if (low === told) continue;
    await store.noteBalance(tx, buyerId, low ? now : null);
    if (low)
      await platform.events.publish(
        tx,
        [balanceLow({ ...about, balance, below: money(below, about.currency) }, now)],
        now,
      );
  }
}

/** Money came: what this buyer owes is tried again at once, and a balance that has recovered is watched anew. @returns whether anything is owed */
export async function moneyCame(
  { config }: Platform,
  executor: Executor,
  buyerId: string,
  now: Date,
): Promise<boolean> {
  const { amount } = await balanceOf(executor, buyerId, SITES[config.site].currency);
  await store.recoveredBalance(executor, buyerId, amount);
  return wakeOwing(executor, buyerId, now);
}

async function watch(executor: Executor, owned: readonly OwnedPackage[], now: Date): Promise<WatchedPackage[]> {
  const ids = owned.map(({ facts }) => facts.resourceId);
  const [own, drawn] = [await store.ownAlarms(executor, ids), await store.drawnOf(executor, ids)];
  const settings = new Map<string, AlarmSettings>();
  for (const buyerId of new Set(owned.map(({ instance }) => instance.buyerId)))
    settings.set(buyerId, await store.settingsOf(executor, buyerId));
  return owned.flatMap(({ instance, facts }): WatchedPackage[] => {
    const account = settings.get(instance.buyerId);
    if (!account) return [];
    const alarm = own.get(facts.resourceId);
    const window = quotaStart(facts, momentOf(facts, now), instance.site);
    const used = drawn.find(
      (each) => each.packageId === facts.resourceId && each.window.getTime() === window.getTime(),
    );
    const rest = plain(decimal(facts.quota).minus(used?.drawn ?? '0'));
    const threshold = isWatched(facts) ? thresholdOf(alarmOf(alarm, account), facts.quota) : null;
    return [{ instance, facts, window, rest, own: alarm ?? null, threshold }];
  });
}

/** Of a package that is over, the last quota counts. */
const momentOf = ({ to }: UsagePackageFacts, now: Date): Date =>
  to !== null && to <= now ? new Date(to.getTime() - 1) : now;
