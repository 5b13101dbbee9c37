/** The answers of a supervised flow: a requirement confirmed or rejected, a delivery reviewed or rejected. Pure. */
import { ok, type Result, refuse } from '../../platform/result.ts';
import { move } from '../../platform/state-machine.ts';
import { type Delivery, deliveryTransitions } from '../definition.ts';
import { moved, rejected } from './model.ts';

/** S-41 */
export const confirmed = (delivery: Delivery, now: Date): Result<Delivery> =>
  supervised(delivery) ?? moved(delivery, 'CONFIRM_REQUIREMENT', 'SELLER', now);

/** S-41: the buyer writes it anew; counted (T-3). */
export function requirementRejected(delivery: Delivery, reason: string, now: Date): Result<Delivery> {
  const back = supervised(delivery) ?? moved(delivery, 'REJECT_REQUIREMENT', 'SELLER', now);
  return back.ok ? ok(counted(back.value, 'requirement', 'SELLER', reason, now)) : back;
}

/** B-93: the seller does it anew; counted (T-3). What was handed over is not had any more. */
export function deliveryRejected(delivery: Delivery, reason: string, now: Date): Result<Delivery> {
  const back = supervised(delivery) ?? moved(delivery, 'REJECT_DELIVERY', 'BUYER', now);
  return back.ok ? ok(undelivered(counted(back.value, 'delivery', 'BUYER', reason, now))) : back;
}

/** O-22: on to the buyer, or, for an authorisation code, to the end (7.4). */
export const approved = (delivery: Delivery, now: Date): Result<Delivery> =>
  supervised(delivery) ?? moved(delivery, 'APPROVE', 'OPERATOR', now);

/** O-22: the seller uploads again. */
export function returned(delivery: Delivery, reason: string, now: Date): Result<Delivery> {
  const back = supervised(delivery) ?? moved(delivery, 'RETURN', 'OPERATOR', now);
  return back.ok ? ok(undelivered(counted(back.value, 'delivery', 'OPERATOR', reason, now))) : back;
}

const supervised = ({ supervision }: Delivery): Result<never> | null =>
  supervision === null ? refuse('DELIVERY_NOT_ALLOWED', 'S6-2: this delivery is not supervised') : null;

const counted = (
  delivery: Delivery,
  what: 'requirement' | 'delivery',
  by: 'BUYER' | 'SELLER' | 'OPERATOR',
  text: string,
  now: Date,
): Delivery => ({
  ...delivery,
  supervision: delivery.supervision && rejected(delivery.supervision, { what, by, text }, now),
});

const undelivered = (delivery: Delivery): Delivery => ({
  ...delivery,
  status: move(deliveryTransitions, delivery.status, 'PENDING'),
  deliveredAt: null,
  nextAt: null,
});
