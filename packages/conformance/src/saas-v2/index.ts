import type { ConformanceCase } from '../case.ts';

/** The cases of this protocol, made anew for each run. */
export function saasV2Cases(): readonly ConformanceCase[] {
  return [];
}
