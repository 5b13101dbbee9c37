/** The form in which the cases of V2.0 are written. */
import type { Diagnosis } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';

type More = Pick<ConformanceCase, 'after' | 'reading' | 'live'>;

/** @param section of saas-v2.md that demands it */
export function caseOf(
  name: string,
  [en, zh]: readonly [en: string, zh: string],
  section: string,
  run: (session: Session) => Promise<readonly Diagnosis[]>,
  more: More = {},
): ConformanceCase {
  return { name, title: { en, zh }, reference: `saas-v2.md ${section}`, ...more, run };
}
