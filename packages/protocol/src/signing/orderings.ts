/** More members have too many orders to try: 720 of six. */
const MOST_MEMBERS = 6;

/** Every order of a body's members, none where there are too many: signed in one, sent in another. */
export function orderings<T>(members: readonly T[]): T[][] {
  if (members.length > MOST_MEMBERS) return [];
  if (members.length === 0) return [[]];
  return members.flatMap((first, at) => orderings(members.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}
