/** The order decides what a customer gets: known at once, known later, changed by upgrades and renewals, kept over restarts. */
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser, lineOf, type Market, startMarket } from './testing.ts';

const open: Market[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-seller-'));
});
afterEach(async () => {
  for (const market of open.splice(0)) await market.close();
  await rm(folder, { recursive: true });
});

async function start(options: Parameters<typeof startMarket>[0] = {}): Promise<Market> {
  const market = await startMarket(options);
  open.push(market);
  return market;
}

const create = (orderId: string) => ({
  activity: 'newInstance',
  orderId,
  orderLineId: lineOf(orderId),
  businessId: `biz-${orderId}`,
});
const query = (orderId: string) => ({ activity: 'queryInstance', instanceId: `biz-${orderId}` });

describe('an order that cannot be read inside newInstance', () => {
  it('is answered with 000004 and finished in the background', async () => {
    const market = await start();
    expect(await market.call(create('CS1'))).toMatchObject({ resultCode: '000004', instanceId: 'biz-CS1' });
    expect(await market.call(query('CS1'))).toMatchObject({ resultCode: '000004' });
    expect((await browser().open(`${market.demo.url}/t/biz-CS1`)).status).toBe(503);
    market.quantities.set(lineOf('CS1'), 7);
    await vi.waitFor(
      async () => expect(await market.call(query('CS1'))).toMatchObject({ resultCode: '000000' }),
      10_000,
    );
    expect(market.demo.control.tenants()).toMatchObject([{ userLimit: 7, expiresAt: '2027-01-31T15:59:59.000Z' }]);
    expect(await market.call(create('CS1'))).toMatchObject({ resultCode: '000000', instanceId: 'biz-CS1' });
  });

  it('goes on after a restart', async () => {
    const dataFile = join(folder, 'tenants.json');
    const first = await start({ dataFile });
    await first.call(create('CS1'));
    await first.demo.close();
    const second = await start({ dataFile });
    second.quantities.set(lineOf('CS1'), 7);
    await vi.waitFor(
      () => expect(second.demo.control.tenants()).toMatchObject([{ phase: 'active', userLimit: 7 }]),
      10_000,
    );
  });

  it('gives the standard plan where an order is not demanded', async () => {
    const market = await start();
    market.demo.control.change({ orderLookup: 'optional' });
    expect(await market.call(create('CS1'))).toMatchObject({ resultCode: '000000' });
    expect(market.demo.control.tenants()).toMatchObject([{ phase: 'active', userLimit: 5 }]);
  });
});

describe('a clock', () => {
  it('finishes asynchronous instances when their time has come', async () => {
    let nowMs = Date.now();
    const market = await start({ clock: () => nowMs });
    market.demo.control.change({ mode: 'async', provisioningDelayMs: 30_000 });
    market.quantities.set(lineOf('CS1'), 3);
    expect(await market.call(create('CS1'))).toMatchObject({ resultCode: '000004' });
    nowMs += 29_999;
    expect(await market.call(query('CS1'))).toMatchObject({ resultCode: '000004' });
    nowMs += 1;
    expect(await market.call(query('CS1'))).toMatchObject({ resultCode: '000000' });
  });

  it('begins a change bought with a renewal where the old period ends', async () => {
    let nowMs = Date.now();
    const market = await start({ clock: () => nowMs });
    market.quantities.set(lineOf('CS1'), 10).set(lineOf('CS2'), 4);
    await market.call(create('CS1'));
    const renewal = {
      activity: 'refreshInstance',
      scene: 'RENEWAL_CHANGE',
      orderId: 'CS2',
      orderLineId: lineOf('CS2'),
      instanceId: 'biz-CS1',
      expireTime: '20280131155959',
    };
    expect(await market.call(renewal)).toMatchObject({ resultCode: '000000' });
    const limit = () => market.demo.control.tenants()[0]?.userLimit;
    nowMs = Date.UTC(2027, 0, 31, 15, 59, 58);
    expect(limit()).toBe(10);
    nowMs += 1_000;
    expect(limit()).toBe(4);
    expect(market.demo.control.tenants()).toMatchObject([{ expiresAt: '2028-01-31T15:59:59.000Z' }]);
  });
});

describe('changes', () => {
  it('upgrade to the ordered quantity, or not at all while the order cannot be read', async () => {
    const market = await start();
    market.quantities.set(lineOf('CS1'), 2);
    await market.call(create('CS1'));
    const upgrade = { activity: 'upgradeInstance', orderId: 'CS3', orderLineId: lineOf('CS3'), instanceId: 'biz-CS1' };
    expect(await market.call(upgrade)).toMatchObject({ resultCode: '000005' });
    market.quantities.set(lineOf('CS3'), 20);
    expect(await market.call(upgrade)).toMatchObject({ resultCode: '000000' });
    expect(market.demo.control.tenants()).toMatchObject([{ userLimit: 20 }]);
  });

  it('are refused when more users are in use than would be left', async () => {
    const market = await start();
    market.quantities.set(lineOf('CS1'), 2);
    await market.call(create('CS1'));
    const check = (linearValue: number) =>
      market.call({ activity: 'changeInstanceCheck', instanceId: 'biz-CS1', productInfo: { linearValue } });
    expect(await check(1)).toMatchObject({ resultCode: '000000' });
    expect(await check(0)).toMatchObject({
      resultCode: '000002',
      resultMsg: expect.stringContaining('1 users are in use'),
    });
  });

  it('of unknown instances are refused', async () => {
    const market = await start();
    for (const activity of ['releaseInstance', 'updateInstanceStatus', 'changeInstanceCheck']) {
      const body = { activity, instanceId: 'never', status: 'FREEZE', productInfo: { linearValue: 1 } };
      expect(await market.call(body)).toMatchObject({ resultCode: '000003' });
    }
  });
});

describe('testFlag', () => {
  it('creates nothing', async () => {
    const market = await start();
    expect(await market.call({ ...create('MOCKPERIODYEARNEW'), testFlag: '1' })).toMatchObject({
      resultCode: '000000',
    });
    expect(await market.call({ ...query('MOCKPERIODYEARNEW'), testFlag: '1' })).toMatchObject({ resultCode: '000000' });
    expect(market.demo.control.tenants()).toEqual([]);
  });
});

describe('the data file', () => {
  it('keeps tenants, users and what was already answered', async () => {
    const dataFile = join(folder, 'deep', 'tenants.json');
    const first = await start({ dataFile });
    first.quantities.set(lineOf('CS1'), 3);
    await first.call(create('CS1'));
    const before = await first.call(query('CS1'));
    await first.demo.close();
    const second = await start({ dataFile });
    expect(await second.call({ ...create('CS1'), businessId: 'later' })).toMatchObject({ instanceId: 'biz-CS1' });
    const after = await second.call(query('CS1'));
    expect(after.info?.[0]?.appInfo.password).toBe(before.info?.[0]?.appInfo.password);
    expect((await stat(dataFile)).mode & 0o077).toBe(0);
    expect(await readdir(join(folder, 'deep'))).toEqual(['tenants.json']);
  });

  it('of something else is refused and left alone', async () => {
    const dataFile = join(folder, 'notes.json');
    await writeFile(dataFile, '{"shopping":["tea"]}');
    await expect(startMarket({ dataFile })).rejects.toThrow(/is not a data file of this program/);
  });
});
