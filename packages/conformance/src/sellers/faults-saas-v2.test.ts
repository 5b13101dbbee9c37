import { describe, expect, it } from 'vitest';
import type { ConformanceReport } from '../report.ts';
import { checkSeller } from '../run.ts';
import { FAULTS, type Fault } from './faults-saas-v2.test-support.ts';
import { KEY, startSeller } from './right-saas-v2.test-support.ts';

/** Each wrong seller's fault is named, in both languages, before anything that follows from it. */

/** Faults that show here, the first of each, are looked for by the whole suite; others by the case they show in and what it builds on. */
const WHOLE_SUITE = [
  'signature.accepted',
  'newInstance.answer',
  'newInstance.repeat',
  'queryInstance.answer',
  'queryInstance.several',
  'releaseInstance.repeat',
  'signature.wrong',
  'timestamp.old',
  'body.unsorted',
  'instance.unknown',
  'testFlag.honoured',
  'live.updateInstanceStatus',
];
const WHOLE = WHOLE_SUITE.map((name) => FAULTS.find(({ shows }) => shows === name));

describe('a seller that', () => {
  it.concurrent.each(FAULTS.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const { causes } = await check(fault);
    const first = causes.find(({ severity }) => severity === 'error') ?? causes[0];
    expect(first?.code).toBe(fault.code);
    expect(`${first?.summary.en} ${first?.expected} ${first?.seen}`).toContain(fault.says ?? '');
    for (const { zh, en } of [first?.summary, first?.fix].filter((words) => words !== undefined)) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).not.toMatch(/[\u3000-\u9fff]/);
    }
  });

  it('is one of more than forty kinds, each with its own finding', () => {
    expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
    expect(new Set(FAULTS.map(({ code }) => code)).size).toBeGreaterThan(40);
  });
});

async function check(fault: Fault): Promise<ConformanceReport> {
  const seller = await startSeller(fault.hooks);
  try {
    return await checkSeller({
      url: seller.url,
      protocol: 'saas-v2',
      accessKey: KEY,
      liveCycle: fault.live,
      cases: WHOLE.includes(fault) ? undefined : [fault.shows],
      // Only one seller keeps silent; the others must not seem to, on a busy machine.
      timeoutMs: fault.code === 'transport.timeout' ? 200 : 10_000,
      asyncWindowMs: 3,
      asyncIntervalMs: 1,
    });
  } finally {
    await seller.close();
  }
}
