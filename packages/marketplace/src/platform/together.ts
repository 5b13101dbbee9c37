/** Work that would wait for a lock waits in memory instead, and is done with the next: one transaction, one commit for all of it. */

interface Waiting<Item, Answer> {
  readonly item: Item;
  answer(answer: Answer): void;
  fail(error: unknown): void;
}
export interface Together<Item, Answer> {
  keyOf(item: Item): string;
  /** answers each of its items, in their order */
  run(items: readonly Item[]): Promise<readonly Answer[]>;
  /** items of a group */
  readonly most: number;
  /** groups of a key that are run at the same time; absent = one after the other */
  readonly atOnce?: number;
  /** a group that takes longer (it waits for a lock) lets the next one begin beside it; absent = the next one waits */
  readonly patienceMs?: number;
  /** items that are worth a group beside one that is run; absent = one */
  readonly least?: number;
  /** may a group have failed by one of its items? Then each is run by itself, so that none fails by another's fault */
  isOfOne(error: unknown): boolean;
}

/** Items of one key are run in groups, which begin in the order in which they came; those of other keys at the same time. */
export function together<Item, Answer>(given: Together<Item, Answer>): (item: Item) => Promise<Answer> {
  const { keyOf, most, atOnce = 1, least = 1 } = given;
  const keys = new Map<string, { readonly waiting: Waiting<Item, Answer>[]; running: number }>();
  return (item) =>
    new Promise((answer, fail) => {
      const key = keyOf(item);
      const ofKey = keys.get(key) ?? { waiting: [], running: 0 };
      keys.set(key, ofKey);
      ofKey.waiting.push({ item, answer, fail });
      const isWorth = (others: number): boolean => ofKey.waiting.length >= (others === 0 ? 1 : least);
      const drain = async () => {
        ofKey.running += 1;
        while (isWorth(ofKey.running - 1))
          await within(given.patienceMs, runGroup(given, ofKey.waiting.splice(0, most)));
        ofKey.running -= 1;
        if (ofKey.running === 0) keys.delete(key);
      };
      if (ofKey.running < atOnce && isWorth(ofKey.running)) void drain();
    });
}

async function runGroup<Item, Answer>(
  given: Together<Item, Answer>,
  group: readonly Waiting<Item, Answer>[],
): Promise<void> {
  try {
    const answers = await given.run(group.map(({ item }) => item));
    for (const [place, answer] of answers.entries()) group[place]?.answer(answer);
  } catch (error) {
    if (group.length > 1 && given.isOfOne(error)) for (const each of group) await runGroup(given, [each]);
    else for (const each of group) each.fail(error);
  }
}

/** @returns when it has ended, or the time is over: it goes on then */
async function within(patienceMs: number | undefined, work: Promise<void>): Promise<void> {
  if (patienceMs === undefined) return work;
  let over: NodeJS.Timeout | undefined;
  const time = new Promise<void>((done) => {
    over = setTimeout(done, patienceMs);
  });
  await Promise.race([work, time]);
  clearTimeout(over);
}
