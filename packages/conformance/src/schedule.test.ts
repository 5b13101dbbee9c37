import { describe, expect, it } from 'vitest';
import type { ConformanceCase } from './case.ts';
import type { CaseReport } from './report.ts';
import { runInOrder } from './schedule.ts';
import { createSession, type RunSession } from './session.ts';

/** Cases run one after another, beside a slow server side by side; what the report shows has the order of the list. */

const words = (text: string) => ({ zh: text, en: text });

function item(name: string, more: Partial<ConformanceCase> = {}): ConformanceCase {
  return { name, title: words(name), reference: 'saas-v2.md 2', run: async () => [], ...more };
}

function session(slowestMs: number, places: number): RunSession {
  const settings = { timeoutMs: 20_000, asyncWindowMs: 0, asyncIntervalMs: 0, lenient: false, publicKey: null };
  const wire = {
    send: async () => ({ ok: false, error: { kind: 'reset', message: '' } }) as const,
    close: () => undefined,
  };
  const target = new URL('http://localhost/');
  const made = createSession({
    wire,
    target,
    accessKey: 'K',
    settings,
    now: () => 0,
    randomBytes: (length) => new Uint8Array(length),
  });
  return { ...made, slowestMs, places };
}

/** Cases that end when they are told to; `begun` in the order in which they began. */
function controlled(names: readonly string[], more: Partial<ConformanceCase> = {}) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const cases = names.map((name) =>
    item(name, {
      ...more,
      run: async () => {
        begun.push(name);
        await new Promise<void>((done) => ends.set(name, done));
        return [];
      },
    }),
  );
  const end = async (name: string) => {
    ends.get(name)?.();
    await settled();
  };
  return { cases, begun, end };
}

async function observe(cases: readonly ConformanceCase[], on: RunSession) {
  const log: string[] = [];
  const reports: CaseReport[] = [];
  const run = runInOrder(cases, on, {
    started: (index) => log.push(`+${index}`),
    finished: (index, report) => {
      log.push(`-${index}`);
      reports.push(report);
    },
  });
  await settled();
  return { log, reports, run };
}

describe('beside a quick server', () => {
  it('independent cases, too, run one after another', async () => {
    const { cases, begun, end } = controlled(['a', 'b'], { independent: true });
    const { run, log } = await observe(cases, session(10, 8));
    expect(begun).toEqual(['a']);
    await end('a');
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    await run;
    expect(log).toEqual(['+0', '-0', '+1', '-1']);
  });
});

describe('beside a slow server', () => {
  it('independent ones run side by side, so many as there are places, and are told in their order', async () => {
    const { cases, begun, end } = controlled(['a', 'b', 'c'], { independent: true });
    const { run, log, reports } = await observe(cases, session(3_000, 2));
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect([begun, log]).toEqual([['a', 'b', 'c'], ['+0']]);
    await end('c');
    await end('a');
    await run;
    expect(log).toEqual(['+0', '-0', '+1', '-1', '+2', '-2']);
    expect(reports.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('others wait for all before them, and those after them wait', async () => {
    const { cases, begun, end } = controlled(['a', 'b', 'c']);
    const [a, b, c] = cases.map((each) => ({ ...each, independent: each.name !== 'b' }));
    const { run } = await observe(
      [a, b, c].filter((each) => each !== undefined),
      session(3_000, 8),
    );
    for (const name of ['a', 'b', 'c']) {
      expect(begun.at(-1)).toBe(name);
      await end(name);
    }
    await run;
  });

  it('a case waits for the one it builds on, and is skipped where that failed', async () => {
    const failing = item('a', { independent: true, run: () => Promise.reject(new Error('broken')) });
    const { run, reports } = await observe(
      [failing, item('b', { independent: true, after: ['a'] })],
      session(3_000, 8),
    );
    await run;
    expect(reports.map(({ status }) => status)).toEqual(['failed', 'skipped']);
  });
});

const settled = () => new Promise((done) => setTimeout(done, 0));
