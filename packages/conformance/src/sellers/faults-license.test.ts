import { describe, expect, it } from 'vitest';
import type { ConformanceReport } from '../report.ts';
import { checkSeller } from '../run.ts';
import type { Fault } from './fault-license.test-support.ts';
import { IDENTIFICATION_FAULTS } from './identification-faults-license.test-support.ts';
import { CODE_FAULTS, PROVISIONING_FAULTS } from './post-faults-license.test-support.ts';
import { type Hooks, KEY, startSeller } from './right-license.test-support.ts';
import type { Dialect } from './right-license-life.test-support.ts';

/** Wrong License sellers, one fault each: the suite names it first, in both languages. */

describe.each<[Dialect, readonly Fault[]]>([
  ['identification', IDENTIFICATION_FAULTS],
  ['code', CODE_FAULTS],
  ['provisioning', PROVISIONING_FAULTS],
])('%s', (dialect, faults) => {
  it.concurrent.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const report = await checked(fault.hooks, fault.speaks ?? [dialect], fault.live ?? false);
    const [first] = report.causes;
    const told = report.causes.map(({ code, severity, seen }) => `${severity} ${code} ${seen}`).join('\n');
    expect(first?.code, told).toBe(fault.code);
    expect(`${first?.summary.en} ${first?.expected} ${first?.seen}`).toContain(fault.says ?? '');
    for (const text of [first?.summary, first?.fix]) {
      expect(text?.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(text?.en).toMatch(/[a-z]/);
      expect(text?.zh).not.toBe(text?.en);
    }
  });
});

async function checked(hooks: Hooks, speaks: readonly Dialect[], liveCycle: boolean): Promise<ConformanceReport> {
  const seller = await startSeller({ ...hooks, live: { ...hooks.live, speaks } });
  const quick = { timeoutMs: 3_000, asyncWindowMs: 40, asyncIntervalMs: 10 };
  const report = await checkSeller({ url: seller.url, protocol: 'license', accessKey: KEY, liveCycle, ...quick });
  await seller.close();
  return report;
}
