/** What each activity of V1.0 means: one instance for an order, its data again for every repeat, sets that may be repeated. */
import { decryptAccountData, encryptAccountData } from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../memory-store.ts';
import { refuse } from '../refuse.ts';
import type { NewInstanceCallV1, SellerHandlersV1 } from './handlers.ts';
import { createSellerServerV1 } from './server.ts';
import { access, callV1, KEY, sellerV1 } from './testing.ts';

const create = {
  activity: 'newInstance',
  businessId: 'biz-1',
  customerId: 'c-1',
  orderId: 'CS1',
  productId: 'P1',
  chargingMode: '1',
};
const refresh = { activity: 'refreshInstance', orderId: 'CS2', instanceId: 'biz-1', expireTime: '20280101000000' };

describe('newInstance', () => {
  it('gives the same instance and its access data to a repeat with another businessId', async () => {
    const { server, asked } = sellerV1();
    for (const businessId of ['biz-1', 'biz-2', 'biz-3']) {
      const answer = await callV1(server, { ...create, businessId });
      expect(answer).toMatchObject({
        resultCode: '000000',
        instanceId: 'biz-1',
        appInfo: { frontEndUrl: access('biz-1').frontEndUrl },
      });
      const { appInfo } = JSON.parse(JSON.stringify(answer));
      expect(decryptAccountData(appInfo.password, KEY, '1')).toEqual({ ok: true, text: 'Init-Pass-1' });
    }
    expect(asked).toEqual(['newInstance biz-1']);
  });

  it('never shares an instance between two orders', async () => {
    const { server } = sellerV1();
    await callV1(server, create);
    expect(await callV1(server, { ...create, orderId: 'CS9', businessId: 'biz-9' })).toMatchObject({
      instanceId: 'biz-9',
    });
  });

  it('tells the products of a pay-per-use order apart, and only of such an order', async () => {
    const { server } = sellerV1();
    const usage = { ...create, chargingMode: '0' };
    await callV1(server, usage);
    const second = { ...usage, productId: 'P2', businessId: 'biz-2' };
    expect(await callV1(server, second)).toMatchObject({ instanceId: 'biz-2' });
    expect(await callV1(server, { ...second, businessId: 'biz-3' })).toMatchObject({ instanceId: 'biz-2' });
    await callV1(server, { ...create, orderId: 'CS5', businessId: 'biz-5' });
    const other = { ...create, orderId: 'CS5', productId: 'P2', businessId: 'biz-6' };
    expect(await callV1(server, other)).toMatchObject({ instanceId: 'biz-5' });
  });

  it('is one instance for simultaneous calls', async () => {
    const { server, asked } = sellerV1();
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((businessId) => callV1(server, { ...create, businessId })),
    );
    expect(new Set(answers.map(({ instanceId }) => instanceId)).size).toBe(1);
    expect(asked).toHaveLength(1);
  });

  it('asks queryInstance when the handler gives no appInfo', async () => {
    const { server } = sellerV1({ handlers: handlers({ newInstance: () => ({ instanceId: 'own' }) }) });
    expect(await callV1(server, create)).toMatchObject({
      instanceId: 'own',
      appInfo: { frontEndUrl: access('own').frontEndUrl },
    });
  });

  it('leaves appInfo out when the seller sends the access data itself', async () => {
    const { server } = sellerV1({
      handlers: handlers({ queryInstance: ({ instanceIds }) => instanceIds.map((instanceId) => ({ instanceId })) }),
    });
    expect(await callV1(server, create)).toEqual({
      resultCode: '000000',
      resultMsg: 'success.',
      instanceId: 'biz-1',
    });
  });

  it('answers 000004 while pending, and with everything once queryInstance finds it ready', async () => {
    let ready = false;
    const { server } = sellerV1({
      handlers: handlers({
        newInstance: () => ({ pending: true, instanceId: 'slow' }),
        queryInstance: () => [
          ready ? { instanceId: 'slow', appInfo: access('slow') } : { instanceId: 'slow', pending: true },
        ],
      }),
    });
    expect(await callV1(server, create)).toMatchObject({ resultCode: '000004' });
    expect(await callV1(server, create)).toMatchObject({ resultCode: '000004' });
    ready = true;
    expect(await callV1(server, create)).toMatchObject({ resultCode: '000000', instanceId: 'slow' });
  });

  it('answers 000003 when the details are opened after the release', async () => {
    const { server } = sellerV1();
    await callV1(server, create);
    await callV1(server, { activity: 'releaseInstance', instanceId: 'biz-1', orderId: 'CS1' });
    expect(await callV1(server, { ...create, businessId: 'later' })).toMatchObject({ resultCode: '000003' });
  });

  it('passes a refusal on, forgets it, and still recommends the first businessId', async () => {
    let soldOut = true;
    const { server } = sellerV1({
      handlers: handlers({
        newInstance: ({ recommendedInstanceId }) =>
          soldOut ? refuse('000106') : { instanceId: recommendedInstanceId, appInfo: access('x') },
      }),
    });
    expect(await callV1(server, create)).toMatchObject({ resultCode: '000106' });
    soldOut = false;
    expect(await callV1(server, { ...create, businessId: 'biz-2' })).toMatchObject({ instanceId: 'biz-1' });
  });

  it('is a mistake of the seller when queryInstance does not know what it created', async () => {
    const { server, events } = sellerV1({ handlers: handlers({ queryInstance: () => [] }) });
    expect(await callV1(server, create)).toMatchObject({ resultCode: '000005' });
    expect(events[0]).toMatchObject({ kind: 'failed', activity: 'newInstance' });
  });
});

describe('mobilePhone and email', () => {
  const IV = 'Q7w8E9r0T1y2U3i4';
  const customerOf = async (parameters: Record<string, string>, privateMembersType: '1' | '2' = '1') => {
    const calls: NewInstanceCallV1[] = [];
    const { server, events } = sellerV1({
      privateMembersType,
      handlers: handlers({
        newInstance: (call) => {
          calls.push(call);
          return { instanceId: call.recommendedInstanceId, appInfo: access('x') };
        },
      }),
    });
    expect(await callV1(server, { ...create, ...parameters })).toMatchObject({ resultCode: '000000' });
    return { customer: calls[0]?.customer, events };
  };

  it.each([
    ['1', '1'],
    ['2', '2'],
    ['1', '2'],
    ['2', '1'],
  ] as const)('sent with key size %s are read by a seller set to %s', async (sent, set) => {
    const { customer } = await customerOf(
      {
        mobilePhone: encryptAccountData('13800000001', KEY, sent, IV),
        email: encryptAccountData('root@acme.example', KEY, sent, IV),
      },
      set,
    );
    expect(customer).toMatchObject({ mobilePhone: '13800000001', email: 'root@acme.example' });
  });

  it('that cannot be decrypted are undefined and an event', async () => {
    const email = encryptAccountData('root@acme.example', 'another-key', '1', IV);
    const { customer, events } = await customerOf({ email });
    expect(customer?.email).toBeUndefined();
    expect(events[0]).toMatchObject({ kind: 'unreadable', member: 'email', orderId: 'CS1' });
  });

  it('of 16 characters or fewer hold nothing', async () => {
    const { customer, events } = await customerOf({ mobilePhone: '13800000001' });
    expect(customer?.mobilePhone).toBeUndefined();
    expect(events).toMatchObject([{ kind: 'answered' }]);
  });
});

describe('changes', () => {
  it('tell renewal, conversion and cancellation apart', async () => {
    const { server, asked } = sellerV1();
    await callV1(server, create);
    await callV1(server, refresh);
    await callV1(server, { ...refresh, orderId: 'CS3', trialToFormal: '1', productId: '' });
    await callV1(server, { ...refresh, orderId: 'CS4', orderAmount: '-100.5' });
    expect(asked.slice(1)).toEqual(['refresh renewal biz-1', 'refresh conversion biz-1', 'refresh cancellation biz-1']);
  });

  it('happen once for an order', async () => {
    const { server, asked, instances } = sellerV1();
    await callV1(server, create);
    const upgrade = {
      activity: 'upgrade',
      orderId: 'CS3',
      instanceId: 'biz-1',
      skuCode: 's',
      productId: 'p',
      amount: '20',
    };
    for (const change of [refresh, upgrade]) {
      expect(await callV1(server, change)).toMatchObject({ resultCode: '000000' });
      expect(await callV1(server, change)).toMatchObject({ resultCode: '000000' });
    }
    expect(asked).toEqual(['newInstance biz-1', 'refresh renewal biz-1', 'upgrade biz-1']);
    expect(instances.get('biz-1')).toBe('20');
  });

  it('to the status come as often as they are sent, an expiry again after each renewal', async () => {
    const { server, asked } = sellerV1();
    await callV1(server, create);
    const expire = { activity: 'expireInstance', instanceId: 'biz-1', orderId: 'CS1' };
    const status = (instanceStatus: string) => ({ activity: 'instanceStatus', instanceId: 'biz-1', instanceStatus });
    for (const each of [expire, refresh, expire, status('FREEZE'), status('NORMAL'), status('NORMAL')]) {
      expect(await callV1(server, each)).toMatchObject({ resultCode: '000000' });
    }
    expect(asked.slice(1)).toHaveLength(6);
  });

  it('of a release are done once and always a success', async () => {
    const { server, asked } = sellerV1();
    await callV1(server, create);
    const release = { activity: 'releaseInstance', instanceId: 'biz-1', orderId: 'CS1', orderAmount: '0.000' };
    expect(await callV1(server, release)).toMatchObject({ resultCode: '000000' });
    expect(await callV1(server, release)).toMatchObject({ resultCode: '000000' });
    expect(asked).toEqual(['newInstance biz-1', 'release biz-1']);
  });

  it.each(['refreshInstance', 'expireInstance', 'releaseInstance', 'upgrade', 'instanceStatus'])(
    'of an unknown instance are refused: %s',
    async (activity) => {
      const more = { skuCode: 's', productId: 'p', instanceStatus: 'FREEZE' };
      expect(await callV1(sellerV1().server, { ...refresh, ...more, activity })).toMatchObject({
        resultCode: '000003',
      });
    },
  );

  it('that the product does not offer are refused', async () => {
    const { server } = sellerV1({ handlers: handlers({}) });
    expect(await callV1(server, refresh)).toMatchObject({ resultCode: '000002' });
  });
});

describe('testFlag 1', () => {
  const probe = { ...create, testFlag: '1' };

  it('reaches no handler, and an equal order gets an equal instance', async () => {
    const { server, asked } = sellerV1();
    const first = await callV1(server, probe);
    expect(first).toMatchObject({ resultCode: '000000', appInfo: { frontEndUrl: 'https://seller.example.com/' } });
    const { instanceId } = first;
    expect(await callV1(server, { ...probe, businessId: 'biz-2' })).toMatchObject({ instanceId });
    expect((await callV1(server, { ...probe, orderId: 'CS2' })).instanceId).not.toBe(instanceId);
    for (const activity of [
      'refreshInstance',
      'expireInstance',
      'releaseInstance',
      'upgrade',
      'instanceStatus',
      'queryInstance',
    ]) {
      const more = { skuCode: 's', productId: 'p', instanceStatus: 'FREEZE', testFlag: '1' };
      expect(await callV1(server, { ...refresh, ...more, activity })).toMatchObject({ resultCode: '000000' });
    }
    expect(asked).toEqual([]);
  });

  it('goes to the handlers given for it', async () => {
    const { server, asked } = sellerV1({ test: { expireInstance: () => refuse('000003') } });
    const expire = { activity: 'expireInstance', instanceId: 'i', orderId: 'o', testFlag: '1' };
    expect(await callV1(server, expire)).toMatchObject({ resultCode: '000003' });
    expect(asked).toEqual([]);
  });

  it.each(['', '0'])('%j is a live call', async (testFlag) => {
    const { server, asked } = sellerV1();
    await callV1(server, { ...create, testFlag });
    expect(asked).toEqual(['newInstance biz-1']);
  });
});

describe('createSellerServerV1', () => {
  const good = () => ({ accessKey: KEY, store: memoryStore(), handlers: handlers({}) });
  const loose = (value: unknown) => JSON.parse(JSON.stringify(value));

  it.each([
    ['an empty key', { accessKey: '' }, /accessKey: /],
    ['a missing handler', { handlers: loose({}) }, /handlers.newInstance is missing/],
    [
      'a handler of V2.0',
      { handlers: { ...handlers({}), updateInstanceStatus() {} } },
      /no such activity.*instanceStatus/,
    ],
    ['an unknown encryptType', { encryptType: loose('3') }, /encryptType: .*leave it out for AES-256/],
    ['an unknown key size', { privateMembersType: loose('256') }, /privateMembersType/],
    ['a window of zero', { windowMs: 0 }, /windowMs: expected a positive number/],
    ['no store', { store: loose(null) }, /store.claim is missing/],
  ])('refuses %s', (_, change, message) => {
    expect(() => createSellerServerV1({ ...good(), ...change })).toThrow(message);
  });
});

function handlers(change: Partial<SellerHandlersV1>): SellerHandlersV1 {
  return {
    newInstance: ({ recommendedInstanceId }) => ({ instanceId: recommendedInstanceId }),
    queryInstance: ({ instanceIds }) => instanceIds.map((instanceId) => ({ instanceId, appInfo: access(instanceId) })),
    releaseInstance: () => undefined,
    ...change,
  };
}
