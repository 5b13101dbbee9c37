import type {
  MetaView,
  OverviewView,
  PaymentOptionsView,
  ResourceDetailsView,
  SearchHitView,
  SessionView,
} from '@jishi/marketplace/console-api';
import { livesAnswer } from './lives.ts';
import { cancel, createOrder, findOrder, pay, quoteFor } from './orders.ts';
import { publicationAnswer } from './publication.ts';
import { refuse } from './refusal.ts';
import { fakeNow } from './services.ts';
import { listServices, subscriptionAnswer, timelineOf } from './subscription-routes.ts';
import type { World } from './world.ts';

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly session: SessionView | null;
}

export interface FakeAnswer {
  /** how long the answer takes, e.g. because a seller is asked */
  readonly delayMs?: number;
  readonly status?: number;
  readonly json?: unknown;
  readonly cookie?: string;
}

/** The routes of the contract over the world in memory. */
export function answer(world: World, request: FakeRequest): FakeAnswer {
  const { method, path, query, body, session } = request;
  const [resource = '', id = '', part = ''] = path.split('/');
  const route = [method, resource, id === '' ? '' : ':id', part].filter((one) => one !== '').join(' ');
  if (route === 'GET meta') return { json: meta(world) };
  if (route === 'GET session')
    return session === null ? refuse(401, 'UNAUTHENTICATED', 'Not signed in') : { json: session };
  if (route === 'POST session') return signIn(world, body);
  if (route === 'DELETE session') return { status: 204, cookie: 'nobody' };
  if (route === 'GET products')
    return { json: page(world.products.filter((one) => matches(one.name, query.get('q')))) };
  if (route === 'GET products :id') return { json: world.products.find((one) => one.goodsId === id) ?? missing() };
  if (route === 'GET quotes')
    return {
      json: quoteFor(
        world,
        query.get('priceItemId') ?? '',
        Number(query.get('quantity') ?? 1),
        Number(query.get('periodNumber') ?? 1),
      ),
    };
  if (session === null) return refuse(401, 'UNAUTHENTICATED', 'Not signed in');
  const published = publicationAnswer(request, route, path);
  if (published !== undefined) return published;
  const staff = livesAnswer(world, request, route, id);
  if (staff !== undefined) return staff;
  switch (route) {
    case 'POST orders':
      return { status: 201, json: createOrder(world, body) };
    case 'GET orders':
      return {
        json: page(world.orders.filter((one) => query.get('state') === null || one.state === query.get('state'))),
      };
    case 'GET orders :id':
      return { json: findOrder(world, id) };
    case 'GET orders :id timeline':
      return { json: { items: world.timelines.get(id) ?? [] } };
    case 'GET orders :id payment-options':
      return { json: paymentOptions(world, id) };
    case 'POST orders :id payment':
      return { json: pay(world, id) };
    case 'POST orders :id cancellation':
      return { json: cancel(world, id) };
    case 'GET wallet':
      return { json: wallet(world) };
    case 'POST sandbox :id top-ups':
      world.balance += Number(JSON.parse(body).amount);
      return { json: wallet(world) };
    case 'GET instances':
      return { json: page(listServices(world, query)) };
    case 'GET instances :id':
      return { json: detailsOf(world, id) };
    case 'GET instances :id timeline':
      return { json: { items: timelineOf(world, id) } };
    case 'POST instances :id password-reveals':
      return { json: { password: 'Initial#2026' } };
    case 'GET calls :id':
      return { json: world.calls.find((one) => one.call.callId === id) ?? missing() };
    case 'POST calls :id restart': {
      const found = world.calls.find((one) => one.call.callId === id) ?? missing();
      found.call = { ...found.call, state: 'DUE', restarted: true, nextAttemptAt: '2026-11-24T08:00:00Z' };
      return { json: found.call };
    }
    case 'GET overview':
      return { json: overview(world) };
    case 'GET tasks':
      return {
        json: page(world.tasks.filter((one) => query.get('state') === null || one.state === query.get('state'))),
      };
    case 'GET search':
      return { json: { items: searchHits(world, query.get('q') ?? '') } };
    default:
      return subscriptionAnswer(world, request, route, id) ?? missing();
  }
}

function signIn(world: World, body: string): FakeAnswer {
  const { loginName, password } = JSON.parse(body);
  const session = world.sessions.find((one) => one.loginName === loginName && password === 'sandbox');
  return session === undefined
    ? refuse(401, 'INVALID_CREDENTIALS', 'Wrong credentials')
    : { json: session, cookie: session.loginName };
}

function meta(world: World): MetaView {
  return {
    site: 'CN',
    mode: 'sandbox',
    version: '0.1.0',
    now: fakeNow,
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
    identityProvider: null,
    demoAccounts: world.sessions.map(({ loginName, area, displayName }) => ({
      loginName,
      password: 'sandbox',
      area,
      displayName,
    })),
  };
}

function wallet(world: World) {
  return { balance: { amount: world.balance.toFixed(2), currency: 'CNY' } };
}

function paymentOptions(world: World, orderId: string): PaymentOptionsView {
  const { amount } = findOrder(world, orderId);
  const { balance } = wallet(world);
  const short = Number(amount.amount) - world.balance;
  const gap = { code: 'INSUFFICIENT_BALANCE', message: 'the balance is short', facts: { gap: short.toFixed(2) } };
  const noCredit = { code: 'NO_CREDIT', message: 'the operator has granted no credit', facts: {} };
  return {
    amount,
    purses: [],
    rest: [
      { kind: 'BALANCE', available: balance, refused: short > 0 ? gap : null },
      { kind: 'CREDIT', available: null, refused: noCredit },
      { kind: 'ONLINE', available: null, refused: null },
    ],
    restAmount: amount,
    split: [{ instrument: 'BALANCE', purseId: null, amount }],
  };
}

function detailsOf(world: World, resourceId: string): ResourceDetailsView {
  const instance = world.instances.find((one) => one.resourceId === resourceId) ?? missing();
  const product = world.products.find((one) => one.goodsId === instance.goodsId) ?? missing();
  return {
    instance,
    access:
      instance.state === 'PROVISIONING'
        ? null
        : {
            frontEndUrl: 'https://desk.yunfan.example/t/77',
            adminUrl: 'https://desk.yunfan.example/admin',
            userName: 'admin@chenxing.example',
            hasPassword: true,
            memo: '首次登录后请修改密码。',
            fetchedAt: '2026-11-24T06:00:00Z',
            stale: true,
          },
    usageGuide: product.usageGuide,
    support: product.support,
  };
}

function overview(world: World): OverviewView {
  return {
    orders: [
      { state: 'PENDING_PAYMENT', count: world.orders.filter((one) => one.state === 'PENDING_PAYMENT').length },
      { state: 'PROCESSING', count: 3 },
      { state: 'COMPLETED', count: 1284 },
      { state: 'REFUNDED', count: 7 },
    ],
    instances: [
      { state: 'ACTIVE', count: 1190 },
      { state: 'GRACE', count: 12 },
      { state: 'FROZEN', count: 4 },
    ],
    calls: [
      { state: 'SUCCEEDED', count: 3320 },
      { state: 'STOPPED', count: 2 },
      { state: 'DUE', count: 5 },
    ],
    callsByOutcome: Array.from({ length: 24 }, (_, index) => ({
      hour: new Date(Date.UTC(2026, 10, 23, 7 + index)).toISOString(),
      ok: 20 + ((index * 7) % 23),
      pending: (index * 5) % 9,
      failed: index % 6 === 0 ? 6 : index % 3,
    })),
    tasks: { due: 31, running: 2, overdue: 0, failed: 1 },
    ledger: { balanced: true, debits: '1542300.00', credits: '1542300.00' },
  };
}

function searchHits(world: World, q: string): SearchHitView[] {
  const orders = world.orders.filter((one) => one.orderId === q);
  const products = world.products.filter((one) => matches(one.name, q));
  return [
    ...orders.map(
      (one): SearchHitView => ({
        kind: 'order',
        id: one.orderId,
        title: one.lines[0]?.productName ?? { zh: '', en: '' },
        state: one.state,
      }),
    ),
    ...products.map((one): SearchHitView => ({ kind: 'product', id: one.goodsId, title: one.name, state: one.status })),
  ];
}

function matches(name: { zh: string; en: string }, q: string | null): boolean {
  return q === null || `${name.zh} ${name.en}`.toLowerCase().includes(q.toLowerCase());
}

function page<T>(items: readonly T[]) {
  return { items, nextCursor: null };
}

function missing(): never {
  return refuse(404, 'NOT_FOUND', 'Not found');
}
