/** People of a running sandbox without a browser: they prepare over the console API what a browser test looks at. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { product as productSchema } from '../../packages/marketplace/src/api/console-api/market-schemas.ts';
import { order as orderSchema } from '../../packages/marketplace/src/api/console-api/order-schemas.ts';
import { instance } from '../../packages/marketplace/src/api/console-api/service-schemas.ts';
import { session } from '../../packages/marketplace/src/api/console-api/session-schemas.ts';
import type { Account } from './sandbox-process.ts';
import { until } from './until.ts';

type Order = z.infer<typeof orderSchema>;

export interface Person {
  get<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>>;
  post<S extends z.ZodType>(path: string, body: object, schema: S): Promise<z.infer<S>>;
}

/** Signs in. @param url of the marketplace */
export async function enter(url: string, { loginName, password }: Account): Promise<Person> {
  const response = await fetch(`${url}/api/console/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ loginName, password }),
  });
  const { csrfToken } = session.parse(await answer(response));
  const headers = {
    cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
    'x-csrf-token': csrfToken,
    'content-type': 'application/json',
  };
  const send = async (path: string, more: RequestInit): Promise<unknown> =>
    answer(
      await fetch(`${url}/api/console${path}`, { ...more, headers: { ...headers, 'idempotency-key': randomUUID() } }),
    );
  return {
    get: async (path, schema) => schema.parse(await send(path, {})),
    post: async (path, body, schema) => schema.parse(await send(path, { method: 'POST', body: JSON.stringify(body) })),
  };
}

async function answer(response: Response): Promise<unknown> {
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(body)}`);
  return body;
}

/** What to buy of the demo product. */
export interface Wish {
  /** place among the specifications: 0 standard, 1 enterprise */
  readonly specification?: number;
  readonly periodType?: 'month' | 'year';
  readonly quantity?: number;
  readonly periodNumber?: number;
}

/** Places and pays an order; the seller has not answered yet. */
export async function order(buyer: Person, wish: Wish = {}): Promise<Order> {
  const { specification = 0, periodType = 'month', quantity = 5, periodNumber = 1 } = wish;
  const { items } = await buyer.get('/products', z.object({ items: z.array(z.object({ goodsId: z.string() })) }));
  const product = await buyer.get(`/products/${items[0]?.goodsId}`, productSchema);
  const prices = product.specifications[specification]?.skus[0]?.prices ?? [];
  const line = {
    priceItemId: prices.find((price) => price.periodType === periodType)?.priceItemId ?? '',
    quantity,
    periodNumber,
  };
  const quote = await buyer.get(
    `/quotes?priceItemId=${line.priceItemId}&quantity=${quantity}&periodNumber=${periodNumber}`,
    z.object({ amount: z.object({ amount: z.string() }) }),
  );
  const placed = await buyer.post(
    '/orders',
    { lines: [line], expectedAmount: quote.amount.amount, agreementsAccepted: true },
    orderSchema,
  );
  return buyer.post(`/orders/${placed.orderId}/payment`, { method: 'BALANCE' }, orderSchema);
}

/** Buys and waits until the service runs. @returns its resource id */
export async function subscribe(buyer: Person, wish: Wish = {}): Promise<string> {
  const { orderId, lines } = await order(buyer, wish);
  const resourceId = lines[0]?.orderLineId ?? '';
  await until(`service ${resourceId} runs`, async () => {
    const { state } = await buyer.get(`/orders/${orderId}`, orderSchema);
    return state === 'COMPLETED' && (await serviceOf(buyer, resourceId)).state === 'ACTIVE';
  });
  return resourceId;
}

export const serviceOf = async (buyer: Person, resourceId: string): Promise<z.infer<typeof instance>> =>
  (await buyer.get(`/instances/${resourceId}/subscription`, z.object({ instance }))).instance;

export const balanceOf = async (buyer: Person): Promise<number> =>
  Number((await buyer.get('/wallet', z.object({ balance: z.object({ amount: z.string() }) }))).balance.amount);

/** Renews one service for a month and pays; the seller has not been told yet. */
export async function renew(buyer: Person, resourceId: string): Promise<Order> {
  const items = [{ resourceId, periodType: 'month', periodNumber: 1 }];
  const quote = await buyer.get(
    `/renewal-quotes?items=${encodeURIComponent(JSON.stringify(items))}`,
    z.object({ amount: z.object({ amount: z.string() }) }),
  );
  const wish = { items, expectedAmount: quote.amount.amount, agreementsAccepted: true };
  const placed = await buyer.post('/renewals', wish, orderSchema);
  return buyer.post(`/orders/${placed.orderId}/payment`, { method: 'BALANCE' }, orderSchema);
}
