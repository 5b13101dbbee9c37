import type { Diagnosis } from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import type { ConformanceReport } from '../report.ts';
import { checkSeller } from '../run.ts';
import type { Fault } from './fault-saas-v1.test-support.ts';
import { FAULTS } from './faults-saas-v1.test-support.ts';
import { KEY, startSeller } from './right-saas-v1.test-support.ts';

/** Each wrong seller's fault is named, in both languages, before anything that follows from it. */

describe.concurrent('the fault of a seller that', () => {
  it.each(FAULTS.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const found = firstCause(await check(fault, [fault.in]));
    expect(found?.code).toBe(fault.code);
    expect(found?.summary.en).toMatch(fault.summary ?? /./);
    expect(found?.seen).toMatch(fault.seen ?? /(?:)/);
    for (const { zh, en } of [found?.summary, found?.fix].filter((each) => each !== undefined)) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).not.toMatch(/[\u3000-\u9fff]/);
    }
    expect(found?.reference).toMatch(/^saas-v1\.md \d/);
  });
});

// All of them take half a minute; these stand for the kinds of faults.
const SAMPLE = FAULTS.filter((_, place) => place % 19 === 3);

describe.concurrent('in a whole run nothing else is said of a seller that', () => {
  it.each(SAMPLE.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const report = await check(fault);
    expect(firstCause(report)?.code).toBe(fault.code);
    expect([...new Set(report.causes.map(({ code }) => code))]).toEqual([fault.code]);
  });
});

async function check(fault: Fault, cases?: readonly string[]): Promise<ConformanceReport> {
  const seller = await startSeller(fault.hooks(), fault.keepsTests);
  try {
    return await checkSeller({
      url: seller.url,
      protocol: 'saas-v1',
      accessKey: KEY,
      cases,
      liveCycle: fault.live,
      timeoutMs: fault.code === 'transport.timeout' ? 100 : 20_000,
      asyncWindowMs: 20,
      asyncIntervalMs: 10,
    });
  } finally {
    await seller.close();
  }
}

/** The first error, or the first warning where there is no error. */
function firstCause({ causes }: ConformanceReport): Diagnosis | undefined {
  return causes.find(({ severity }) => severity === 'error') ?? causes[0];
}
