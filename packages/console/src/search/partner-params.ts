import type { CommissionLineView } from '@jishi/marketplace/console-api';
import * as z from 'zod/mini';
import { compact, oneOf, paging, text } from './params.ts';
import { billStates } from './settlement-params.ts';

/** What stands in the URL of the pages of commissions. */

export const commissionStates = [
  'BILLED',
  'READY',
  'WAITING',
  'NONE',
] as const satisfies readonly CommissionLineView['state'][];

const period = z.catch(z.optional(z.string().check(z.regex(/^20\d{2}(0[1-9]|1[0-2])$/))), undefined);
const schema = z.object({
  ...paging,
  period,
  orderId: text(64),
  state: oneOf(commissionStates),
});
export type CommissionSearch = z.infer<typeof schema>;
export const parseCommissionSearch = (raw: unknown): CommissionSearch => compact(schema.parse(raw));

const billSchema = z.object({ ...paging, period, state: oneOf(billStates), distributorId: text(64) });
export type CommissionBillSearch = z.infer<typeof billSchema>;
export const parseCommissionBillSearch = (raw: unknown): CommissionBillSearch => compact(billSchema.parse(raw));
