/** A marketplace calls a seller's server: the right calls are served, every wrong one is turned away with its code. */
import { describe, expect, it } from 'vitest';
import { signedRequest } from './signed-request.ts';
import { call, KEY, NOW, seller, URL_ } from './testing.ts';

const create = { activity: 'newInstance', orderId: 'CS1', orderLineId: 'CS1-000001', businessId: 'biz-1' };

describe('newInstance', () => {
  it('takes the recommended id and keeps it for repeats with another businessId', async () => {
    const { server } = seller();
    expect(await call(server, create)).toMatchObject({ resultCode: '000000', instanceId: 'biz-1' });
    expect(await call(server, { ...create, businessId: 'biz-2' })).toMatchObject({
      resultCode: '000000',
      instanceId: 'biz-1',
    });
  });
});

describe('a wrong signature', () => {
  it('is refused with 000001', async () => {
    const { server } = seller();
    const request = signedRequest({ url: URL_, accessKey: `${KEY}x`, body: create, nowMs: NOW });
    expect(await (await server.fetch(request)).json()).toMatchObject({ resultCode: '000001' });
  });
});
