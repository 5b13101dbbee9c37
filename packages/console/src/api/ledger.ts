import type {
  LedgerAccountPage,
  LedgerState,
  LedgerStatement,
  LedgerTrial,
  LedgerVerification,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of the books; all of it is read again after a month was closed. */

export const ledgerQuery = queryOptions({
  queryKey: ['ledger', 'state'],
  queryFn: ({ signal }): Promise<LedgerState> => http.get('operator/ledger', {}, signal),
});
export const trialQuery = (month: string) =>
  queryOptions({
    queryKey: ['ledger', 'trial', month],
    queryFn: ({ signal }): Promise<LedgerTrial> => http.get('operator/ledger/trial', { month }, signal),
    placeholderData: keepPreviousData,
  });
export const accountsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['ledger', 'accounts', query],
    queryFn: ({ signal }): Promise<LedgerAccountPage> => http.get('operator/ledger/accounts', query, signal),
    placeholderData: keepPreviousData,
  });
export const statementQuery = (query: Query) =>
  queryOptions({
    queryKey: ['ledger', 'statement', query],
    queryFn: ({ signal }): Promise<LedgerStatement> => http.get('operator/ledger/statement', query, signal),
    placeholderData: keepPreviousData,
  });

export const verifyBooks = (): Promise<LedgerVerification> => http.get('operator/ledger/verification', {});
export const closeMonth = (month: string): Promise<{ readonly month: string; readonly accounts: number }> =>
  http.post(`operator/ledger/months/${encodeURIComponent(month)}/closing`, {});
