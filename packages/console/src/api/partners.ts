import type {
  BillState,
  CommissionBillDetailView,
  CommissionBillView,
  CommissionDetailView,
  CommissionLineView,
  CommissionMonthsView,
  NewPartner,
  NewTradeTerms,
  PartnerTerms,
  PartnerView,
  TradeTermsView,
  WorkingCalendarView,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of partners, commissions, taxes and fees, the working calendar. */

const one = (id: string): string => encodeURIComponent(id);

export const partnersQuery = queryOptions({
  queryKey: ['partners', 'list'],
  queryFn: ({ signal }): Promise<{ readonly items: readonly PartnerView[] }> =>
    http.get('operator/partners', {}, signal),
});
export const partnerQuery = (distributorId: string) =>
  queryOptions({
    queryKey: ['partners', 'one', distributorId],
    queryFn: ({ signal }): Promise<PartnerView> => http.get(`operator/partners/${one(distributorId)}`, {}, signal),
  });
export const addPartner = (partner: NewPartner): Promise<PartnerView> => http.post('operator/partners', partner);
export const agreeWithPartner = (
  distributorId: string,
  agreed: { readonly validFrom: string | null; readonly terms: PartnerTerms },
): Promise<PartnerView> => http.post(`operator/partners/${one(distributorId)}/terms`, agreed);
export const certifyPartner = (distributorId: string, certified: boolean): Promise<PartnerView> =>
  http.post(`operator/partners/${one(distributorId)}/certification`, { certified });
export interface AddedMember {
  readonly loginName: string;
  /** told once */
  readonly password: string;
}
export const addMember = (
  distributorId: string,
  member: { readonly loginName: string; readonly displayName: string },
): Promise<AddedMember> => http.post(`operator/partners/${one(distributorId)}/members`, member);

export const commissionMonthsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['partners', 'months', query],
    queryFn: ({ signal }): Promise<CommissionMonthsView> => http.get('distributor/commissions/months', query, signal),
    placeholderData: keepPreviousData,
  });
export const commissionsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['partners', 'lines', query],
    queryFn: ({
      signal,
    }): Promise<{ readonly items: readonly CommissionLineView[]; readonly nextCursor: string | null }> =>
      http.get('distributor/commissions/lines', query, signal),
    placeholderData: keepPreviousData,
  });
export const commissionQuery = (lineId: string) =>
  queryOptions({
    queryKey: ['partners', 'line', lineId],
    queryFn: ({ signal }): Promise<CommissionDetailView> =>
      http.get(`distributor/commissions/lines/${one(lineId)}`, {}, signal),
  });

/** Bills of commissions stand with those of the sellers: both are read again after a decision about either. */
export const commissionBillsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['settlement', 'commission-bills', query],
    queryFn: ({
      signal,
    }): Promise<{ readonly items: readonly CommissionBillView[]; readonly nextCursor: string | null }> =>
      http.get('distributor/bills', query, signal),
    placeholderData: keepPreviousData,
  });
export const commissionBillQuery = (billId: string) =>
  queryOptions({
    queryKey: ['settlement', 'commission-bill', billId],
    queryFn: ({ signal }): Promise<CommissionBillDetailView> =>
      http.get(`distributor/bills/${one(billId)}`, {}, signal),
  });
export const decideCommissionBills = (decision: {
  readonly billIds: string[];
  readonly accept: boolean;
  readonly reason?: string;
}): Promise<{ readonly billIds: readonly string[] }> => http.post('distributor/bills/decision', decision);
export const moveCommissionBill = (
  billId: string,
  change: { readonly to: BillState; readonly note?: string },
): Promise<CommissionBillDetailView> => http.post(`operator/commission-bills/${one(billId)}/transition`, change);
export const holdCommissionBill = (
  billId: string,
  change: { readonly hold: boolean; readonly reason: string },
): Promise<CommissionBillDetailView> => http.post(`operator/commission-bills/${one(billId)}/hold`, change);

/** S4-3: a line of the party's next bill */
export const adjustCommissionBill = (
  billId: string,
  adjustment: { readonly amount: string; readonly reason: string },
): Promise<CommissionDetailView> => http.post(`operator/commission-bills/${one(billId)}/adjustments`, adjustment);

export const tradeTermsQuery = queryOptions({
  queryKey: ['trade-terms'],
  queryFn: ({ signal }): Promise<TradeTermsView> => http.get('operator/trade-terms', {}, signal),
});
export const writeTradeTerms = (terms: NewTradeTerms): Promise<TradeTermsView> =>
  http.post('operator/trade-terms', terms);

export const workingCalendarQuery = queryOptions({
  queryKey: ['working-calendar'],
  queryFn: ({ signal }): Promise<WorkingCalendarView> => http.get('operator/working-calendar', {}, signal),
});
export const giveYear = (
  year: number,
  days: { readonly off: string[]; readonly worked: string[] },
): Promise<WorkingCalendarView> => http.post(`operator/working-calendar/${year}`, days);
