/** How a supervised delivery moves along its flow (settlement.md 6): pure functions of (delivery, what happened, now). */
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { Site } from '../../platform/site.ts';
import { move } from '../../platform/state-machine.ts';
import type { Delivery } from '../definition.ts';
import type { Milestone, Supervision } from './definition.ts';
import {
  type Actor,
  type FlowAction,
  flowOf,
  isOpen,
  moveOf,
  type SupervisionState,
  stepOf,
  supervisionTransitions,
} from './flows.ts';

/** At the first step of its flow. @param since the payment */
export function beginSupervision(flowId: string, site: Site, since: Date): Supervision {
  const [first] = flowOf(flowId).steps;
  if (!first) throw new Error(`flow ${flowId} has no steps`);
  return {
    ...{ flow: flowId, site, step: first.state, since: since.toISOString() },
    ...{ rejections: { requirement: 0, delivery: 0 }, sentBack: null, appeal: null, reminded: 0 },
    ...{ milestones: [], checked: null },
  };
}

/**
 * One move of the flow. Refuses DELIVERY_STATE: not at this step, or not by this side; DELIVERY_FROZEN: an appeal is open
 * (B-94). What the system sees happens all the same. What is not supervised has no flow and moves freely.
 */
export function moved(delivery: Delivery, action: FlowAction, by: Actor, now: Date): Result<Delivery> {
  const { supervision } = delivery;
  if (supervision === null) return ok(delivery);
  const { flow, step, appeal } = supervision;
  if (appeal !== null && by !== 'SYSTEM')
    return refuse('DELIVERY_FROZEN', 'B-94: an appeal is open; the operator decides first');
  const found = moveOf(flow, step, action, by);
  if (!found) return wrongStep(step, action, by);
  return ok({ ...delivery, supervision: stepped(supervision, found.to, now) });
}

export const wrongStep = (step: SupervisionState, action: string, by: Actor): Result<never> =>
  refuse('DELIVERY_STATE', `7.4: ${action} by ${by} is not possible at step ${step}`, { step, action });

/** To another step, inside of the diagram of 7.4; counters of what is passed begin anew [R]. */
export function stepped(supervision: Supervision, to: SupervisionState, now: Date): Supervision {
  const { step, rejections, sentBack } = supervision;
  const passed = {
    requirement: to === 'WAIT_SERVICE' && step === 'WAIT_CONFIRM_REQUIREMENT',
    delivery: to === 'COMPLETED',
  };
  return {
    ...supervision,
    step: move(supervisionTransitions, step, to),
    since: now.toISOString(),
    rejections: {
      requirement: passed.requirement ? 0 : rejections.requirement,
      delivery: passed.delivery ? 0 : rejections.delivery,
    },
    sentBack: passed.requirement || passed.delivery ? null : sentBack,
    reminded: 0,
  };
}

export interface SentBack {
  readonly what: 'requirement' | 'delivery';
  readonly by: 'BUYER' | 'SELLER' | 'OPERATOR';
  readonly text: string;
}

/** A rejection is counted and its reason kept; only those of the other side count for an appeal (S6-12, T-3). */
export function rejected(supervision: Supervision, { what, by, text }: SentBack, now: Date): Supervision {
  const { rejections } = supervision;
  const counted = by === 'OPERATOR' ? rejections : { ...rejections, [what]: rejections[what] + 1 };
  return { ...supervision, rejections: counted, sentBack: { by, text, at: now.toISOString() } };
}

/** A refund, an expiry or a release ends what is not completed (7.4). */
export function cancelled(supervision: Supervision | null, now: Date): Supervision | null {
  if (supervision === null || !isOpen(supervision.step)) return supervision;
  return { ...stepped(supervision, 'CANCELLED', now), appeal: null };
}

/** Whose turn it is by the flow; null = it is over. An appeal is the operator's (S6-14). */
export function waitsFor({ flow, step, appeal }: Supervision): Actor | null {
  if (!isOpen(step)) return null;
  return appeal === null ? (stepOf(flow, step)?.waitsFor ?? null) : 'OPERATOR';
}

/** May this side do this now? */
export const mayDo = ({ supervision }: Delivery, action: FlowAction, by: Actor): boolean =>
  supervision !== null &&
  supervision.appeal === null &&
  moveOf(supervision.flow, supervision.step, action, by) !== null;

/** Place of the milestone that is worked on; -1 = there is no plan, or all are accepted. */
export const currentMilestone = ({ milestones }: Pick<Supervision, 'milestones'>): number =>
  milestones.findIndex(({ acceptedAt }) => acceptedAt === null);

/** The milestone that is worked on as accepted, with what it took. */
export function withAccepted(delivery: Delivery, supervision: Supervision, now: Date): Milestone[] {
  const place = currentMilestone(supervision);
  const { rejections } = supervision;
  return supervision.milestones.map((each, at) =>
    at === place
      ? {
          ...each,
          deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
          acceptedAt: now.toISOString(),
          rejections: rejections.delivery,
        }
      : each,
  );
}
