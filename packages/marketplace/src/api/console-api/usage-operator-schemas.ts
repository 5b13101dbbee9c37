/** Usage over all sellers, repairs and rating anew, as the console API says and hears them. */
import { z } from 'zod';
import { instant, localized, money } from './schemas.ts';
import { decimalText } from './usage-schemas.ts';

const count = z.number().int();

export const overviewQuery = z.object({ days: z.coerce.number().int().min(1).max(31).default(7) });
export const sellerUsage = z
  .object({
    sellerId: z.string(),
    sellerName: z.string(),
    services: count,
    /** taken, of usage in the time that is looked at */
    records: count,
    late: count,
    rejected: count,
    /** taken and not rated, of any time */
    unrated: count,
    /** services whose billing is overdue */
    heldUp: count,
    /** services with a charge that is not paid */
    owing: count,
  })
  .openapi('SellerUsage');
export const usageOverview = z.object({ days: count, items: z.array(sellerUsage) }).openapi('UsageOverview');

const usagePrice = z.object({
  priceItemId: z.string(),
  mode: z.enum(['LINEAR', 'TIER', 'STEP']),
  brackets: z.array(z.object({ from: z.number(), to: z.number().nullable(), unitPrice: z.string() })),
  currency: z.enum(['CNY', 'USD', 'EUR']),
});
export const usageRepair = z
  .object({
    resourceId: z.string(),
    sellerName: z.string(),
    buyerName: z.string(),
    productName: localized,
    specificationName: localized,
    /** NO_PRICE: give one of `prices`; UNRATED: rate again; HELD_UP: billing failed and is tried again by itself */
    reason: z.enum(['NO_PRICE', 'UNRATED', 'HELD_UP']),
    records: count,
    usage: decimalText,
    since: instant,
    prices: z.array(usagePrice),
  })
  .openapi('UsageRepair');
export const usageRepairs = z.object({ items: z.array(usageRepair) }).openapi('UsageRepairs');

export const givenPrice = z.strictObject({ priceItemId: z.string().min(1).max(64) });
export const repaired = z.object({ records: count });

export const reratingQuery = z.object({ since: z.iso.datetime({ offset: true }) });
const figures = z.object({
  drawn: decimalText,
  charged: decimalText,
  refused: decimalText,
  amount: decimalText,
});
export const rerating = z
  .object({
    since: instant,
    charges: z.array(
      z.object({ chargeId: z.string(), billedAt: instant, before: figures, after: figures, differs: z.boolean() }),
    ),
    /** how many of the charges since then differ; `charges` shows the first of them */
    differing: count,
    rated: count,
    /** what the buyer would pay more; below zero = get back */
    difference: money,
  })
  .openapi('Rerating');
export const newRerating = z.strictObject({
  since: z.iso.datetime({ offset: true }),
  reason: z.string().trim().min(1).max(500),
  /** as previewed: another one by now is refused */
  difference: z.string().regex(/^-?\d{1,15}(\.\d{1,2})?$/),
});
export const rerated = z.object({ reversed: count });

export type SellerUsageView = z.infer<typeof sellerUsage>;
export type UsageOverviewView = z.infer<typeof usageOverview>;
export type UsageRepairView = z.infer<typeof usageRepair>;
export type UsageRepairsView = z.infer<typeof usageRepairs>;
export type ReratingView = z.infer<typeof rerating>;
