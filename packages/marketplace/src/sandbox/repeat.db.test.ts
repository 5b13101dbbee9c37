/** With one seed and a clock that stands, the same commands give the same exchanges, byte for byte. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DrivenSandbox, driveSandbox } from '../../../../tests/support/driven-sandbox.ts';
import type { Exchange } from './schemas.ts';

const START = '2026-01-01T09:00:00+08:00';
const made: DrivenSandbox[] = [];
beforeAll(async () => {
  made.push(await driveSandbox({ playing: false }));
});
afterAll(() => Promise.all(made.map((each) => each.close())));

async function run(driven: DrivenSandbox, seed: string, by = '1y'): Promise<Omit<Exchange, 'durationMs'>[]> {
  const { sandbox } = driven;
  await sandbox.reset({ start: START, seed, playing: false });
  await driven.play('newInstance', { quantity: 10 });
  await driven.play('trial');
  await driven.play('renew');
  await driven.play('autoRenew');
  await sandbox.addFault({ kind: 'duplicate', activity: 'refreshInstance', times: 1 });
  await driven.play('convert', { periodType: 'month' });
  await sandbox.moveClock({ action: 'advance', by });
  const { items } = await sandbox.exchanges({ limit: 500 });
  const whole = await Promise.all(items.map(({ exchangeId }) => sandbox.exchange(exchangeId)));
  return whole.flatMap((each) => {
    if (!each) return [];
    const { durationMs: _, ...rest } = each;
    return [rest];
  });
}

it('purchase, trial, renewals, a fault and a year, twice', async () => {
  const [driven] = made;
  if (!driven) throw new Error('unreachable');
  const first = await run(driven, '42');
  const second = await run(driven, '42');
  expect(first.length).toBeGreaterThan(10);
  expect(first.some(({ direction }) => direction === 'from-seller')).toBe(true);
  expect(first.some(({ fault }) => fault === 'duplicate')).toBe(true);
  expect(JSON.stringify(second, null, 1)).toBe(JSON.stringify(first, null, 1));
  const other = await run(driven, '43', '1d');
  expect(other.at(-1)?.url).not.toBe(first.at(-1)?.url);
});
