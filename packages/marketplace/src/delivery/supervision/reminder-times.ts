/** When a step is reminded of (T-11), and the tasks that do it: one for each stay at a step. */
import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import { addTask } from '../../platform/tasks/marketplace-tasks.ts';
import type { Delivery } from '../definition.ts';
import type { Supervision } from './definition.ts';
import { isOpen } from './flows.ts';

export const REMIND = 'delivery.remind';
export const DAY_MS = 24 * 3_600_000;
/** T-5: not accepted for so long after ordering; from then on reminders go to the account manager too. Never closes a flow (S6-5). */
export const OVERDUE_DAYS = 180;
export const isOverdue = ({ createdAt }: Pick<Delivery, 'createdAt'>, now: Date): boolean =>
  now.getTime() - createdAt.getTime() >= OVERDUE_DAYS * DAY_MS;

/** When a step is reminded of for the n-th time (n from 0). Pure. */
export function reminderAt({ since }: Pick<Supervision, 'since'>, n: number): Date {
  const days = [1, 3, 5][n] ?? 5 + 7 * (n - 2);
  return new Date(Date.parse(since) + days * DAY_MS);
}

/** A step has begun: its first reminder. What waits for nobody is not reminded of. */
export async function remindLater(platform: Platform, tx: Tx, begun: readonly Delivery[], now: Date): Promise<void> {
  for (const delivery of begun) {
    const { supervision } = delivery;
    if (supervision !== null && isOpen(supervision.step))
      await scheduleReminder(platform, tx, delivery, supervision, now);
  }
}

export const scheduleReminder = (
  { random }: Platform,
  tx: Tx,
  { deliveryId, traceId }: Delivery,
  supervision: Supervision,
  now: Date,
): Promise<void> =>
  addTask(
    tx,
    {
      ...{ id: uuid(random), kind: REMIND, traceId },
      // of this very stay at the step: another stay has its own
      subject: `${deliveryId} ${supervision.since}`,
      dueAt: reminderAt(supervision, supervision.reminded),
    },
    now,
  );
