/** Usage from the push to the money, on a database: rated by its cycle, drawn from packages, owed, frozen, paid, taken back. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MeteredShop, meteredShop, type OpenService, PACKAGE } from '../../../../tests/support/metered-shop.ts';
import { run } from '../../../../tests/support/resources.ts';
import { sharedWorld } from '../../../../tests/support/shared-world.ts';
import { instanceById } from '../instances/index.ts';
import { balanceOf, trialBalance } from '../ledger/index.ts';
import { sql } from '../platform/database/database.ts';
import { decimal, money } from '../platform/money.ts';
import { traceId } from '../platform/random.ts';
import { askForInvoice, invoiceableUsage, takeStep } from '../settlement/index.ts';
import { creditLineOf, grantCredit, repay, statementsOf } from '../wallet/index.ts';
import {
  chargesOf,
  forecastOf,
  forgetUsage,
  moneyCame,
  recordsOf,
  reverseCharge,
  takeUsage,
  usageSeries,
} from './index.ts';

const world = sharedWorld();
const shops: MeteredShop[] = [];
const shop = (): MeteredShop => {
  const [first] = shops;
  if (!first) throw new Error('the shop is open inside tests only');
  return first;
};
beforeAll(async () => {
  shops.push(await meteredShop(world()));
});
afterAll(() => Promise.all(shops.map((each) => each.close())));

const HOUR = 3_600_000;
const sdk = (at: Date) => `${at.toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
let serial = 0;
const record = (service: OpenService, hoursAgo: number, usage: string, more: Record<string, string> = {}) => {
  const now = world().clock.now().getTime();
  const begin = new Date(now - hoursAgo * HOUR);
  const instant = sdk(new Date(begin.getTime() + HOUR));
  serial += 1;
  return {
    instance_id: service.instanceId,
    metering_sn: `sn-${serial}`,
    begin_time: sdk(begin),
    end_time: instant,
    record_time: instant,
    usage_value: usage,
    ...more,
  };
};
type Sent = ReturnType<typeof record>;

async function push(records: readonly Sent[]) {
  const { platform, clock, demo } = world();
  const requestId = traceId(platform.random);
  const call = { sellerId: demo.sellerId, form: 'SIGNED', records, requestId, nonce: null } as const;
  const result = await takeUsage(platform, call, clock.now());
  return result.kind === 'JUDGED' ? result.outcomes : result.kind;
}
const later = (hours: number) => world().simulator.advanceTo(new Date(world().clock.now().getTime() + hours * HOUR));
const charges = (service: OpenService) =>
  chargesOf(world().platform.db, { scope: { kind: 'all' }, resourceId: service.resourceId, before: null, limit: 50 });
const balance = async (buyerId: string) => (await balanceOf(world().platform.db, buyerId, 'CNY')).amount;
const state = async ({ resourceId }: OpenService) =>
  (await instanceById(world().platform.db, resourceId, { kind: 'all' }))?.state;
const records = ({ resourceId }: OpenService) =>
  recordsOf(world().platform.db, { resourceId, before: null, limit: 100 });

describe('from the push to the charge', () => {
  it('3.7, S3-21: hourly usage is billed two hours after its hour, exact, with its derivation, and settled', async () => {
    const buyerId = await shop().buyer('minutes', '100');
    const service = await shop().open(buyerId);
    await later(3);
    expect(await push([record(service, 3, '100.5'), record(service, 2, '60')])).toEqual(['TAKEN', 'TAKEN']);
    expect((await records(service)).map((each) => each.state)).toEqual(['WAITING', 'WAITING']);
    await later(3);
    const [charge, ...others] = (await charges(service)).toReversed();
    const amounts = [charge, ...others].map((each) => each?.amount);
    expect(amounts.reduce((sum, amount) => sum.plus(amount ?? '0'), decimal('0')).toFixed()).toBe('4.01');
    expect(charge).toMatchObject({
      state: 'PAID',
      exact: '2.5125',
      derivation: [{ text: '0.025 × 100.5' }, { rule: 'C17' }],
    });
    expect(await balance(buyerId)).toBe('95.99');
    expect((await records(service)).every((each) => each.state === 'RATED' && each.charged === each.value)).toBe(true);
    const { rows } = await sql<{ state: string; kind: string }>`
      SELECT state, line ->> 'kind' AS kind FROM settlement.lines l JOIN settlement.facts f USING (line_id) WHERE line_id = ${charge?.chargeId ?? ''}`.execute(
      world().platform.db,
    );
    expect(rows).toHaveLength(1);
    expect((await trialBalance(world().platform.db)).balanced).toBe(true);
  });

  it('rule 5: the same usage once more is taken in silence, another one for its time is 010, another use of its id 005', async () => {
    const service = await shop().open(await shop().buyer('repeats', '100'));
    await later(4);
    const first = record(service, 4, '1', { metering_sn: String.raw`NULL "{\},'` });
    expect(await push([first, first, { ...first, metering_sn: 'sn-other' }])).toEqual(['TAKEN', 'TAKEN', '010']);
    expect(
      await push([
        first,
        { ...first, usage_value: '2' },
        { ...record(service, 2, '1'), metering_sn: first.metering_sn },
      ]),
    ).toEqual(['TAKEN', '005', '005']);
    expect((await records(service)).map(({ meteringSn }) => meteringSn)).toEqual([first.metering_sn]);
    const points = await usageSeries(world().platform.db, {
      ...{ resourceId: service.resourceId, from: new Date(0), to: world().clock.now() },
      ...{ unit: 'day', site: 'CN' },
    });
    expect(points.map(({ usage, records: count }) => [usage, count])).toEqual([['1', 1]]);
  });

  it('one bad record among many: only that one is refused', async () => {
    const service = await shop().open(await shop().buyer('one bad', '100'));
    await later(20);
    const good = Array.from({ length: 19 }, (_, place) => record(service, place + 1, '1'));
    const outcomes = await push(good.toSpliced(7, 0, record(service, 20, '-1')));
    expect([...outcomes].map((each, place) => [each, place]).filter(([each]) => each !== 'TAKEN')).toEqual([
      ['003', 7],
    ]);
  });

  it('Must show 3: any order, repetition and batching gives the same records and the same money', async () => {
    const buyers: string[] = [];
    for (let run = 0; run < 2; run += 1) buyers.push(await shop().buyer(`order ${run}`, '100'));
    const services: OpenService[] = [];
    for (const buyerId of buyers) services.push(await shop().open(buyerId));
    await later(12);
    const values = ['0.0001', '3.3333', '7', '12.5', '0.4999', '100', '1.1', '2.2'];
    for (const [place, service] of services.entries()) {
      const all = values.map((value, hour) => record(service, hour + 1, value));
      const [shuffled] = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), { seed: place, numRuns: 1 });
      for (let from = 0; from < all.length; from += place + 2) {
        const batch = (shuffled ?? all).slice(from, from + place + 2);
        await push(batch);
        await push(batch.toReversed());
      }
    }
    await later(4);
    const left = await Promise.all(buyers.map(balance));
    expect(new Set(left).size).toBe(1);
    expect(left[0]).toBe('96.83'); // 126.6333 × 0.025 = 3.1658
  });

  it('what a crash undoes was not answered; the repeat is whole (Must show 4)', async () => {
    const { platform } = world();
    const service = await shop().open(await shop().buyer('crash', '100'));
    await later(3);
    const batch = [record(service, 2, '5')];
    const detach = platform.pause.at('metering.before-commit', () => {
      throw new Error('killed');
    });
    await expect(push(batch)).rejects.toThrow('killed');
    detach();
    expect(await records(service)).toEqual([]);
    expect(await push(batch)).toEqual(['TAKEN']);
    expect(await push(batch)).toEqual(['TAKEN']);
    expect(await records(service)).toHaveLength(1);
  });

  it('calls that are written together are judged as if each came alone, and fail alone', async () => {
    const { platform, clock, demo } = world();
    const service = await shop().open(await shop().buyer('together', '100'));
    await later(9);
    const at = (hours: number, metering_sn: string) => record(service, hours, '5', { metering_sn });
    const calls = [
      [at(8, 'a'), at(7, 'b')],
      [at(7, 'b'), at(6, 'c'), at(6, 'd')],
      [at(5, 'lost')],
      [at(8, 'e'), at(6, 'b'), record(service, 4, '0'), at(3, 'f')],
      [at(2, 'g')],
    ];
    const detach = platform.pause.at('metering.before-commit', (requestId) => {
      if (requestId === 'together-2') throw new Error('killed');
    });
    const told = await Promise.allSettled(
      calls.map((records, place) => {
        const nonce = place === 4 ? { text: 'together', at: clock.now() } : null;
        const call = {
          sellerId: demo.sellerId,
          form: 'SIGNED',
          records,
          requestId: `together-${place}`,
          nonce,
        } as const;
        return takeUsage(platform, call, clock.now());
      }),
    );
    detach();
    const outcomes = told.map((each) =>
      each.status === 'rejected' ? 'failed' : each.value.kind === 'JUDGED' ? each.value.outcomes : each.value.kind,
    );
    expect(outcomes).toEqual([
      ['TAKEN', 'TAKEN'],
      ['TAKEN', 'TAKEN', '010'],
      'failed',
      ['010', '005', '003', 'TAKEN'],
      ['TAKEN'],
    ]);
    expect((await records(service)).map((each) => each.requestId)).toEqual(
      [4, 3, 1, 0, 0].map((place) => `together-${place}`),
    );
    expect(await push([at(8, 'a'), at(5, 'lost')])).toEqual(['TAKEN', 'TAKEN']);
    expect(await records(service)).toHaveLength(6);
  });

  it('two pushes of the same records at once are one', async () => {
    const service = await shop().open(await shop().buyer('at once', '100'));
    await later(3);
    const batch = [record(service, 2, '5'), record(service, 1, '6')];
    expect(await Promise.all([push(batch), push(batch)])).toEqual([
      ['TAKEN', 'TAKEN'],
      ['TAKEN', 'TAKEN'],
    ]);
    expect(await records(service)).toHaveLength(2);
  });
});

describe('packages', () => {
  it('C31: are drawn before anything is paid; what is used is drawn, charged or refused', async () => {
    const buyerId = await shop().buyer('package', '1000');
    const service = await shop().open(buyerId);
    const bought = await shop().open(buyerId, PACKAGE);
    await later(4);
    await push([record(service, 3, '9999'), record(service, 2, '41')]);
    await later(4);
    const found = await charges(service);
    const total = (of: 'used' | 'drawn' | 'charged' | 'refused') =>
      found.reduce((sum, charge) => sum.plus(charge[of]), decimal('0')).toFixed();
    expect([total('used'), total('drawn'), total('charged'), total('refused')]).toEqual(['10040', '10000', '40', '0']);
    expect(await balance(buyerId)).toBe('800.00'); // 199 for the package, 1 for 40 minutes
    expect(found.flatMap(({ derivation }) => derivation).find(({ rule }) => rule === 'C31')?.text).toContain(
      bought.resourceId,
    );
  });
});

describe('S7-15: arrears', () => {
  it('are frozen after the grace, and paid by money that comes; what was used frozen is 013', async () => {
    const buyerId = await shop().buyer('poor', '1');
    const service = await shop().open(buyerId);
    await later(4);
    await push([record(service, 3, '100')]);
    await later(3);
    expect((await charges(service)).map((charge) => charge.state)).toEqual(['OWED']);
    expect(await state(service)).toBe('FROZEN'); // V0 has no grace
    expect(shop().seller.received.map(({ activity, body }) => `${activity} ${body.status ?? ''}`)).toContain(
      'updateInstanceStatus FREEZE',
    );
    expect(await push([record(service, 1, '1')])).toEqual(['013']);
    await shop().topUp(buyerId, '10');
    await moneyCame(world().platform, world().platform.db, buyerId, world().clock.now());
    await world().simulator.drain();
    expect(await state(service)).toBe('ACTIVE');
    expect(await balance(buyerId)).toBe('8.50');
    expect((await charges(service)).map((charge) => charge.state)).toEqual(['PAID']);
  });

  it('are released after the retention; usage before is taken after it, and owed', async () => {
    const service = await shop().open(await shop().buyer('gone', '0'));
    await later(4);
    const [before, after] = [record(service, 2, '1'), { ...record(service, 0, '1') }];
    await push([record(service, 3, '100')]);
    await later(30);
    expect(await state(service)).toBe('RELEASED');
    expect(await push([before, after])).toEqual(['TAKEN', '013']);
  });
});

it('a correction reverses the whole charge, pays it back and bills what is left again', async () => {
  const { platform, clock } = world();
  const buyerId = await shop().buyer('corrected', '100');
  const service = await shop().open(buyerId);
  await later(5);
  await push([
    { ...record(service, 4, '1000') },
    { ...record(service, 4, '40'), end_time: sdk(new Date(clock.now().getTime() - 3 * HOUR - 1_000)) },
  ]);
  await later(3);
  const [charge] = await charges(service);
  expect(await balance(buyerId)).toBe('74.00');
  const wrong = (await records(service)).find(({ value }) => value === '1000');
  const input = { chargeId: charge?.chargeId ?? '', reason: 'counted twice', voidRecordIds: [wrong?.recordId ?? ''] };
  const reversed = await run(world(), (tx) => reverseCharge(platform, tx, input, clock.now()));
  expect(reversed.ok).toBe(true);
  expect(await balance(buyerId)).toBe('100.00');
  await world().simulator.drain();
  expect(await balance(buyerId)).toBe('99.00');
  expect((await records(service)).map(({ state: now, value }) => `${value} ${now}`).toSorted()).toEqual([
    '1000 VOID',
    '40 RATED',
  ]);
  const again = await run(world(), (tx) => reverseCharge(platform, tx, input, clock.now()));
  expect(again).toMatchObject({ ok: false, refusal: { code: 'CHARGE_STATE' } });
  expect((await trialBalance(platform.db)).balanced).toBe(true);
});

it('a forecast goes on at the pace of the last days', async () => {
  const { platform, clock } = world();
  const service = await shop().open(await shop().buyer('pace', '100'));
  await later(10);
  await push(Array.from({ length: 10 }, (_, place) => record(service, place + 1, '4')));
  const forecast = await forecastOf(platform, service.resourceId, clock.now());
  const hoursLeft = (Date.parse('2026-01-31T16:00:00Z') - clock.now().getTime()) / HOUR;
  expect(Number(forecast?.usage)).toBeCloseTo(40 + 4 * Math.floor(hoursLeft), 0);
  expect(Number(forecast?.amountToCome)).toBeCloseTo(Math.floor(hoursLeft) * 0.1, 0);
});

it('a meter that can not be billed is in nobody’s way; records of two years ago go by the month', async () => {
  const { platform, clock } = world();
  const [broken, good] = [
    await shop().open(await shop().buyer('broken', '100')),
    await shop().open(await shop().buyer('fine', '100')),
  ];
  await later(4);
  await push([record(broken, 3, '40'), record(good, 3, '40')]);
  await sql`UPDATE metering.meters SET price = jsonb_set(price, '{brackets}', '[{"from":0,"to":1,"unitPrice":"1"}]') WHERE resource_id = ${broken.resourceId}`.execute(
    platform.db,
  );
  await later(3);
  expect((await charges(good)).map((charge) => charge.state)).toEqual(['PAID']);
  expect((await records(broken)).map((each) => each.state)).toEqual(['WAITING']);
  await sql`UPDATE metering.meters SET price = NULL WHERE resource_id = ${broken.resourceId}`.execute(platform.db);
  await later(1);
  expect((await records(broken)).map((each) => [each.state, each.reason])).toEqual([['UNRATED', 'NO_PRICE']]);
  // the sandbox's clock far ahead of that of the signatures
  const ahead = { now: () => new Date(clock.now().getTime() + 800 * 24 * HOUR) };
  await sql`INSERT INTO metering.nonces (seller_id, nonce, at) VALUES ('nonces', 'young', ${clock.now()}), ('nonces', 'old', ${new Date(0)})`.execute(
    platform.db,
  );
  await forgetUsage({ db: platform.db, clock: ahead, wireClock: clock }, 1_000);
  const { rows } = await sql<{ nonce: string }>`SELECT nonce FROM metering.nonces WHERE seller_id = 'nonces'`.execute(
    platform.db,
  );
  expect(rows.map(({ nonce }) => nonce)).toEqual(['young']);
  expect(await records(good)).toEqual([]);
  expect(await charges(good)).toHaveLength(1);
});

it('S2-9, S2-3, S5-18, S5-20, S5-22: what the balance lacks is charged on credit and settled once its month is repaid; a reversal lessens what is owed; then the month is invoiced', async () => {
  const { platform, clock } = world();
  const buyerId = await shop().buyer('credit', '1');
  const limit = { buyerId, limit: money('100', 'CNY'), termDays: 15, reason: 'r', by: 'finance' };
  await run(world(), (tx) => grantCredit(tx, limit, clock.now()));
  const service = await shop().open(buyerId);
  await later(5);
  await push([record(service, 4, '1000')]);
  await later(3);
  const [charge] = await charges(service);
  expect(charge).toMatchObject({ state: 'PAID', amount: '25.00', onCredit: true });
  expect(await balance(buyerId)).toBe('0.00');
  const lineState = async (lineId: string) => {
    await world().simulator.drain();
    const { rows } = await sql<{ state: string }>`SELECT state FROM settlement.lines WHERE line_id = ${lineId}`.execute(
      platform.db,
    );
    return rows[0]?.state;
  };
  expect(await lineState(charge?.chargeId ?? '')).toBe('WAITING');
  await push([record(service, 2, '200')]);
  await later(3);
  const wrong = (await charges(service))[0];
  expect(wrong).toMatchObject({ state: 'PAID', amount: '5.00' });
  const voidRecordIds = (await records(service)).flatMap(({ recordId, value }) => (value === '200' ? [recordId] : []));
  const reversal = { chargeId: wrong?.chargeId ?? '', reason: 'never used', voidRecordIds };
  expect((await run(world(), (tx) => reverseCharge(platform, tx, reversal, clock.now()))).ok).toBe(true);
  const wallet = { buyerId, currency: 'CNY' } as const;
  expect((await creditLineOf(platform.db, wallet))?.used).toBe('24.00');
  const [statement] = await statementsOf(platform.db, wallet);
  const repayment = { ...wallet, month: statement?.month ?? '', amount: '24.00' };
  await shop().topUp(buyerId, '24');
  expect((await run(world(), (tx) => repay(platform, tx, repayment, clock.now()))).ok).toBe(true);
  expect(await lineState(charge?.chargeId ?? '')).toBe('WAITING'); // purchases of the month may still come
  await world().simulator.advanceTo(new Date('2026-02-02T00:00:00Z'));
  expect(await lineState(charge?.chargeId ?? '')).toBe('READY');
  expect((await trialBalance(platform.db)).balanced).toBe(true);

  // S5-15, S5-18, S5-20, S5-22: a month of usage is invoiced as a whole once it is over and repaid, and by whom orders are
  const months = (at: Date) => invoiceableUsage(platform.db, { buyerId, site: 'CN', now: at });
  const standing = async (at = clock.now()) => (await months(at)).map(({ obstacle, amount }) => [obstacle, amount]);
  expect(await standing(new Date('2026-01-31T15:59:59Z'))).toEqual([['NOT_OVER', '25.00']]);
  const repaidAt = sql`jsonb_build_object('repaidAt', ${clock.now()}::timestamptz)`;
  const owe = (member: typeof repaidAt) =>
    sql`UPDATE settlement.facts SET line = line || ${member} WHERE line_id = ${charge?.chargeId}`.execute(platform.db);
  await owe(sql`'{"repaidAt":null}'::jsonb`);
  expect(await standing()).toEqual([['UNPAID_CREDIT', '25.00']]);
  await owe(repaidAt);
  const [month] = await months(clock.now());
  expect(month).toMatchObject({
    ...{ orderId: 'USAGE-202601', period: '202601', obstacle: null, issuer: `SELLER:${world().demo.sellerId}` },
    lines: [{ orderId: service.orderId, period: '202601', amount: '25.00' }],
  });
  const title = { type: 'PERSONAL', name: 'A', taxNumber: null, address: null, phone: null, bank: null, account: null };
  const ask = () =>
    run(world(), (tx) =>
      askForInvoice(
        platform,
        tx,
        {
          ...{ buyerId, issuer: month?.issuer ?? 'PLATFORM', orderIds: ['USAGE-202601'], kind: 'ORDINARY_DIGITAL' },
          ...{ title: { ...title, type: 'PERSONAL' }, note: '', userId: 'u1', by: 'A', traceId: 'trace' },
          receiver: { email: 'a@example.com', name: null, phone: null, address: null },
        },
        clock.now(),
      ),
    );
  const asked = await ask();
  const [invoice] = asked.ok ? asked.value : [];
  expect(invoice).toMatchObject({ gross: '25.00', issuer: 'SELLER', orderIds: [service.orderId] });
  expect(await standing()).toEqual([['INVOICED', '0.00']]);
  expect(await ask()).toMatchObject({ refusal: { code: 'INVOICE_EXISTS' } });
  const correction = { chargeId: charge?.chargeId ?? '', reason: 'never used', voidRecordIds: [] };
  const correct = () => run(world(), (tx) => reverseCharge(platform, tx, correction, clock.now()));
  expect(await correct()).toMatchObject({ refusal: { code: 'CHARGE_INVOICED' } });
  const scope = { kind: 'seller', sellerId: world().demo.sellerId, goodsIds: null } as const;
  const refusal = {
    invoiceId: invoice?.invoiceId ?? '',
    scope,
    asked: { step: 'refuse', reason: 'r' },
    by: 's',
  } as const;
  expect((await run(world(), (tx) => takeStep(platform, tx, refusal, clock.now()))).ok).toBe(true);
  expect(await standing()).toEqual([[null, '25.00']]);
  expect((await correct()).ok).toBe(true);
});
