import { decryptAccountData } from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import type { ConformanceReport } from '../report.ts';
import { checkSeller } from '../run.ts';
import { escaped, KEY, rightHooks, type SellerHooks, startSeller, utcOf } from './right-saas-v1.test-support.ts';
import { type Answer, refusal } from './right-saas-v1-life.test-support.ts';

/** Right sellers differ, and none of what they may do otherwise is held against them. */

interface Variant {
  readonly name: string;
  readonly hooks?: () => Partial<SellerHooks>;
  readonly keepsTests?: boolean;
  readonly live?: boolean;
  /** codes of the warnings that are due */
  readonly warnings?: readonly string[];
  /** appended to the address */
  readonly query?: string;
}

const { send } = rightHooks();

const VARIANTS: readonly Variant[] = [
  { name: 'forgets test calls, and lives a whole life', live: true },
  { name: 'stores test instances apart, and lives a whole life', keepsTests: true, live: true },
  {
    name: 'has AES-128, members in another order and some of its own, and nulls',
    hooks: () => ({
      ...sending((answer) => Object.fromEntries(Object.entries({ traceId: 'x', data: null, ...answer }).reverse())),
      encryptType: '2',
      answer: (_, right) =>
        right.appInfo ? { ...right, appInfo: { ...Object(right.appInfo), adminUrl: null, region: 'x' } } : right,
    }),
  },
  {
    name: 'leaves encryptType out for AES-256, and sends and signs pretty-printed JSON',
    hooks: () => ({
      serialise: ({ encryptType: _, ...answer }) => escaped(`${JSON.stringify(answer, null, 2)}\n`),
    }),
  },
  {
    name: 'spells the content type in its own way, and writes Body-Sign with blanks, in the other order, beside others',
    hooks: () => {
      const types = [
        'application/json;charset=UTF8',
        'application/json; charset="utf-8"',
        'Application/JSON;charset=UTF-8',
      ];
      let answers = 0;
      return {
        headers: (_, bodySign) => [
          ['Content-Type', types[answers++ % types.length] ?? ''],
          ['bodySign', 'x'],
          ['Body-Sign', bodySign.replace(/(.*), (.*)/, '$2 , $1').replaceAll(/(type|ture)=/g, '$1= ')],
        ],
      };
    },
  },
  {
    name: 'is slow but in time, sends in pieces and closes every connection',
    hooks: () => ({
      send(response, pairs, body) {
        for (const [name, value] of [...pairs, ['Connection', 'close'] as const]) response.setHeader(name, value);
        response.write(body.slice(0, 5));
        setTimeout(() => response.end(body.slice(5)), 5);
      },
    }),
  },
  { name: 'answers 000004 first, then what is ready', hooks: () => notReadyAtFirst(), live: true },
  {
    name: 'has a window of five minutes',
    hooks: () => ({
      isGenuine: ({ timeStamp = '', authToken }, right) =>
        authToken === right && Math.abs(Date.now() - utcOf(timeStamp)) < 300_000,
    }),
  },
  { name: 'refuses the very same call a second time', hooks: () => withoutReplays() },
  {
    name: 'is sold in one billing mode only',
    hooks: () => offering(['newInstance', 'refreshInstance', 'expireInstance', 'releaseInstance'], '1'),
  },
  { name: 'sells one-time products only', hooks: () => offering(['newInstance', 'releaseInstance'], '3') },
  {
    name: 'says that it does not offer an upgrade',
    hooks: () => ({
      answer: ({ activity }, right) =>
        activity === 'upgrade' ? refusal('000002', 'This product does not offer upgrade') : right,
    }),
  },
  { name: 'reads mobile number and e-mail with AES-128 only', hooks: () => with128BitsOnly() },
  {
    name: 'looks instances up and stores none of test calls',
    hooks: () => ({
      answer: ({ activity, testFlag }, right) =>
        testFlag === '1' && activity !== 'newInstance' && right.resultCode === '000000'
          ? refusal('000003', 'none')
          : right,
    }),
  },
  {
    name: 'makes up one id for test calls',
    hooks: () => ({
      answer: ({ testFlag }, right) =>
        testFlag === '1' && right.instanceId ? { ...right, instanceId: 'test-instance' } : right,
    }),
    warnings: ['instance.id-shared'],
  },
  { name: 'has parameters in its address', query: '?tenant=7&Region=cn', live: true },
  {
    name: 'does not take made-up orders live',
    hooks: () => ({
      answer: ({ activity, testFlag }, right) =>
        activity === 'newInstance' && testFlag !== '1' ? refusal('000002', 'unknown order') : right,
    }),
    live: true,
  },
  {
    name: 'answers 401 with the refusal in it',
    hooks: () => ({
      send(response, pairs, body) {
        if (String(body).includes('000001')) response.statusCode = 401;
        send(response, pairs, body);
      },
    }),
    warnings: ['http.status'],
  },
];

describe.concurrent('nothing is held against a seller that', () => {
  it.each(VARIANTS.map((variant) => [variant.name, variant] as const))('%s', async (_, variant) => {
    const { causes, cases } = await check(variant);
    expect(causes.map(({ code, severity, seen }) => [severity, code, seen])).toEqual(
      (variant.warnings ?? []).map((code) => ['warning', code, expect.anything()]),
    );
    expect(cases.every(({ status }) => status !== 'failed')).toBe(true);
  });
});

it('every call but a live query carries the test mark, unless the life is played', async () => {
  const seller = await startSeller();
  await checkSeller({ url: seller.url, protocol: 'saas-v1', accessKey: KEY });
  await seller.close();
  const live = seller.calls.filter(({ testFlag }) => testFlag !== '1');
  expect(new Set(live.map(({ activity }) => activity))).toEqual(new Set(['queryInstance']));
  expect(seller.calls.length).toBeLessThanOrEqual(75);
});

it('releases everything that it created live', async () => {
  const seller = await startSeller();
  await checkSeller({ url: seller.url, protocol: 'saas-v1', accessKey: KEY, liveCycle: true });
  await seller.close();
  const live = seller.calls.filter(({ testFlag }) => testFlag !== '1');
  const ordersOf = (activity: string) =>
    new Set(live.filter((call) => call.activity === activity).map(({ orderId }) => orderId));
  expect(ordersOf('newInstance').size).toBe(3);
  expect([...ordersOf('releaseInstance')]).toEqual(expect.arrayContaining([...ordersOf('newInstance')]));
});

async function check({ hooks, keepsTests, live, query = '' }: Variant): Promise<ConformanceReport> {
  const seller = await startSeller(hooks?.(), keepsTests);
  try {
    return await checkSeller({
      url: seller.url + query,
      protocol: 'saas-v1',
      accessKey: KEY,
      liveCycle: live,
      asyncWindowMs: 200,
      asyncIntervalMs: 1,
    });
  } finally {
    await seller.close();
  }
}

/** Changes the answer as it leaves, after encryption. */
function sending(change: (answer: Answer) => Answer): Partial<SellerHooks> {
  const { serialise } = rightHooks();
  return { serialise: (answer) => serialise(change(answer)) };
}

function notReadyAtFirst(): Partial<SellerHooks> {
  const asked = new Set<string>();
  return {
    answer({ activity, orderId = '', productId = '' }, right) {
      const order = orderId + productId;
      if (activity !== 'newInstance' || right.resultCode !== '000000' || asked.has(order)) return right;
      asked.add(order);
      return refusal('000004', 'being processed');
    },
  };
}

function withoutReplays(): Partial<SellerHooks> {
  const seen = new Set<string>();
  return {
    isGenuine({ timeStamp, authToken = '' }, right) {
      const isFresh = !seen.has(authToken);
      if (authToken === right) seen.add(authToken);
      return Boolean(timeStamp) && authToken === right && isFresh;
    },
  };
}

/** What is not offered gets the words that an unknown activity gets. */
function offering(activities: readonly string[], chargingMode: string): Partial<SellerHooks> {
  return {
    answer(call, right) {
      if (right.resultCode === '000001') return right;
      if (!activities.includes(call.activity ?? '')) return refusal('000002', `unknown activity ${call.activity}`);
      const isOther = call.activity === 'newInstance' && call.chargingMode !== chargingMode;
      return isOther ? refusal('000002', 'chargingMode') : right;
    },
  };
}

function with128BitsOnly(): Partial<SellerHooks> {
  return {
    answer({ email = '' }, right) {
      const isReadable = email === '' || decryptAccountData(email, KEY, '2', 256).ok;
      return isReadable ? right : refusal('000102', 'e-mail cannot be decrypted');
    },
  };
}
