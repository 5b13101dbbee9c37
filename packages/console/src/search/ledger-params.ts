import * as z from 'zod/mini';
import { compact, oneOf, paging, text } from './params.ts';

/** What stands in the URL of the ledger's pages. */

const month = z.catch(z.optional(z.string().check(z.regex(/^20\d{2}(0[1-9]|1[0-2])$/))), undefined);

const schemas = {
  ledger: z.object({ month }),
  accounts: z.object({ ...paging, month, kind: text(64) }),
  statement: z.object({ ...paging, month, account: text(200), currency: oneOf(['CNY', 'USD', 'EUR']) }),
};

export type AccountSearch = z.infer<typeof schemas.accounts>;
export type StatementSearch = z.infer<typeof schemas.statement>;

export const parseLedgerSearch = (raw: unknown): z.infer<typeof schemas.ledger> => compact(schemas.ledger.parse(raw));
export const parseAccountSearch = (raw: unknown): AccountSearch => compact(schemas.accounts.parse(raw));
export const parseStatementSearch = (raw: unknown): StatementSearch => compact(schemas.statement.parse(raw));
