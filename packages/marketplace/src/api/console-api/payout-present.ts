/** Pay-outs as the console shows them. */
import type { z } from 'zod';
import { decimal } from '../../platform/money.ts';
import {
  type AccountView,
  type Due,
  type EntryView,
  faultText,
  type Imported,
  type OwnWork,
  type PaymentView,
  type PayoutFile,
  type RunDetail,
  type RunView,
  type StatementView,
} from '../../settlement/index.ts';
import type * as schemas from './payout-schemas.ts';
import type { Names } from './present.ts';

const cents = (amount: string): string => decimal(amount).toFixed(2);
const masked = ({ holder, bankName, tail }: AccountView) => ({ holder, bankName, tail });
const named = (payee: Due['payee'], names: Names) => ({ ...payee, name: names.seller(payee.id) });
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const presentDue = (due: Due, names: Names): z.infer<typeof schemas.payoutDue> => ({
  requisitionId: due.requisitionId,
  payee: named(due.payee, names),
  class: due.class,
  currency: due.currency,
  amount: cents(due.amount),
  bills: due.bills.map(({ billId, period, total }) => ({ billId, period, total: cents(total) })),
  account: due.account && masked(due.account),
  earlier: due.earlier && { ...due.earlier },
});

export const presentRun = (run: RunView): z.infer<typeof schemas.payoutRun> => ({
  runId: run.runId,
  currency: run.currency,
  executionDay: run.executionDay,
  state: run.state,
  total: cents(run.total),
  payments: run.payments,
  payer: masked(run.payer),
  madeBy: run.madeByName,
  madeAt: run.madeAt.toISOString(),
  decidedBy: run.decidedByName,
  decidedAt: iso(run.decidedAt),
  reason: run.reason,
  progress: run.progress.map(({ state, payments, total }) => ({ state, payments, total: cents(total) })),
});

export const presentPayment = (payment: PaymentView, names: Names): z.infer<typeof schemas.payoutPayment> => ({
  paymentId: payment.paymentId,
  requisitionId: payment.requisitionId,
  payee: named(payment.payee, names),
  amount: cents(payment.amount),
  state: payment.state,
  account: masked(payment.account),
  paidOn: payment.paidOn,
  bankReference: payment.bankReference,
  reason: payment.reason,
});

export const presentFile = ({ madeAt, ...file }: PayoutFile): z.infer<typeof schemas.payoutFile> => ({
  ...file,
  madeAt: madeAt.toISOString(),
});

/** @param looker whoever looks: decides at all, and what of it he or she made */
export const presentRunDetail = (
  run: RunDetail,
  names: Names,
  looker: { readonly decides: boolean; readonly ownWork: OwnWork | null },
): z.infer<typeof schemas.payoutRunDetail> => ({
  ...presentRun(run),
  items: run.items.map((payment) => presentPayment(payment, names)),
  files: run.files.map(presentFile),
  mayApprove: looker.decides && looker.ownWork === null && run.state === 'TO_APPROVE',
  ownWork: looker.ownWork,
});

export function presentImported(imported: Imported): z.infer<typeof schemas.statementResult> {
  if ('faults' in imported)
    return { faults: imported.faults.map((fault) => ({ ...fault, text: faultText(fault.rule) })), done: null };
  return { faults: [], done: imported };
}

export const presentStatement = ({ importedAt, ...view }: StatementView): z.infer<typeof schemas.bankStatement> => ({
  ...view,
  importedAt: importedAt.toISOString(),
});

export const presentBooking = ({ decidedAt, ...entry }: EntryView): z.infer<typeof schemas.booking> => ({
  ...entry,
  amount: cents(entry.amount),
  decidedAt: iso(decidedAt),
  suggested: [...entry.suggested],
});
