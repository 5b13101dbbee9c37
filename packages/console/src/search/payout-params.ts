import * as z from 'zod/mini';
import { compact, oneOf, paging, text } from './params.ts';

/** What stands in the URL of the pages of pay-outs. */

export const bookingStates = ['OPEN', 'MATCHED', 'SET_ASIDE'] as const;
const schemas = {
  payout: z.object(paging),
  statements: z.object({ ...paging, state: oneOf(bookingStates), statementId: text(64) }),
};
export type PayoutSearch = z.infer<typeof schemas.payout>;
export type StatementSearch = z.infer<typeof schemas.statements>;

export const parsePayoutSearch = (raw: unknown): PayoutSearch => compact(schemas.payout.parse(raw));
export const parseStatementSearch = (raw: unknown): StatementSearch => compact(schemas.statements.parse(raw));
