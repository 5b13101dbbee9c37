/** What the console API says about who uses joint-operation products (settlement.md 8, S-70 … S-75). */
import { z } from 'zod';
import { localized } from './schemas.ts';

const day = z.iso.date().openapi({ example: '2026-10-31' });
const count = z.number().int();
/** a fraction of one; null = there is nothing to divide by */
const rate = z.number().nullable();

export const activityFigures = z
  .object({
    projects: count,
    opened: count,
    openingRate: rate,
    activeProjects: count,
    projectActivity: rate,
    authorised: count,
    activeUsers: count,
    userActivity: rate,
  })
  .openapi('ActivityFigures');

/** The last `days` that have figures, or the days from one to another. */
export const activityQuery = z.object({
  days: z.coerce.number().int().min(1).max(30).default(7),
  from: day.optional(),
  to: day.optional(),
});
export const activityFilter = z.object({ from: day, to: day, goodsId: z.string().min(1).max(64).optional() });

const range = { from: day, to: day, lastDay: day };
const days = z.array(z.object({ day, activeProjects: count, activeUsers: count }));
const product = { goodsId: z.string(), name: localized, sellerName: z.string() };

export const activity = z
  .object({
    ...range,
    total: activityFigures,
    days,
    products: z.array(z.object({ ...product, figures: activityFigures })),
  })
  .openapi('Activity');

export const productActivity = z
  .object({
    ...range,
    ...product,
    total: activityFigures,
    days,
    /** those with the most active users first, at most 200; an export has all */
    customers: z.array(
      z.object({
        buyerId: z.string(),
        name: z.string(),
        opened: z.boolean(),
        authorised: count,
        activeUsers: count,
        userActivity: rate,
      }),
    ),
  })
  .openapi('ProductActivity');

export type ActivityFigures = z.infer<typeof activityFigures>;
export type ActivityView = z.infer<typeof activity>;
export type ProductActivityView = z.infer<typeof productActivity>;
