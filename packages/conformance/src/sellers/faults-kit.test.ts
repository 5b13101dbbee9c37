import { describe, expect, it } from 'vitest';
import { TEST_PUBLIC_KEY } from '../../../protocol/src/kit/rsa-keys.test-support.ts';
import type { ConformanceReport } from '../report.ts';
import { checkSeller } from '../run.ts';
import { FAULTS, type Fault } from './faults-kit.test-support.ts';
import { KEY, startSeller } from './right-kit.test-support.ts';

/** Each wrong seller's fault is named, in both languages, before anything that follows from it. */

describe.concurrent('a seller that', () => {
  it.each(FAULTS.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const { causes } = await check(fault);
    const first = causes.find(({ severity }) => severity === 'error') ?? causes[0];
    expect(causes.map(({ severity, code, summary, seen }) => `${severity} ${code}: ${summary.en} (${seen})`)).toEqual([
      expect.stringContaining(fault.code),
    ]);
    const words = [first?.summary.en, first?.seen, first?.fix.en, first?.expected].join(' ');
    expect(words).toContain(fault.says ?? '');
    for (const { zh, en } of [first?.summary, first?.fix].filter((each) => each !== undefined)) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).not.toMatch(/[\u3000-\u9fff]/);
    }
  });
});

async function check({ hooks, live = false }: Fault): Promise<ConformanceReport> {
  // Raw RSA takes its time, and is the matter of a few faults only.
  const seller = await startSeller({ ...hooks, keep: { decrypt: () => '', ...hooks.keep } });
  try {
    return await checkSeller({
      url: seller.url,
      protocol: 'kit',
      accessKey: KEY,
      publicKey: TEST_PUBLIC_KEY,
      liveCycle: live,
      timeoutMs: 1_000,
    });
  } finally {
    await seller.close();
  }
}
