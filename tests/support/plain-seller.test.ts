/** The hand-written seller agrees with our reading of both protocols: whole lives, repeats, and calls of strangers. */
import { type ActivityV1, type BaseActivity, type JsonInputObject, readAnswer, readAnswerV1 } from '@jishi/protocol';
import { signedRequest, signedRequestV1 } from '@jishi/seller';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlainSeller, startPlainSeller } from './plain-seller.ts';
import { rawExchange } from './raw-headers.ts';

const KEY = 'key-of-my-own-0123456789';
let seller: PlainSeller;
beforeAll(async () => {
  seller = await startPlainSeller(KEY);
});
afterAll(() => seller.close());

describe('V2.0', () => {
  const line = { orderId: 'CS1', orderLineId: 'CS1-000001' };
  const instanceId = 'plain-CS1-000001';
  async function call(activity: BaseActivity, members: JsonInputObject, accessKey = KEY) {
    const response = await fetch(signedRequest({ url: seller.url, accessKey, body: { activity, ...members } }));
    const body = new Uint8Array(await response.arrayBuffer());
    const contentType = response.headers.get('content-type');
    return readAnswer(activity, { status: response.status, contentType, body, truncated: false, durationMs: 1 });
  }
  const ok = { outcome: 'ok', diagnosis: [] };

  it('lives from newInstance to releaseInstance', async () => {
    for (const businessId of ['first', 'again']) {
      const created = await call('newInstance', { ...line, businessId });
      expect(created).toMatchObject({ ...ok, value: { instanceId } });
    }
    expect(await call('queryInstance', { instanceId })).toMatchObject({
      ...ok,
      value: { info: [{ instanceId, appInfo: { userName: 'root', password: 'Plain-1' } }] },
    });
    const renewal = { scene: 'RENEWAL', orderId: 'CS2', orderLineId: 'CS2-000001', instanceId };
    expect(await call('updateInstanceStatus', { instanceId, status: 'FREEZE' })).toMatchObject(ok);
    expect(await call('refreshInstance', { ...renewal, expireTime: '20280101000000' })).toMatchObject(ok);
    expect(seller.instances.get(instanceId)).toMatchObject({ status: 'FROZEN', expireTime: '20280101000000' });
    expect(await call('updateInstanceStatus', { instanceId, status: 'UNFREEZE' })).toMatchObject(ok);
    const upgrade = { orderId: 'CS3', orderLineId: 'CS3-000001', instanceId };
    expect(await call('changeInstanceCheck', { instanceId, productInfo: { linearValue: 3 } })).toMatchObject(ok);
    for (let time = 0; time < 2; time += 1) expect(await call('upgradeInstance', upgrade)).toMatchObject(ok);
    expect(seller.instances.get(instanceId)).toMatchObject({ status: 'ACTIVE', orders: ['CS1', 'CS2', 'CS3'] });
    for (let time = 0; time < 2; time += 1) expect(await call('releaseInstance', { instanceId })).toMatchObject(ok);
    expect(await call('queryInstance', { instanceId })).toMatchObject({ outcome: 'refused', resultCode: '000003' });
    expect(await call('upgradeInstance', upgrade)).toMatchObject({ resultCode: '000003' });
  });

  it('refuses a stranger, and the very same request the second time', async () => {
    expect(await call('queryInstance', { instanceId }, 'another-key')).toMatchObject({ resultCode: '000001' });
    const same = signedRequest({ url: seller.url, accessKey: KEY, body: { activity: 'queryInstance', instanceId } });
    const answers = [await fetch(same.clone()), await fetch(same)].map((response) => response.json());
    expect(await Promise.all(answers)).toMatchObject([{ resultCode: '000003' }, { resultCode: '000001' }]);
  });
});

describe('V1.0', () => {
  const instanceId = 'v1-CS9';
  const create = {
    customerId: 'c',
    customerName: 'A+B 公司',
    orderId: 'CS9',
    productId: 'P',
    amount: '3',
    chargingMode: '1',
  };
  async function call(activity: ActivityV1, members: Record<string, string>, accessKey = KEY) {
    const request = signedRequestV1({ url: seller.url, accessKey, parameters: { activity, ...members } });
    const timeStamp = new URL(request.url).searchParams.get('timeStamp') ?? '';
    return readAnswerV1(activity, await rawExchange(request.url), { key: KEY, timeStamp });
  }
  const ok = { outcome: 'ok', diagnosis: [] };

  it('lives from newInstance to releaseInstance, each answer signed', async () => {
    for (const businessId of ['first', 'again']) {
      expect(await call('newInstance', { ...create, businessId })).toMatchObject({
        ...ok,
        value: {
          instanceId,
          appInfo: { frontEndUrl: 'https://plain.example/', userName: 'root', password: 'Plain-1' },
        },
      });
    }
    expect(await call('queryInstance', { instanceId })).toMatchObject({
      ...ok,
      value: { info: [{ instanceId, appInfo: { password: 'Plain-1' } }] },
    });
    expect(await call('expireInstance', { instanceId, orderId: 'CS9' })).toMatchObject(ok);
    expect(seller.instances.get(instanceId)?.status).toBe('FROZEN');
    const renewal = { instanceId, orderId: 'CS10', expireTime: '20280101000000' };
    for (let time = 0; time < 2; time += 1) expect(await call('refreshInstance', renewal)).toMatchObject(ok);
    const upgrade = { instanceId, orderId: 'CS11', skuCode: 's', productId: 'P2', amount: '20' };
    expect(await call('upgrade', upgrade)).toMatchObject(ok);
    expect(seller.instances.get(instanceId)).toEqual({
      status: 'ACTIVE',
      expireTime: '20280101000000',
      orders: ['CS9', 'CS10', 'CS11'],
      amount: 20,
    });
    expect(await call('instanceStatus', { instanceId, instanceStatus: 'FREEZE' })).toMatchObject(ok);
    expect(await call('instanceStatus', { instanceId, instanceStatus: 'NORMAL' })).toMatchObject(ok);
    const release = { instanceId, orderId: 'CS9' };
    for (let time = 0; time < 2; time += 1) expect(await call('releaseInstance', release)).toMatchObject(ok);
    const details = await call('newInstance', { ...create, businessId: 'details' });
    expect(details).toMatchObject({ outcome: 'refused', resultCode: '000003' });
  });

  it('refuses a stranger, with a signed answer', async () => {
    const before = seller.refused.length;
    const refused = await call('queryInstance', { instanceId }, 'another-key');
    expect(refused).toMatchObject({ outcome: 'refused', resultCode: '000001' });
    expect(seller.refused).toHaveLength(before + 1);
  });

  it('changes nothing for a debugging call', async () => {
    const probe = { ...create, orderId: 'CS-PROBE', businessId: 'b', testFlag: '1' };
    expect(await call('newInstance', probe)).toMatchObject(ok);
    expect(seller.instances.has('v1-CS-PROBE')).toBe(false);
  });
});
