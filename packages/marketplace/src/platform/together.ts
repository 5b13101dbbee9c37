/** Work that would wait for a lock waits in memory instead, and is done with the next: one transaction, one commit for all of it. */

interface Waiting<Item, Answer> {
  readonly item: Item;
  answer(answer: Answer): void;
  fail(error: unknown): void;
}
export interface Together<Item, Answer> {
  keyOf(item: Item): string;
  /**
   * answers each of its items, in their order
   * @param done to be called when what is left (the way to the disk) needs nobody to wait: the next group begins beside it
   */
  run(items: readonly Item[], done: () => void): Promise<readonly Answer[]>;
  /** items of a group */
  readonly most: number;
  /** groups of a key that are run at the same time; absent = one after the other */
  readonly atOnce?: number;
  /** groups of a key that are done but for the rest; with more of them under way the next one waits. Absent = any number */
  readonly mostDone?: number;
  /** a group that takes longer (it waits for a lock) lets the next one begin beside it; absent = the next one waits */
  readonly patienceMs?: number;
  /** items that are worth a group beside one that is run; absent = one */
  readonly least?: number;
  /** a group begins at the end of the turn of the event loop: what arrives in the same moment is one group */
  readonly gathers?: boolean;
  /** how long one that would be small waits for others, asked before each; absent = not at all */
  gatherMs?(): number;
  /** may a group have failed by one of its items? Then each is run by itself, so that none fails by another's fault */
  isOfOne(error: unknown): boolean;
}

interface OfKey<Item, Answer> {
  readonly waiting: Waiting<Item, Answer>[];
  /** groups under way */
  groups: number;
  /** of these the next one waits for */
  running: number;
  /** and these are done but for the rest */
  done: number;
  /** one waits for the end of the turn: what arrives is its own */
  gathering: boolean;
}

/** Items of one key are run in groups, which begin in the order in which they came; those of other keys at the same time. */
export function together<Item, Answer>(given: Together<Item, Answer>): (item: Item) => Promise<Answer> {
  const { keyOf, most, atOnce = 1, mostDone = Number.POSITIVE_INFINITY, least = 1, gathers = false } = given;
  const keys = new Map<string, OfKey<Item, Answer>>();

  const begin = (key: string, ofKey: OfKey<Item, Answer>): void => {
    const { waiting, running, done, gathering } = ofKey;
    const isWorth = waiting.length >= (running === 0 ? 1 : least);
    if (isWorth && !gathering && running < atOnce && done < mostDone) void runNext(key, ofKey);
  };
  const runNext = async (key: string, ofKey: OfKey<Item, Answer>): Promise<void> => {
    ofKey.groups += 1;
    ofKey.running += 1;
    const gatherMs = ofKey.waiting.length < most / 2 ? (given.gatherMs?.() ?? 0) : 0;
    if (gathers || gatherMs > 0) {
      ofKey.gathering = true;
      await (gatherMs > 0 ? after(gatherMs) : endOfTurn());
      ofKey.gathering = false;
    }
    let [isAhead, isDone] = [true, false];
    const leave = () => {
      if (!isAhead) return;
      isAhead = false;
      ofKey.running -= 1;
      begin(key, ofKey);
    };
    const group = ofKey.waiting.splice(0, most);
    begin(key, ofKey);
    const patience = given.patienceMs === undefined ? undefined : setTimeout(leave, given.patienceMs);
    await runGroup(given, group, () => {
      if (isDone) return;
      isDone = true;
      ofKey.done += 1;
      leave();
    });
    clearTimeout(patience);
    ofKey.groups -= 1;
    if (isDone) ofKey.done -= 1;
    if (isAhead) leave();
    else begin(key, ofKey);
    if (ofKey.groups === 0) keys.delete(key);
  };

  return (item) =>
    new Promise((answer, fail) => {
      const key = keyOf(item);
      const ofKey = keys.get(key) ?? { waiting: [], groups: 0, running: 0, done: 0, gathering: false };
      keys.set(key, ofKey);
      ofKey.waiting.push({ item, answer, fail });
      begin(key, ofKey);
    });
}

const endOfTurn = () => new Promise<void>((ended) => setImmediate(ended));
const after = (ms: number) => new Promise<void>((ended) => setTimeout(ended, ms));

async function runGroup<Item, Answer>(
  given: Together<Item, Answer>,
  group: readonly Waiting<Item, Answer>[],
  done: () => void,
): Promise<void> {
  try {
    const answers = await given.run(
      group.map(({ item }) => item),
      done,
    );
    for (const [place, answer] of answers.entries()) group[place]?.answer(answer);
  } catch (error) {
    if (group.length > 1 && given.isOfOne(error)) for (const each of group) await runGroup(given, [each], () => {});
    else for (const each of group) each.fail(error);
  }
}
