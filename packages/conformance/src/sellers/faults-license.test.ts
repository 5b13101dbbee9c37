import { describe, expect, it } from 'vitest';
import { casesOf } from '../protocols.ts';
import type { ConformanceReport } from '../report.ts';
import { checkSeller } from '../run.ts';
import type { Fault } from './fault-license.test-support.ts';
import { IDENTIFICATION_CONDUCT_FAULTS } from './identification-conduct-faults-license.test-support.ts';
import { IDENTIFICATION_FAULTS } from './identification-faults-license.test-support.ts';
import { CODE_FAULTS, PROVISIONING_FAULTS } from './post-faults-license.test-support.ts';
import { KEY, startSeller } from './right-license.test-support.ts';
import type { Dialect } from './right-license-life.test-support.ts';

/** Wrong License sellers, one fault each: the suite names it first, in both languages. */

describe.each<[Dialect, readonly Fault[]]>([
  ['identification', [...IDENTIFICATION_FAULTS, ...IDENTIFICATION_CONDUCT_FAULTS]],
  ['code', CODE_FAULTS],
  ['provisioning', PROVISIONING_FAULTS],
])('%s', (dialect, faults) => {
  it.concurrent.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const report = await checked(fault, fault.speaks ?? [dialect]);
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

/** What is tried on signatures takes most of the calls, and shows nothing new of a fault elsewhere. */
const ABOUT_SIGNING =
  /^(encoding|parameters|authToken|timeStamp|signature|timestamp|nonce|body|licenseCode)\.(?!accepted|unknown|not-valid)/;
const NOT_ABOUT_SIGNING = casesOf('license').filter(({ name }) => !ABOUT_SIGNING.test(name));

async function checked(fault: Fault, speaks: readonly Dialect[]): Promise<ConformanceReport> {
  const { hooks, code, live: liveCycle = false } = fault;
  const seller = await startSeller({ ...hooks, live: { ...hooks.live, speaks } });
  const cases = NOT_ABOUT_SIGNING.filter(({ live }) => liveCycle || !live).map(({ name }) => name);
  const report = await checkSeller({
    url: seller.url,
    protocol: 'license',
    accessKey: KEY,
    liveCycle,
    ...(code.startsWith('security.') ? {} : { cases }),
    timeoutMs: code === 'transport.timeout' ? 1_500 : 10_000,
    asyncWindowMs: 40,
    asyncIntervalMs: 10,
  });
  await seller.close();
  return report;
}
