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
