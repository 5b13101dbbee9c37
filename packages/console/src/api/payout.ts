import type {
  AccountDecision,
  BankStatement,
  Booking,
  CodeSentView,
  NewOwnAccount,
  NewPayoutAccount,
  OwnAccount,
  PayoutAccount,
  PayoutDueList,
  PayoutFileForm,
  PayoutPreview,
  PayoutRun,
  PayoutRunDetail,
  StatementResult,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of pay-outs; all of them are read again after a decision, and bills with them. */

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
const one = (id: string): string => encodeURIComponent(id);

export const dueQuery = queryOptions({
  queryKey: ['settlement', 'payout', 'due'],
  queryFn: ({ signal }): Promise<PayoutDueList> => http.get('operator/payout/due', {}, signal),
});
export const payoutRunsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['settlement', 'payout', 'runs', query],
    queryFn: ({ signal }): Promise<Page<PayoutRun>> => http.get('operator/payout/runs', query, signal),
    placeholderData: keepPreviousData,
  });
export const payoutRunQuery = (runId: string) =>
  queryOptions({
    queryKey: ['settlement', 'payout', 'run', runId],
    queryFn: ({ signal }): Promise<PayoutRunDetail> => http.get(`operator/payout/runs/${one(runId)}`, {}, signal),
  });
export const statementsQuery = queryOptions({
  queryKey: ['settlement', 'payout', 'statements'],
  queryFn: ({ signal }): Promise<{ readonly items: readonly BankStatement[] }> =>
    http.get('operator/payout/statements', {}, signal),
});
export const bookingsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['settlement', 'payout', 'bookings', query],
    queryFn: ({ signal }): Promise<Page<Booking>> => http.get('operator/payout/bookings', query, signal),
    placeholderData: keepPreviousData,
  });
export const accountsQuery = queryOptions({
  queryKey: ['settlement', 'payout', 'accounts'],
  queryFn: ({ signal }): Promise<{ readonly items: readonly PayoutAccount[] }> =>
    http.get('operator/payout/accounts', {}, signal),
});

export interface NewRun {
  readonly requisitionIds: readonly string[];
  readonly executionDay?: string;
}
export const previewRun = (wanted: NewRun): Promise<PayoutPreview> => http.post('operator/payout/preview', wanted);
export const makeRun = (wanted: NewRun): Promise<PayoutRunDetail> => http.post('operator/payout/runs', wanted);
export const approveRun = (runId: string) => http.post(`operator/payout/runs/${one(runId)}/approval`, {});
export const rejectRun = (runId: string, reason: string) =>
  http.post(`operator/payout/runs/${one(runId)}/rejection`, { reason });
export const exportRun = (runId: string, form: PayoutFileForm) =>
  http.post(`operator/payout/runs/${one(runId)}/files`, { form });
export const payoutFileUrl = (fileId: string): string => `/api/console/operator/payout/files/${one(fileId)}`;
export const failPayment = (paymentId: string, reason: string) =>
  http.post(`operator/payout/payments/${one(paymentId)}/failure`, { reason });
export const importStatement = (name: string, content: string): Promise<StatementResult> =>
  http.post('operator/payout/statements', { name, content });
export const matchBooking = (entryId: string, paymentId: string) =>
  http.post(`operator/payout/bookings/${one(entryId)}/match`, { paymentId });
export const setAsideBookings = (entryIds: readonly string[], reason: string) =>
  http.post('operator/payout/bookings/set-aside', { entryIds, reason });
export const saveAccount = (account: NewPayoutAccount) => http.post('operator/payout/accounts', account);
/** the whole number, for the small transfer; who looked is written down */
export const showAccountNumber = (sellerId: string): Promise<{ readonly number: string }> =>
  http.post(`operator/payout/accounts/${one(sellerId)}/number`, {});
export const decideAccount = (sellerId: string, decision: AccountDecision) =>
  http.post(`operator/payout/accounts/${one(sellerId)}/decision`, decision);

export const ownAccountQuery = queryOptions({
  queryKey: ['bank-account'],
  queryFn: ({ signal }): Promise<OwnAccount> => http.get('seller/bank-account', {}, signal),
});
export const sendAccountCode = (): Promise<CodeSentView> => http.post('seller/bank-account/code', {});
export const enterOwnAccount = (account: NewOwnAccount) => http.post('seller/bank-account', account);
