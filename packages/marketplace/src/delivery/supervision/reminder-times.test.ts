/** T-11: whoever must act is reminded after 1, 3 and 5 days, then weekly. */
import { expect, it } from 'vitest';
import { DAY_MS, reminderAt } from './reminder-times.ts';

it('T-11: reminders come after 1, 3 and 5 days of waiting, then every 7', () => {
  const since = '2026-03-02T02:00:00.000Z';
  const days = [0, 1, 2, 3, 4, 5].map((n) => (reminderAt({ since }, n).getTime() - Date.parse(since)) / DAY_MS);
  expect(days).toEqual([1, 3, 5, 12, 19, 26]);
});
