import { describe, expect, it } from 'vitest';
import {
  privatePem,
  publicPem,
  SHORT_PUBLIC_KEY,
  TEST_PRIVATE_KEY,
  TEST_PUBLIC_KEY,
} from '../../../protocol/src/kit/rsa-keys.test-support.ts';
import type { ConformanceReport } from '../report.ts';
import { type CheckOptions, checkSeller } from '../run.ts';
import {
  decryptWith,
  type Hooks,
  KEY,
  type Keeping,
  OK,
  refuse,
  startSeller,
  storeOf,
} from './right-kit.test-support.ts';

/** A right seller gets no error, however it may rightly differ; warnings only where something is a risk. */

const REAL_INSTANCES: Keeping['instead'] = ({ members }) =>
  members.instanceId !== '' && members.flag !== 0 ? refuse('000003', 'instance does not exist') : null;

const VARIANTS: readonly (readonly [name: string, hooks: Hooks, warnings: readonly string[]])[] = [
  ['stores test data', {}, []],
  ['stores nothing of test calls', { keep: { tests: 'sample' } }, []],
  ['compares hex in upper case', { verify: { equals: (a, b) => a.toUpperCase() === b.toUpperCase() } }, []],
  [
    'answers with members in another order, and more of them',
    { answer: ({ resultCode, resultMsg }) => ({ traceId: 'x', resultMsg, data: { a: 1 }, resultCode }) },
    [],
  ],
  [
    'spells the charset UTF8',
    { write: (written) => ({ ...written, headers: { 'Content-Type': 'application/json;charset=UTF8' } }) },
    [],
  ],
  [
    'pretty-prints its answers',
    { write: (written) => ({ ...written, body: JSON.stringify(JSON.parse(String(written.body)), null, 2) }) },
    [],
  ],
  ['adds to instances that exist only, and to none', { keep: { instead: REAL_INSTANCES } }, []],
  [
    'has no use for departments',
    { keep: { instead: ({ kit }) => (storeOf(kit) === 'singleOrgSync' ? OK : null) } },
    [],
  ],
  ['takes its time', { delayMs: () => 20 }, []],
  ['does not remember nonces', { verify: { remembersNonces: false } }, ['security.nonce-not-checked']],
  [
    'asks for lists',
    { keep: { list: (value) => (Array.isArray(value) ? value : null) } },
    ['kit.user-list', 'kit.user-list'],
  ],
  ['decrypts SHA-256/MGF1-SHA-256 only', { keep: { decrypt: decryptWith(['SHA-256/MGF1-SHA-256']) } }, ['kit.secret']],
  [
    'decrypts SHA-256/MGF1-SHA-1 only, as Java does',
    { keep: { decrypt: decryptWith(['SHA-256/MGF1-SHA-1']) } },
    ['kit.secret'],
  ],
  ['decrypts SHA-1/MGF1-SHA-1 only', { keep: { decrypt: decryptWith(['SHA-1/MGF1-SHA-1']) } }, ['kit.secret']],
  [
    'accepts times to come, as the vendor’s sample does',
    { verify: { isFresh: (timestamp, nowMs) => nowMs - Number(timestamp) <= 60_000 } },
    ['security.timestamp-not-checked'],
  ],
];

describe.concurrent('a right seller that', () => {
  it.each(VARIANTS)('%s', async (_, hooks, warnings) => {
    const { report } = await check(hooks);
    expect(findingsOf(report)).toEqual(warnings.map((code) => `warning ${code}`));
    const skipped = report.cases.filter(({ status }) => status === 'skipped').map(({ name }) => name);
    const onlyReal = hooks.keep?.instead === REAL_INSTANCES;
    expect(skipped).toEqual(onlyReal ? ['tenantSync.second-instance'] : []);
    expect(report.cases.length).toBeGreaterThan(50);
  });

  it.each([
    ['stores', {}],
    ['stores live data only', { keep: { tests: 'sample' as const } }],
    ['adds to instances that exist only', { keep: { instead: REAL_INSTANCES } }],
  ])('%s, in the live cycle, of which nothing is left', async (_, hooks) => {
    const { report, left, live } = await check(hooks, { liveCycle: true });
    expect([findingsOf(report), left]).toEqual([[], 0]);
    expect(live).toBeGreaterThan(20);
  });
});

describe('a seller that can not delete', () => {
  it('is told nothing live, even with the live cycle', async () => {
    const keep: Partial<Keeping> = {
      instead: ({ members }) => (members.flag === 0 ? refuse('000005', 'not found') : null),
    };
    const { report, live } = await check({ keep }, { liveCycle: true });
    expect(report.causes[0]?.code).toBe('kit.delete-not-repeatable');
    expect(live).toBe(0);
  });
});

describe('what a run needs', () => {
  it('is 80 calls at most, each with the test mark', async () => {
    const { report } = await check({});
    const bodies = report.cases.flatMap(({ exchanges }) => exchanges.map(({ request }) => String(request.body)));
    expect(bodies.length).toBeLessThanOrEqual(85);
    for (const body of bodies) expect(JSON.parse(body).testFlag).toBe(1);
  });

  it('is the public key: without it a refused secret says so', async () => {
    const { report } = await check({}, { publicKey: undefined });
    expect(report.causes[0]).toMatchObject({ code: 'kit.secret' });
    expect(report.causes[0]?.fix.en).toContain('--public-key');
    expect(report.causes).toHaveLength(1);
  });

  it('is a key of 3072 bits: a shorter one is a finding, what is no public key a wrong option', async () => {
    const { report } = await check({}, { publicKey: SHORT_PUBLIC_KEY });
    expect(findingsOf(report)).toEqual(['error kit.secret']);
    expect(report.causes[0]?.summary.en).toContain('2048 bits');
    await expect(check({}, { publicKey: privatePem(TEST_PRIVATE_KEY) })).rejects.toThrow('not a private key');
  });

  it('is no private key: a seller that does not decrypt test calls passes without', async () => {
    const { report } = await check({ keep: { decrypt: () => '' } }, { publicKey: undefined });
    expect(report.causes).toEqual([]);
    expect(report.cases.filter(({ status }) => status === 'skipped').map(({ name }) => name)).toEqual([
      'applicationSync.paddings',
    ]);
  });

  it('may be the whole address of one interface', async () => {
    const seller = await startSeller();
    const url = `${seller.url}/produceAPI/v2/tenantSync`;
    const report = await checkSeller({ url, protocol: 'kit', accessKey: KEY, cases: ['tenantSync.delete'] });
    await seller.close();
    expect(report).toMatchObject({ passed: 1, failed: 0 });
  });
});

function findingsOf({ causes }: ConformanceReport): string[] {
  return causes.map(({ severity, code }) => `${severity} ${code}`);
}

async function check(hooks: Hooks, options: Partial<CheckOptions> = {}) {
  const seller = await startSeller(hooks);
  try {
    const given = { url: seller.url, protocol: 'kit', accessKey: KEY, publicKey: publicPem(TEST_PUBLIC_KEY) } as const;
    const report = await checkSeller({ ...given, ...options });
    const live = seller.calls.filter(({ isTest }) => !isTest);
    const tenants = new Set(live.map(({ members }) => String(members.tenantId)));
    const left = [...seller.world.values()].flatMap((keys) => [...keys]).filter((key) => isOf(key, tenants));
    return { report, left: left.length, live: live.length };
  } finally {
    await seller.close();
  }
}

function isOf(key: string, tenants: ReadonlySet<string>): boolean {
  return [...tenants].some((tenantId) => key.includes(tenantId));
}
