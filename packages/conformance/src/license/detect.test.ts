import { LICENSE_ACTIVITIES, type LicenseDialect } from '@jishi/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { type Hooks, KEY, type RunningSeller, startSeller } from '../sellers/right-license.test-support.ts';
import { startSeller as startV2 } from '../sellers/right-saas-v2.test-support.ts';
import { createSession } from '../session.ts';
import { createWire } from '../wire.ts';
import { detect } from './detect.ts';

/** The suite finds out by itself what a server speaks, also where it speaks wrongly. */

const running: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((each) => each.close())));

async function detected(hooks: Hooks, key = KEY, timeoutMs = 5_000) {
  return detectedAt(await startSeller(hooks), key, timeoutMs);
}

async function detectedAt(seller: Pick<RunningSeller, 'url' | 'close'>, key: string, timeoutMs = 5_000) {
  const wire = createWire({ timeoutMs, insecure: false });
  running.push(seller, { close: async () => wire.close() });
  const settings = { timeoutMs, asyncWindowMs: 100, asyncIntervalMs: 5, lenient: false, publicKey: null };
  const session = createSession({
    wire,
    target: new URL(seller.url),
    accessKey: key,
    settings,
    now: Date.now,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  });
  const { spoken, findings } = await detect(session);
  return { spoken: [...spoken].sort(), codes: findings.map(({ code, severity }) => `${severity} ${code}`) };
}

const ALL: readonly string[] = Object.values(LICENSE_ACTIVITIES).flat();
const EACH: readonly LicenseDialect[] = ['identification', 'code', 'provisioning'];
const STRANGERS: readonly [string, Hooks['stranger']][] = [
  ['405', () => ({ status: 405, headers: [], body: '' })],
  [
    '404 with its path',
    ({ request }) => ({ status: 404, headers: [], body: `Cannot ${request.method} ${request.url}` }),
  ],
  ['a page', () => ({ status: 200, headers: [['Content-Type', 'text/html']], body: `<html>${Date.now()}</html>` })],
  [
    'a message of a framework',
    ({ request }) => ({
      status: 200,
      headers: [],
      body: JSON.stringify({ timestamp: new Date(), error: 'Not Found', path: request.url }),
    }),
  ],
  ['000001', () => ({ status: 200, headers: [], body: '{"resultCode":"000001","resultMsg":"signature"}' })],
  ['000002', () => ({ status: 200, headers: [], body: '{"resultCode":"000002","resultMsg":"timestamp"}' })],
];

describe('a right server', () => {
  it('that speaks all three', async () => {
    expect(await detected({})).toEqual({ spoken: [...EACH].sort(), codes: [] });
  });

  for (const dialect of EACH) {
    const tolerable = dialect === 'identification' ? ['000001'] : [];
    it.each(STRANGERS.filter(([name]) => !tolerable.includes(name)))(
      `of ${dialect} alone, which answers strangers with %s`,
      async (_, stranger) => {
        expect(await detected({ live: { speaks: [dialect] }, ...(stranger && { stranger }) })).toEqual({
          spoken: [dialect],
          codes: [],
        });
      },
    );
  }

  it('of online 1.0 that refuses every POST as forged is only warned: it may be meant so', async () => {
    const stranger = STRANGERS.find(([name]) => name === '000001')?.[1];
    expect(await detected({ live: { speaks: ['identification'] }, ...(stranger && { stranger }) })).toEqual({
      spoken: ['identification'],
      codes: ['warning security.valid-refused'],
    });
  });

  it.each(['kept', 'apart', 'bare'] as const)('whose test data are %s', async (tests) => {
    for (const dialect of EACH) {
      expect(await detected({ live: { speaks: [dialect], tests } })).toEqual({ spoken: [dialect], codes: [] });
    }
  });

  it('of codes that has one activity only', async () => {
    const leavesOut = ['refreshLicenseCode', 'releaseLicenseCode'];
    expect(await detected({ live: { speaks: ['code'], leavesOut } })).toMatchObject({ spoken: ['code'] });
  });

  it.each(['signed', 'unsigned'])('of online 1.0 that takes any method, refusals %s', async (refusals) => {
    const hooks: Hooks = {
      live: { speaks: ['identification'] },
      sign: { signs: (_, { resultCode }) => refusals === 'signed' || resultCode === '000000' },
      handle: ({ request }) => {
        request.method = 'GET';
        return false;
      },
    };
    expect(await detected(hooks)).toEqual({ spoken: ['identification'], codes: [] });
  });
});

describe('a server that speaks wrongly is not taken for one that does not speak', () => {
  const alone = (dialect: LicenseDialect, hooks: Hooks): Hooks => ({
    ...hooks,
    live: { ...hooks.live, speaks: [dialect] },
  });
  const only =
    (wanted: string, written: object | string, status = 200): NonNullable<Hooks['write']> =>
    (right, { members }) => {
      const body = typeof written === 'string' ? written : JSON.stringify(written);
      return members.activity === wanted ? { ...right, status, body } : right;
    };

  it.each<[string, LicenseDialect, Hooks]>([
    ['getLicense crashes', 'identification', { write: only('getLicense', 'Internal Server Error', 500) }],
    ['getLicense gives a page', 'identification', { write: only('getLicense', '<html>') }],
    [
      'getLicense is refused',
      'identification',
      { write: only('getLicense', { resultCode: '000002', resultMsg: 'diskSize' }) },
    ],
    ['its token keys without timeStamp', 'identification', { get: { hmacKey: (key) => key } }],
    ['it has another key', 'identification', { get: { key: 'another' } }],
    ['refreshLicenseCode crashes', 'code', { write: only('refreshLicenseCode', '', 500) }],
    [
      'refreshLicenseCode is refused',
      'code',
      { write: only('refreshLicenseCode', { resultCode: '000002', resultMsg: 'orderLineId' }) },
    ],
    [
      'it gives numbers',
      'code',
      { write: (right) => ({ ...right, body: String(right.body).replace(/"(\d{6})"/, '$1') }) },
    ],
    ['newInstance gives nothing', 'provisioning', { write: only('newInstance', '') }],
    [
      'newInstance is refused',
      'provisioning',
      { write: only('newInstance', { resultCode: '000005', resultMsg: 'x' }) },
    ],
    ['everything is wrapped', 'provisioning', { answer: (members) => ({ code: 0, data: members }) }],
    [
      'its signatures are compared with regard to case',
      'provisioning',
      { post: { equals: (given, right) => given === right } },
    ],
    [
      'its signatures are compared with regard to case',
      'code',
      { post: { equals: (given, right) => given === right } },
    ],
    ['its time counts seconds', 'code', { post: { isFresh: (time, now) => Math.abs(now / 1000 - Number(time)) < 60 } }],
    [
      'its time counts seconds',
      'provisioning',
      { post: { isFresh: (time, now) => Math.abs(now / 1000 - Number(time)) < 60 } },
    ],
  ])('%s (%s)', async (_, dialect, hooks) => {
    expect(await detected(alone(dialect, hooks))).toEqual({ spoken: [dialect], codes: [] });
    const isOfPost = hooks.post !== undefined;
    if (!isOfPost) expect((await detected(hooks)).spoken).toEqual([...EACH].sort());
  });

  it.each<[string, NonNullable<Hooks['write']>, string]>([
    ['crashes', (right, { method }) => (method === 'GET' ? { ...right, status: 500 } : right), 'warning http.status'],
    [
      'is redirected',
      (right, { method }) => (method === 'GET' ? { ...right, status: 302 } : right),
      'warning transport.redirect',
    ],
  ])('where every GET %s it may be one or the other: a warning', async (_, write, code) => {
    expect(await detected({ write })).toEqual({ spoken: ['code', 'provisioning'], codes: [code] });
  });

  it('where every GET hangs it is waited for once', async () => {
    const hangs: Hooks = { handle: ({ method }) => method === 'GET' };
    expect(await detected(hangs, KEY, 1_000)).toEqual({
      spoken: ['code', 'provisioning'],
      codes: ['warning transport.timeout'],
    });
  });

  it('all three with an error in the signature of the POSTed ones', async () => {
    const hooks: Hooks = { post: { joined: (key, nonce, timestamp, inner) => key + timestamp + nonce + inner } };
    expect(await detected(hooks)).toEqual({ spoken: [...EACH].sort(), codes: [] });
  });
});

describe('a server that speaks nothing of License', () => {
  it.each<[string, Hooks, string]>([
    ['knows none of the activities', { live: { leavesOut: ALL } }, 'error license.no-dialect'],
    [
      'has another key',
      { live: { speaks: ['code', 'provisioning'] }, post: { key: 'another' } },
      'error security.valid-refused',
    ],
    [
      'is a page',
      { live: { speaks: [] }, stranger: () => ({ status: 200, headers: [], body: '<html>' }) },
      'error body.not-json',
    ],
    [
      'redirects',
      { live: { speaks: [] }, stranger: () => ({ status: 302, headers: [['Location', '/login']], body: '' }) },
      'error transport.redirect',
    ],
    [
      'crashes',
      { live: { speaks: [] }, stranger: () => ({ status: 500, headers: [], body: '' }) },
      'error http.status',
    ],
    [
      'is elsewhere',
      { live: { speaks: [] }, stranger: () => ({ status: 404, headers: [], body: '' }) },
      'error http.status',
    ],
    [
      'crashes on POST',
      {
        live: { speaks: ['code'] },
        write: (right, { method }) => (method === 'POST' ? { ...right, status: 500 } : right),
      },
      'error http.status',
    ],
    [
      'is mute on POST',
      {
        live: { speaks: ['code'] },
        write: (right, { method }) => (method === 'POST' ? { ...right, body: '' } : right),
      },
      'error body.empty',
    ],
  ])('%s', async (_, hooks, code) => {
    expect(await detected(hooks)).toEqual({ spoken: [], codes: [code] });
  });

  it('is the SaaS seller of V2.0 not: it speaks what online provisioning has in common with it', async () => {
    expect(await detectedAt(await startV2(), KEY)).toEqual({ spoken: ['provisioning'], codes: [] });
  });
});
