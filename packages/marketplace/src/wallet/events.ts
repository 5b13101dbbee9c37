/** What the wallet tells, as schemas: a subscriber parses what it hears. */
import { z } from 'zod';
import { INSTRUMENTS } from './kinds.ts';
import type { LinePart } from './payment-rules.ts';

/** What pays an order line, as it is kept with the line. */
export const linePart: z.ZodType<LinePart> = z.object({
  instrument: z.enum(INSTRUMENTS),
  purseId: z.string().nullable(),
  amount: z.string(),
  month: z.string().nullable(),
  given: z.string(),
});

const owed = z.object({ amount: z.string(), currency: z.enum(['CNY', 'USD', 'EUR']) });
/** `wallet.statement-issued`: a month on credit is over and has to be repaid until `dueAt` */
export const statementIssued = z.object({
  buyerId: z.string(),
  month: z.string(),
  dueAt: z.iso.datetime().nullable(),
  owed,
});
/** `wallet.month-repaid`: nothing of a month is owed any more; many purchases come as several events (S2-3) */
export const monthRepaid = z.object({
  buyerId: z.string(),
  month: z.string(),
  charged: z.array(z.object({ subject: z.enum(['ORDER', 'USAGE', 'BUYER']), reference: z.string() })),
});
