import type {
  AddressBookView,
  DebugBenchView,
  DebugCaseView,
  DebugInputView,
  DebugProductView,
  DebugRunView,
  GeneratedRequestView,
  InterfaceClassView,
  Page,
  ProbeDetailsView,
  ProbedProductView,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of production addresses, keys, debugging, cases and probes. */

/** A call that is under way ends within seconds; it is looked at this often meanwhile. */
const runningPollMs = 700;

export const addressesQuery = queryOptions({
  queryKey: ['addresses'],
  queryFn: ({ signal }): Promise<AddressBookView> => http.get('addresses', {}, signal),
  refetchInterval: (query) => (query.state.data?.addresses.some(({ checking }) => checking) ? runningPollMs : false),
});
export const addAddress = (origin: string): Promise<AddressBookView> => http.post('addresses', { origin });
export const checkAddress = (addressId: string): Promise<AddressBookView> =>
  http.post(`addresses/${encodeURIComponent(addressId)}/checks`, {});
export interface KeyBinding {
  readonly addressId: string;
  readonly interfaceClass: InterfaceClassView;
  readonly keyId: string;
  readonly confirmed: boolean;
}
export const bindKey = ({ addressId, ...binding }: KeyBinding): Promise<AddressBookView> =>
  http.post(`addresses/${encodeURIComponent(addressId)}/keys`, binding);
export const createKey = (interfaceClass: InterfaceClassView): Promise<AddressBookView> =>
  http.post('access-keys', { interfaceClass });
export const revealKey = (keyId: string): Promise<{ accessKey: string }> =>
  http.post(`access-keys/${encodeURIComponent(keyId)}/reveals`, {});

export const debugProductsQuery = queryOptions({
  queryKey: ['debugging', 'products'],
  queryFn: ({ signal }): Promise<{ items: DebugProductView[] }> => http.get('debugging/products', {}, signal),
});
export const debugBenchQuery = (goodsId: string) =>
  queryOptions({
    queryKey: ['debugging', 'product', goodsId],
    queryFn: ({ signal }): Promise<DebugBenchView> => http.get(productPath(goodsId), {}, signal),
    placeholderData: keepPreviousData,
  });
export const generateRequest = (goodsId: string, input: DebugInputView): Promise<GeneratedRequestView> =>
  http.post(`${productPath(goodsId)}/requests`, input);
export const startDebugging = (goodsId: string, input: DebugInputView): Promise<DebugRunView> =>
  http.post(`${productPath(goodsId)}/runs`, { ...input, save: true });
export const debugRunQuery = (runId: string) =>
  queryOptions({
    queryKey: ['debugging', 'run', runId],
    queryFn: ({ signal }): Promise<DebugRunView> => http.get(`debugging/runs/${encodeURIComponent(runId)}`, {}, signal),
    refetchInterval: (query) => (query.state.data?.state === 'RUNNING' ? runningPollMs : false),
  });

export const casesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['debugging', 'cases', query],
    queryFn: ({ signal }): Promise<Page<DebugCaseView>> => http.get('debugging/cases', query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: (read) =>
      read.state.data?.items.some(({ last }) => last?.state === 'RUNNING') ? runningPollMs : false,
  });
export const runCase = (caseId: string): Promise<DebugRunView> => http.post(`${casePath(caseId)}/runs`, {});
export const deleteCase = (caseId: string): Promise<{ caseId: string }> =>
  http.post(`${casePath(caseId)}/deletion`, {});

export const probesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['probes', 'list', query],
    queryFn: ({ signal }): Promise<Page<ProbedProductView>> => http.get('probes', query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: (read) => (read.state.data?.items.some(({ running }) => running) ? runningPollMs : false),
  });
export const probeQuery = (goodsId: string) =>
  queryOptions({
    queryKey: ['probes', 'of', goodsId],
    queryFn: ({ signal }): Promise<ProbeDetailsView> => http.get(probePath(goodsId), {}, signal),
    refetchInterval: (read) => (read.state.data?.product.running ? runningPollMs : false),
  });
export const probeNow = (goodsId: string): Promise<ProbeDetailsView> => http.post(`${probePath(goodsId)}/runs`, {});
export const freezeProduct = (goodsId: string, reason: string): Promise<ProbeDetailsView> =>
  http.post(`${probePath(goodsId)}/freeze`, { reason });
export const releaseProduct = (goodsId: string, reason: string): Promise<ProbeDetailsView> =>
  http.post(`${probePath(goodsId)}/release`, { reason });

const productPath = (goodsId: string): string => `debugging/products/${encodeURIComponent(goodsId)}`;
const casePath = (caseId: string): string => `debugging/cases/${encodeURIComponent(caseId)}`;
const probePath = (goodsId: string): string => `probes/${encodeURIComponent(goodsId)}`;
