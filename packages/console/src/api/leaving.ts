import type { LeavingDetailView, LeavingView, OwnLeavingView } from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of leaving the marketplace; all of it is read again after a step. */

export const ownLeavingQuery = queryOptions({
  queryKey: ['leaving', 'own'],
  queryFn: ({ signal }): Promise<OwnLeavingView> => http.get('seller/leaving', {}, signal),
});
export const applyToLeave = (reason: string): Promise<OwnLeavingView> => http.post('seller/leaving', { reason });
export const stayAfterAll = (): Promise<OwnLeavingView> => http.post('seller/leaving/withdrawal', {});
export const takeTheRest = (): Promise<OwnLeavingView> => http.post('seller/leaving/rest', {});
export const declareNoInvoice = (statement: {
  readonly orders: readonly { readonly buyerId: string; readonly orderKey: string }[];
  readonly statement: string;
  readonly fileId: string | null;
}): Promise<OwnLeavingView> => http.post('seller/leaving/statements', statement);

export const leavingsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['leaving', 'all', query],
    queryFn: ({ signal }): Promise<{ readonly items: readonly LeavingView[]; readonly nextCursor: string | null }> =>
      http.get('operator/leavings', query, signal),
    placeholderData: keepPreviousData,
  });
export const leavingQuery = (leavingId: string) =>
  queryOptions({
    queryKey: ['leaving', 'one', leavingId],
    queryFn: ({ signal }): Promise<LeavingDetailView> =>
      http.get(`operator/leavings/${encodeURIComponent(leavingId)}`, {}, signal),
  });
export const decideLeaving = (
  leavingId: string,
  decision: { readonly approve: boolean; readonly comment: string },
): Promise<LeavingDetailView> => http.post(`operator/leavings/${encodeURIComponent(leavingId)}/decision`, decision);
