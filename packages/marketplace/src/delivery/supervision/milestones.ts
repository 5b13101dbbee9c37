/**
 * Milestone delivery (里程碑交付, consoles-and-processes.md 3.5, S6-6): the seller divides an order into parts before it
 * delivers anything. Each part is delivered, reviewed, accepted or rejected by itself; the order is completed, and
 * settled (S2-4), with the last one. Without a plan, which is the rule (X24), all is one delivery. Pure.
 */
import { ok, type Result, refuse } from '../../platform/result.ts';
import { localMs, SITES } from '../../platform/site.ts';
import { move, type Transitions } from '../../platform/state-machine.ts';
import { type Delivery, deliveryTransitions } from '../definition.ts';
import type { Milestone, PlannedMilestone } from './definition.ts';
import { type Actor, moveOf } from './flows.ts';
import { currentMilestone, stepped, withAccepted, wrongStep } from './model.ts';

export const MOST_MILESTONES = 20;

/**
 * Writes the plan, or with an empty one takes it back. Refuses MILESTONES_NOT_ALLOWED (S6-6, or a kind that is not
 * delivered in parts), DELIVERY_FROZEN, DELIVERY_STATE once something was delivered, MILESTONE_PLAN with the fault.
 * @param payPerUse how the line is charged
 */
export function planned(
  delivery: Delivery,
  plan: readonly PlannedMilestone[],
  payPerUse: boolean,
  now: Date,
): Result<Delivery> {
  const { supervision } = delivery;
  if (supervision === null || !inParts(delivery))
    return notAllowed('3.5', 'this kind of product is not delivered in parts');
  if (payPerUse) return notAllowed('S6-6', 'a pay-per-use product is not delivered by milestones');
  if (supervision.appeal !== null)
    return refuse('DELIVERY_FROZEN', 'B-94: an appeal is open; the operator decides first');
  if (!mayPlan(delivery)) return wrongStep(supervision.step, 'PLAN_MILESTONES', 'SELLER');
  const fault = planFault(plan, new Date(localMs(now, SITES[supervision.site].timeZone)).toISOString().slice(0, 10));
  if (fault !== null) return refuse('MILESTONE_PLAN', fault);
  const milestones = plan.map((each): Milestone => ({ ...each, deliveredAt: null, acceptedAt: null, rejections: 0 }));
  return ok({ ...delivery, supervision: { ...supervision, milestones } });
}

const notAllowed = (rule: string, text: string): Result<never> =>
  refuse('MILESTONES_NOT_ALLOWED', `${rule}: ${text}`, { rule });

/** Services, and SaaS: a file or a licence is had as a whole, a parcel is one, a code is no delivery (6.3). */
export const inParts = ({ supervision, payload }: Delivery): boolean =>
  supervision !== null && (payload.kind === 'ACCESS' || payload.kind === 'SERVICE');

/** Before the first delivery: from the requirement on, as long as nothing was handed over or rejected. */
export function mayPlan({ supervision, deliveredAt, status, payload }: Delivery): boolean {
  if (supervision === null || status !== 'PENDING' || deliveredAt !== null) return false;
  const begun =
    supervision.rejections.delivery > 0 ||
    supervision.milestones.some(({ acceptedAt }) => acceptedAt !== null) ||
    (payload.kind === 'ACCESS' && payload.reportedAt !== null);
  return !begun && (supervision.step === 'WAIT_CONFIRM_REQUIREMENT' || supervision.step === 'WAIT_SERVICE');
}

/** @returns the first fault of a plan; null = it is one, or none */
function planFault(plan: readonly PlannedMilestone[], today: string): string | null {
  if (plan.length === 0) return null;
  if (plan.length === 1 || plan.length > MOST_MILESTONES) return `a plan has 2 to ${MOST_MILESTONES} milestones`;
  if (new Set(plan.map(({ name }) => name)).size !== plan.length) return 'two milestones have one name';
  if (plan.some(({ share }) => share < 1)) return 'each milestone has a share of 1 % or more';
  if (plan.reduce((sum, { share }) => sum + share, 0) !== 100) return 'the shares are 100 % together';
  if (plan.some(({ plannedOn }) => plannedOn < today)) return 'a milestone is not planned in the past';
  const inOrder = plan.every(({ plannedOn }, place) => plannedOn >= (plan[place - 1]?.plannedOn ?? ''));
  return inOrder ? null : 'milestones stand in the order of their dates';
}

/**
 * The buyer accepts a milestone that is not the last: the next one is to be delivered, with rejections of its own.
 * @returns null = there is no plan, or it is the last one: the acceptance is that of the whole
 */
export function milestoneAccepted(delivery: Delivery, by: Actor, now: Date): Result<Delivery> | null {
  const { supervision, status } = delivery;
  if (supervision === null) return null;
  const place = currentMilestone(supervision);
  if (place < 0 || place === supervision.milestones.length - 1) return null;
  if (supervision.appeal !== null && by !== 'SYSTEM')
    return refuse('DELIVERY_FROZEN', 'B-94: an appeal is open; the operator decides first');
  const { flow, step } = supervision;
  if (status !== 'DELIVERED' || moveOf(flow, step, 'ACCEPT', by) === null) return wrongStep(step, 'ACCEPT', by);
  const done = stepped(supervision, 'WAIT_SERVICE', now);
  return ok({
    ...delivery,
    status: move(deliveryTransitions, status, 'PENDING'),
    deliveredAt: null,
    nextAt: null,
    supervision: {
      ...done,
      milestones: withAccepted(delivery, supervision, now),
      rejections: { ...done.rejections, delivery: 0 },
      sentBack: null,
    },
  });
}

/** PLANNED: not begun. OPEN: to be delivered. DELIVERED: at the platform's review, or the buyer's to accept. */
export type MilestoneState = 'PLANNED' | 'OPEN' | 'DELIVERED' | 'ACCEPTED';
/** Told from the delivery (`milestoneStates`), not kept: how the walk of the whole moves its parts. */
export const milestoneTransitions: Transitions<MilestoneState> = {
  // the one before it was accepted
  PLANNED: ['OPEN'],
  OPEN: ['DELIVERED'],
  // rejected, or sent back by the platform's review or a decision on an appeal
  DELIVERED: ['OPEN', 'ACCEPTED'],
  ACCEPTED: [],
};
export function milestoneStates({ supervision, status }: Delivery): MilestoneState[] {
  if (supervision === null) return [];
  const place = currentMilestone(supervision);
  return supervision.milestones.map(({ acceptedAt }, at) => {
    if (acceptedAt !== null) return 'ACCEPTED';
    if (at !== place) return 'PLANNED';
    return status === 'DELIVERED' ? 'DELIVERED' : 'OPEN';
  });
}
