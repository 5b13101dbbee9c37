/** Which cases a run consists of. */
import type { ConformanceCase } from './case.ts';

export interface Selection {
  /** in the order in which they run, what the wanted ones build on included */
  readonly cases: readonly ConformanceCase[];
  isWanted(name: string): boolean;
}

/**
 * @param wanted `cases`: only these and what they build on, directly or not; absent = all. `liveCycle`: live cases too.
 * @throws RangeError for a name that does not exist, or one that changes live data without `liveCycle`
 */
export function selectCases(
  all: readonly ConformanceCase[],
  wanted: { readonly cases?: readonly string[] | undefined; readonly liveCycle?: boolean | undefined },
): Selection {
  const byName = new Map(all.map((item) => [item.name, item]));
  for (const name of wanted.cases ?? []) {
    const item = byName.get(name);
    if (item === undefined)
      throw new RangeError(`cases: there is no "${name}"; there are ${[...byName.keys()].join(', ')}`);
    if (item.live && !wanted.liveCycle) throw new RangeError(`cases: "${name}" changes live data and needs liveCycle`);
  }
  const names = new Set<string>();
  const add = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    for (const before of byName.get(name)?.after ?? []) add(before);
  };
  for (const name of wanted.cases ?? byName.keys()) add(name);
  const chosen = new Set(wanted.cases ?? byName.keys());
  return {
    cases: all.filter((item) => names.has(item.name) && (!item.live || wanted.liveCycle === true)),
    isWanted: (name) => chosen.has(name),
  };
}
