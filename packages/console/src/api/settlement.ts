import type {
  ExportJobView,
  NewExportInput,
  NewSellerAgreement,
  newAdjustment,
  OwnAgreementView,
  SellerAgreementListView,
  SettlementBill,
  SettlementBillDetail,
  SettlementForecast,
  SettlementIncome,
  SettlementLine,
  SettlementLineDetail,
  SettlementPeriod,
  SettlementPreview,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of settlement and of exports; everything of settlement is read again after a decision. */

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
/** The same lists for a seller and for operators, who see everybody's. */
type Area = 'seller' | 'operator';
const one = (id: string): string => encodeURIComponent(id);

export const linesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['settlement', 'lines', query],
    queryFn: ({ signal }): Promise<Page<SettlementLine>> => http.get('seller/settlement/lines', query, signal),
    placeholderData: keepPreviousData,
  });
export const lineQuery = (lineId: string) =>
  queryOptions({
    queryKey: ['settlement', 'line', lineId],
    queryFn: ({ signal }): Promise<SettlementLineDetail> =>
      http.get(`seller/settlement/lines/${one(lineId)}`, {}, signal),
  });

export const billsQuery = (area: Area, query: Query) =>
  queryOptions({
    queryKey: ['settlement', 'bills', area, query],
    queryFn: ({ signal }): Promise<Page<SettlementBill>> => http.get(`${area}/settlement/bills`, query, signal),
    placeholderData: keepPreviousData,
  });
export const billQuery = (billId: string) =>
  queryOptions({
    queryKey: ['settlement', 'bill', billId],
    queryFn: ({ signal }): Promise<SettlementBillDetail> =>
      http.get(`seller/settlement/bills/${one(billId)}`, {}, signal),
  });

export const ownAgreementQuery = queryOptions({
  queryKey: ['settlement', 'agreement'],
  queryFn: ({ signal }): Promise<OwnAgreementView> => http.get('seller/agreement', {}, signal),
});
export const acceptAgreement = (version: number): Promise<OwnAgreementView> =>
  http.post('seller/agreement/acceptance', { version });
export const sellerAgreementsQuery = queryOptions({
  queryKey: ['settlement', 'agreements'],
  queryFn: ({ signal }): Promise<SellerAgreementListView> => http.get('operator/seller-agreements', {}, signal),
});
export const publishAgreement = (agreement: NewSellerAgreement): Promise<SellerAgreementListView> =>
  http.post('operator/seller-agreements', agreement);

export const forecastQuery = queryOptions({
  queryKey: ['settlement', 'forecast'],
  queryFn: ({ signal }): Promise<SettlementForecast> => http.get('seller/settlement/forecast', {}, signal),
});
export const incomeQuery = (query: Query) =>
  queryOptions({
    queryKey: ['settlement', 'income', query],
    queryFn: ({ signal }): Promise<SettlementIncome> => http.get('seller/settlement/income', query, signal),
    placeholderData: keepPreviousData,
  });

export const periodsQuery = queryOptions({
  queryKey: ['settlement', 'periods'],
  queryFn: ({ signal }): Promise<{ readonly items: readonly SettlementPeriod[] }> =>
    http.get('operator/settlement/periods', {}, signal),
});
export const previewQuery = (period: string) =>
  queryOptions({
    queryKey: ['settlement', 'preview', period],
    queryFn: ({ signal }): Promise<SettlementPreview> =>
      http.get(`operator/settlement/periods/${one(period)}/preview`, {}, signal),
  });

/** S2-1; null = not certified */
export interface CertifiedSeller {
  readonly sellerId: string;
  readonly name: string;
  readonly certifiedAt: string | null;
}
export const certificationsQuery = queryOptions({
  queryKey: ['settlement', 'certifications'],
  queryFn: ({ signal }): Promise<{ readonly items: readonly CertifiedSeller[] }> =>
    http.get('operator/settlement/sellers', {}, signal),
});
export const certify = (sellerId: string, certified: boolean) =>
  http.post(`operator/settlement/sellers/${one(sellerId)}/certification`, { certified });

interface RunResult {
  readonly period: string;
  readonly bills: number;
  readonly total: string;
  readonly lines: number;
  readonly repeated: boolean;
}
export const runPeriod = (period: string): Promise<RunResult> =>
  http.post(`operator/settlement/periods/${one(period)}/run`, {});
export const moveBill = (billId: string, move: { readonly to: SettlementBill['state']; readonly note?: string }) =>
  http.post(`operator/settlement/bills/${one(billId)}/transition`, move);
export const holdBill = (billId: string, hold: { readonly hold: boolean; readonly reason: string }) =>
  http.post(`operator/settlement/bills/${one(billId)}/hold`, hold);
export const addAdjustment = (adjustment: z.input<typeof newAdjustment>) =>
  http.post('operator/settlement/adjustments', adjustment);

// --- exports ----------------------------------------------------------------------------------------------------

/** How often a page looks how far a job is; nothing is asked while none is under way. */
const exportPollMs = 1_000;
const isOpen = ({ state }: ExportJobView): boolean => state === 'WAITING' || state === 'RUNNING';

export const exportsQuery = queryOptions({
  queryKey: ['exports'],
  queryFn: ({ signal }): Promise<{ readonly items: readonly ExportJobView[] }> => http.get('exports', {}, signal),
  refetchInterval: (query) => (query.state.data?.items.some(isOpen) ? exportPollMs : false),
});
export const askExport = (wanted: NewExportInput): Promise<ExportJobView> => http.post('exports', wanted);
