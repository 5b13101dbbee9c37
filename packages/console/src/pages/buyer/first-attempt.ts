const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Automatic renewal runs by the clock of GMT+8, whatever the site (consoles-and-processes.md B-63). */
const offsetMs = 8 * hourMs;
const daysBefore = 7;

/**
 * The first deduction of an automatic renewal: 03:00 (GMT+8) seven days before the day of expiry (B-63); when that is
 * over, the next 03:00. For a preview before the choice is saved; afterwards the server says when.
 */
export function firstAttemptAt(expireAt: string, now: string): string {
  const threeOClock = (instant: number): number =>
    Math.floor((instant + offsetMs) / dayMs) * dayMs - offsetMs + 3 * hourMs;
  const planned = threeOClock(Date.parse(expireAt)) - daysBefore * dayMs;
  if (planned > Date.parse(now)) return new Date(planned).toISOString();
  const today = threeOClock(Date.parse(now));
  return new Date(today > Date.parse(now) ? today : today + dayMs).toISOString();
}
