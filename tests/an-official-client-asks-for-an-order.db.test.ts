/** The vendor's own Node client, unchanged, asks our Open API for an order over real HTTP (contract test). */
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js';
import { DefaultHttpClient } from '@huaweicloud/huaweicloud-sdk-core/http/DefaultHttpClient.js';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createApp, listen } from '../packages/marketplace/src/api/app.ts';
import { createCaller } from '../packages/marketplace/src/fulfilment/index.ts';
import { buyFromDemo } from '../packages/marketplace/src/testing/index.ts';
import { testWorld } from './support/world.ts';

it('and gets it, and a debugging order, and an error it can read', async () => {
  // The client signs with the machine's time, so this world lives now.
  const world = await testWorld({ start: new Date() });
  const { platform, demo } = world;
  const order = await buyFromDemo(world);
  const server = await listen(createApp({ platform, caller: createCaller(platform) }), '127.0.0.1', 0);
  onTestFinished(server.close);
  const endpoints = [`http://127.0.0.1:${server.port}`];
  const client = new HcClient(new DefaultHttpClient({}, endpoints))
    .withEndpoints(endpoints)
    .withCredential(new BasicCredentials({ ak: demo.ak, sk: demo.sk }));
  const query = (queryParams: Record<string, string>) =>
    client.sendRequest({
      method: 'GET',
      url: '/api/mkp-openapi-public/global/v1/order/query',
      contentType: 'application/json',
      queryParams,
      pathParams: {},
      headers: {},
    });

  const orderLineId = `${order.orderId}-000001`;
  expect(await query({ orderId: order.orderId, orderLineId })).toMatchObject({
    resultCode: 'MKT.0000',
    orderInfo: { orderId: order.orderId, orderLine: [{ orderLineId, chargingMode: 'PERIOD' }] },
  });
  expect(await query({ orderId: 'MOCKMONTYRENEW' })).toMatchObject({
    resultCode: 'MKT.0000',
    orderInfo: { orderId: 'MOCKMONTYRENEW', orderType: 'RENEW' },
  });
  vi.spyOn(console, 'error').mockReturnValue(); // the client prints each error in full
  vi.spyOn(console, 'log').mockReturnValue();
  onTestFinished(() => void vi.restoreAllMocks());
  await expect(query({ orderId: 'CS2601010000TESTA' })).rejects.toMatchObject({ httpStatusCode: 500 });
});
