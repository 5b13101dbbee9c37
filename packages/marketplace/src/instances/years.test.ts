/**
 * A year of whatever may happen, in whatever sequence: an instance never leaves its diagram, its clock never goes back,
 * and what is told to the seller makes sense.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { daysLater } from '../platform/site.ts';
import { mayMove } from '../platform/state-machine.ts';
import {
  changeAnswered,
  changeOrdered,
  converted,
  cured,
  released,
  renewalTakenBack,
  renewed,
  unsubscribed,
  violated,
} from './changes.ts';
import { type BuyerLevel, instanceTransitions, type Life, type Outcome } from './definition.ts';
import { aLife, PLAN, START } from './example.test-support.ts';
import { nextStep, step } from './model.ts';
import {
  isLiving,
  mayChange,
  mayConvert,
  mayCure,
  mayFreeze,
  mayRenew,
  mayRenewWithChange,
  mayUnsubscribe,
} from './rules.ts';

const KINDS = [
  'renew',
  'renew-with-change',
  'convert',
  'change',
  'answer',
  'take-back',
  'refund',
  'freeze',
  'cure',
  'policy',
  'seller-released',
  'wait',
] as const;
const command = fc.record({
  kind: fc.constantFrom(...KINDS),
  days: fc.integer({ min: 0, max: 20 }),
  yes: fc.boolean(),
  months: fc.integer({ min: 1, max: 4 }),
});
const amount = { amount: '120.00', currency: 'CNY' } as const;
const NONE = { productState: 'ON_SALE', accessType: 'SAAS', protocol: 'saas-v2', openOrder: null } as const;

interface Renewal {
  readonly line: string;
  readonly from: Date;
}

it('keeps its invariants', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<BuyerLevel>('V0', 'V1', 'V3', 'V5'),
      fc.boolean(),
      fc.constantFrom('CN', 'EU'),
      fc.array(command, { maxLength: 40 }),
      (level, trial, site, commands) => {
        let life: Life = aLife({ state: trial ? 'TRIAL' : 'ACTIVE', trial, site });
        let now = START;
        let lines = 0;
        const renewals: Renewal[] = [];
        /** what the seller believes */
        let frozenThere = false;

        const follow = (outcome: Outcome) => {
          const before = life;
          life = outcome.life;
          if (before.state !== life.state) expect(mayMove(instanceTransitions, before.state, life.state)).toBe(true);
          for (const news of outcome.news) {
            if (news.type === 'frozen' && news.call) {
              expect(frozenThere).toBe(false);
              frozenThere = true;
            }
            if (news.type === 'frozen' && !news.call) expect(frozenThere).toBe(true);
            if (news.type === 'unfrozen') {
              expect(frozenThere).toBe(true);
              frozenThere = false;
            }
            if (news.type === 'release-begun')
              expect(['FROZEN', 'ACTIVE', 'GRACE', 'VIOLATION_FROZEN']).toContain(before.state);
          }
          const { state } = life;
          if (isLiving(state)) expect(frozenThere).toBe(state === 'FROZEN' || state === 'VIOLATION_FROZEN');
          if (state === 'FROZEN' || state === 'GRACE') expect(life.releaseAt && life.freezeAt).not.toBeNull();
          if (state === 'VIOLATION_FROZEN') expect(life.violation).not.toBeNull();
          if (state === 'ACTIVE' || state === 'TRIAL') expect([life.violation, life.freezeAt]).toEqual([null, null]);
        };

        /** Everything that is due up to an instant, each at its time. */
        const pass = (until: Date) => {
          for (let count = 0; ; count += 1) {
            const due = nextStep(life);
            if (due === null || due.at > until) break;
            expect(count).toBeLessThan(500);
            if (due.at > now) now = due.at;
            const before = due.at;
            follow(step(life, now, { level, openOrder: 'NONE', missing: amount, refused: null }));
            const next = nextStep(life);
            if (next) expect(next.at.getTime()).toBeGreaterThanOrEqual(before.getTime());
          }
          now = until;
        };

        const paid = (months: number, quantity = life.quantity) => {
          lines += 1;
          const from = life.trial ? now : (life.expireAt ?? now);
          const plan = { ...PLAN, quantity };
          return {
            orderId: `o${lines}`,
            orderLineId: `l${lines}`,
            amount,
            plan,
            expireAt: daysLater(from, 31 * months, 'Asia/Shanghai'),
          };
        };
        for (const { kind, days, yes, months } of commands) {
          pass(new Date(now.getTime() + days * 86_400_000 + 1));
          const facts = { ...NONE, life };
          const from = life.expireAt ?? now;
          switch (kind) {
            case 'renew':
            case 'renew-with-change': {
              const rule = kind === 'renew' ? mayRenew : mayRenewWithChange;
              if (rule(facts, now)) break;
              const order = paid(months, kind === 'renew' ? life.quantity : 5);
              renewals.push({ line: order.orderLineId, from });
              follow(
                renewed(
                  life,
                  { ...order, scene: kind === 'renew' ? 'RENEWAL' : 'RENEWAL_CHANGE', automatic: false },
                  now,
                ),
              );
              expect(life.expireAt).toEqual(order.expireAt);
              break;
            }
            case 'convert':
              if (mayConvert(facts, now) === null) follow(converted(life, paid(months), now));
              break;
            case 'change':
              if (mayChange(facts, now) === null) follow(changeOrdered(life, { ...paid(1, 20), linearCode: null }));
              break;
            case 'answer':
              if (life.changingLine) follow(changeAnswered(life, life.changingLine, yes));
              break;
            case 'take-back': {
              const last = renewals.at(-1);
              if (!last || last.from <= now || mayUnsubscribe(facts, now)) break;
              renewals.pop();
              follow(
                renewalTakenBack(
                  life,
                  { orderId: 'b', orderLineId: 'b', amount, renewalLineId: last.line, from: last.from, before: PLAN },
                  now,
                ),
              );
              expect(life.expireAt).toEqual(last.from);
              break;
            }
            case 'refund':
              if (!yes || months < 4 || life.trial || mayUnsubscribe(facts, now)) break;
              follow(unsubscribed(life, { orderId: 'u', orderLineId: 'u' }));
              break;
            case 'freeze':
              if (mayFreeze(life) === null)
                follow(violated(life, { reason: 'spam', evidence: '', references: [] }, now));
              break;
            case 'cure':
              if (mayCure(life) === null) follow(cured(life));
              break;
            case 'policy':
              life = { ...life, expiryPolicy: yes ? 'AUTO' : 'MANUAL', steppedAt: now };
              break;
            case 'seller-released':
              if (life.state === 'RELEASING') follow(released(life, now));
              break;
            case 'wait':
              break;
          }
        }
        // In the end every clock runs down: what nobody renews is released.
        if (life.changingLine) follow(changeAnswered(life, life.changingLine, true));
        pass(new Date(now.getTime() + 3 * 365 * 86_400_000));
        expect(['RELEASING', 'RELEASED']).toContain(life.state);
        expect(nextStep(life)).toBeNull();
      },
    ),
    { numRuns: 150 },
  );
});
