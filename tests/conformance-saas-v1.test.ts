/** The V1.0 suite finds nothing to complain of in the demo seller, and leaves nothing behind in it or in a seller by hand. */
import { checkSeller } from '@jishi/conformance';
import { describe, expect, it } from 'vitest';
import { KEY, startMarket } from '../examples/demo-seller/src/testing.ts';
import { startPlainSeller } from './support/plain-seller.ts';

const OPTIONS = { protocol: 'saas-v1', accessKey: KEY, asyncIntervalMs: 5, liveCycle: true } as const;

describe('the demo seller', () => {
  it.each(['sync', 'async'] as const)('%s, passes and lives the whole life of an order', async (mode) => {
    const market = await startMarket();
    market.demo.control.change({ mode, provisioningDelayMs: 0 });
    const { causes, skipped, passed, durationMs } = await checkSeller({ ...OPTIONS, url: market.demo.productionUrl });
    const tenants = market.demo.control.tenants();
    await market.close();
    expect([skipped, causes]).toEqual([0, []]);
    expect(passed).toBeGreaterThan(60);
    expect(durationMs).toBeLessThan(10_000);
    expect(tenants.filter(({ phase }) => phase !== 'released')).toEqual([]);
    expect(tenants).toHaveLength(3);
  });
});

it('a seller by hand that lets an order without orderId pass is warned of that, and of nothing else', async () => {
  const seller = await startPlainSeller(KEY);
  const { causes, failed } = await checkSeller({ ...OPTIONS, url: seller.url });
  await seller.close();
  expect([failed, causes]).toEqual([0, [expect.objectContaining({ code: 'result.not-refused', severity: 'warning' })]]);
  expect([...seller.instances.values()].filter(({ status }) => status !== 'RELEASED')).toEqual([]);
});
