import * as z from 'zod/mini';
import { compact, oneOf } from './params.ts';

/** What stands in the URLs of activity pages: the last days, or the days from one to another (S-71). */

const day = z.catch(z.optional(z.iso.date()), undefined);
const activity = z.object({ days: oneOf(['7', '30']), from: day, to: day });
export type ActivitySearch = z.infer<typeof activity>;
export const parseActivitySearch = (raw: unknown): ActivitySearch => compact(activity.parse(texts(raw)));

/** A number in the address is read as one. */
const texts = (raw: unknown): unknown =>
  typeof raw === 'object' && raw !== null && 'days' in raw ? { ...raw, days: String(raw.days) } : raw;

/** Figures of the operating analysis: its cards, lines and columns (S-76). */
export const OPERATING_COLUMNS = [
  'orders',
  'sales',
  'renewals',
  'renewalSales',
  'usage',
  'refunds',
  'refunded',
  'income',
  'activeUsers',
] as const;
export type OperatingColumn = (typeof OPERATING_COLUMNS)[number];

/** What is measured by the line, and which columns are hidden, joined by dots. */
const operating = z.extend(activity, {
  line: oneOf(OPERATING_COLUMNS),
  hidden: z.catch(z.optional(z.string()), undefined),
});
export type OperatingSearch = z.infer<typeof operating>;
export const parseOperatingSearch = (raw: unknown): OperatingSearch => compact(operating.parse(texts(raw)));
export const hiddenColumns = ({ hidden = '' }: OperatingSearch): OperatingColumn[] =>
  OPERATING_COLUMNS.filter((name) => hidden.split('.').includes(name));
