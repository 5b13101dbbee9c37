/** Appeals (settlement.md 6.5, O-20, O-21): when each side may, what the operator may decide. Pure. */
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { Delivery } from '../definition.ts';
import type { Appeal, Side, Supervision } from './definition.ts';
import { type Actor, type FlowAction, flowOf, isOpen, type SupervisionState, stepOf } from './flows.ts';
import { rejected } from './model.ts';

/** T-1, T-2: a step that waits longer than this is idle */
export const IDLE_MS = 5 * 24 * 3_600_000;
/** S6-12, T-3 */
export const REJECTIONS_BEFORE_APPEAL = 3;
/** S6-14 */
export const DECISION_WORKING_DAYS = 3;

const no = (text: string) => refuse('APPEAL_NOT_ALLOWED', text);

/** @returns the rule by which this side may appeal now */
export function mayAppeal(delivery: Delivery, by: Side, now: Date): Result<string> {
  const { supervision } = delivery;
  if (supervision === null || !isOpen(supervision.step)) return no('B-94: there is no open supervision');
  if (supervision.appeal !== null) return no('B-94: an appeal is open already');
  return by === 'SELLER' ? sellerAppeal(supervision, now) : buyerAppeal(delivery, supervision, now);
}

function sellerAppeal(supervision: Supervision, now: Date): Result<string> {
  if (isIdle(supervision, 'BUYER', now)) return ok('S6-11');
  if (supervision.rejections.delivery >= REJECTIONS_BEFORE_APPEAL) return ok('S6-12');
  return no('S6-11, S6-12: a seller appeals when the buyer’s step waits for more than 5 days, or after 3 rejections');
}

function buyerAppeal({ accessType }: Delivery, supervision: Supervision, now: Date): Result<string> {
  const { site, rejections } = supervision;
  if (isIdle(supervision, 'SELLER', now)) return ok('S6-13');
  // the hardware page narrows the general rule of the Chinese site
  if (site === 'CN' && accessType === 'HARDWARE')
    return rejections.delivery > REJECTIONS_BEFORE_APPEAL
      ? ok('S6-13')
      : no(
          'S6-13: of hardware a buyer appeals when the seller’s step waits for more than 5 days, or after more than 3 rejections',
        );
  if (site === 'CN') return ok('S6-13');
  if (Math.max(rejections.requirement, rejections.delivery) >= REJECTIONS_BEFORE_APPEAL) return ok('S6-13');
  return no('S6-13: a buyer appeals when the seller’s step waits for more than 5 days, or after 3 rejections');
}

const isIdle = ({ flow, step, since }: Supervision, side: Side, now: Date): boolean =>
  stepOf(flow, step)?.waitsFor === side && now.getTime() - Date.parse(since) > IDLE_MS;

export type AppealAsked = Omit<Appeal, 'openedAt' | 'statements'> & {
  /** S6-9: of a seller; null = none was given */
  readonly letter: Appeal['files'][number] | null;
};

/** The flow freezes from here on (B-94). */
export function appealed(delivery: Delivery, { letter, ...asked }: AppealAsked, now: Date): Result<Delivery> {
  const allowed = mayAppeal(delivery, asked.by, now);
  if (!allowed.ok) return allowed;
  if (asked.by === 'SELLER' && (letter === null || asked.files.length === 0))
    return refuse('DELIVERY_INCOMPLETE', 'S6-11: a proof of the delivery and the commitment letter are needed');
  const files = letter === null ? asked.files : [...asked.files, letter];
  return withAppeal(delivery, { ...asked, files, openedAt: now.toISOString(), statements: [] });
}

/** O-20: both sides may add to it. */
export function stated(
  delivery: Delivery,
  statement: Omit<Appeal['statements'][number], 'at'>,
  now: Date,
): Result<Delivery> {
  const appeal = delivery.supervision?.appeal ?? null;
  if (appeal === null) return refuse('DELIVERY_STATE', 'O-20: no appeal is open');
  if (appeal.statements.length >= MOST_STATEMENTS) return no(`O-20: at most ${MOST_STATEMENTS} statements are taken`);
  return withAppeal(delivery, {
    ...appeal,
    statements: [...appeal.statements, { ...statement, at: now.toISOString() }],
  });
}
const MOST_STATEMENTS = 50;

/** O-21 */
export type Decision =
  | { readonly outcome: 'COMPLETE_STEP' }
  | { readonly outcome: 'SEND_BACK'; readonly to: SupervisionState }
  | { readonly outcome: 'REFUND' }
  | { readonly outcome: 'DISMISS' };

export interface Decided {
  /** without its appeal */
  readonly delivery: Delivery;
  /** O-21 (a): what is done now in place of the idle side */
  readonly act: { readonly action: FlowAction; readonly as: Actor } | null;
}

/** The appeal ends; of what follows the caller does the move of the idle side and the refund. */
export function decided(delivery: Delivery, decision: Decision, reason: string, now: Date): Result<Decided> {
  const { supervision } = delivery;
  if (supervision === null || supervision.appeal === null) return refuse('DELIVERY_STATE', 'O-21: no appeal is open');
  const open: Delivery = { ...delivery, supervision: { ...supervision, appeal: null } };
  switch (decision.outcome) {
    case 'COMPLETE_STEP': {
      const act = IN_PLACE[supervision.step] ?? null;
      if (act === null)
        return refuse('DELIVERY_NOT_ALLOWED', `O-21: step ${supervision.step} can not be done in place of its side`);
      return ok({ delivery: open, act });
    }
    case 'SEND_BACK':
      return sentBack(open, decision.to, reason, now);
    case 'REFUND':
    case 'DISMISS':
      return ok({ delivery: open, act: null });
  }
}

/** Steps that a decision can stand for; what a seller delivers nobody else can. */
const IN_PLACE: { readonly [S in SupervisionState]?: NonNullable<Decided['act']> } = {
  WAIT_REQUIREMENT: { action: 'SUBMIT_REQUIREMENT', as: 'BUYER' },
  WAIT_CONFIRM_REQUIREMENT: { action: 'CONFIRM_REQUIREMENT', as: 'SELLER' },
  HUAWEI_REVIEW: { action: 'APPROVE', as: 'OPERATOR' },
  WAIT_ACCEPTANCE: { action: 'ACCEPT', as: 'BUYER' },
};
export const canBeDoneInPlace = (step: SupervisionState): boolean => IN_PLACE[step] !== undefined;

/** O-21 (b): steps that lie before the present one and can be done again; a claimed code can not be given back. */
export function stepsBefore({ flow, step }: Supervision): SupervisionState[] {
  const states = flowOf(flow).steps.map(({ state }) => state);
  return states.slice(0, states.indexOf(step)).filter((state) => AGAIN.includes(state));
}
const AGAIN: readonly SupervisionState[] = [
  'WAIT_REQUIREMENT',
  'WAIT_CONFIRM_REQUIREMENT',
  'WAIT_CODE_INPUT',
  'WAIT_SERVICE',
  'WAIT_PROOF',
];

function sentBack(delivery: Delivery, to: SupervisionState, reason: string, now: Date): Result<Decided> {
  const { supervision } = delivery;
  if (supervision === null || !stepsBefore(supervision).includes(to))
    return refuse('DELIVERY_NOT_ALLOWED', `O-21: the flow can not be sent back to step ${to}`, { to });
  const back = { ...rejected(supervision, { what: 'delivery', by: 'OPERATOR', text: reason }, now), step: to };
  const begun = { ...back, since: now.toISOString(), reminded: 0 };
  return ok({
    delivery: { ...delivery, status: 'PENDING', deliveredAt: null, nextAt: null, supervision: begun },
    act: null,
  });
}

const withAppeal = (delivery: Delivery, appeal: Appeal): Result<Delivery> =>
  delivery.supervision === null
    ? refuse('DELIVERY_STATE', 'B-94: there is no open supervision')
    : ok({ ...delivery, supervision: { ...delivery.supervision, appeal } });
