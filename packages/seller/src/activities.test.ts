/** What each activity means: idempotent creation, exact queries, sets that may be repeated, tests that change nothing. */
import { describe, expect, it } from 'vitest';
import type { NewInstanceCall } from './handlers.ts';
import { refuse } from './refuse.ts';
import { rememberTestIds } from './test-ids.ts';
import { call, NOW, seller } from './testing.ts';

const create = { activity: 'newInstance', orderId: 'CS1', orderLineId: 'CS1-000001', businessId: 'biz-1' };
const query = (instanceId: string) => ({ activity: 'queryInstance', instanceId });
const renewal = {
  activity: 'refreshInstance',
  scene: 'RENEWAL',
  orderId: 'CS2',
  orderLineId: 'CS2-000001',
  instanceId: 'biz-1',
  expireTime: '20270131155959',
};
const upgrade = { activity: 'upgradeInstance', orderId: 'CS3', orderLineId: 'CS3-000001', instanceId: 'biz-1' };

describe('newInstance', () => {
  it('recommends the first businessId and keeps it for repeats with another one', async () => {
    const { server, asked } = seller();
    expect(await call(server, create)).toMatchObject({ resultCode: '000000', instanceId: 'biz-1' });
    expect(await call(server, { ...create, businessId: 'biz-2' })).toMatchObject({
      resultCode: '000000',
      instanceId: 'biz-1',
    });
    expect(asked).toEqual(['newInstance biz-1']);
  });

  it('tells two lines of one order apart', async () => {
    const { server } = seller();
    await call(server, create);
    const second = { ...create, orderLineId: 'CS1-000002', businessId: 'biz-2' };
    expect(await call(server, second)).toMatchObject({ instanceId: 'biz-2' });
  });

  it('passes a refusal on, forgets it, and still recommends the first businessId', async () => {
    let soldOut = true;
    const { server } = seller({
      handlers: handlers({
        newInstance: ({ recommendedInstanceId }) =>
          soldOut ? refuse('000106', 'All seats are sold') : { instanceId: recommendedInstanceId },
      }),
    });
    expect(await call(server, create)).toEqual({ resultCode: '000106', resultMsg: 'All seats are sold' });
    soldOut = false;
    expect(await call(server, { ...create, businessId: 'biz-9' })).toMatchObject({
      resultCode: '000000',
      instanceId: 'biz-1',
    });
  });

  it('answers 000004 while it is pending and 000000 once queryInstance finds it ready', async () => {
    let ready = false;
    const { server } = seller({
      handlers: handlers({
        newInstance: () => ({ pending: true, instanceId: 'own-id' }),
        queryInstance: () => (ready ? [{ instanceId: 'own-id' }] : [{ instanceId: 'own-id', pending: true }]),
      }),
    });
    expect(await call(server, create)).toMatchObject({ resultCode: '000004', instanceId: 'own-id' });
    expect(await call(server, create)).toMatchObject({ resultCode: '000004', instanceId: 'own-id' });
    expect(await call(server, query('own-id'))).toMatchObject({ resultCode: '000004' });
    ready = true;
    expect(await call(server, create)).toMatchObject({ resultCode: '000000', instanceId: 'own-id' });
  });

  it('refuses an instanceId of 65 characters before it is stored', async () => {
    const { server, events } = seller({ handlers: handlers({ newInstance: () => ({ instanceId: 'x'.repeat(65) }) }) });
    expect(await call(server, create)).toMatchObject({ resultCode: '000005' });
    expect(events).toMatchObject([{ kind: 'failed' }, { kind: 'answered', resultCode: '000005' }]);
  });

  it('gives the handler the order, or the reason why there is none', async () => {
    const results: unknown[] = [];
    const { server } = seller({
      handlers: handlers({
        newInstance: async (request) => {
          results.push(await request.order(), await request.order());
          return { instanceId: 'i' };
        },
      }),
    });
    await call(server, create);
    expect(results[0]).toMatchObject({ ok: false, kind: 'not-configured' });
    expect(results[1]).toBe(results[0]);
  });
});

describe('queryInstance', () => {
  it('answers what exists, in the order asked for, each once', async () => {
    const { server, instances } = seller();
    for (const id of ['a', 'b']) instances.set(id, 'active');
    const answer = await call(server, query('b, a,b,gone'));
    expect(answer).toMatchObject({ resultCode: '000000', info: [{ instanceId: 'b' }, { instanceId: 'a' }] });
  });

  it('answers 000003 when nothing asked for exists', async () => {
    expect(await call(seller().server, query('x,y'))).toMatchObject({ resultCode: '000003' });
  });

  it('leaves a pending instance out beside a ready one', async () => {
    const { server } = seller({
      handlers: handlers({ queryInstance: () => [{ instanceId: 'a', pending: true }, { instanceId: 'b' }] }),
    });
    expect(await call(server, query('a,b'))).toMatchObject({ resultCode: '000000', info: [{ instanceId: 'b' }] });
  });

  it('passes usage on', async () => {
    const usageInfo = [
      { usageValue: 12.5, statisticalTime: '20260105000000000', dashboardUrl: 'https://app.example.com/u' },
    ];
    const { server } = seller({ handlers: handlers({ queryInstance: () => [{ instanceId: 'a', usageInfo }] }) });
    expect(await call(server, query('a'))).toMatchObject({ info: [{ instanceId: 'a', usageInfo }] });
  });
});

describe('changes', () => {
  it('set the expiry once for each order line and scene', async () => {
    const { server, asked, instances } = seller();
    await call(server, create);
    for (let repeat = 0; repeat < 2; repeat += 1)
      expect(await call(server, renewal)).toMatchObject({ resultCode: '000000' });
    expect(instances.get('biz-1')).toBe('2027-01-31T15:59:59.000Z');
    const cancelled = { ...renewal, scene: 'UNSUBSCRIBE_RENEWAL_PERIOD', expireTime: '20260131155959123' };
    await call(server, cancelled);
    // A renewal that was on its way for long must not undo its cancellation.
    await call(server, renewal);
    expect(instances.get('biz-1')).toBe('2026-01-31T15:59:59.123Z');
    expect(asked).toEqual(['newInstance biz-1', 'refreshInstance biz-1', 'refreshInstance biz-1']);
  });

  it('upgrade once for each order line', async () => {
    const { server, asked } = seller();
    await call(server, create);
    await call(server, upgrade);
    expect(await call(server, upgrade)).toMatchObject({ resultCode: '000000' });
    expect(asked).toEqual(['newInstance biz-1', 'upgradeInstance biz-1']);
  });

  it('release what is released, with success', async () => {
    const { server } = seller();
    await call(server, create);
    const release = { activity: 'releaseInstance', instanceId: 'biz-1' };
    expect(await call(server, release)).toMatchObject({ resultCode: '000000' });
    expect(await call(server, release)).toMatchObject({ resultCode: '000000' });
    expect(await call(server, query('biz-1'))).toMatchObject({ resultCode: '000003' });
  });

  it.each([
    renewal,
    upgrade,
    { activity: 'updateInstanceStatus', instanceId: 'biz-1', status: 'FREEZE' },
    { activity: 'releaseInstance', instanceId: 'biz-1' },
  ])('of an instance that never existed are refused with 000003: $activity', async (request) => {
    const { server } = seller();
    expect(await call(server, request)).toMatchObject({ resultCode: '000003' });
    expect(await call(server, request)).toMatchObject({ resultCode: '000003' });
  });

  it('ask before a change on renewal, with the product as object or text', async () => {
    const wanted: unknown[] = [];
    const { server } = seller({
      handlers: handlers({
        changeInstanceCheck: ({ productInfo }) => {
          wanted.push(productInfo.linearValue);
          return productInfo.linearValue === 5 ? undefined : refuse('000005', 'Twelve users would lose their place');
        },
      }),
    });
    const check = { activity: 'changeInstanceCheck', instanceId: 'i' };
    expect(await call(server, { ...check, productInfo: { linearValue: 5 } })).toMatchObject({ resultCode: '000000' });
    expect(await call(server, { ...check, productInfo: '{"linearValue":3}' })).toMatchObject({ resultCode: '000005' });
    expect(wanted).toEqual([5, 3]);
  });

  it('that the product does not offer are refused with 000002', async () => {
    const { server } = seller({ handlers: handlers({}) });
    expect(await call(server, upgrade)).toMatchObject({ resultCode: '000002' });
    expect(await call(server, { ...upgrade, testFlag: '1' })).toMatchObject({ resultCode: '000002' });
    const forTests = seller({ handlers: handlers({}), test: { upgradeInstance: () => undefined } });
    expect(await call(forTests.server, upgrade)).toMatchObject({ resultCode: '000002' });
    expect(await call(forTests.server, { ...upgrade, testFlag: '1' })).toMatchObject({ resultCode: '000000' });
  });
});

describe('handlers written as a class', () => {
  it('keep their this', async () => {
    class Product {
      created: string[] = [];
      newInstance({ recommendedInstanceId: instanceId }: NewInstanceCall) {
        this.created.push(instanceId);
        return { instanceId };
      }
      queryInstance() {
        return this.created.map((instanceId) => ({ instanceId }));
      }
      refreshInstance() {}
      updateInstanceStatus() {}
      releaseInstance() {}
    }
    const { server } = seller({ handlers: new Product() });
    expect(await call(server, create)).toMatchObject({ resultCode: '000000' });
    expect(await call(server, query('biz-1'))).toMatchObject({ info: [{ instanceId: 'biz-1' }] });
  });
});

describe('testFlag "1"', () => {
  const all = [
    create,
    query('a,b'),
    renewal,
    upgrade,
    { activity: 'updateInstanceStatus', instanceId: 'i', status: 'FREEZE' },
    { activity: 'releaseInstance', instanceId: 'i' },
  ];

  it.each(all)('answers $activity with a success and calls no handler', async (request) => {
    const { server, asked } = seller();
    expect(await call(server, { ...request, testFlag: '1' })).toMatchObject({ resultCode: '000000' });
    expect(asked).toEqual([]);
  });

  it('stores nothing: a test instance cannot be queried as a live one, and the live call takes its own id', async () => {
    const { server } = seller();
    expect(await call(server, { ...create, testFlag: '1' })).toMatchObject({ instanceId: 'biz-1' });
    expect(await call(server, query('biz-1'))).toMatchObject({ resultCode: '000003' });
    expect(await call(server, { ...create, businessId: 'biz-2' })).toMatchObject({ instanceId: 'biz-2' });
  });

  it('gives a repeated newInstance the id of the first one, line by line', async () => {
    const { server } = seller();
    const ask = (change: object) => call(server, { ...create, testFlag: '1', ...change });
    expect(await ask({})).toMatchObject({ instanceId: 'biz-1' });
    expect(await ask({ businessId: 'biz-2' })).toMatchObject({ instanceId: 'biz-1' });
    expect(await ask({ businessId: 'biz-3', orderLineId: 'another' })).toMatchObject({ instanceId: 'biz-3' });
  });

  it('remembers a thousand lines of test calls, no more', async () => {
    const ids = rememberTestIds();
    for (let line = 0; line < 1_001; line += 1) ids.first('order', String(line), `first-${line}`);
    expect([ids.first('order', '1000', 'again'), ids.first('order', '0', 'again')]).toEqual(['first-1000', 'again']);
  });

  it('shows a page in appInfo, as the debugger demands', async () => {
    const answer = await call(seller().server, { ...query('a'), testFlag: '1' });
    expect(answer).toMatchObject({
      info: [{ instanceId: 'a', appInfo: { frontEndUrl: 'https://seller.example.com/' } }],
    });
  });

  it('reaches the handlers given for tests', async () => {
    const { server, events } = seller({ test: { releaseInstance: ({ test }) => refuse('000003', `test ${test}`) } });
    const release = { activity: 'releaseInstance', instanceId: 'i', testFlag: '1' };
    expect(await call(server, release)).toEqual({ resultCode: '000003', resultMsg: 'test true' });
    expect(events).toMatchObject([{ kind: 'answered', test: true, durationMs: 0 }]);
  });

  it.each(['0', ''])('is live for %j', async (testFlag) => {
    const { server, asked } = seller({ clock: () => NOW });
    await call(server, { ...create, testFlag });
    expect(asked).toEqual(['newInstance biz-1']);
  });
});

type Handlers = NonNullable<NonNullable<Parameters<typeof seller>[0]>['handlers']>;

function handlers(change: Partial<Handlers>): Handlers {
  return {
    newInstance: () => ({ instanceId: 'i' }),
    queryInstance: () => [],
    refreshInstance: () => undefined,
    updateInstanceStatus: () => undefined,
    releaseInstance: () => undefined,
    ...change,
  };
}
