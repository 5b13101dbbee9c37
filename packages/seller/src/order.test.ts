/** `call.order()` asks the marketplace only when it is used, once for each call, and never longer than its budget. */
import { mockOrder } from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import type { OrderCall } from './handlers.ts';
import { memoryStore } from './memory-store.ts';
import { createOpenApiClient } from './open-api/client.ts';
import type { OrderResult } from './open-api/result.ts';
import { call, seller } from './testing.ts';

const create = { activity: 'newInstance', orderId: 'CS1', orderLineId: 'CS1-000001', businessId: 'biz-1' };
const order = mockOrder('MOCKONETIMENEW');

function withOrder(fetch: typeof globalThis.fetch, use: (request: OrderCall) => Promise<void>) {
  const openApi = createOpenApiClient({ baseUrl: 'https://mkt.myhuaweicloud.com', ak: 'AK', sk: 'SK', fetch });
  return seller({
    openApi,
    orderBudgetMs: 40,
    handlers: {
      newInstance: async (request) => {
        await use(request);
        return { instanceId: request.recommendedInstanceId };
      },
      queryInstance: () => [],
      refreshInstance: use,
      updateInstanceStatus: () => undefined,
      releaseInstance: () => undefined,
    },
  });
}

describe('call.order()', () => {
  it('asks for the order and line of the call, once', async () => {
    const asked: string[] = [];
    const results: OrderResult[] = [];
    const fetch = async (input: string | URL | Request) => {
      asked.push(new URL(String(input)).search);
      return Response.json({ resultCode: 'MKT.0000', resultMsg: 'Success', orderInfo: order });
    };
    const { server } = withOrder(fetch, async (request) => {
      results.push(...(await Promise.all([request.order(), request.order()])));
    });
    await call(server, create);
    await call(server, {
      ...create,
      activity: 'refreshInstance',
      scene: 'RENEWAL',
      instanceId: 'i',
      expireTime: '20270131155959',
    });
    expect(asked).toEqual(Array(2).fill('?orderId=CS1&orderLineId=CS1-000001'));
    expect(results).toHaveLength(4);
    for (const result of results) expect(result).toMatchObject({ ok: true, order });
  });

  it('sends nothing when nobody wants it', async () => {
    const { server } = withOrder(
      () => Promise.reject(new Error('must not be called')),
      async () => {},
    );
    expect(await call(server, create)).toMatchObject({ resultCode: '000000' });
  });

  it('ends within the budget, although the marketplace hangs', async () => {
    const hanging: typeof globalThis.fetch = (_, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    const results: OrderResult[] = [];
    const { server } = withOrder(hanging, async (request) => {
      results.push(await request.order());
    });
    expect(await call(server, create)).toMatchObject({ resultCode: '000000' });
    expect(results).toMatchObject([{ ok: false, kind: 'unreachable', code: 'CLIENT.TIMEOUT', attempts: 1 }]);
  });
});

describe('two servers with one store', () => {
  it('give one instance to an order line that both are asked for at once', async () => {
    const store = memoryStore();
    const servers = [seller({ store }), seller({ store })];
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        call((servers[index % 2] ?? seller()).server, { ...create, businessId: `biz-${index}` }),
      ),
    );
    expect(new Set(answers.map(({ instanceId }) => instanceId)).size).toBe(1);
    expect(servers.flatMap(({ asked }) => asked)).toHaveLength(1);
  });
});
