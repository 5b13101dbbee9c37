/** Terms with their first day, as the console shows and gives them. */
import type { Dated } from '../../directory/index.ts';
import { midnightOf, SITES, type Site } from '../../platform/site.ts';

/** @param day null = from now on */
export const startOf = (day: string | null, site: Site, now: Date): Date =>
  day === null ? now : midnightOf(day, SITES[site].timeZone);

/** @param versions of one party, newest first */
export function presentDated<T>(versions: readonly Dated<T>[], now: Date) {
  const holds = versions.find(({ validFrom }) => validFrom <= now);
  return versions.map((version) => ({
    terms: version.terms,
    validFrom: version.validFrom.toISOString(),
    state: version === holds ? ('HOLDS' as const) : version.validFrom > now ? ('COMES' as const) : ('HELD' as const),
    by: version.by,
    writtenAt: version.writtenAt.toISOString(),
  }));
}
