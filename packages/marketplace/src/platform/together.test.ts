/** Waiting in memory: groups of one key, in order, at the same time as those of others; nobody fails by another's fault. */
import { describe, expect, it } from 'vitest';
import { together } from './together.ts';

interface Item {
  readonly key: string;
  readonly number: number;
}
const item = (number: number, key = 'a'): Item => ({ key, number });

/** Runs that end when they are told, with what each was given. */
function told(
  most: number,
  fails: (numbers: readonly number[]) => boolean = () => false,
  side: {
    readonly atOnce?: number;
    readonly least?: number;
    readonly mostDone?: number;
    readonly gathers?: boolean;
  } = {},
) {
  const groups: number[][] = [];
  const ends: (() => void)[] = [];
  const dones: (() => void)[] = [];
  const run = together<Item, number>({
    keyOf: ({ key }) => key,
    most,
    ...side,
    isOfOne: (error) => error instanceof Error && !error.message.includes('gone'),
    async run(items, done) {
      dones.push(done);
      const numbers = items.map(({ number }) => number);
      groups.push(numbers);
      await new Promise<void>((end) => ends.push(end));
      if (fails(numbers)) throw new Error(numbers.includes(0) ? 'all is gone' : `failed ${numbers.join()}`);
      return numbers.map((number) => number * 10);
    },
  });
  const end = async () => {
    for (const each of ends.splice(0)) each();
    await new Promise((turned) => setImmediate(turned));
  };
  /** the newest group has only the way to the disk left */
  const done = async () => {
    dones.at(-1)?.();
    await new Promise((turned) => setImmediate(turned));
  };
  return { run, groups, end, done };
}

describe('together', () => {
  it('what comes during a run shares the next one, at most so many', async () => {
    const { run, groups, end } = told(2);
    const answers = Promise.all([1, 2, 3, 4].map((number) => run(item(number))));
    for (let each = 0; each < 3; each += 1) await end();
    expect(await answers).toEqual([10, 20, 30, 40]);
    expect(groups).toEqual([[1], [2, 3], [4]]);
  });

  it('as many groups as are allowed run at the same time, the next when one of them ends', async () => {
    const { run, groups, end } = told(2, undefined, { atOnce: 2 });
    const answers = Promise.all([1, 2, 3, 4, 5].map((number) => run(item(number))));
    expect(groups).toEqual([[1], [2]]);
    for (let each = 0; each < 2; each += 1) await end();
    expect(await answers).toEqual([10, 20, 30, 40, 50]);
    expect(groups).toEqual([[1], [2], [3, 4], [5]]);
  });

  it('a group that would be small waits for others, where it is told to', async () => {
    const asked: number[] = [];
    const run = together<Item, number>({
      keyOf: ({ key }) => key,
      most: 4,
      gatherMs: () => 5,
      isOfOne: () => true,
      async run(items) {
        asked.push(items.length);
        return items.map(({ number }) => number);
      },
    });
    const first = run(item(1));
    await new Promise((turned) => setImmediate(turned));
    expect(asked).toEqual([]);
    expect(await Promise.all([first, run(item(2))])).toEqual([1, 2]);
    expect(asked).toEqual([2]);
  });

  it('a group beside another one waits until it is worth it, or nothing else is run', async () => {
    const { run, groups, end } = told(8, undefined, { atOnce: 2, least: 2 });
    const answers = [run(item(1)), run(item(2))];
    expect(groups).toEqual([[1]]);
    answers.push(run(item(3)), run(item(4)));
    expect(groups).toEqual([[1], [2, 3]]);
    for (let each = 0; each < 2; each += 1) await end();
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40]);
    expect(groups).toEqual([[1], [2, 3], [4]]);
  });

  it('the next one begins when only the rest is left of a group, which is answered at its end', async () => {
    const { run, groups, end, done } = told(8, undefined, { mostDone: 2 });
    const answered: number[] = [];
    const ask = (number: number) => run(item(number)).then((answer) => answered.push(answer));
    const answers = [ask(1), ask(2)];
    await done();
    expect(groups).toEqual([[1], [2]]);
    answers.push(ask(3));
    await done();
    // two are on their way, which is the most
    expect(groups).toEqual([[1], [2]]);
    expect(answered).toEqual([]);
    await end();
    expect(answered).toEqual([10, 20]);
    expect(groups).toEqual([[1], [2], [3]]);
    await end();
    await Promise.all(answers);
    expect(answered).toEqual([10, 20, 30]);
  });

  it('what arrives in one turn of the event loop is one group, if that is asked for', async () => {
    const { run, groups, end } = told(2, undefined, { gathers: true });
    const answers = Promise.all([1, 2, 3].map((number) => run(item(number))));
    expect(groups).toEqual([]);
    for (let each = 0; each < 4; each += 1) await end();
    expect(await answers).toEqual([10, 20, 30]);
    expect(groups).toEqual([[1, 2], [3]]);
  });

  it('other keys do not wait, and one that was done begins anew', async () => {
    const { run, groups, end } = told(8);
    const first = [run(item(1, 'a')), run(item(2, 'b'))];
    expect(groups).toEqual([[1], [2]]);
    await end();
    expect(await Promise.all(first)).toEqual([10, 20]);
    const again = run(item(3, 'a'));
    await end();
    expect(await again).toBe(30);
  });

  it('when a group fails each is run by itself', async () => {
    const { run, groups, end } = told(8, (numbers) => numbers.includes(3));
    const answers = Promise.allSettled([1, 2, 3, 4].map((number) => run(item(number))));
    for (let each = 0; each < 5; each += 1) await end();
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(groups).toEqual([[1], [2, 3, 4], [2], [3], [4]]);
  });

  it('when all is gone nothing is tried again', async () => {
    const { run, groups, end } = told(8, (numbers) => numbers.includes(0));
    const answers = Promise.allSettled([1, 2, 0].map((number) => run(item(number))));
    for (let each = 0; each < 2; each += 1) await end();
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(groups).toEqual([[1], [2, 0]]);
  });
});
