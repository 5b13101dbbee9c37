/**
 * What the console API says of the books: months, trial balance, accounts, statements, the chain of seals. A balance is
 * what debits exceed credits by, negative where credits do. Months are `YYYYMM` in the site's zone.
 */
import { z } from 'zod';
import { instant, localized, pageQuery } from './schemas.ts';

const amount = z.string().openapi({ example: '1140.00' });
const month = z.string().openapi({ example: '202401' });
const currency = z.string().openapi({ example: 'CNY' });
const askedMonth = z.string().regex(/^20\d{2}(0[1-9]|1[0-2])$/, 'a month, YYYYMM');
const askedCurrency = z.enum(['CNY', 'USD', 'EUR']);

const turnover = { currency, opening: amount, debit: amount, credit: amount, closing: amount };

/** CURRENT: not over yet. OPEN: over, can be closed in its turn. CLOSED: never changes again. */
export const ledgerMonth = z
  .object({
    month,
    state: z.enum(['CURRENT', 'OPEN', 'CLOSED']),
    closedAt: instant.nullable(),
    closedBy: z.string().nullable(),
  })
  .openapi('LedgerMonth');

export const ledgerState = z
  .object({
    /** newest first */
    months: z.array(ledgerMonth),
    /** the one that can be closed now; null = none is over */
    closable: month.nullable(),
    chain: z.object({
      seals: z.number().int(),
      /** the hash of the last seal; null = nothing is sealed yet */
      hash: z.string().nullable(),
      sealedAt: instant.nullable(),
      /** entries of the last seconds that no seal holds yet: they are in no month yet */
      unsealed: z.number().int(),
    }),
  })
  .openapi('LedgerState');

export const ledgerMonthQuery = z.object({ month: askedMonth });
const accountType = z.enum(['asset', 'liability', 'income', 'expense']);
export const ledgerTrialRow = z
  .object({
    kind: z.string(),
    name: localized,
    type: accountType,
    accounts: z.number().int(),
    ...turnover,
  })
  .openapi('LedgerTrialRow');
export const ledgerTrial = z
  .object({
    month,
    rows: z.array(ledgerTrialRow),
    /** per currency; balanced = debits equal credits, and all balances add up to nothing */
    totals: z.array(z.object({ currency, debit: amount, credit: amount, balanced: z.boolean() })),
  })
  .openapi('LedgerTrial');

export const ledgerAccountQuery = pageQuery.extend({ month: askedMonth, kind: z.string().min(1).max(64) });
export const ledgerAccount = z
  .object({
    account: z.string(),
    /** whose it is; null = the marketplace's own */
    holderName: z.string().nullable(),
    ...turnover,
  })
  .openapi('LedgerAccount');
export const ledgerAccountPage = z
  .object({
    kindName: localized,
    type: accountType,
    items: z.array(ledgerAccount),
    nextCursor: z.string().nullable(),
  })
  .openapi('LedgerAccountPage');

export const ledgerStatementQuery = pageQuery.extend({
  month: askedMonth,
  account: z.string().min(1).max(200),
  currency: askedCurrency,
});
export const ledgerStatementLine = z
  .object({
    entryId: z.string(),
    place: z.number().int(),
    kind: z.string(),
    reference: z.string(),
    /** when it happened; before the month when that one was closed already */
    occurredAt: instant,
    bookedAt: instant,
    debit: amount,
    credit: amount,
    balance: amount,
  })
  .openapi('LedgerStatementLine');
export const ledgerStatement = z
  .object({
    account: z.string(),
    kindName: localized,
    type: accountType,
    holderName: z.string().nullable(),
    turnover: z.object(turnover),
    items: z.array(ledgerStatementLine),
    nextCursor: z.string().nullable(),
  })
  .openapi('LedgerStatement');

export const ledgerClosing = z.object({ month, accounts: z.number().int() }).openapi('LedgerClosing');

export const ledgerVerification = z
  .object({
    ok: z.boolean(),
    /** how many of the newest seals were checked, and the entries in them; the sums are those of the whole ledger */
    seals: z.number().int(),
    entries: z.number().int(),
    faults: z.array(
      z.object({
        kind: z.enum(['altered', 'removed', 'inserted', 'seal', 'unbalanced', 'balance', 'month']),
        entryId: z.string().nullable(),
        sealNumber: z.number().int().nullable(),
        message: localized,
      }),
    ),
    more: z.boolean(),
    checkedAt: instant,
  })
  .openapi('LedgerVerification');

export type LedgerState = z.infer<typeof ledgerState>;
export type LedgerTrial = z.infer<typeof ledgerTrial>;
export type LedgerTrialRow = z.infer<typeof ledgerTrialRow>;
export type LedgerAccountPage = z.infer<typeof ledgerAccountPage>;
export type LedgerAccount = z.infer<typeof ledgerAccount>;
export type LedgerStatement = z.infer<typeof ledgerStatement>;
export type LedgerStatementLine = z.infer<typeof ledgerStatementLine>;
export type LedgerVerification = z.infer<typeof ledgerVerification>;
