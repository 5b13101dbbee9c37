/**
 * What the console API says and hears about pay-outs: what is due, runs, files for the bank, statements and their
 * bookings, bank accounts. Account numbers go in and never come out: their last characters do. Amounts and days as in
 * settlement.
 */
import { z } from 'zod';
import {
  FILE_FORMS,
  MOST_DUE,
  MOST_STATEMENT_BYTES,
  OPEN_REASONS,
  PAYMENT_STATES,
  PAYOUT_STATES,
} from '../../settlement/index.ts';
import { codeTo } from './enterprise-password-schemas.ts';
import { instant, localized, pageQuery } from './schemas.ts';
import { settlementClass } from './settlement-schemas.ts';

const day = z.string().openapi({ example: '2026-02-04' });
const amount = z.string().openapi({ example: '1140.00' });
const askedDay = z.iso.date();
const id = z.string().min(1).max(64);
const reason = z.string().trim().min(1).max(500);

export const payoutState = z.enum(PAYOUT_STATES);
export const paymentState = z.enum(PAYMENT_STATES);
export const payoutFileForm = z.enum(FILE_FORMS);
export const payeeKind = z.enum(['SELLER', 'DISTRIBUTOR']);

const payee = z.object({ kind: payeeKind, id: z.string(), name: z.string() });
/** where money goes to or comes from; `tail`: last four characters of the number */
const maskedAccount = z.object({ holder: z.string(), bankName: z.string(), tail: z.string() });

export const payoutDue = z
  .object({
    requisitionId: z.string(),
    payee,
    /** null = commissions of a distributor (4.6) */
    class: settlementClass.nullable(),
    currency: z.string(),
    amount,
    /** periods that are paid together (S4-5) */
    bills: z.array(z.object({ billId: z.string(), period: z.string(), total: amount })),
    /** null: nobody entered one; it can not be paid */
    account: maskedAccount.nullable(),
    /** an earlier payment of it that did not arrive */
    earlier: z.object({ paymentId: z.string(), state: paymentState, reason: z.string().nullable() }).nullable(),
  })
  .openapi('PayoutDue');
export const payoutDueList = z.object({
  items: z.array(payoutDue),
  total: amount,
  currency: z.string(),
  /** from where is paid; null: nobody entered it, no run can be made */
  payer: maskedAccount.nullable(),
});

export const newPayout = z.strictObject({
  requisitionIds: z.array(id).min(1).max(MOST_DUE),
  /** the next working day unless another is asked */
  executionDay: askedDay.optional(),
});
export const payoutPreview = z
  .object({ currency: z.string(), executionDay: day, total: amount, payments: z.array(payoutDue) })
  .openapi('PayoutPreview');

export const payoutRun = z
  .object({
    runId: z.string(),
    currency: z.string(),
    executionDay: day,
    state: payoutState,
    total: amount,
    payments: z.number().int(),
    payer: maskedAccount,
    madeBy: z.string(),
    madeAt: instant,
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    reason: z.string().nullable(),
    /** payments by state */
    progress: z.array(z.object({ state: paymentState, payments: z.number().int(), total: amount })),
  })
  .openapi('PayoutRun');
export const payoutRunPage = z.object({ items: z.array(payoutRun), nextCursor: z.string().nullable() });
export const payoutRunQuery = pageQuery;

export const payoutPayment = z
  .object({
    /** the end-to-end id that banks carry */
    paymentId: z.string(),
    requisitionId: z.string(),
    payee,
    amount,
    state: paymentState,
    account: maskedAccount,
    paidOn: day.nullable(),
    bankReference: z.string().nullable(),
    /** why it was returned, or failed */
    reason: z.string().nullable(),
  })
  .openapi('PayoutPayment');
export const payoutFile = z
  .object({
    fileId: z.string(),
    form: payoutFileForm,
    name: z.string(),
    bytes: z.number().int(),
    sha256: z.string(),
    madeBy: z.string(),
    madeAt: instant,
  })
  .openapi('PayoutFile');
export const payoutRunDetail = payoutRun
  .extend({
    items: z.array(payoutPayment),
    files: z.array(payoutFile),
    /** whoever looks may approve it */
    mayApprove: z.boolean(),
    /** O-7: what of it whoever looks made, so that another person has to approve it */
    ownWork: z.enum(['RUN', 'ADJUSTMENT', 'ACCOUNT']).nullable(),
  })
  .openapi('PayoutRunDetail');
export const payoutReason = z.strictObject({ reason });
export const newPayoutFile = z.strictObject({ form: payoutFileForm });

// --- statements -------------------------------------------------------------------------------------------------

/** in base64 a third longer */
const MOST_CHARACTERS = 4 * Math.ceil((MOST_STATEMENT_BYTES + 1) / 3);
export const newStatement = z.strictObject({
  name: z.string().trim().min(1).max(255),
  /** the file, base64: camt.053 or CSV; larger than 5 MB is refused with its rule */
  content: z
    .string()
    .max(MOST_CHARACTERS + 1_024)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/, 'base64'),
});
export const statementFault = z
  .object({ place: z.string(), rule: z.string(), text: localized, seen: z.string() })
  .openapi('StatementFault');
/** With one fault nothing of the file is taken in. */
export const statementResult = z
  .object({
    faults: z.array(statementFault),
    done: z
      .object({
        statementId: z.string(),
        repeated: z.boolean(),
        entries: z.number().int(),
        known: z.number().int(),
        paid: z.number().int(),
        returned: z.number().int(),
      })
      .nullable(),
  })
  .openapi('StatementResult');
export const bankStatement = z
  .object({
    statementId: z.string(),
    name: z.string(),
    format: z.enum(['CAMT_053', 'CSV']),
    sha256: z.string(),
    tail: z.string().nullable(),
    entries: z.number().int(),
    /** that another statement had told before */
    known: z.number().int(),
    notBooked: z.number().int(),
    importedBy: z.string(),
    importedAt: instant,
    open: z.number().int(),
    matched: z.number().int(),
  })
  .openapi('BankStatement');
export const bankStatements = z.object({ items: z.array(bankStatement) });

export const bookingState = z.enum(['OPEN', 'MATCHED', 'SET_ASIDE']);
export const booking = z
  .object({
    entryId: z.string(),
    statementId: z.string(),
    place: z.string(),
    direction: z.enum(['DEBIT', 'CREDIT']),
    bookedOn: day,
    amount,
    currency: z.string(),
    endToEndId: z.string().nullable(),
    bankReference: z.string().nullable(),
    name: z.string().nullable(),
    tail: z.string().nullable(),
    remark: z.string().nullable(),
    /** the bank's reason of a return */
    reason: z.string().nullable(),
    state: bookingState,
    paymentId: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    note: z.string().nullable(),
    /** why it waits for a person */
    because: z.enum(OPEN_REASONS).nullable(),
    /** payments of the same amount, account and name; a person decides */
    suggested: z.array(z.string()),
  })
  .openapi('Booking');
export const bookingPage = z.object({ items: z.array(booking), nextCursor: z.string().nullable() });
export const bookingQuery = pageQuery.extend({ state: bookingState.optional(), statementId: id.optional() });
export const bookingMatch = z.strictObject({ paymentId: id });
export const bookingsSetAside = z.strictObject({ entryIds: z.array(id).min(1).max(500), reason });

export const bookingCount = z.object({ bookings: z.number().int() });

// --- accounts ---------------------------------------------------------------------------------------------------

export const accountOwnerKind = z.enum(['PLATFORM', 'SELLER', 'DISTRIBUTOR']);
const accountChange = maskedAccount.extend({
  bankCode: z.string(),
  askedAt: instant,
  state: z.enum(['PENDING', 'REJECTED']),
  /** why it was rejected */
  reason: z.string().nullable(),
});
export const payoutAccount = z
  .object({
    owner: z.object({ kind: accountOwnerKind, id: z.string(), name: z.string() }),
    account: maskedAccount.extend({ bankCode: z.string(), changedAt: instant }).nullable(),
    /** another one that the seller has entered; null = none waits */
    change: accountChange.nullable(),
  })
  .openapi('PayoutAccount');
export const payoutAccounts = z.object({ items: z.array(payoutAccount) });
const enteredAccount = {
  holder: z.string().trim().min(1).max(140),
  bankName: z.string().trim().min(1).max(140),
  bankCode: z.string().trim().min(1).max(20),
  number: z.string().trim().min(1).max(50),
};
export const newPayoutAccount = z.strictObject({
  owner: z.strictObject({ kind: accountOwnerKind, id }),
  ...enteredAccount,
});
/** O-2: approved with how it was verified (the small transfer), rejected with what to correct */
export const accountDecision = z.strictObject({ askedAt: z.iso.datetime(), approve: z.boolean(), reason });
export const accountNumber = z.object({ number: z.string() }).openapi('AccountNumber');

/** a seller's own account, what waits for the operator, and where the code goes that confirms a change */
export const ownAccount = z
  .object({
    account: payoutAccount.shape.account,
    change: accountChange.nullable(),
    /** null = nothing reaches the person outside the console; no code is asked */
    codeTo: codeTo.nullable(),
  })
  .openapi('OwnAccount');
export const newOwnAccount = z.strictObject({ ...enteredAccount, code: z.string().max(10).optional() });

export type PayoutDue = z.infer<typeof payoutDue>;
export type PayoutDueList = z.infer<typeof payoutDueList>;
export type PayoutPreview = z.infer<typeof payoutPreview>;
export type PayoutRun = z.infer<typeof payoutRun>;
export type PayoutRunDetail = z.infer<typeof payoutRunDetail>;
export type PayoutPayment = z.infer<typeof payoutPayment>;
export type PayoutFileForm = z.infer<typeof payoutFileForm>;
export type StatementResult = z.infer<typeof statementResult>;
export type BankStatement = z.infer<typeof bankStatement>;
export type Booking = z.infer<typeof booking>;
export type PayoutAccount = z.infer<typeof payoutAccount>;
export type NewPayoutAccount = z.infer<typeof newPayoutAccount>;
export type AccountDecision = z.infer<typeof accountDecision>;
export type OwnAccount = z.infer<typeof ownAccount>;
export type NewOwnAccount = z.infer<typeof newOwnAccount>;
