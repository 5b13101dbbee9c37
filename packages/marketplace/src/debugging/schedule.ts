/** When probes are due: twice a day in the site's zone (saas-v2.md 1.5), at times that configuration sets. */
import { Temporal } from 'temporal-polyfill';
import { SITES, type Site } from '../platform/site.ts';

/** Morning and afternoon, `HH:mm`. */
export type ProbeTimes = readonly [morning: string, afternoon: string];

export interface PlannedProbe {
  readonly at: Date;
  readonly slot: 'MORNING' | 'AFTERNOON';
  readonly day: string;
}

const zoned = (at: Date, site: Site) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(SITES[site].timeZone);

/** `yyyy-MM-dd` on the site's calendar. */
export const dayOf = (at: Date, site: Site): string => zoned(at, site).toPlainDate().toString();
/** `yyyy-MM` on the site's calendar. */
export const monthOf = (at: Date, site: Site): string => dayOf(at, site).slice(0, 7);

/** The first probe strictly after an instant. */
export function nextProbe(after: Date, site: Site, times: ProbeTimes): PlannedProbe {
  const today = zoned(after, site).toPlainDate();
  const candidates = [today, today.add({ days: 1 })].flatMap((day) => [
    planned(day, 'MORNING', times[0], site),
    planned(day, 'AFTERNOON', times[1], site),
  ]);
  const next = candidates.find((each) => each.at > after);
  if (!next) throw new Error('unreachable: tomorrow has a probe');
  return next;
}

/** Which probe of which day an instant of the plan was. */
export function probeAt(at: Date, site: Site, times: ProbeTimes): PlannedProbe {
  return nextProbe(new Date(at.getTime() - 1), site, times);
}

function planned(day: Temporal.PlainDate, slot: PlannedProbe['slot'], time: string, site: Site): PlannedProbe {
  const at = day.toZonedDateTime({ timeZone: SITES[site].timeZone, plainTime: time });
  return { at: new Date(at.epochMilliseconds), slot, day: day.toString() };
}
