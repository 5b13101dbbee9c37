/** Renewals, changes with them and their cancellation in V2.0, at the edges of the old period. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lineOf, type Market, startMarket } from './testing.ts';

let market: Market;
let nowMs: number;
beforeEach(async () => {
  nowMs = Date.now();
  market = await startMarket({ clock: () => nowMs });
  market.quantities.set(lineOf('CS1'), 10);
  await market.call({ activity: 'newInstance', orderId: 'CS1', orderLineId: lineOf('CS1'), businessId: 'biz' });
});
afterEach(() => market.close());

const done = { resultCode: '000000' };
const shown = () => market.demo.control.tenants()[0];
const refresh = (scene: string, orderId: string, expireTime: string) =>
  market.call({
    activity: 'refreshInstance',
    scene,
    orderId,
    orderLineId: lineOf(orderId),
    instanceId: 'biz',
    expireTime,
  });
const renewedWithChange = (orderId: string, quantity: number, expireTime: string) => {
  market.quantities.set(lineOf(orderId), quantity);
  return refresh('RENEWAL_CHANGE', orderId, expireTime);
};
const status = (value: string) => market.call({ activity: 'updateInstanceStatus', instanceId: 'biz', status: value });

/** The end of the purchased period; the test's order answers it. */
const OLD_END = Date.UTC(2027, 0, 31, 15, 59, 59);

describe('RENEWAL_CHANGE', () => {
  it('begins at the old expiry', async () => {
    expect(await renewedWithChange('CS2', 4, '20280131155959')).toMatchObject(done);
    nowMs = OLD_END - 1;
    expect(shown()).toMatchObject({ userLimit: 10, expiresAt: '2028-01-31T15:59:59.000Z' });
    nowMs = OLD_END;
    expect(shown()).toMatchObject({ userLimit: 4 });
  });

  it('begins at once when the old expiry has passed', async () => {
    nowMs = OLD_END + 86_400_000;
    expect(await renewedWithChange('CS2', 4, '20280131155959')).toMatchObject(done);
    expect(shown()).toMatchObject({ userLimit: 4 });
  });

  it('may follow another one, each with its own period', async () => {
    await renewedWithChange('CS2', 4, '20280131155959');
    await renewedWithChange('CS3', 7, '20290131155959');
    const limits = [OLD_END - 1, OLD_END, Date.UTC(2028, 0, 31, 15, 59, 58), Date.UTC(2028, 0, 31, 15, 59, 59)].map(
      (at) => {
        nowMs = at;
        return shown()?.userLimit;
      },
    );
    expect(limits).toEqual([10, 4, 4, 7]);
  });

  it('stays bought when the present period is upgraded', async () => {
    await renewedWithChange('CS2', 4, '20280131155959');
    market.quantities.set(lineOf('CS3'), 20);
    await market.call({ activity: 'upgradeInstance', orderId: 'CS3', orderLineId: lineOf('CS3'), instanceId: 'biz' });
    expect(shown()).toMatchObject({ userLimit: 20 });
    nowMs = OLD_END;
    expect(shown()).toMatchObject({ userLimit: 4 });
  });

  it('waits for an order that cannot be read', async () => {
    expect(await refresh('RENEWAL_CHANGE', 'CS2', '20280131155959')).toMatchObject({ resultCode: '000005' });
    expect(await renewedWithChange('CS2', 4, '20280131155959')).toMatchObject(done);
  });
});

describe('UNSUBSCRIBE_RENEWAL_PERIOD', () => {
  it('sets the expiry back', async () => {
    await refresh('RENEWAL', 'CS2', '20280131155959');
    expect(await refresh('UNSUBSCRIBE_RENEWAL_PERIOD', 'CS2', '20270131155959')).toMatchObject(done);
    expect(shown()).toMatchObject({ expiresAt: '2027-01-31T15:59:59.000Z' });
  });

  it('takes the change back that was bought with it, and no other', async () => {
    await renewedWithChange('CS2', 4, '20280131155959');
    await renewedWithChange('CS3', 7, '20290131155959');
    await refresh('UNSUBSCRIBE_RENEWAL_PERIOD', 'CS4', '20280131155959');
    nowMs = Date.UTC(2029, 0, 1);
    expect(shown()).toMatchObject({ userLimit: 4 });
    await refresh('UNSUBSCRIBE_RENEWAL_PERIOD', 'CS5', '20270131155959');
    expect(shown()).toMatchObject({ userLimit: 10 });
  });
});

describe('a frozen tenant', () => {
  it('that is renewed waits for UNFREEZE', async () => {
    await status('FREEZE');
    expect(await refresh('RENEWAL', 'CS2', '20280131155959')).toMatchObject(done);
    expect(shown()).toMatchObject({ phase: 'frozen', expiresAt: '2028-01-31T15:59:59.000Z' });
    await status('UNFREEZE');
    expect(shown()).toMatchObject({ phase: 'active' });
  });

  it('is thawed by one UNFREEZE, however often it was frozen', async () => {
    await status('FREEZE');
    await status('FREEZE');
    await status('UNFREEZE');
    expect(shown()).toMatchObject({ phase: 'active' });
  });
});
