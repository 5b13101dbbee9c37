/** Every scenario of every billing mode can be played, and the clock brings what becomes due, in order. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DrivenSandbox, driveSandbox } from '../../../../tests/support/driven-sandbox.ts';
import type { ClockCommand } from './schemas.ts';

const START = '2026-01-01T01:00:00.000Z';
const made: DrivenSandbox[] = [];
const driven = (): DrivenSandbox => {
  const [first] = made;
  if (!first) throw new Error('inside tests only');
  return first;
};
beforeAll(async () => {
  made.push(await driveSandbox({ start: new Date(START), seed: 'life' }));
});
afterAll(() => Promise.all(made.map((each) => each.close())));

const stateOf = async (resourceId: string | null) => {
  const { services } = await driven().sandbox.state();
  return services.find((each) => each.resourceId === resourceId);
};
const move = async (command: ClockCommand) => {
  const moved = await driven().sandbox.moveClock(command);
  if (!moved.ok) throw new Error(`${moved.refusal.code} ${moved.refusal.message}`);
};
const refusalOf = async (command: ClockCommand) => {
  const moved = await driven().sandbox.moveClock(command);
  return moved.ok ? null : moved.refusal;
};
const activities = async (ids: readonly string[]) => {
  const { items } = await driven().sandbox.exchanges({ limit: 500 });
  return items
    .filter(({ exchangeId }) => ids.includes(exchangeId))
    .map(({ activity }) => activity)
    .toReversed();
};
const button = async (name: string, group: string) => {
  const { scenarios } = await driven().sandbox.state();
  return scenarios.find((each) => each.name === name && each.group === group);
};

describe('a subscription', () => {
  it('begins with a purchase: the seller asks for the order while it is created', async () => {
    expect(await button('renew', 'PERIOD')).toMatchObject({
      available: false,
      why: { zh: '还没有这样的服务。', en: 'there is no such service yet: buy one first' },
    });
    const { resourceId, exchanges } = await driven().play('newInstance', { quantity: 10, specificationId: 'standard' });
    expect(await activities(exchanges)).toEqual(['queryOrder', 'newInstance', 'queryInstance']);
    expect(await stateOf(resourceId)).toMatchObject({ state: 'ACTIVE', quantity: 10, chargingMode: 'PERIOD' });
    expect(await button('renew', 'PERIOD')).toMatchObject({ available: true, resourceId, why: null });
  });

  it('is renewed, the renewal given back; upgraded; checked; asked; frozen and cured', async () => {
    const played = async (scenario: string) => activities((await driven().play(scenario)).exchanges);
    expect(await played('renew')).toEqual(['refreshInstance']);
    expect(await button('unsubscribeRenewal', 'PERIOD')).toMatchObject({ available: true });
    expect(await played('unsubscribeRenewal')).toEqual(['refreshInstance']);
    expect(await played('upgrade')).toEqual(['queryOrder', 'upgradeInstance']);
    expect(await played('query')).toEqual(['queryInstance']);
    expect(await played('freeze')).toEqual(['updateInstanceStatus']);
    expect(await button('freeze', 'PERIOD')).toMatchObject({ available: false });
    expect(await played('unfreeze')).toEqual(['updateInstanceStatus']);
    expect(await played('orderNotify')).toContain('orderNotify');
  });

  it('says what would help when the rules refuse', async () => {
    const refused = await driven().sandbox.trigger({ scenario: 'changeCheck' });
    expect(refused).toMatchObject({
      ok: false,
      refusal: {
        code: 'CHANGE_NOT_ALLOWED',
        message: 'B-70a: a renewal with change is possible from 30 days before expiry',
        facts: { helpEn: 'Move the clock to within 30 days of its expiry.' },
      },
    });
    expect(await driven().sandbox.trigger({ scenario: 'dance' })).toMatchObject({ refusal: { code: 'VALIDATION' } });
  });

  it('knows what will be due', async () => {
    const upcoming = await driven().sandbox.upcoming(100);
    expect(upcoming.map(({ at }) => at)).toEqual(upcoming.map(({ at }) => at).toSorted());
    for (const { label, name } of upcoming) expect(label.zh, name).not.toBe(name);
    expect(upcoming.find(({ kind }) => kind === 'life')).toMatchObject({
      label: { zh: '到期提醒', en: 'Reminder of the expiry' },
      name: 'REMIND',
      productName: { en: 'Acme Workspace' },
    });
    await move({ action: 'next' });
    expect(driven().sandbox.clock().now).toBe(upcoming[0]?.at);
  });

  it('may be renewed with a change from 30 days before its expiry', async () => {
    await driven().sandbox.reset({ start: START });
    const { resourceId } = await driven().play('newInstance', { periodType: 'month' });
    await move({ action: 'advance', by: '2d' });
    const played = async (scenario: string) => activities((await driven().play(scenario)).exchanges);
    expect(await played('changeCheck')).toEqual(['changeInstanceCheck']);
    expect(await played('renewAndChange')).toEqual(['queryOrder', 'refreshInstance']);
    await move({ action: 'advance', by: '1mo' });
    expect(await stateOf(resourceId)).toMatchObject({ state: 'ACTIVE', quantity: 10 });
  });

  it('renews itself, and without that it is frozen and released', async () => {
    await driven().sandbox.reset({ start: START });
    const first = await driven().play('newInstance');
    const second = await driven().play('newInstance');
    await driven().play('autoRenew', { resourceId: first.resourceId });
    await move({ action: 'to', instant: '2027-01-02T00:00:00+08:00' });
    expect(await stateOf(first.resourceId)).toMatchObject({ state: 'ACTIVE', expireAt: '2028-01-01T15:59:59.000Z' });
    expect((await stateOf(second.resourceId))?.state).not.toBe('ACTIVE');
    await move({ action: 'advance', by: '2mo' });
    expect(await stateOf(second.resourceId)).toMatchObject({ state: 'RELEASED' });
  });

  it('is tried, converted, and given back within five days', async () => {
    await driven().sandbox.reset({ start: START });
    const trial = await driven().play('trial');
    expect(await stateOf(trial.resourceId)).toMatchObject({ state: 'TRIAL', trial: true });
    expect(await button('trial', 'PERIOD')).toMatchObject({ available: false, why: { zh: '此规格的试用已使用过。' } });
    const converted = await driven().play('convert');
    expect(await activities(converted.exchanges)).toEqual(['refreshInstance']);
    expect(await stateOf(trial.resourceId)).toMatchObject({ state: 'ACTIVE', trial: false });
    const released = await driven().play('release');
    expect(await activities(released.exchanges)).toEqual(['releaseInstance']);
    expect(await stateOf(trial.resourceId)).toMatchObject({ state: 'RELEASED' });
  });
});

it.each(['ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG'] as const)('%s is bought and asked for', async (chargingMode) => {
  const bought = await driven().play('newInstance', { chargingMode });
  expect(await stateOf(bought.resourceId)).toMatchObject({ chargingMode, state: 'ACTIVE' });
  expect(await activities((await driven().play('query', { chargingMode })).exchanges)).toEqual(['queryInstance']);
  const frozen = await driven().sandbox.trigger({ scenario: 'freeze', chargingMode });
  expect(frozen.ok).toBe(chargingMode !== 'ONE_TIME');
  expect(await button('release', chargingMode)).toMatchObject({ available: false });
});

describe('the clock', () => {
  it('does not go back, nor by centuries, and needs something due for "next"', async () => {
    await driven().sandbox.reset({ start: START });
    expect(await refusalOf({ action: 'to', instant: '2025-12-31T00:00:00Z' })).toMatchObject({
      code: 'CLOCK_BACK',
      facts: { helpZh: expect.any(String) },
    });
    expect(await refusalOf({ action: 'advance', by: '100y' })).toMatchObject({ code: 'VALIDATION' });
  });

  it('goes on after a restart from where it stood', async () => {
    await move({ action: 'advance', by: '40d' });
    const before = driven().sandbox.clock();
    await driven().restart();
    expect(driven().sandbox.clock()).toEqual(before);
    await move({ action: 'play' });
    await driven().restart();
    const { now, playing } = driven().sandbox.clock();
    expect(playing).toBe(true);
    expect(Date.parse(now) - Date.parse(before.now)).toBeGreaterThan(0);
    expect(Date.parse(now) - Date.parse(before.now)).toBeLessThan(60_000);
    await move({ action: 'pause' });
    expect(driven().sandbox.clock().playing).toBe(false);
  });

  it('a reset leaves nothing of orders, money and calls, and keeps who there is and what is for sale', async () => {
    await driven().play('newInstance');
    const begun = performance.now();
    await driven().sandbox.reset({ start: START });
    expect(performance.now() - begun).toBeLessThan(5_000);
    const state = await driven().sandbox.state();
    expect(state).toMatchObject({ clock: { now: START, playing: false }, services: [], faults: [] });
    expect((await driven().sandbox.exchanges({ limit: 10 })).items).toEqual([]);
    expect(await driven().sandbox.journal()).toEqual([]);
    expect(driven().seller.control.tenants()).toEqual([]);
    expect(state.specifications.length).toBeGreaterThan(3);
    expect((await driven().play('newInstance')).orderId).toMatch(/^CS260101/);
  });
});
