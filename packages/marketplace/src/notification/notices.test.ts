/** Every row of the catalogue can be told in both languages, from the very events that bring it, and nothing but it. */
import { describe, expect, it } from 'vitest';
import { CATALOGUE, CHANNELS, CLASSES, classesFor, VARIANTS, type Variant } from './catalogue.ts';
import { EVENT_TYPES, noticesOf } from './notices.ts';
import { codeMessage, mailText, pathOf, render, smsText } from './render.ts';
import { event, SAMPLES, SECRET } from './samples.test-support.ts';

const ZONE = 'Asia/Shanghai';
const told = SAMPLES.flatMap((sample) => noticesOf(sample).map((notice) => ({ sample, notice })));
const digest = {
  variant: 'N-16.many' as const,
  facts: {
    count: { zh: '12 次接口调用失败', en: '12 interface calls failed' },
    told: { zh: '', en: '' },
    from: new Date('2026-01-05T02:00:00Z'),
    to: new Date('2026-01-05T02:09:00Z'),
  },
};
const all = [...told.map(({ notice }) => notice), digest];

it('the samples bring every variant and every event type that is listened to', () => {
  expect([...new Set(all.map(({ variant }) => variant))].toSorted()).toEqual(VARIANTS.toSorted());
  expect([...new Set(SAMPLES.map(({ type }) => type))].toSorted()).toEqual(EVENT_TYPES.toSorted());
});

it('the catalogue has the rows that the program has events for', () => {
  const ids = [
    'N-10',
    'N-11',
    'N-13',
    'N-14',
    'N-16',
    'N-17',
    'N-20',
    'N-21',
    'N-22',
    'N-23',
    'N-24',
    'N-25',
    'N-26',
    'N-27',
    'N-28',
    'N-29',
    'N-31',
    'N-32',
    'N-33',
    'N-34',
    'N-36',
    'N-40',
    'N-41',
    'N-42',
    'N-43',
    'N-44',
    'N-45',
    'N-46',
    'N-48',
    'N-50',
    'N-51',
    'N-52',
    'N-60',
    'N-61',
    'N-62',
    'N-63',
    'N-64',
    'N-70',
    'N-72',
    'N-73',
    'N-74',
    'N-75',
    'N-76',
    'N-77',
    'N-78',
    'N-79',
    'N-80',
    'N-81',
  ];
  expect([...new Set(Object.values(CATALOGUE).map(({ id }) => id))].toSorted()).toEqual(ids);
});

describe.each(all.map((notice, place) => ({ ...notice, place })))('$variant ($place)', ({ variant, facts }) => {
  it.each(['zh', 'en'] as const)('is whole in %s', (language) => {
    const { title, text } = render(variant, facts, language, ZONE);
    for (const said of [title, text]) {
      expect(said).not.toMatch(/undefined|null|NaN|\[object|[{}]| {2}/);
      expect(said).not.toBe('');
      expect(said).not.toContain(SECRET);
    }
    if (language === 'en') expect(title + text).not.toMatch(/\p{Script=Han}/u);
    else expect(title + text).toMatch(/\p{Script=Han}/u);
  });

  it('leads to a page of the console', () => {
    expect(pathOf(variant, facts)).toMatch(/^\/[\w/%-]+$/);
  });
});

/** consoles-and-processes.md 5.2 and N-6, typed in by hand. */
it.each([
  ['N-14.probe-failed', 'OPERATIONS', 'SELLER', 'SMS EMAIL SITE', false],
  ['N-14.trading-frozen', 'SUSPENSION', 'SELLER', 'SMS EMAIL SITE', true],
  ['N-14.flagged', 'OPERATIONS', 'SELLER', 'SMS EMAIL SITE', false],
  ['N-14.flagged-to-operators', 'OPERATIONS', 'OPERATOR', 'SITE', false],
  ['N-16.will-repeat', 'OPERATIONS', 'SELLER', 'SMS EMAIL SITE', false],
  ['N-17.to-seller', 'OPENING', 'SELLER', 'SMS EMAIL SITE', true],
  ['N-17.to-buyer', 'OPENING', 'BUYER', 'SMS EMAIL SITE', true],
  ['N-20.paid', 'MONEY', 'BUYER', 'EMAIL SITE', true],
  ['N-22.ready', 'OPENING', 'BUYER', 'SMS EMAIL SITE', true],
  ['N-23.renewed', 'RENEWAL', 'SELLER', 'EMAIL SITE', false],
  ['N-24.trial-ends', 'RENEWAL', 'BUYER', 'SMS EMAIL SITE', false],
  ['N-25.ends', 'RENEWAL', 'BUYER', 'SMS EMAIL SITE', false],
  ['N-26.failed', 'MONEY', 'BUYER', 'SMS EMAIL SITE', true],
  ['N-21.to-deliver', 'OPENING', 'SELLER', 'SMS EMAIL SITE', true],
  ['N-40.submitted', 'OPERATIONS', 'SELLER', 'SMS EMAIL SITE', false],
  ['N-42.delivered', 'OPENING', 'BUYER', 'SMS EMAIL SITE', true],
  ['N-43.accepted', 'OPENING', 'SELLER', 'SMS EMAIL SITE', true],
  ['N-41.rejected', 'OPENING', 'BUYER', 'SMS EMAIL SITE', true],
  ['N-43.rejected', 'OPENING', 'SELLER', 'SMS EMAIL SITE', true],
  ['N-44.to-buyer', 'OPENING', 'BUYER', 'SMS SITE', true],
  ['N-45.overdue', 'OPERATIONS', 'SELLER', 'EMAIL SITE', false],
  ['N-46.decided-to-seller', 'OPENING', 'SELLER', 'SMS EMAIL SITE', true],
  ['N-52.inspect', 'OPENING', 'SELLER', 'SMS SITE', true],
  ['N-48.shipped', 'OPENING', 'BUYER', 'SMS SITE', true],
  ['N-27.frozen-expired', 'SUSPENSION', 'BUYER', 'SMS EMAIL SITE', true],
  ['N-27.released', 'SUSPENSION', 'BUYER', 'SMS EMAIL SITE', true],
  ['N-50.decide', 'OPENING', 'SELLER', 'SMS EMAIL SITE', true],
  ['N-51.paid', 'MONEY', 'BUYER', 'SMS EMAIL SITE', true],
  ['N-10.approved', 'OPERATIONS', 'SELLER', 'SMS EMAIL', false],
  ['N-70.question', 'OPERATIONS', 'SELLER', 'SMS EMAIL SITE', false],
  ['N-11.account-rejected', 'MONEY', 'SELLER', 'SMS EMAIL', true],
  ['N-78.granted', 'MONEY', 'BUYER', 'EMAIL SITE', true],
  ['N-78.ending', 'MONEY', 'BUYER', 'SMS EMAIL SITE', true],
  ['N-79.overdue', 'MONEY', 'BUYER', 'SMS EMAIL SITE', true],
  ['N-79.overdue-to-operators', 'OPERATIONS', 'OPERATOR', 'SITE', false],
  ['N-80.to-confirm', 'MONEY', 'DISTRIBUTOR', 'EMAIL SITE', true],
  ['N-80.rejected-to-operators', 'OPERATIONS', 'OPERATOR', 'SITE', false],
  ['N-81.planned', 'OPENING', 'BUYER', 'SMS EMAIL SITE', true],
  ['N-81.accepted', 'OPENING', 'SELLER', 'SMS EMAIL SITE', true],
  ['N-73.demand', 'OPERATIONS', 'SELLER', 'EMAIL SITE', false],
] as const)('%s: class %s, to the %s, by %s, mandatory: %s', (variant, messageClass, audience, channels, mandatory) => {
  const row = CATALOGUE[variant];
  expect([row.class, row.audience, row.channels.join(' '), CLASSES[row.class].mandatory]).toEqual([
    messageClass,
    audience,
    channels,
    mandatory,
  ]);
});

it('offers an audience only what it can get', () => {
  expect(classesFor('BUYER').map((offered) => offered.class)).toEqual([
    'OPENING',
    'RENEWAL',
    'OPERATIONS',
    'MONEY',
    'SUSPENSION',
  ]);
  expect(classesFor('DISTRIBUTOR')).toEqual([
    { class: 'OPERATIONS', channels: ['EMAIL', 'SITE'] },
    { class: 'MONEY', channels: ['EMAIL', 'SITE'] },
  ]);
  expect(classesFor('SELLER').find((offered) => offered.class === 'RENEWAL')?.channels).toEqual(['EMAIL', 'SITE']);
  expect(classesFor('SELLER').find((offered) => offered.class === 'OPERATIONS')?.channels).toEqual([...CHANNELS]);
});

describe('words', () => {
  const find = (variant: Variant) => {
    const found = all.find((notice) => notice.variant === variant);
    if (!found) throw new Error(variant);
    return found;
  };
  const say = (variant: Variant, language: 'zh' | 'en') => render(variant, find(variant).facts, language, ZONE);

  it('give money, days and instants in the reader’s way and the site’s zone', () => {
    expect(say('N-17.to-buyer', 'zh').text).toContain('¥12,345.00 已于 2026年1月5日 10:00 (UTC+08:00) 退回');
    expect(say('N-17.to-buyer', 'en').text).toContain(
      'CNY 12,345.00 went back to your balance at 5 Jan 2026 10:00 (UTC+08:00)',
    );
    expect(say('N-25.ends', 'zh').title).toBe('“云表格”将在 1 天后到期');
    expect(say('N-25.ends', 'en').title).toBe('“Cloud Sheets” ends in 1 day');
    expect(say('N-24.trial-ends', 'en').title).toBe('Trial ends in 15 days: Cloud Sheets');
  });

  it('a text message is one line with the link, a mail lists what there is and says where to change receivers', () => {
    const text = say('N-27.release-near', 'zh');
    const sms = smsText(text, 'https://market.example/services/r-1', 'zh');
    expect(sms).toMatch(/^【集市】.*https:\/\/market\.example\/services\/r-1$/);
    const mail = mailText(text, ['· one', '· two'], 'https://market.example', '/services/r-1', 'en');
    expect(mail).toContain('· one\n· two\n\nDetails: https://market.example/services/r-1\n');
    expect(mail).toContain('https://market.example/messages/receivers');
  });

  it('a code stands in its own message only', () => {
    expect(codeMessage('123456', 'en').text).toContain('123456');
    expect(codeMessage('123456', 'zh').text).toContain('123456');
  });

  it('of strangers are one line of bounded length', () => {
    const [notice] = noticesOf(
      event('ordering.refund-requested', {
        ...SAMPLES.find(({ type }) => type === 'ordering.refund-requested')?.payload,
        reason: `first\r\nBcc: x@y.example ${'long '.repeat(200)}`,
      }),
    );
    const { text } = render('N-50.decide', notice?.facts ?? {}, 'en', ZONE);
    expect(text).not.toMatch(/[\r\n]/);
    expect(text.length).toBeLessThan(500);
  });
});

it('what becomes of a service is told to the one who bought it too', () => {
  const ofService = told.filter(({ sample, notice }) => {
    return sample.type.startsWith('instances.') && CATALOGUE[notice.variant].audience === 'BUYER';
  });
  const ids = new Set(ofService.map(({ notice }) => CATALOGUE[notice.variant].id));
  expect([...ids].toSorted()).toEqual(['N-22', 'N-24', 'N-25', 'N-26', 'N-27']);
  for (const { notice } of ofService) expect([notice.variant, notice.alsoUserId]).toEqual([notice.variant, 'u-1']);
});

it('an order that cost nothing is not told as paid', () => {
  const paid = SAMPLES.find(({ type }) => type === 'ordering.order-paid');
  expect(
    noticesOf(event('ordering.order-paid', { ...paid?.payload, amount: { amount: '0.00', currency: 'CNY' } })),
  ).toEqual([]);
});

it('nobody is asked to accept what needs no acceptance, or what the system accepts (4.1)', () => {
  const [delivered] = SAMPLES.filter(({ type }) => type === 'delivery.delivered');
  for (const other of [{ supervised: false }, { kind: 'LICENSE_CODE' }])
    expect(noticesOf(event('delivery.delivered', { ...delivered?.payload, ...other }))).toEqual([]);
  const [accepted] = SAMPLES.filter(({ type }) => type === 'delivery.accepted');
  expect(noticesOf(event('delivery.accepted', { ...accepted?.payload, by: 'SYSTEM' }))).toEqual([]);
});
