/** A customer of the old protocol V1.0: bought, used, renewed after the freeze, upgraded, released; and the log that tells it. */
import { decryptAccountData, encryptAccountData } from '@jishi/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browser, KEY, lineOf, type Market, startMarket } from './testing.ts';

let market: Market;
beforeAll(async () => {
  market = await startMarket();
});
afterAll(() => market.close());

const create = {
  activity: 'newInstance',
  businessId: 'biz-old',
  orderId: 'CS2601010000OLD',
  customerId: 'c-1',
  customerName: 'Acme 有限公司',
  email: encryptAccountData('root@acme.example', KEY, '1', 'A1b2C3d4E5f6G7h8'),
  productId: 'OFFI100000000000000001',
  skuCode: 'sku-1',
  chargingMode: '1',
  periodType: 'year',
  periodNumber: '1',
  amount: '3',
  expireTime: '20270131155959',
};
const instanceId = 'biz-old';
const tenant = (id = instanceId) => market.demo.control.tenants().find((one) => one.instanceId === id);
const done = { resultCode: '000000' };

it('lives from newInstance to releaseInstance', async () => {
  const created = await market.callV1(create);
  expect(created).toMatchObject({ ...done, instanceId });
  expect(tenant()).toMatchObject({
    orderId: create.orderId,
    orderLineId: null,
    customerName: 'Acme 有限公司',
    contact: 'root@acme.example',
    phase: 'active',
    skuCode: 'sku-1',
    userLimit: 3,
    expiresAt: '2027-01-31T15:59:59.000Z',
  });

  const { frontEndUrl = '', adminUrl = '', userName = '', password = '' } = created.appInfo ?? {};
  const clear = (value: string) => {
    const opened = decryptAccountData(value, KEY, '1');
    return opened.ok ? opened.text : '';
  };
  const visitor = browser();
  const signIn = { userName: clear(userName), password: clear(password) };
  expect((await visitor.submit(`${frontEndUrl}/sign-in`, signIn)).text).toContain('1 of 3 users');
  expect((await visitor.open(adminUrl)).text).toContain('root@acme.example');

  const details = await market.callV1({ ...create, businessId: 'biz-details' });
  expect(details).toMatchObject({ ...done, instanceId, appInfo: { frontEndUrl, adminUrl } });
  expect(clear(details.appInfo?.password ?? '')).toBe(signIn.password);

  const expire = { activity: 'expireInstance', instanceId, orderId: create.orderId };
  expect(await market.callV1(expire)).toMatchObject(done);
  expect(await market.callV1(expire)).toMatchObject(done);
  expect((await visitor.open(frontEndUrl)).status).toBe(403);

  const renew = { activity: 'refreshInstance', instanceId, orderId: 'CS2701010000RENEW', expireTime: '20280131155959' };
  expect(await market.callV1(renew)).toMatchObject(done);
  expect((await visitor.open(frontEndUrl)).text).toContain('1 of 3 users');
  expect(tenant()).toMatchObject({ phase: 'active', expiresAt: '2028-01-31T15:59:59.000Z' });

  const upgrade = {
    activity: 'upgrade',
    instanceId,
    orderId: 'CS2702',
    skuCode: 'sku-2',
    productId: 'P2',
    amount: '20',
  };
  expect(await market.callV1(upgrade)).toMatchObject(done);
  expect(tenant()).toMatchObject({ skuCode: 'sku-2', productId: 'P2', userLimit: 20 });

  const release = { activity: 'releaseInstance', instanceId, orderId: create.orderId };
  expect(await market.callV1(release)).toMatchObject(done);
  expect(await market.callV1(release)).toMatchObject(done);
  expect((await visitor.open(frontEndUrl)).status).toBe(410);
  expect(await market.callV1(create)).toMatchObject({ resultCode: '000003' });
  expect(tenant()).toMatchObject({ phase: 'released', contact: null, customerName: null });
});

describe('refreshInstance', () => {
  let number = 0;
  const bought = async (): Promise<string> => {
    const orderId = `CS2601R${number++}`;
    await market.callV1({ ...create, orderId, businessId: `biz-${orderId}` });
    return `biz-${orderId}`;
  };
  const refresh = (id: string, expireTime: string, more: Record<string, string> = {}) =>
    market.callV1({ activity: 'refreshInstance', instanceId: id, orderId: `R${number++}`, expireTime, ...more });

  it('sets the end back when a renewal is taken back, with or without money', async () => {
    for (const more of [{ orderAmount: '-12.5' }, {}]) {
      const id = await bought();
      await refresh(id, '20280131155959', { orderAmount: '12.5' });
      expect(await refresh(id, '20270131155959', more)).toMatchObject(done);
      expect(tenant(id)).toMatchObject({ expiresAt: '2027-01-31T15:59:59.000Z' });
    }
  });

  it('makes a formal instance of a trial, also where its end comes earlier', async () => {
    const id = await bought();
    expect(await refresh(id, '20260301155959', { trialToFormal: '1', productId: 'P-month' })).toMatchObject(done);
    expect(tenant(id)).toMatchObject({ productId: 'P-month', expiresAt: '2026-03-01T15:59:59.000Z' });
  });

  it('does not lift the freeze of a violation', async () => {
    const id = await bought();
    const status = (instanceStatus: string) =>
      market.callV1({ activity: 'instanceStatus', instanceId: id, instanceStatus });
    await status('FREEZE');
    await market.callV1({ activity: 'expireInstance', instanceId: id, orderId: 'any' });
    await refresh(id, '20280131155959');
    expect(tenant(id)?.phase).toBe('frozen');
    await status('NORMAL');
    expect(tenant(id)?.phase).toBe('active');
  });
});

it('both protocols share one address, the tenants and the log, call by call in the order of arrival', async () => {
  market.demo.control.clearCalls();
  const seen: { protocol: string; nonce: string | null; timeStamp: string | null }[] = [];
  market.quantities.set(lineOf('CS-NEW'), 4);
  const current = { orderId: 'CS-NEW', orderLineId: lineOf('CS-NEW'), businessId: 'biz-new' };
  await market.call({ activity: 'newInstance', ...current });
  await market.callV1({ ...create, orderId: 'CS-OLD', businessId: 'biz-older', timeStamp: '20260101080000123' });
  await market.callV1({ activity: 'queryInstance', instanceId: 'biz-new,biz-older' });
  await market.callV1({ activity: 'expireInstance', instanceId: 'unknown', orderId: 'CS-OLD' });
  const shown: { calls: typeof seen } = await (await fetch(`${market.demo.url}/_control`)).json();
  expect(shown.calls).toMatchObject([
    { protocol: 'saas-v2', activity: 'newInstance', ...current, instanceId: null, resultCode: '000000' },
    {
      protocol: 'saas-v1',
      activity: 'newInstance',
      orderId: 'CS-OLD',
      orderLineId: null,
      businessId: 'biz-older',
      nonce: null,
      timeStamp: '20260101080000123',
      resultCode: '000000',
    },
    { protocol: 'saas-v1', activity: 'queryInstance', instanceId: 'biz-new,biz-older', resultCode: '000000' },
    { protocol: 'saas-v1', activity: 'expireInstance', instanceId: 'unknown', orderId: 'CS-OLD', resultCode: '000003' },
  ]);
  expect(shown.calls[0]).toMatchObject({
    nonce: expect.stringMatching(/^\w{32}$/),
    timeStamp: expect.stringMatching(/^\d{13}$/),
  });
});

it('a call is in the log from its arrival on, also while it hangs', async () => {
  market.demo.control.clearCalls();
  market.demo.control.change({ faults: [{ kind: 'slow', times: 1, delayMs: 300 }] });
  const slow = market.sendV1({ activity: 'queryInstance', instanceId: 'first' });
  await expect.poll(() => market.demo.control.calls()).toHaveLength(1);
  await market.callV1({ activity: 'queryInstance', instanceId: 'second' });
  await slow;
  expect(market.demo.control.calls()).toMatchObject([{ instanceId: 'first' }, { instanceId: 'second' }]);
});
