/** Work that would wait for a lock waits in memory instead, and is done with the next: one transaction, one commit for all of it. */

interface Waiting<Item, Answer> {
  readonly item: Item;
  answer(answer: Answer): void;
  fail(error: unknown): void;
}
type Run<Item, Answer> = (items: readonly Item[]) => Promise<readonly Answer[]>;

/**
 * Items of one key are run one group after the other, in the order in which they came; those of other keys at the same time.
 * @param run answers each of its items, in their order. When it fails, each is run by itself, so that none fails by another's fault
 * @param most items of a group
 */
export function together<Item, Answer>(
  keyOf: (item: Item) => string,
  run: Run<Item, Answer>,
  most: number,
): (item: Item) => Promise<Answer> {
  const queues = new Map<string, Waiting<Item, Answer>[]>();
  const drain = async (key: string, queue: Waiting<Item, Answer>[]) => {
    while (queue.length > 0) await runGroup(run, queue.splice(0, most));
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

async function runGroup<Item, Answer>(run: Run<Item, Answer>, group: readonly Waiting<Item, Answer>[]): Promise<void> {
  const [only, ...others] = group;
  try {
    const answers = await run(group.map(({ item }) => item));
    for (const [place, answer] of answers.entries()) group[place]?.answer(answer);
  } catch (error) {
    if (others.length === 0) only?.fail(error);
    else for (const each of group) await runGroup(run, [each]);
  }
}
