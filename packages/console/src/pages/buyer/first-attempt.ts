const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Automatic renewal runs by the clock of GMT+8, whatever the site (consoles-and-processes.md B-63). */
const offsetMs = 8 * hourMs;
/** unless the account has set another day */
export const usualDays = 7;

/**
 * The first deduction of an automatic renewal: 03:00 (GMT+8) so many days before the day of expiry (B-63); when that is
 * over, the next 03:00. For a preview before the choice is saved; afterwards the server says when.
 */
export function firstAttemptAt(expireAt: string, now: string, daysBefore = usualDays): string {
  const threeOClock = (instant: number): number =>
    Math.floor((instant + offsetMs) / dayMs) * dayMs - offsetMs + 3 * hourMs;
  const planned = threeOClock(Date.parse(expireAt)) - daysBefore * dayMs;
  if (planned > Date.parse(now)) return new Date(planned).toISOString();
  const today = threeOClock(Date.parse(now));
  return new Date(today > Date.parse(now) ? today : today + dayMs).toISOString();
}

/** The time zones of the sites (C19a). */
const zones = { CN: 'Asia/Shanghai', INTL: 'Asia/Shanghai', EU: 'Europe/Dublin' } as const;

/**
 * When a subscription would end that is paid at `now`: the start day + n months or years, clamped to the last day of the
 * month, at 23:59:59 of the site's zone (C19a). A preview; the server computes the end at the payment.
 */
export function endIfPaid(now: string, type: 'month' | 'year', count: number, site: keyof typeof zones): string {
  const timeZone = zones[site];
  const [year = 0, month = 1, day = 1] = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
    .format(new Date(now))
    .split('-')
    .map(Number);
  const last = month - 1 + (type === 'month' ? count : 12 * count);
  const daysOfMonth = new Date(Date.UTC(year, last + 1, 0)).getUTCDate();
  const end = Date.UTC(year, last, Math.min(day, daysOfMonth), 23, 59, 59);
  return new Date(end - aheadOfUtc(end, timeZone)).toISOString();
}

/** Milliseconds that the clocks of the zone are ahead; its changes at night in spring and autumn are no end of a day. */
function aheadOfUtc(instant: number, timeZone: string): number {
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(instant),
  );
  return ((hour - new Date(instant).getUTCHours() + 24) % 24) * hourMs;
}
