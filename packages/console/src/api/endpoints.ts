import type {
  CodeNeededView,
  CreateOrder,
  InstanceView,
  MetaView,
  OrderView,
  OverviewView,
  Page,
  ProductView,
  QuoteView,
  ResourceDetailsView,
  SearchHitView,
  SellerCallDetailsView,
  SellerCallView,
  SessionView,
  TaskView,
  TimelineEntryView,
  WalletView,
} from '@jishi/marketplace/console-api';
import { createHttp, type Query } from './http.ts';
import { hasCode } from './problem.ts';

/** Every route of the console API, by name. Reads take the query layer's abort signal. */

export const http = createHttp({ fetch: (url, init) => window.fetch(url, init) });

export interface TimelineView {
  readonly items: TimelineEntryView[];
}

export const readMeta = (signal?: AbortSignal): Promise<MetaView> => http.get('meta', {}, signal);

/** The session, or null for a visitor. */
export async function readSession(signal?: AbortSignal): Promise<SessionView | null> {
  try {
    return remember(await http.get<SessionView>('session', {}, signal));
  } catch (error) {
    if (hasCode(error, 'UNAUTHENTICATED')) return remember(null);
    throw error;
  }
}

/** The session, or null: the password was right, and a code is asked for. */
export async function signIn(loginName: string, password: string): Promise<SessionView | null> {
  const entered = await http.post<SessionView | CodeNeededView>('session', { loginName, password });
  return 'step' in entered ? null : remember(entered);
}
export async function sendCode(code: string): Promise<SessionView | null> {
  return remember(await http.post<SessionView>('session/second-step', { code }));
}

export async function signOut(): Promise<void> {
  await http.remove('session');
  remember(null);
}

export const readProduct = (goodsId: string, signal?: AbortSignal): Promise<ProductView> =>
  http.get(`products/${encodeURIComponent(goodsId)}`, {}, signal);
export const readQuote = (query: Query, signal?: AbortSignal): Promise<QuoteView> => http.get('quotes', query, signal);

export const createOrder = (order: CreateOrder): Promise<OrderView> => http.post('orders', order);
export const readOrders = (query: Query, signal?: AbortSignal): Promise<Page<OrderView>> =>
  http.get('orders', query, signal);
export const readOrder = (orderId: string, signal?: AbortSignal): Promise<OrderView> =>
  http.get(orderPath(orderId), {}, signal);
export const readOrderTimeline = (orderId: string, signal?: AbortSignal): Promise<TimelineView> =>
  http.get(`${orderPath(orderId)}/timeline`, {}, signal);
export const cancelOrder = (orderId: string): Promise<OrderView> => http.post(`${orderPath(orderId)}/cancellation`, {});

/** Address of the live stream of an order, for an EventSource. */
export const orderStreamUrl = (orderId: string): string => `/api/console/${orderPath(orderId)}/stream`;

export const readWallet = (signal?: AbortSignal): Promise<WalletView> => http.get('wallet', {}, signal);
export const topUpWallet = (amount: string): Promise<WalletView> =>
  http.post('/api/sandbox/wallet/top-ups', { amount });

export const readInstances = (query: Query, signal?: AbortSignal): Promise<Page<InstanceView>> =>
  http.get('instances', query, signal);
export const readResource = (resourceId: string, signal?: AbortSignal): Promise<ResourceDetailsView> =>
  http.get(instancePath(resourceId), {}, signal);
export const readResourceTimeline = (resourceId: string, signal?: AbortSignal): Promise<TimelineView> =>
  http.get(`${instancePath(resourceId)}/timeline`, {}, signal);
export const revealPassword = (resourceId: string): Promise<{ password: string }> =>
  http.post(`${instancePath(resourceId)}/password-reveals`, {});

export const readCalls = (query: Query, signal?: AbortSignal): Promise<Page<SellerCallView>> =>
  http.get('calls', query, signal);
export const readCall = (callId: string, signal?: AbortSignal): Promise<SellerCallDetailsView> =>
  http.get(`calls/${encodeURIComponent(callId)}`, {}, signal);
export const restartCall = (callId: string): Promise<SellerCallView> =>
  http.post(`calls/${encodeURIComponent(callId)}/restart`, {});

export const readOverview = (signal?: AbortSignal): Promise<OverviewView> => http.get('overview', {}, signal);
export const readTasks = (query: Query, signal?: AbortSignal): Promise<Page<TaskView>> =>
  http.get('tasks', query, signal);
export const restartTask = (taskId: string): Promise<TaskView> =>
  http.post(`tasks/${encodeURIComponent(taskId)}/restart`, {});

export const search = (q: string, signal?: AbortSignal): Promise<{ items: SearchHitView[] }> =>
  http.get('search', { q }, signal);

function orderPath(orderId: string): string {
  return `orders/${encodeURIComponent(orderId)}`;
}

function instancePath(resourceId: string): string {
  return `instances/${encodeURIComponent(resourceId)}`;
}

function remember(session: SessionView | null): SessionView | null {
  http.setCsrfToken(session?.csrfToken ?? null);
  return session;
}
