/** What a month may come to: the pace of the last days goes on, and is rated as usage is, packages and steps included. */
import { inTransaction } from '../platform/database/database.ts';
import { decimal, plain } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { localStart } from '../platform/site.ts';
import { carriedOf, openBooks } from './charge-store.ts';
import type { Meter, Usage, UsagePackageFacts } from './definition.ts';
import { lockMeter } from './meter-store.ts';
import { packagesFor } from './meters.ts';
import { type Carried, rate } from './model.ts';
import { usageSeries } from './queries.ts';

const HOUR_MS = 3_600_000;
/** long enough for a week's rhythm */
const PACE_DAYS = 7;

export interface Forecast {
  /** of the whole month: what was used, and what is expected */
  readonly usage: string;
  /** what is still to come of it, after packages */
  readonly amountToCome: string;
}

/** @param paceUsage used between `paceFrom` and `now` */
export function forecastMonth(input: {
  readonly meter: Pick<Meter, 'price' | 'terms' | 'site'>;
  readonly packages: readonly UsagePackageFacts[];
  readonly carried: Carried;
  readonly usedThisMonth: string;
  readonly paceUsage: string;
  readonly paceFrom: Date;
  readonly now: Date;
  readonly monthEnd: Date;
}): Forecast {
  const { meter, now, monthEnd, paceFrom } = input;
  const paceHours = Math.max(1, (now.getTime() - paceFrom.getTime()) / HOUR_MS);
  const perHour = decimal(input.paceUsage).dividedBy(paceHours).toDecimalPlaces(4);
  const hours = Math.max(0, Math.floor((monthEnd.getTime() - now.getTime()) / HOUR_MS));
  const toCome = perHour.times(hours);
  const usage = plain(decimal(input.usedThisMonth).plus(toCome));
  if (meter.price === null || toCome.isZero()) return { usage, amountToCome: '0.00' };
  const usages = Array.from({ length: hours }, (_, place): Usage => {
    const beginAt = new Date(now.getTime() + place * HOUR_MS);
    const endAt = new Date(beginAt.getTime() + HOUR_MS);
    return { recordId: String(place).padStart(4, '0'), beginAt, endAt, value: plain(perHour), packageInstanceId: null };
  });
  const { terms, site, price } = meter;
  const rating = rate({ price, terms, site, usages, packages: input.packages, carried: input.carried });
  return { usage, amountToCome: rating.amount };
}

/** null = there is no such meter */
export async function forecastOf(platform: Platform, resourceId: string, now: Date): Promise<Forecast | null> {
  return inTransaction(platform.db, async (tx) => {
    const meter = await lockMeter(tx, resourceId);
    if (!meter) return null;
    const packages = (await packagesFor(tx, [meter]))(meter);
    const packageIds = packages.map((each) => each.resourceId);
    const carried = carriedOf(await openBooks(tx, [resourceId], packageIds), meter);
    const monthStart = localStart(now, 'month', meter.site);
    const monthEnd = localStart(new Date(monthStart.getTime() + 32 * 24 * HOUR_MS), 'month', meter.site);
    const weekAgo = new Date(now.getTime() - PACE_DAYS * 24 * HOUR_MS);
    const paceFrom = meter.openedAt > weekAgo ? meter.openedAt : weekAgo;
    const used = async (from: Date) => {
      const points = await usageSeries(tx, { resourceId, from, to: now, unit: 'hour', site: meter.site });
      return plain(points.reduce((sum, { usage }) => sum.plus(usage), decimal('0')));
    };
    const [usedThisMonth, paceUsage] = [await used(monthStart), await used(paceFrom)];
    return forecastMonth({ meter, packages, carried, usedThisMonth, paceUsage, paceFrom, now, monthEnd });
  });
}
