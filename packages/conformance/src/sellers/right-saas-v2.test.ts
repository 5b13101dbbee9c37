import { describe, expect, it } from 'vitest';
import { checkSeller } from '../run.ts';
import { KEY, startSeller } from './right-saas-v2.test-support.ts';
import { RIGHT_VARIANTS } from './right-variants-saas-v2.test-support.ts';

/** A right seller gets no error, however it may rightly differ; warnings only where something is a risk. */

describe('a right seller that', () => {
  it.concurrent.each(RIGHT_VARIANTS.map((variant) => [variant.name, variant] as const))('%s', async (_, variant) => {
    const seller = await startSeller(variant.hooks);
    try {
      const report = await checkSeller({
        url: seller.url,
        protocol: 'saas-v2',
        accessKey: KEY,
        liveCycle: variant.live,
        timeoutMs: 10_000,
        asyncWindowMs: 20,
        asyncIntervalMs: 1,
      });
      expect(report.causes.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(report.causes.map(({ code }) => code).toSorted()).toEqual((variant.warnings ?? []).toSorted());
    } finally {
      await seller.close();
    }
  });

  it('is asked less than eighty times, and never for live data, unless its life is played', async () => {
    const seller = await startSeller();
    const report = await checkSeller({ url: seller.url, protocol: 'saas-v2', accessKey: KEY });
    await seller.close();
    expect(report.failed + report.warned).toBe(0);
    expect(seller.calls.length).toBeLessThan(80);
    const live = seller.calls.filter(({ isTest, request }) => !isTest && request.method === 'POST');
    expect(new Set(live.map(({ activity }) => activity))).toEqual(new Set(['queryInstance']));
  });
});
