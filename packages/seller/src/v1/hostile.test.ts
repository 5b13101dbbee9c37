/** Whatever stands in a query: a signed answer with a code of the protocol, no handler without a token, no key shown. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signedRequestV1 } from './signed-request.ts';
import { answerOf, KEY, NOW, PRODUCTION_URL, sellerV1 } from './testing.ts';

const names = fc.constantFrom(
  'activity',
  'authToken',
  'timeStamp',
  'instanceId',
  'orderId',
  'email',
  'saasExtendParams',
);
const values = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('newInstance', 'queryInstance', '%', '%zz', '+', '%2B', '20260101080000123', '__proto__', '\ud800'),
);
const rawQueries = fc
  .array(fc.tuple(fc.oneof(names, values), values))
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));

it('answers every raw query', async () => {
  const { server, asked } = sellerV1({ mode: 'development' });
  await fc.assert(
    fc.asyncProperty(rawQueries, async (query) => {
      const url = new URL(PRODUCTION_URL);
      url.search = query;
      const answer = await answerOf(await server.fetch(new Request(url)));
      expect(answer.resultCode).toBe('000001');
      expect(JSON.stringify(answer)).not.toContain(KEY);
    }),
  );
  expect(asked).toEqual([]);
});

it('reads back every parameter that a marketplace may sign', async () => {
  const asked: unknown[] = [];
  const { server } = sellerV1({
    handlers: {
      newInstance: (call) => {
        asked.push(call.customer.customerName);
        return { instanceId: call.recommendedInstanceId, appInfo: { frontEndUrl: 'https://app.example.com' } };
      },
      queryInstance: () => [],
      releaseInstance: () => undefined,
    },
  });
  let orders = 0;
  const customerNames = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 16 });
  await fc.assert(
    fc.asyncProperty(customerNames, async (customerName) => {
      orders += 1;
      const parameters = {
        activity: 'newInstance',
        businessId: `b${orders}`,
        customerId: 'c',
        customerName,
        orderId: `o${orders}`,
        productId: 'p',
      };
      const request = signedRequestV1({ url: PRODUCTION_URL, accessKey: KEY, parameters, nowMs: NOW });
      expect(await answerOf(await server.fetch(request))).toMatchObject({ resultCode: '000000' });
      expect(asked.at(-1)).toBe(customerName);
    }),
  );
});
