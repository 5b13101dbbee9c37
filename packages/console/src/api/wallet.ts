import type {
  CreditPageView,
  CreditView,
  OnlinePaymentView,
  OrderView,
  PaymentOptionsView,
  PursePageView,
  PurseView,
  StartedPaymentView,
  StatementDetailView,
  WalletOverviewView,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of what buyers pay with; all of a buyer's own is read again after each payment. */

const one = (id: string): string => encodeURIComponent(id);

export const overviewQuery = queryOptions({
  queryKey: ['wallet', 'overview'],
  queryFn: ({ signal }): Promise<WalletOverviewView> => http.get('wallet/overview', {}, signal),
});
export const statementQuery = (month: string) =>
  queryOptions({
    queryKey: ['wallet', 'statement', month],
    queryFn: ({ signal }): Promise<StatementDetailView> => http.get('wallet/statement', { month }, signal),
  });
export const paymentQuery = (paymentId: string) =>
  queryOptions({
    queryKey: ['wallet', 'payment', paymentId],
    queryFn: ({ signal }): Promise<OnlinePaymentView> =>
      http.get(`wallet/online-payments/${one(paymentId)}`, {}, signal),
  });
export const paymentOptionsQuery = (orderId: string, purseIds: readonly string[]) =>
  queryOptions({
    queryKey: ['wallet', 'options', orderId, purseIds],
    queryFn: ({ signal }): Promise<PaymentOptionsView> =>
      http.get(`orders/${one(orderId)}/payment-options`, { purseIds: purseIds.join(',') || undefined }, signal),
    placeholderData: keepPreviousData,
  });

export const payOrder = (
  orderId: string,
  choice: { readonly method: 'BALANCE' | 'CREDIT'; readonly purseIds: readonly string[] },
): Promise<OrderView> => http.post(`orders/${one(orderId)}/payment`, choice);
export const payOnline = (orderId: string, purseIds: readonly string[]): Promise<StartedPaymentView> =>
  http.post(`orders/${one(orderId)}/online-payment`, { purseIds });
export const topUpOnline = (amount: string): Promise<StartedPaymentView> =>
  http.post('wallet/online-payments', { amount });
export const buyCard = (amount: string): Promise<PurseView> => http.post('wallet/cards', { amount });
export const repay = (month: string, amount: string): Promise<StatementDetailView> =>
  http.post('wallet/repayments', { month, amount });
/** sandbox only */
export const endPayment = (paymentId: string, outcome: 'PAID' | 'FAILED'): Promise<OnlinePaymentView> =>
  http.post(`/api/sandbox/cashier/${one(paymentId)}`, { outcome });

// --- the operator's finance -------------------------------------------------------------------------------------

export const pursesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['wallets', 'purses', query],
    queryFn: ({ signal }): Promise<PursePageView> => http.get('operator/wallets/purses', query, signal),
    placeholderData: keepPreviousData,
  });
export const creditsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['wallets', 'credit', query],
    queryFn: ({ signal }): Promise<CreditPageView> => http.get('operator/wallets/credit', query, signal),
    placeholderData: keepPreviousData,
  });

export interface Grant {
  readonly buyerId: string;
  readonly kind: PurseView['kind'];
  readonly amount: string;
  readonly validTo: string | null;
  readonly reason: string;
}
export const grantPurse = (grant: Grant): Promise<PurseView> => http.post('operator/wallets/purses', grant);
export const withdrawPurse = (purseId: string, reason: string): Promise<PurseView> =>
  http.post(`operator/wallets/purses/${one(purseId)}/withdrawal`, { reason });
export interface CreditGrant {
  readonly buyerId: string;
  readonly limit: string;
  readonly termDays: number;
  readonly reason: string;
}
export const grantCredit = (grant: CreditGrant): Promise<CreditView> => http.post('operator/wallets/credit', grant);
export const withdrawCredit = (buyerId: string, reason: string): Promise<CreditView> =>
  http.post(`operator/wallets/credit/${one(buyerId)}/withdrawal`, { reason });
