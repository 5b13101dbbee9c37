import * as z from 'zod/mini';
import { compact, paging, text } from './params.ts';

/** What stands in the URL of the pages about what buyers pay with. */

const schemas = {
  /** as the gateway's address has it; amount and signature are for the gateway itself */
  cashier: z.object({ paymentId: text(64) }),
  purses: z.object({ ...paging, buyerId: text(64) }),
};

export const parseCashierSearch = (raw: unknown): { readonly paymentId: string } => ({
  paymentId: schemas.cashier.parse(raw).paymentId ?? '',
});
export type PurseSearch = z.infer<typeof schemas.purses>;
export const parsePurseSearch = (raw: unknown): PurseSearch => compact(schemas.purses.parse(raw));
