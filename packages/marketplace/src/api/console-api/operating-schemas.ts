/** What the console API says about how a seller's business runs (S-76). */
import { z } from 'zod';
import { localized, money } from './schemas.ts';

const day = z.iso.date().openapi({ example: '2026-10-31' });
const count = z.number().int();

export const operatingFigures = z
  .object({
    /** paid orders without trials */
    orders: count,
    sales: money,
    /** of the orders and of the sales */
    renewals: count,
    renewalSales: money,
    /** paid for what was used */
    usage: money,
    refunds: count,
    refunded: money,
    /** sales and usage less refunds */
    income: money,
    /** members that used a joint-operation product (S-72); null = none of the products counts its users */
    activeUsers: count.nullable(),
  })
  .openapi('OperatingFigures');

export const operating = z
  .object({
    ...{ from: day, to: day, lastDay: day },
    total: operatingFigures,
    days: z.array(z.object({ day, figures: operatingFigures })),
    /** those that earned most first */
    products: z.array(z.object({ goodsId: z.string(), name: localized, figures: operatingFigures })),
  })
  .openapi('Operating');

export type OperatingFigures = z.infer<typeof operatingFigures>;
export type OperatingView = z.infer<typeof operating>;
