/** The quote, the one function that computes a price, alone in this process: linear, by tiers and by steps in turn. */
import { quote } from '@jishi/marketplace/testing';

const brackets = [
  { from: 0, to: 10, unitPrice: '30.00' },
  { from: 10, to: 50, unitPrice: '27.00' },
  { from: 50, to: null, unitPrice: '24.00' },
];
const item = (mode: 'LINEAR' | 'TIER' | 'STEP') => ({
  priceItemId: 'OFFI000000000000000001',
  periodType: 'month' as const,
  mode,
  brackets: mode === 'LINEAR' ? [{ from: 0, to: null, unitPrice: '12.35' }] : brackets,
  currency: 'CNY' as const,
  chargeItem: null,
});
const ITEMS = [item('LINEAR'), item('TIER'), item('STEP')];
const users = {
  code: 'users',
  name: { zh: '用户数', en: 'Users' },
  unit: { zh: '人', en: 'users' },
  minimum: 1,
  maximum: 1000,
  step: 1,
};

/** @returns quotes in a second of processor time, each with its derivation */
export function quotesPerSecond(seconds: number): number {
  const begun = process.cpuUsage();
  const untilMs = performance.now() + seconds * 1000;
  let count = 0;
  while (performance.now() < untilMs) {
    for (let turn = 0; turn < 300; turn += 1) {
      const priced = quote({
        priceItem: ITEMS[turn % ITEMS.length] ?? item('LINEAR'),
        chargingMode: 'PERIOD',
        linearAttribute: users,
        quantity: 1 + ((turn * 7) % 1000),
        periodNumber: 1 + (turn % 11),
        ...(turn % 2 === 0 ? { discount: { offerId: 'offer', rate: '0.85' } } : {}),
      });
      if (!priced.ok || priced.value.derivation.length === 0) throw new Error('a quote was refused');
      count += 1;
    }
  }
  const { user, system } = process.cpuUsage(begun);
  return count / ((user + system) / 1_000_000);
}
