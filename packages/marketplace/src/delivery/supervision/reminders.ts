/** Reminders to whoever must act (T-11): after 1, 3, 5 days, then weekly; 180 days after the order those of T-5. Never closes a flow (S6-5). */
import type { Platform } from '../../platform/platform.ts';
import type { TaskHandler } from '../../platform/tasks/marketplace-tasks.ts';
import { commitSteps } from '../commit.ts';
import { turnOf } from '../model.ts';
import { deliveryById } from '../store.ts';
import type { Supervision } from './definition.ts';
import { isOpen } from './flows.ts';
import { isOverdue, REMIND, scheduleReminder } from './reminder-times.ts';

export { REMIND };
export const remind =
  (platform: Platform): TaskHandler =>
  async (tx, task, now) => {
    const [deliveryId = '', since] = task.subject.split(' ');
    const delivery = await deliveryById(tx, deliveryId, { scope: { kind: 'all' }, lock: true });
    const supervision = delivery?.supervision ?? null;
    if (!delivery || supervision === null || !isOpen(supervision.step) || supervision.since !== since)
      return 'resolved';
    const waitsFor = turnOf(delivery);
    const next: Supervision = { ...supervision, reminded: supervision.reminded + 1 };
    const told = waitsFor === 'BUYER' || waitsFor === 'SELLER';
    const overdue = isOverdue(delivery, now);
    await commitSteps(
      platform,
      tx,
      [
        {
          ...{ from: delivery.status, step: supervision.step, delivery: { ...delivery, supervision: next } },
          ...(told
            ? {
                news: [{ type: 'reminded', more: { waitsFor, since, overdue } }],
                done: { by: 'SYSTEM' as const, what: 'REMIND', text: waitsFor },
              }
            : {}),
        },
      ],
      now,
    );
    await scheduleReminder(platform, tx, delivery, next, now);
    return 'done';
  };
