/** The same scenarios with a seller that speaks V1.0: its own activities, and its own signature steps. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DrivenSandbox, driveSandbox } from '../../../../tests/support/driven-sandbox.ts';

const made: DrivenSandbox[] = [];
beforeAll(async () => {
  made.push(await driveSandbox({ start: new Date('2026-01-01T01:00:00.000Z'), protocol: 'saas-v1' }));
});
afterAll(() => Promise.all(made.map((each) => each.close())));

it('is bought, renewed, changed, frozen, spoiled and given back', async () => {
  const [driven] = made;
  if (!driven) throw new Error('unreachable');
  const { sandbox } = driven;
  const played = async (scenario: string) => {
    const { exchanges } = await driven.play(scenario);
    const { items } = await sandbox.exchanges({ limit: 100 });
    return items
      .filter(({ exchangeId, direction }) => exchanges.includes(exchangeId) && direction === 'to-seller')
      .map(({ activity, resultCode }) => `${activity} ${resultCode}`)
      .toReversed();
  };
  expect(await played('newInstance')).toEqual(['newInstance 000000']);
  const { items } = await sandbox.exchanges({ limit: 1 });
  const exchange = await sandbox.exchange(items[0]?.exchangeId ?? '');
  expect(exchange).toMatchObject({ protocol: 'saas-v1', method: 'GET', diagnosis: [] });
  expect(exchange?.signature.map(({ name }) => name)).toEqual(['stringToSign', 'authToken']);
  expect(await played('renew')).toEqual(['refreshInstance 000000']);
  expect(await played('unsubscribeRenewal')).toEqual(['refreshInstance 000000']);
  expect(await played('upgrade')).toEqual(['upgrade 000000']);
  expect(await played('freeze')).toEqual(['instanceStatus 000000']);
  expect(await played('unfreeze')).toEqual(['instanceStatus 000000']);
  await sandbox.addFault({ kind: 'wrong-signature', times: 1 });
  expect(await played('freeze')).toEqual(['instanceStatus 000001']);
  await driven.play('unfreeze');
  expect(await played('release')).toContain('releaseInstance 000000');
  const { scenarios } = await sandbox.state();
  expect(scenarios.find(({ name }) => name === 'upgrade')?.activity).toBe('upgrade');
});
