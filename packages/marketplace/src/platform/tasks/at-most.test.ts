import { describe, expect, it } from 'vitest';
import { atMost } from './at-most.ts';

describe('at most so much at a time', () => {
  it('begins the rest in its order when something ends, be it by a failure', async () => {
    const begun: number[] = [];
    const ends: ((failed: boolean) => void)[] = [];
    const limited = atMost(2);
    const work = (number: number) =>
      limited(async () => {
        begun.push(number);
        await new Promise<void>((done, fail) => ends.push((failed) => (failed ? fail(new Error('failed')) : done())));
        return number;
      });
    const turned = () => new Promise((turn) => setImmediate(turn));
    const all = Promise.allSettled([1, 2, 3, 4].map(work));
    await turned();
    expect(begun).toEqual([1, 2]);
    ends[1]?.(true);
    await turned();
    expect(begun).toEqual([1, 2, 3]);
    ends[0]?.(false);
    ends[2]?.(false);
    await turned();
    ends[3]?.(false);
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(await limited(async () => 'free')).toBe('free');
  });
});
