/** What the wallet tells, as schemas: a subscriber parses what it hears. */
import { z } from 'zod';
import { INSTRUMENTS, PURSE_KINDS } from './kinds.ts';
import type { LinePart } from './payment-rules.ts';

/** What pays an order line, as it is kept with the line. */
export const linePart: z.ZodType<LinePart> = z.object({
  instrument: z.enum(INSTRUMENTS),
  purseId: z.string().nullable(),
  amount: z.string(),
  month: z.string().nullable(),
  given: z.string(),
});

const money = z.object({ amount: z.string(), currency: z.enum(['CNY', 'USD', 'EUR']) });
/** `wallet.purse-granted`, `wallet.purse-ending`, `wallet.purse-withdrawn`: `left` is what can be spent, or was taken back */
export const purseTold = z.object({
  buyerId: z.string(),
  purseId: z.string(),
  kind: z.enum(PURSE_KINDS),
  left: money,
  validFrom: z.iso.datetime(),
  validTo: z.iso.datetime().nullable(),
});

/** `wallet.statement-issued`: a month on credit is over and has to be repaid until `dueAt` */
export const statementIssued = z.object({
  buyerId: z.string(),
  month: z.string(),
  dueAt: z.iso.datetime().nullable(),
  owed: money,
});
/** `wallet.statement-due`: it is still not repaid so many days before that; less than none = it is overdue */
export const statementDue = statementIssued.extend({ daysLeft: z.number() });
/** `wallet.month-repaid`: nothing of a month is owed any more; many purchases come as several events (S2-3) */
export const monthRepaid = z.object({
  buyerId: z.string(),
  month: z.string(),
  charged: z.array(z.object({ subject: z.enum(['ORDER', 'USAGE', 'BUYER']), reference: z.string() })),
});
