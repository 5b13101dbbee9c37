/** What a buyer pays with, as the console shows it. */
import type { z } from 'zod';
import { orderIdOf } from '../../ordering/index.ts';
import { type Currency, money } from '../../platform/money.ts';
import {
  availableOf,
  type CreditLine,
  type LinePart,
  type OnlinePayment,
  owedOf,
  type Part,
  type Statement,
  type StatementEntry,
  type StoredPurse,
} from '../../wallet/index.ts';
import type { Names } from './present.ts';
import type * as schemas from './wallet-schemas.ts';

type View<S extends z.ZodType> = z.infer<S>;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const presentPurse = (purse: StoredPurse, names: Names): View<typeof schemas.purse> => ({
  purseId: purse.purseId,
  buyerId: purse.buyerId,
  buyerName: names.buyer(purse.buyerId),
  kind: purse.kind,
  face: money(purse.face, purse.currency),
  left: money(purse.leftOver, purse.currency),
  validFrom: purse.validFrom.toISOString(),
  validTo: iso(purse.validTo),
  state: purse.state,
  reason: purse.reason,
  createdAt: purse.createdAt.toISOString(),
});

export const presentCredit = (line: CreditLine, names: Names): View<typeof schemas.credit> => ({
  buyerId: line.buyerId,
  buyerName: names.buyer(line.buyerId),
  state: line.state,
  limit: money(line.limit, line.currency),
  used: money(line.used, line.currency),
  available: money(availableOf(line), line.currency),
  termDays: line.termDays,
  reason: line.reason,
  changedAt: line.changedAt.toISOString(),
});

export const presentStatement = (statement: Statement, now: Date): View<typeof schemas.statement> => ({
  month: statement.month,
  state: statement.state,
  overdue: statement.state === 'ISSUED' && statement.dueAt !== null && statement.dueAt < now,
  charged: money(statement.charged, statement.currency),
  owed: money(owedOf(statement), statement.currency),
  issuedAt: iso(statement.issuedAt),
  dueAt: iso(statement.dueAt),
  repaidAt: iso(statement.repaidAt),
});

type EntryShown = View<typeof schemas.statementDetail>['entries'][number];
export const presentEntry = (entry: StatementEntry, currency: Currency): EntryShown => ({
  at: entry.at.toISOString(),
  kind: entry.kind,
  instrument: entry.instrument,
  orderId: orderOf(entry),
  reference: entry.reference,
  amount: money(entry.amount, currency),
});

/** A refund names the line of its own order. */
function orderOf({ subject, kind, reference }: StatementEntry): string | null {
  if (subject !== 'ORDER') return null;
  return kind === 'REFUND' ? orderIdOf(reference) : reference;
}

export const presentPayment = (payment: OnlinePayment): View<typeof schemas.onlinePayment> => ({
  paymentId: payment.paymentId,
  amount: money(payment.amount, payment.currency),
  orderId: payment.orderId,
  state: payment.state,
  outcome: payment.outcome,
  createdAt: payment.createdAt.toISOString(),
  finishedAt: iso(payment.finishedAt),
});

export const presentParts = (
  parts: readonly (Part | LinePart)[],
  currency: Currency,
): View<typeof schemas.paymentPart>[] =>
  parts.map(({ instrument, purseId, amount }) => ({ instrument, purseId, amount: money(amount, currency) }));
