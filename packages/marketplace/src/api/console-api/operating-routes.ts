/**
 * 运营分析: what a seller's products sold, product by product and day by day (S-76). Its card *traffic* is not here: visits to
 * product pages are not recorded. Who uses the products stands beside the sales instead, as far as it is known (S-72).
 */
import type { Scope } from '../../directory/index.ts';
import { usagePaidByDay } from '../../metering/index.ts';
import { tradeByDay } from '../../ordering/index.ts';
import {
  ACTIVITY_ZONE,
  type DayRange,
  dayAfter,
  daysActive,
  daysOf,
  endOfDay,
  figuresOf,
  lastDay,
  projectsOf,
} from '../../people/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import { rangeOf, seenProducts } from './activity-routes.ts';
import { activityQuery } from './activity-schemas.ts';
import { operatingFigures } from './operating-figures.ts';
import * as schemas from './operating-schemas.ts';
import { productNames } from './present-opinion.ts';
import { type ConsoleRoute, read } from './route.ts';

export const operatingRoutes: ConsoleRoute[] = [
  read({
    path: '/operating',
    summary: 'Orders, renewals, income, refunds and active users of a range of days, by day and by product (S-76)',
    action: 'activity.view',
    query: activityQuery,
    response: schemas.operating,
    async run({ platform, scope, now }, query) {
      const range = rangeOf(query, now);
      return range.ok ? ok({ ...(await operatingOf(platform, scope, range.value)), lastDay: lastDay(now) }) : range;
    },
  }),
];

/** For the page and for its export. */
export async function operatingOf(
  { db, config }: Pick<Platform, 'db' | 'config'>,
  scope: Scope,
  range: DayRange,
): Promise<Omit<schemas.OperatingView, 'lastDay'>> {
  const { currency } = SITES[config.site];
  const asked = {
    ...{ scope, currency, timeZone: ACTIVITY_ZONE },
    ...{ from: endOfDay(dayAfter(range.from, -1)), to: endOfDay(range.to) },
  };
  const joint = await seenProducts(db, scope);
  const counted = { goodsIds: joint.map(({ goodsId }) => goodsId), buyerId: null, range };
  const [trade, usage, projects, active] = await Promise.all([
    tradeByDay(db, asked),
    usagePaidByDay(db, asked),
    projectsOf(db, counted),
    daysActive(db, counted),
  ]);
  const goodsIds = [
    ...new Set([...trade, ...usage, ...projects.filter((each) => each.active > 0)].map((each) => each.goodsId)),
  ];
  const nameOf = await productNames(db, goodsIds);
  const users = (goodsId: string | null): number | null => {
    if (!joint.some((each) => goodsId === null || each.goodsId === goodsId)) return null;
    return figuresOf(projects.filter((each) => goodsId === null || each.goodsId === goodsId)).activeUsers;
  };
  const activeOn = new Map(active.map(({ day, activeUsers }) => [day, activeUsers]));
  return {
    ...range,
    total: operatingFigures({ trade, usage, activeUsers: users(null) }, currency),
    days: Array.from({ length: daysOf(range) }, (_, place) => dayAfter(range.from, place)).map((day) => ({
      day,
      figures: operatingFigures(
        {
          trade: trade.filter((each) => each.day === day),
          usage: usage.filter((each) => each.day === day),
          activeUsers: joint.length === 0 ? null : (activeOn.get(day) ?? 0),
        },
        currency,
      ),
    })),
    products: goodsIds
      .map((goodsId) => ({
        ...{ goodsId, name: nameOf(goodsId) },
        figures: operatingFigures(
          {
            trade: trade.filter((each) => each.goodsId === goodsId),
            usage: usage.filter((each) => each.goodsId === goodsId),
            activeUsers: users(goodsId),
          },
          currency,
        ),
      }))
      .toSorted((a, b) => Number(b.figures.income.amount) - Number(a.figures.income.amount)),
  };
}
