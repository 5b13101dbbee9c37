/** T-11: whoever must act is reminded after 1, 3 and 5 days, then weekly; T-5: from 180 days after the order on as overdue. */
import { expect, it } from 'vitest';
import { DAY_MS, isOverdue, reminderAt } from './reminder-times.ts';

it('T-11: reminders come after 1, 3 and 5 days of waiting, then every 7', () => {
  const since = '2026-03-02T02:00:00.000Z';
  const days = [0, 1, 2, 3, 4, 5].map((n) => (reminderAt({ since }, n).getTime() - Date.parse(since)) / DAY_MS);
  expect(days).toEqual([1, 3, 5, 12, 19, 26]);
});

it('T-5: what is not accepted 180 days after ordering is overdue, to the second; reminders stay weekly', () => {
  const createdAt = new Date('2026-01-05T02:00:00.000Z');
  const after = (ms: number) => isOverdue({ createdAt }, new Date(createdAt.getTime() + ms));
  expect([after(180 * DAY_MS - 1_000), after(180 * DAY_MS), after(400 * DAY_MS)]).toEqual([false, true, true]);
  const since = '2026-01-05T02:00:00.000Z';
  const late = [40, 41, 42].map((n) => (reminderAt({ since }, n).getTime() - Date.parse(since)) / DAY_MS);
  expect(late).toEqual([271, 278, 285]);
});
