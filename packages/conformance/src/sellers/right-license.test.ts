import { describe, expect, it } from 'vitest';
import type { ConformanceReport } from '../report.ts';
import { checkSeller } from '../run.ts';
import { type Hooks, KEY, startSeller } from './right-license.test-support.ts';
import { type Dialect, refuse, text } from './right-license-life.test-support.ts';

/** Right License sellers differ, too: none of these may get an error, and only the warnings that are named here. */

const EACH: readonly Dialect[] = ['identification', 'code', 'provisioning'];
const NODS_THROUGH = ['instance.unknown-accepted'];

interface Variant {
  readonly name: string;
  readonly hooks: Hooks;
  readonly speaks?: readonly Dialect[];
  readonly warnings?: readonly string[];
  readonly live?: boolean;
}

const VARIANTS: readonly Variant[] = [
  {
    name: 'members in another order, with more of them',
    hooks: {
      answer: (right) => ({ traceId: 'x', ...Object.fromEntries(Object.entries(right).reverse()), more: { a: [1] } }),
    },
  },
  {
    name: 'charset=UTF8, pretty-printed',
    hooks: {
      serialise: (members) => JSON.stringify(members, null, 2),
      write: (right) => ({
        ...right,
        headers: right.headers.map(([name, value]) =>
          name === 'Content-Type' ? ([name, 'application/json;charset=UTF8'] as const) : ([name, value] as const),
        ),
      }),
    },
  },
  { name: 'signs POSTed answers, too', hooks: { sign: { signs: () => true } } },
  {
    name: 'test calls are answered without a look',
    live: true,
    hooks: { live: { tests: 'apart' } },
    warnings: NODS_THROUGH,
  },
  { name: 'nothing is kept of test calls', live: true, hooks: { live: { tests: 'bare' } } },
  {
    name: 'codes are learnt when they come',
    live: true,
    hooks: { live: { learnsCodes: true } },
    warnings: NODS_THROUGH,
  },
  { name: 'asynchronous, without queryInstance', live: true, hooks: { live: { slowLicences: true, queries: false } } },
  { name: 'asynchronous: ready after some queries', live: true, hooks: { live: { pending: 2 } } },
  { name: 'accepts replays', hooks: { post: { remembersNonces: false } }, warnings: ['security.nonce-not-checked'] },
  {
    name: 'refuses old tokens',
    hooks: {
      live: {
        instead: ({ timeStamp }) =>
          /^\d{17}$/.test(text(timeStamp)) && Date.now() - utc(text(timeStamp)) > 600_000
            ? refuse('000001', 'old')
            : null,
      },
    },
  },
  {
    name: 'sells once for all only',
    live: true,
    speaks: ['identification'],
    hooks: {
      live: {
        leavesOut: ['refreshLicense', 'expireLicense'],
        instead: (call) =>
          call.activity === 'getLicense' && call.chargingMode !== '3' ? refuse('000002', 'chargingMode') : null,
      },
    },
  },
  {
    name: 'sells by the year only, with amount always',
    live: true,
    speaks: ['identification'],
    hooks: {
      live: {
        instead: (call) =>
          call.activity === 'getLicense' && !(call.periodType === 'year' && call.amount)
            ? refuse('000002', 'periodType, amount')
            : null,
      },
    },
    warnings: ['result.refused'],
  },
  {
    name: 'checks live orders at the marketplace',
    live: true,
    hooks: {
      live: {
        instead: (call) =>
          /^(getLicense|newInstance)$/.test(text(call.activity)) && call.testFlag !== '1'
            ? refuse('000005', 'no such order')
            : null,
      },
    },
    warnings: ['result.refused'],
  },
  {
    name: 'freezes and unfreezes codes only',
    speaks: ['code'],
    hooks: { live: { leavesOut: ['refreshLicenseCode', 'releaseLicenseCode'] } },
  },
  { name: 'takes its time', speaks: ['identification'], hooks: { delayMs: 5 } },
];

describe.concurrent('a right seller', () => {
  it.each(EACH.map((each) => [each]))('of %s alone', async (dialect) => {
    const report = await checked({ live: { speaks: [dialect] } }, true);
    expect(told(report)).toEqual([]);
    expect(report.failed).toBe(0);
    const skipped = report.cases.filter(({ name }) => FIRST_OF_OTHERS[dialect].includes(name));
    expect(skipped.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
    for (const { reason } of skipped) expect(reason?.en).toContain('The server does not speak');
  });

  it.each(VARIANTS.map((variant) => [variant.name, variant] as const))('%s', async (_, variant) => {
    const { hooks, speaks = EACH, live = false, warnings = [] } = variant;
    const report = await checked({ ...hooks, live: { ...hooks.live, speaks } }, live);
    expect(report.causes.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect([...new Set(report.causes.map(({ code }) => code))].sort()).toEqual([...warnings].sort());
    expect(report.failed).toBe(0);
    expect(report.passed).toBeGreaterThan(5);
  });

  it('whose cases are named is not asked what it speaks', async () => {
    const seller = await startSeller({ live: { speaks: ['code'] } });
    const cases = ['getLicense.repeat', 'refreshLicenseCode.answer'];
    const report = await checkSeller({ url: seller.url, protocol: 'license', accessKey: KEY, cases });
    await seller.close();
    expect(report.cases.find(({ name }) => name === 'refreshLicenseCode.answer')?.status).toBe('passed');
    expect(report.causes).toMatchObject([{ code: 'http.status', seen: expect.stringContaining('405') }]);
  });
});

const FIRST_OF_OTHERS: Readonly<Record<Dialect, readonly string[]>> = {
  identification: ['licenseCode.accepted', 'signature.accepted'],
  code: ['getLicense.accepted', 'signature.accepted'],
  provisioning: ['getLicense.accepted', 'licenseCode.accepted'],
};

async function checked(hooks: Hooks, liveCycle: boolean): Promise<ConformanceReport> {
  const seller = await startSeller(hooks);
  const quick = { timeoutMs: 10_000, asyncWindowMs: 60, asyncIntervalMs: 5 };
  const report = await checkSeller({ url: seller.url, protocol: 'license', accessKey: KEY, liveCycle, ...quick });
  await seller.close();
  return report;
}

function told({ causes }: ConformanceReport): readonly string[] {
  return causes.map(({ code, severity, seen }) => `${severity} ${code} ${seen}`);
}

function utc(timeStamp: string): number {
  const [, date, hour, minute, second] = /^(\d{8})(\d\d)(\d\d)(\d\d)/.exec(timeStamp) ?? [];
  return Date.parse(`${date?.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3')}T${hour}:${minute}:${second}Z`);
}
