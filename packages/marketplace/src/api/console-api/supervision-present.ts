/** Supervision as the console shows it to one reader: where it stands, what this reader may do or not, and why not. */
import type { z } from 'zod';
import {
  canBeDoneInPlace,
  currentMilestone,
  type Delivery,
  flowOf,
  inParts,
  mayAppeal,
  mayDo,
  mayPlan,
  milestoneStates,
  needsAcceptanceFacts,
  type Side,
  type Supervision,
  stepsBefore,
} from '../../delivery/index.ts';
import { type Principal, scopeOf } from '../../directory/index.ts';
import type { supervision as view } from './supervision-schemas.ts';

export function presentSupervision(delivery: Delivery, reader: Principal, now: Date): z.infer<typeof view> | null {
  const { supervision } = delivery;
  if (supervision === null) return null;
  const { flow, step, since, rejections, sentBack, appeal } = supervision;
  const { name, steps } = flowOf(flow);
  const side = sideOf(delivery, reader);
  const acts = side !== null && scopeOf(reader, 'supervision.act') !== null;
  const decides = scopeOf(reader, 'supervision.decide') !== null;
  const appeals = acts ? mayAppeal(delivery, side, now) : null;
  const receives = side === 'BUYER' && scopeOf(reader, 'delivery.receive') !== null;
  const makes = side === 'SELLER' && scopeOf(reader, 'delivery.make') !== null;
  return {
    ...{ flow, name, step, since, rejections, sentBack },
    steps: steps.map(({ state, waitsFor }) => ({ state, waitsFor })),
    milestones: presentMilestones(delivery),
    factsNeeded: needsAcceptanceFacts(flow),
    checked: presentChecked(supervision),
    appeal: appeal && { ...appeal, files: [...appeal.files], statements: [...appeal.statements] },
    noAppeal: appeals === null || appeals.ok ? null : appeals.refusal.message,
    outcomes: { completeStep: canBeDoneInPlace(step), sendBackTo: stepsBefore(supervision) },
    may: {
      confirmRequirement: makes && mayDo(delivery, 'CONFIRM_REQUIREMENT', 'SELLER'),
      planMilestones: makes && appeal === null && inParts(delivery) && mayPlan(delivery),
      rejectDelivery: receives && mayDo(delivery, 'REJECT_DELIVERY', 'BUYER'),
      review: decides && mayDo(delivery, 'APPROVE', 'OPERATOR'),
      appeal: appeals?.ok ?? false,
      state: acts && appeal !== null,
      decide: decides && appeal !== null,
    },
  };
}

function presentMilestones(delivery: Delivery): z.infer<typeof view>['milestones'] {
  const { supervision } = delivery;
  if (supervision === null) return [];
  const current = currentMilestone(supervision);
  const states = milestoneStates(delivery);
  return supervision.milestones.map((each, place) => ({
    ...each,
    state: states[place] ?? 'PLANNED',
    // of the one that is worked on, as the delivery stands
    ...(place === current
      ? { deliveredAt: delivery.deliveredAt?.toISOString() ?? null, rejections: supervision.rejections.delivery }
      : {}),
  }));
}

function presentChecked({ checked }: Supervision): z.infer<typeof view>['checked'] {
  if (checked === null) return null;
  const { orderNumbers, companyName, items, validityFileId, kitFileId } = checked.facts;
  return {
    ...{ at: checked.at, orderNumbers: [...orderNumbers], companyName, items: [...items] },
    ...{ validity: validityFileId !== null, kit: kitFileId !== null },
  };
}

export function sideOf({ buyerId, sellerId }: Delivery, reader: Principal): Side | null {
  if (reader.buyerId === buyerId) return 'BUYER';
  return reader.sellerId === sellerId ? 'SELLER' : null;
}
