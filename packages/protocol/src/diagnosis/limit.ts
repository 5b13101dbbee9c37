import type { Diagnosis } from './diagnosis.ts';

/** A person reads no more; a hostile message could cause a finding for each of its bytes. */
export const DIAGNOSIS_MAX = 20;

/** The first 20 findings; the last of them says how many were left out. */
export function limited(findings: readonly Diagnosis[]): Diagnosis[] {
  const shown = findings.slice(0, DIAGNOSIS_MAX);
  const last = shown.at(-1);
  const more = findings.length - shown.length;
  return more === 0 || last === undefined
    ? shown
    : [...shown.slice(0, -1), { ...last, seen: `${last.seen} … and ${more} more`.trimStart() }];
}
