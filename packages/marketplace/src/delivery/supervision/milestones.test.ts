/** Orders in parts: a plan before the first delivery, each part accepted or rejected by itself, the last one completes (3.5). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../definition.ts';
import { aDelivery, aFile, LATER, PAYLOADS } from '../example.test-support.ts';
import { accepted, handedOver } from '../model.ts';
import type { PlannedMilestone } from './definition.ts';
import { milestoneAccepted, milestoneStates, milestoneTransitions, planned } from './milestones.ts';
import { deliveryRejected } from './moves.ts';

const service = aDelivery({
  ...{ accessType: 'SERVICE', licenseVariant: null, payload: PAYLOADS.SERVICE },
  step: 'WAIT_SERVICE',
});
const PLAN: readonly PlannedMilestone[] = [
  { name: 'Set-up', share: 30, plannedOn: '2026-03-10' },
  { name: 'Migration', share: 50, plannedOn: '2026-04-10' },
  { name: 'Training', share: 20, plannedOn: '2026-04-10' },
];
const GIVEN = { sealed: null, file: null, enablingAt: null, result: 'done', proofs: [aFile()] };
const value = <T>(result: { ok: true; value: T } | { ok: false } | null): T => {
  if (result === null || !result.ok) throw new Error('refused');
  return result.value;
};
const refusal = (code: string, rule: string) => ({
  ok: false,
  refusal: { code, message: expect.stringMatching(rule) },
});
const plan = (delivery: Delivery, milestones = PLAN, payPerUse = false) =>
  planned(delivery, milestones, payPerUse, LATER);
const deliver = (delivery: Delivery) => value(handedOver(delivery, GIVEN, LATER)).delivery;

/** Each part stays where it was or moves along the diagram in the docs. */
function expectAlongTheTable(before: Delivery, after: Delivery): void {
  const were = milestoneStates(before);
  for (const [place, is] of milestoneStates(after).entries()) {
    const was = were[place];
    if (was !== undefined && was !== is) expect(milestoneTransitions[was]).toContain(is);
  }
}

describe('milestones', () => {
  it('S6-6: a pay-per-use product is not delivered by milestones', () => {
    const { supervised, opening } = service;
    const metered = aDelivery({
      ...{ supervised, opening, accessType: 'SAAS', licenseVariant: null, payload: PAYLOADS.ACCESS },
      step: 'WAIT_SERVICE',
    });
    expect(plan(metered, PLAN, true)).toMatchObject(refusal('MILESTONES_NOT_ALLOWED', '^S6-6'));
    expect(plan(metered).ok).toBe(true);
  });

  it('3.5: nor is what is had as a whole, or not supervised', () => {
    const others = [
      aDelivery({ licenseVariant: 'CODE', payload: PAYLOADS.LICENSE_CODE }),
      aDelivery({ accessType: 'HARDWARE', licenseVariant: null, payload: PAYLOADS.PARCEL }),
      aDelivery({ accessType: 'DATA', licenseVariant: null, payload: PAYLOADS.FILE, step: 'WAIT_SERVICE' }),
      aDelivery({ accessType: 'IMAGE', licenseVariant: null, supervised: false, payload: PAYLOADS.IMAGE_GRANT }),
    ];
    for (const each of others) expect(plan(each)).toMatchObject(refusal('MILESTONES_NOT_ALLOWED', '^3.5'));
  });

  it('3.5: a plan has names, shares of 100 % together and days in their order, none of them past', () => {
    const faulty = (change: (each: PlannedMilestone, place: number) => PlannedMilestone) =>
      plan(service, PLAN.map(change));
    const of = (text: string) => refusal('MILESTONE_PLAN', text);
    expect(plan(service, PLAN.slice(0, 1))).toMatchObject(of('2 to 20'));
    expect(faulty((each) => ({ ...each, name: 'same' }))).toMatchObject(of('one name'));
    expect(faulty((each) => ({ ...each, share: 30 }))).toMatchObject(of('100 %'));
    expect(faulty((each) => ({ ...each, plannedOn: '2026-03-04' }))).toMatchObject(of('in the past'));
    expect(faulty((each, place) => (place === 0 ? { ...each, plannedOn: '2026-05-01' } : each))).toMatchObject(
      of('order of their dates'),
    );
    expect(value(plan(value(plan(service)), [])).supervision?.milestones).toEqual([]);
  });

  it('3.5: each is delivered and accepted or rejected by itself, and the last one completes', () => {
    let order = deliver(value(plan(service)));
    expect(milestoneStates(order)).toEqual(['DELIVERED', 'PLANNED', 'PLANNED']);
    order = value(deliveryRejected(order, 'a server is missing', LATER));
    expect([milestoneStates(order)[0], order.supervision?.rejections.delivery]).toEqual(['OPEN', 1]);
    expect(plan(order, [])).toMatchObject(refusal('DELIVERY_STATE', 'PLAN_MILESTONES'));
    expect(milestoneAccepted(order, 'BUYER', LATER)).toMatchObject(refusal('DELIVERY_STATE', 'ACCEPT'));
    order = value(milestoneAccepted(deliver(order), 'BUYER', LATER));
    expect(order).toMatchObject({ status: 'PENDING', deliveredAt: null, acceptedAt: null });
    expect(order.supervision).toMatchObject({ step: 'WAIT_SERVICE', rejections: { delivery: 0 }, sentBack: null });
    expect(order.supervision?.milestones[0]).toMatchObject({ acceptedAt: LATER.toISOString(), rejections: 1 });
    order = value(milestoneAccepted(deliver(order), 'BUYER', LATER));
    order = deliver(order);
    expect(milestoneAccepted(order, 'BUYER', LATER)).toBeNull();
    order = value(accepted(order, LATER)).delivery;
    expect([order.status, order.supervision?.step]).toEqual(['ACCEPTED', 'COMPLETED']);
    expect(milestoneStates(order)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
  });

  it('property: whatever is rejected in between, n milestones take n acceptances, and only the last ends the order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.array(fc.boolean(), { maxLength: 30 }), (count, rejections) => {
        const shares = Array.from({ length: count }, (_, place) => (place === 0 ? 100 - (count - 1) : 1));
        let order = value(
          plan(
            service,
            shares.map((share, place) => ({ name: `m${place}`, share, plannedOn: '2026-04-01' })),
          ),
        );
        let parts = 0;
        const walk = (next: Delivery) => {
          expectAlongTheTable(order, next);
          order = next;
        };
        for (const rejects of [...rejections, ...Array.from({ length: count }, () => false)]) {
          if (order.status === 'ACCEPTED') break;
          walk(deliver(order));
          if (rejects) walk(value(deliveryRejected(order, 'no', LATER)));
          else {
            const part = milestoneAccepted(order, 'BUYER', LATER);
            walk(part === null ? value(accepted(order, LATER)).delivery : value(part));
            parts += 1;
          }
        }
        expect([order.status, parts]).toEqual(['ACCEPTED', count]);
      }),
    );
  });
});
