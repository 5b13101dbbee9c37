/** The clock of a subscription: what is due when, from the first reminder to the release. */
import { describe, expect, it } from 'vitest';
import { type BuyerLevel, DAYS_AFTER_EXPIRY, type Life, type StepKind } from './definition.ts';
import { aLife, EXPIRY, PLAN, START } from './example.test-support.ts';
import { type Facts, nextRenewalAt, nextStep, PUT_OFF_MS, step } from './model.ts';

const at = (text: string) => new Date(text);
const facts = (changes: Partial<Facts> = {}): Facts => ({
  level: 'V0',
  openOrder: 'NONE',
  missing: null,
  refused: null,
  ...changes,
});

/** Lets the clock run: each step at its own time, until nothing is left. */
function play(
  life: Life,
  given: Facts = facts(),
  most = 60,
): { at: string; kind: StepKind; told: string[]; life: Life }[] {
  const log: { at: string; kind: StepKind; told: string[]; life: Life }[] = [];
  let current = life;
  for (let next = nextStep(current); next !== null && log.length < most; next = nextStep(current)) {
    const outcome = step(current, next.at, given);
    current = outcome.life;
    log.push({ at: next.at.toISOString(), kind: next.kind, told: outcome.news.map(({ type }) => type), life: current });
  }
  return log;
}
const story = (life: Life, given?: Facts) =>
  play(life, given).map((each) => `${each.at} ${each.kind} → ${each.life.state}`);

describe('a subscription that nobody renews', () => {
  it('is reminded at 15, 7, 3 and 1 days at 10:00, expires, freezes and is released by its level (B-52a, S7-14a)', () => {
    expect(story(aLife())).toEqual([
      '2026-01-21T02:00:00.000Z REMIND → ACTIVE',
      '2026-01-29T02:00:00.000Z REMIND → ACTIVE',
      '2026-02-02T02:00:00.000Z REMIND → ACTIVE',
      '2026-02-04T02:00:00.000Z REMIND → ACTIVE',
      '2026-02-05T15:59:59.000Z EXPIRE → GRACE',
      '2026-02-06T02:00:00.000Z RELEASE_NEAR → GRACE',
      '2026-02-06T15:59:59.000Z FREEZE → FROZEN',
      '2026-02-07T15:59:59.000Z RELEASE → RELEASING',
    ]);
    const days = play(aLife()).flatMap(({ life }) => (life.state === 'ACTIVE' ? [life.steppedAt] : []));
    expect(days).toHaveLength(4);
  });

  const lengths: [BuyerLevel, string, string, string, string][] = [
    ['V5', '2026-02-12', '2026-02-27', '2026-02-12', '2026-02-27'],
    ['V4', '2026-02-12', '2026-02-27', '2026-02-12', '2026-02-27'],
    ['V3', '2026-02-12', '2026-02-19', '2026-02-06', '2026-02-13'],
    ['V2', '2026-02-06', '2026-02-13', '2026-02-05', '2026-02-12'],
    ['V1', '2026-02-06', '2026-02-13', '2026-02-05', '2026-02-12'],
    ['V0', '2026-02-06', '2026-02-07', '2026-02-05', '2026-02-06'],
  ];
  it('S7-14: frozen for at most 15 days at every level, so sellers are ready for 15', () => {
    const days = Object.values(DAYS_AFTER_EXPIRY).flatMap(({ period, onDemand }) => [
      period.retention,
      onDemand.retention,
    ]);
    expect(Math.max(...days)).toBe(15);
    expect(lengths.map(([level]) => level).toSorted()).toEqual(Object.keys(DAYS_AFTER_EXPIRY).toSorted());
  });

  it.each(lengths)(
    'at level %s: frozen and released on the days of the table',
    (level, freeze, release, packed, gone) => {
      const days = (life: Life) => {
        const log = play(life, facts({ level }));
        const frozen = log.find((each) => each.life.state === 'FROZEN');
        const released = log.find((each) => each.kind === 'RELEASE');
        return [frozen?.at, released?.at];
      };
      expect(days(aLife())).toEqual([`${freeze}T15:59:59.000Z`, `${release}T15:59:59.000Z`]);
      const aPackage = aLife({ chargingMode: 'ON_DEMAND_PKG', periodType: null, periodNumber: null });
      expect(days(aPackage)).toEqual([`${packed}T15:59:59.000Z`, `${gone}T15:59:59.000Z`]);
    },
  );

  it('a trial has no grace; "tomorrow" is told with the freeze when there is no ten o\'clock left', () => {
    const log = play(aLife({ state: 'TRIAL', trial: true }));
    expect(log.slice(-2).map(({ kind, told, life }) => [kind, told, life.state])).toEqual([
      ['EXPIRE', ['frozen', 'release-near'], 'FROZEN'],
      ['RELEASE', ['release-begun'], 'RELEASING'],
    ]);
  });

  it('one without a period has no clock', () => {
    for (const chargingMode of ['ONE_TIME', 'ON_DEMAND'] as const)
      expect(nextStep(aLife({ chargingMode, expireAt: null }))).toBeNull();
    for (const state of ['PROVISIONING', 'CHANGING', 'RELEASING', 'RELEASED', 'FAILED'] as const)
      expect(nextStep(aLife({ state }))).toBeNull();
  });

  it('the days after expiry end at the same local time over a change of the clocks (EU)', () => {
    const life = aLife({ site: 'EU', expireAt: at('2026-03-28T23:59:59.000Z') });
    expect(story(life).slice(-3)).toEqual([
      '2026-03-29T09:00:00.000Z RELEASE_NEAR → GRACE',
      '2026-03-29T22:59:59.000Z FREEZE → FROZEN',
      '2026-03-30T22:59:59.000Z RELEASE → RELEASING',
    ]);
  });
});

describe('one that renews itself', () => {
  const auto = aLife({ expiryPolicy: 'AUTO' });

  it('tries at 03:00 (GMT+8) 7 days before, then every day until the retention ends (B-63)', () => {
    const tries = play(auto, facts({ missing: { amount: '1.00', currency: 'CNY' } })).filter(
      ({ kind }) => kind === 'AUTO_RENEW',
    );
    expect(tries[0]?.at).toBe('2026-01-28T19:00:00.000Z');
    expect(tries.map((each) => each.at.slice(0, 10))).toEqual([
      ...['2026-01-28', '2026-01-29', '2026-01-30', '2026-01-31', '2026-02-01', '2026-02-02'],
      ...['2026-02-03', '2026-02-04', '2026-02-05', '2026-02-06'],
    ]);
    expect(tries.every(({ told }) => told.join() === 'auto-renew-failed')).toBe(true);
  });

  it('names the next try, and none after the retention', () => {
    const missing = { amount: '1.00', currency: 'CNY' } as const;
    const news = play(auto, facts({ missing })).filter(({ kind }) => kind === 'AUTO_RENEW');
    const last = news.at(-1)?.life;
    expect(last && nextRenewalAt(last)).toEqual(at('2026-02-07T19:00:00.000Z'));
    const reminded = { ...auto, steppedAt: at('2026-01-22T00:00:00.000Z') };
    expect(step(reminded, at('2026-01-28T19:00:00.000Z'), facts({ missing })).news).toEqual([
      { type: 'auto-renew-failed', missing, refused: null, nextTryAt: at('2026-01-29T19:00:00.000Z') },
    ]);
  });

  it('tells by which rule it was refused, once for each reason, and again after a change of mind (N-26)', () => {
    const refused = { code: 'RENEWAL_NOT_ALLOWED', message: 'C29: the product is withdrawn' };
    const tries = play(auto, facts({ refused })).filter(({ kind }) => kind === 'AUTO_RENEW');
    expect(tries.map(({ told }) => told.join())).toEqual(['auto-renew-failed', ...Array(tries.length - 1).fill('')]);
    expect(tries.length).toBeGreaterThan(5);
    const [first] = tries;
    if (!first) throw new Error('no try');
    const toldAgain = (life: Life, why: Facts) => {
      const next = nextRenewalAt(life) ?? START;
      return step({ ...life, steppedAt: new Date(next.getTime() - 1) }, next, why).news.length;
    };
    const other = { code: 'INVALID_PERIOD', message: 'this specification has no price per month' };
    const missing = { amount: '1.00', currency: 'CNY' } as const;
    expect(toldAgain(first.life, facts({ refused }))).toBe(0);
    expect(toldAgain(first.life, facts({ refused: other }))).toBe(1);
    expect(toldAgain(first.life, facts({ missing }))).toBe(1);
    expect(toldAgain({ ...first.life, refusedTold: null }, facts({ refused }))).toBe(1);
    const reminded = { ...auto, steppedAt: at('2026-01-22T00:00:00.000Z') };
    expect(step(reminded, at('2026-01-28T19:00:00.000Z'), facts({ refused })).news).toMatchObject([
      { missing: null, refused, nextTryAt: at('2026-01-29T19:00:00.000Z') },
    ]);
  });

  it('with another policy, a trial, a package or an open refund is not tried', () => {
    const others: Partial<Life>[] = [
      { expiryPolicy: 'NONE' },
      { expiryPolicy: 'MANUAL' },
      { trial: true, state: 'TRIAL' },
      { chargingMode: 'ON_DEMAND_PKG' },
      { refundId: 'r' },
    ];
    for (const changes of others) expect(nextRenewalAt({ ...auto, ...changes })).toBeNull();
  });
});

describe('orders come first', () => {
  const kinds = { EXPIRE: aLife({ steppedAt: EXPIRY }), FREEZE: frozenSoon('GRACE'), RELEASE: frozenSoon('FROZEN') };
  it.each(Object.entries(kinds))('%s waits a minute for a paid order, again and again', (kind, life) => {
    const due = nextStep(life);
    expect(due?.kind).toBe(kind);
    const now = due?.at ?? START;
    const waiting = step(life, now, facts({ openOrder: 'PAID' }));
    expect(waiting.news).toEqual([]);
    expect(nextStep(waiting.life)).toEqual({ kind, at: new Date(now.getTime() + PUT_OFF_MS) });
    const done = step(waiting.life, new Date(now.getTime() + PUT_OFF_MS), facts());
    expect(done.news.length).toBeGreaterThan(0);
    expect(done.life.putOffUntil).toBeNull();
  });

  it('an unpaid one holds up nothing', () => {
    expect(step(kinds.RELEASE, at('2026-02-07T15:59:59.000Z'), facts({ openOrder: 'UNPAID' })).life.state).toBe(
      'RELEASING',
    );
  });
});

describe('a program that was away', () => {
  it('makes up for the last reminder only, and for one attempt to renew', () => {
    const now = at('2026-02-04T12:00:00.000Z');
    let life = aLife({ expiryPolicy: 'AUTO' });
    const told: string[] = [];
    for (let next = nextStep(life); next !== null && next.at <= now; next = nextStep(life)) {
      const outcome = step(life, now, facts({ missing: { amount: '1.00', currency: 'CNY' } }));
      life = outcome.life;
      for (const news of outcome.news) told.push(news.type === 'expiring' ? `expiring ${news.daysLeft}` : news.type);
    }
    expect(told).toEqual(['auto-renew-failed', 'expiring 1']); // the attempts of the days before were passed over …
    expect(nextStep(life)?.kind).toBe('AUTO_RENEW'); // … and the next is due at 03:00
  });

  it('says nothing of days left when there are none', () => {
    const outcome = step(aLife(), at('2026-03-01T00:00:00.000Z'), facts());
    expect(outcome.news).toEqual([]);
  });

  it('does nothing before the time', () => {
    const life = aLife();
    expect(step(life, START, facts())).toEqual({ life, news: [] });
  });
});

describe('a violation', () => {
  it('stops no clock: it expires, and is frozen without a second call (7.3)', () => {
    const log = play(
      aLife({ state: 'VIOLATION_FROZEN', violation: { reason: 'spam', evidence: '', references: [], at: START } }),
    );
    expect(log.slice(4).map(({ kind, life }) => `${kind} → ${life.state}`)).toEqual([
      'EXPIRE → VIOLATION_FROZEN',
      'RELEASE_NEAR → VIOLATION_FROZEN',
      'FREEZE → FROZEN',
      'RELEASE → RELEASING',
    ]);
    const life = log.at(-4)?.life ?? aLife();
    expect(step(life, at('2026-03-01T00:00:00.000Z'), facts()).news).toEqual([
      { type: 'release-near', releaseAt: at('2026-02-07T15:59:59.000Z') },
    ]);
  });
});

describe('a change that was paid with a renewal', () => {
  it('takes effect at the old expiry', () => {
    const plan = { ...PLAN, skuCode: 'sku-2', quantity: 20 };
    const life = aLife({
      expireAt: at('2026-03-05T15:59:59.000Z'),
      pending: { orderId: 'o', orderLineId: 'o-1', at: EXPIRY, plan },
    });
    const due = nextStep(life);
    expect(due).toEqual({ kind: 'APPLY_CHANGE', at: EXPIRY });
    const { life: changed, news } = step(life, EXPIRY, facts());
    expect(changed).toMatchObject({ skuCode: 'sku-2', quantity: 20, pending: null });
    expect(news).toEqual([{ type: 'changed', orderId: 'o' }]);
  });
});

function frozenSoon(state: 'GRACE' | 'FROZEN'): Life {
  return aLife({
    state,
    freezeAt: at('2026-02-06T15:59:59.000Z'),
    releaseAt: at('2026-02-07T15:59:59.000Z'),
    steppedAt: at('2026-02-06T15:59:59.000Z'),
  });
}

it('7.9: what may still be given back is not released while its refund is under review, nor after by mistake', () => {
  const frozen = play(aLife()).find(({ life }) => life.state === 'FROZEN')?.life;
  if (!frozen) return expect.unreachable('it freezes');
  const reviewed: Life = { ...frozen, refundId: 'r1' };
  const due = nextStep(reviewed);
  expect(due?.kind).toBe('RELEASE');
  const waiting = step(reviewed, due?.at ?? START, facts());
  expect(waiting).toMatchObject({ news: [], life: { state: 'FROZEN' } });
  // it looks again, and goes on when the application has ended
  const next = nextStep(waiting.life);
  expect(next?.at.getTime()).toBeGreaterThan(due?.at.getTime() ?? 0);
  const closed = step({ ...waiting.life, refundId: null }, next?.at ?? START, facts());
  expect(closed.life.state).toBe('RELEASING');
});
