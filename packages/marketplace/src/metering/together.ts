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
  /** may a group have failed by one of its items? Then each is run by itself, so that none fails by another's fault */
  isOfOne(error: unknown): boolean;
}

/** Items of one key are run one group after the other, in the order in which they came; those of other keys at the same time. */
export function together<Item, Answer>(given: Together<Item, Answer>): (item: Item) => Promise<Answer> {
  const { keyOf, most } = given;
  const queues = new Map<string, Waiting<Item, Answer>[]>();
  const drain = async (key: string, queue: Waiting<Item, Answer>[]) => {
    while (queue.length > 0) await runGroup(given, queue.splice(0, most));
    queues.delete(key);
  };
  return (item) =>
    new Promise((answer, fail) => {
      const key = keyOf(item);
      const queue = queues.get(key);
      const waiting = { item, answer, fail };
      if (queue) queue.push(waiting);
      else {
        const begun = [waiting];
        queues.set(key, begun);
        void drain(key, begun);
      }
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
