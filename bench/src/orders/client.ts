/** A buyer's browser, reduced to three requests: quote → order → payment, with session, CSRF token, idempotency keys. */
import { createHash, randomUUID } from 'node:crypto';
import type { CrowdBuyer } from '@jishi/marketplace/testing';
import type { Dispatcher } from 'undici';
import { z } from 'zod';

export interface Purchase {
  readonly quoteMs: number;
  readonly orderMs: number;
  readonly paymentMs: number;
  readonly wholeMs: number;
}
const placed = z.object({ orderId: z.string(), amount: z.object({ amount: z.string() }) });
const quoted = z.object({ amount: z.object({ amount: z.string() }) });
const paid = z.object({ state: z.literal('PROCESSING') });

/** @throws when an answer is not the expected one: a wrong answer must not count as a fast one */
export async function purchase(http: Dispatcher, buyer: CrowdBuyer, priceItemId: string): Promise<Purchase> {
  const startedMs = performance.now();
  const quote = await send(http, buyer, 'GET', `/quotes?priceItemId=${priceItemId}&quantity=10&periodNumber=1`);
  const expectedAmount = quoted.parse(quote).amount.amount;
  const quotedMs = performance.now();
  const line = { priceItemId, quantity: 10, periodNumber: 1, parameters: [] };
  const order = { lines: [line], expectedAmount, agreementsAccepted: true };
  const { orderId } = placed.parse(await send(http, buyer, 'POST', '/orders', order));
  const orderedMs = performance.now();
  paid.parse(await send(http, buyer, 'POST', `/orders/${orderId}/payment`, { method: 'BALANCE' }));
  const paidMs = performance.now();
  return {
    quoteMs: quotedMs - startedMs,
    orderMs: orderedMs - quotedMs,
    paymentMs: paidMs - orderedMs,
    wholeMs: paidMs - startedMs,
  };
}

async function send(
  http: Dispatcher,
  buyer: CrowdBuyer,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<unknown> {
  const headers: Record<string, string> = { cookie: `jishi_session=${buyer.token}` };
  if (body !== undefined) {
    headers['content-type'] = 'application/json';
    headers['x-csrf-token'] = createHash('sha256').update(`csrf:${buyer.token}`).digest('base64url');
    headers['idempotency-key'] = randomUUID();
  }
  const options = { method, path: `/api/console${path}`, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
  const response = await http.request(options);
  const answer: unknown = await response.body.json();
  if (response.statusCode >= 300)
    throw new Error(`${method} ${path}: ${response.statusCode} ${JSON.stringify(answer)}`);
  return answer;
}
