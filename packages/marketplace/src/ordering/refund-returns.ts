/**
 * The way back of received hardware (settlement.md 7.4): agreed → the buyer sends it within 10 days, or the application counts
 * as withdrawn → the seller inspects it within 15 days, or it counts as accepted → the money follows.
 */
import type { Scope } from '../directory/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { move } from '../platform/state-machine.ts';
import { addTask, type TaskHandler } from '../platform/tasks/marketplace-tasks.ts';
import { close, tell, wrongState } from './refund-closing.ts';
import { executeRefund } from './refund-execution.ts';
import { INSPECTION_DAYS, RETURN_DAYS, type Refund, refundTransitions } from './refund-model.ts';
import { lockRefund, saveRefund } from './refund-store.ts';

const DAY_MS = 24 * 3_600_000;

/** The refund is agreed to; the goods come first. */
export async function askReturn(platform: Platform, tx: Tx, refund: Refund, now: Date): Promise<Refund> {
  const deadlineAt = new Date(now.getTime() + RETURN_DAYS * DAY_MS);
  const waiting: Refund = { ...refund, state: move(refundTransitions, refund.state, 'WAIT_RETURN'), deadlineAt };
  await saveRefund(tx, waiting);
  await endLater(platform, tx, waiting, deadlineAt, now);
  await tell(platform, tx, 'return-asked', waiting, { deadlineAt: deadlineAt.toISOString() }, now);
  return waiting;
}

interface Asked {
  readonly refundId: string;
  readonly scope: Scope;
}

/** The buyer has sent it. Refuses NOT_FOUND, REFUND_STATE. */
export async function sendBack(
  platform: Platform,
  tx: Tx,
  input: Asked & { readonly carrier: string; readonly trackingNo: string },
  now: Date,
): Promise<Result<Refund>> {
  const refund = await lockRefund(tx, input.refundId, input.scope);
  if (!refund) return unknown;
  if (refund.state !== 'WAIT_RETURN') return wrongState(refund);
  const { carrier, trackingNo } = input;
  const deadlineAt = new Date(now.getTime() + INSPECTION_DAYS * DAY_MS);
  const sent: Refund = {
    ...refund,
    state: move(refundTransitions, refund.state, 'WAIT_INSPECTION'),
    returned: { carrier, trackingNo, at: now.toISOString() },
    deadlineAt,
  };
  await saveRefund(tx, sent);
  await endLater(platform, tx, sent, deadlineAt, now);
  const more = { carrier, trackingNo, deadlineAt: deadlineAt.toISOString() };
  await tell(platform, tx, 'returned', sent, more, now);
  return ok(sent);
}

/** The seller has looked at it: the money follows, or the application ends rejected. Refuses NOT_FOUND, REFUND_STATE. */
export async function inspectReturn(
  platform: Platform,
  tx: Tx,
  input: Asked & { readonly accept: boolean; readonly comment: string },
  now: Date,
): Promise<Result<Refund>> {
  const refund = await lockRefund(tx, input.refundId, input.scope);
  if (!refund) return unknown;
  if (refund.state !== 'WAIT_INSPECTION') return wrongState(refund);
  const seen: Refund = { ...refund, deadlineAt: null, comment: input.comment === '' ? refund.comment : input.comment };
  if (input.accept) return ok(await executeRefund(platform, tx, seen, now));
  await tell(platform, tx, 'decided', seen, { agreed: false, by: 'SELLER', comment: input.comment }, now);
  return ok(await close(tx, { ...seen, state: move(refundTransitions, refund.state, 'REJECTED') }));
}

export const END_RETURN = 'ordering.end-return';
/** Task: nobody did anything in time (7.4). One of an earlier state finds a later deadline and does nothing. */
export const endReturn =
  (platform: Platform): TaskHandler =>
  async (tx, task, now) => {
    const refund = await lockRefund(tx, task.subject, { kind: 'all' });
    if (!refund?.deadlineAt || refund.deadlineAt > now) return 'resolved';
    if (refund.state === 'WAIT_INSPECTION') {
      await executeRefund(platform, tx, { ...refund, deadlineAt: null }, now);
      return 'done';
    }
    if (refund.state !== 'WAIT_RETURN') return 'resolved';
    const withdrawn = await close(tx, { ...refund, state: 'WITHDRAWN', deadlineAt: null });
    await tell(platform, tx, 'withdrawn', withdrawn, {}, now);
    return 'done';
  };

const endLater = ({ random }: Platform, tx: Tx, { refundId, traceId }: Refund, dueAt: Date, now: Date): Promise<void> =>
  addTask(tx, { id: uuid(random), kind: END_RETURN, subject: refundId, dueAt, traceId }, now);

const unknown = refuse('NOT_FOUND', 'there is no such refund application');
