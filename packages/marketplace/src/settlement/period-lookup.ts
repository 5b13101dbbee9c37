/** Account periods of very many instants (settlement.md 2.3): each local day is computed once. */
import { localMs, SITES, type Site } from '../platform/site.ts';
import { type Period, periodOf } from './calendar.ts';

const DAY_MS = 86_400_000;

export function periodsOf(site: Site): (at: Date) => Period {
  const { timeZone } = SITES[site];
  const known = new Map<number, Period>();
  return (at) => {
    const day = Math.floor(localMs(at, timeZone) / DAY_MS);
    const before = known.get(day);
    if (before !== undefined) return before;
    const period = periodOf(new Date(day * DAY_MS).toISOString().slice(0, 10));
    known.set(day, period);
    return period;
  };
}
