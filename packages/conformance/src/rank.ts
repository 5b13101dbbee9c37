/** Which finding of a run is to be put right first. */
import type { Diagnosis } from '@jishi/protocol';
import type { CaseReport } from './report.ts';

/** Every finding of a run once, causes before their consequences. */
export function rank(cases: readonly CaseReport[]): readonly Diagnosis[] {
  return cases.flatMap(({ diagnosis }) => diagnosis);
}
