/** Plays a purchase over the real console API, as the buyer's browser would, and reads the calls as the seller. */
import { setTimeout as wait } from 'node:timers/promises';
import type { DemoFacts } from '@jishi/marketplace';
import {
  callPage,
  foundProducts,
  orderPage,
  order as orderSchema,
  product as productSchema,
  quote as quoteSchema,
  resourceDetails,
  sellerCallDetails,
  session as sessionSchema,
} from '@jishi/marketplace/console-api';
import type { z } from 'zod';

export interface PurchaseReport {
  readonly ok: boolean;
  readonly purchaseToActiveMs: number;
  readonly productName: { zh: string; en: string };
  readonly order: { orderId: string; orderLineId: string; status: string; amount: string; currency: string };
  readonly instance: {
    instanceId: string | null;
    resourceId: string;
    status: string;
    frontEndUrl: string | null;
    userName: string | null;
  } | null;
  readonly calls: readonly {
    activity: string;
    attempt: number;
    httpStatus: number | null;
    resultCode: string | null;
    durationMs: number;
  }[];
  /** of attempts that failed or told no access data yet, each finding once */
  readonly diagnosis: readonly {
    code: string;
    summary: { zh: string; en: string };
    seen: string;
    fix: { zh: string; en: string };
  }[];
}

const USERS = 10;
const LOOK_MS = 25;

export async function playPurchase(
  { url, demo }: { url: string; demo: DemoFacts },
  timeoutMs: number,
  say: (line: string) => void,
): Promise<PurchaseReport> {
  const buyer = await enter(url, demo, 'buyer');
  const { items } = await buyer.get('/products', foundProducts);
  const card = items.find((item) => item.goodsId === demo.goodsId);
  if (!card) throw new Error('the demo product is not on sale');
  const product = await buyer.get(`/products/${card.goodsId}`, productSchema);
  const price = product.specifications[0]?.skus[0]?.prices.find((item) => item.periodType === 'year');
  if (!price) throw new Error('the demo product has no yearly price');
  const quote = await buyer.get(
    `/quotes?priceItemId=${price.priceItemId}&quantity=${USERS}&periodNumber=1`,
    quoteSchema,
  );

  const startedMs = performance.now();
  const line = { priceItemId: price.priceItemId, quantity: USERS, periodNumber: 1 };
  const placed = await buyer.post(
    '/orders',
    { lines: [line], expectedAmount: quote.amount.amount, agreementsAccepted: true },
    orderSchema,
  );
  await buyer.post(`/orders/${placed.orderId}/payment`, { method: 'BALANCE' }, orderSchema);
  const seller = await enter(url, demo, 'seller');
  const done = await untilDone(buyer, seller, placed.orderId, startedMs + timeoutMs, say);
  const purchaseToActiveMs = Math.round(performance.now() - startedMs);

  const attempts = await attemptsOf(seller, placed.orderId);
  const details = done ? await buyer.get(`/instances/${placed.lines[0]?.orderLineId}`, resourceDetails) : null;
  const final = await buyer.get(`/orders/${placed.orderId}`, orderSchema);
  return {
    ok: details?.instance.state === 'ACTIVE' && details.access !== null,
    purchaseToActiveMs,
    productName: card.name,
    order: {
      orderId: final.orderId,
      orderLineId: final.lines[0]?.orderLineId ?? '',
      status: final.state,
      amount: final.amount.amount,
      currency: final.amount.currency,
    },
    instance: details && {
      instanceId: details.instance.instanceId,
      resourceId: details.instance.resourceId,
      status: details.instance.state,
      frontEndUrl: details.access?.frontEndUrl ?? null,
      userName: details.access?.userName ?? null,
    },
    calls: attempts.map(({ activity, attempt, httpStatus, resultCode, durationMs }) => ({
      activity,
      attempt,
      httpStatus,
      resultCode,
      durationMs,
    })),
    diagnosis: findingsOf(attempts),
  };
}

/** @returns true = completed and the instance is active; false = refunded, failed at the first try, or out of time */
async function untilDone(
  buyer: Client,
  seller: Client,
  orderId: string,
  deadlineMs: number,
  say: (line: string) => void,
): Promise<boolean> {
  let told = false;
  while (performance.now() < deadlineMs) {
    const { items } = await buyer.get(`/orders?orderId=${orderId}`, orderPage);
    const state = items[0]?.state;
    if (state === 'COMPLETED') {
      const details = await buyer.get(`/instances/${items[0]?.lines[0]?.orderLineId}`, resourceDetails);
      if (details.instance.state === 'ACTIVE') return true;
    }
    if (state === 'REFUNDED') return false;
    // The marketplace repeats a failed creation after an hour; a person at the terminal wants to know why now.
    const { items: calls } = await seller.get(`/calls?orderId=${orderId}`, callPage);
    if (calls.some((call) => call.activity === 'newInstance' && call.state !== 'SUCCEEDED' && call.last !== null))
      return false;
    const query = calls.find((call) => call.activity === 'queryInstance');
    if (!told && query?.last && query.state !== 'SUCCEEDED') {
      const why = query.last.diagnosisCode ?? query.last.resultCode ?? 'no answer';
      say(`queryInstance brought no access data yet (${why}); it is asked again …`);
      told = true;
    }
    await wait(LOOK_MS);
  }
  return false;
}

async function attemptsOf(seller: Client, orderId: string) {
  const { items } = await seller.get(`/calls?orderId=${orderId}`, callPage);
  // Oldest first: the creation and its query; later ones come from people who open the details.
  const provisioning = items.toReversed().slice(0, 2);
  const details = await Promise.all(provisioning.map((call) => seller.get(`/calls/${call.callId}`, sellerCallDetails)));
  return details.flatMap(({ call, attempts }) => attempts.map((attempt) => ({ ...attempt, activity: call.activity })));
}

/** An attempt of a query that waits may tell why: an answer for another instance is read as "not yet" (saas-v2.md Q7). */
function findingsOf(attempts: Awaited<ReturnType<typeof attemptsOf>>): PurchaseReport['diagnosis'] {
  const found = attempts
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'pending')
    .flatMap(({ diagnosis }) => diagnosis);
  return [...new Map(found.map((each) => [`${each.code} ${each.seen}`, each])).values()];
}

interface Client {
  get<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>>;
  post<S extends z.ZodType>(path: string, body: object, schema: S): Promise<z.infer<S>>;
}

async function enter(url: string, demo: DemoFacts, area: 'buyer' | 'seller'): Promise<Client> {
  const account = demo.accounts.find((each) => each.area === area);
  if (!account) throw new Error(`there is no demo ${area}`);
  const response = await fetch(`${url}/api/console/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ loginName: account.loginName, password: account.password }),
  });
  const session = sessionSchema.parse(await json(response));
  const headers = {
    cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
    'x-csrf-token': session.csrfToken,
  };
  return {
    get: async (path, schema) => schema.parse(await json(await fetch(`${url}/api/console${path}`, { headers }))),
    post: async (path, body, schema) =>
      schema.parse(
        await json(
          await fetch(`${url}/api/console${path}`, {
            method: 'POST',
            headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
            body: JSON.stringify(body),
          }),
        ),
      ),
  };
}

async function json(response: Response): Promise<unknown> {
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(body)}`);
  return body;
}
