/** The suite finds nothing to complain of in the demo seller and in a seller by hand, and is done with them in no time. */
import { checkSeller } from '@jishi/conformance';
import { describe, expect, it } from 'vitest';
import { KEY, startMarket } from '../examples/demo-seller/src/testing.ts';
import { startPlainSeller } from './support/plain-seller.ts';

const OPTIONS = { protocol: 'saas-v2', accessKey: KEY, asyncIntervalMs: 20, asyncWindowMs: 5_000 } as const;

describe('the demo seller', () => {
  it.each(['sync', 'async'] as const)('%s, passes', async (mode) => {
    const market = await startMarket();
    market.demo.control.change({ mode, provisioningDelayMs: 0 });
    const { causes, failed, passed, durationMs } = await checkSeller({ ...OPTIONS, url: market.demo.productionUrl });
    await market.close();
    expect([failed, causes]).toEqual([0, []]);
    expect(passed).toBeGreaterThan(40);
    expect(durationMs).toBeLessThan(10_000);
  });

  it('lives the whole life of an order; only an upgrade waits for an order that the marketplace does not have', async () => {
    const market = await startMarket();
    market.demo.control.change({ orderLookup: 'optional' });
    const report = await checkSeller({ ...OPTIONS, url: market.demo.productionUrl, liveCycle: true });
    const tenants = market.demo.control.tenants();
    await market.close();
    expect(report.causes).toMatchObject([{ code: 'result.refused', severity: 'warning' }]);
    expect(tenants.length).toBeGreaterThan(0);
    expect(tenants.filter(({ phase }) => phase !== 'released')).toEqual([]);
  });
});

it('a seller by hand passes, its live orders included', async () => {
  const seller = await startPlainSeller(KEY);
  const report = await checkSeller({ ...OPTIONS, url: seller.url, liveCycle: true });
  await seller.close();
  expect(report.causes).toEqual([]);
  expect(new Set([...seller.instances.values()].map(({ status }) => status))).toEqual(new Set(['RELEASED']));
});
