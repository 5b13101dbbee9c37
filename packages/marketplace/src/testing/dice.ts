/** Seeded choices of a simulation. */
import { type Random, seededRandom } from '../platform/random.ts';

export interface Dice {
  /** a whole number from 0 to below `limit` */
  below(limit: number): number;
  /** true in `percent` of all throws */
  chance(percent: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
  readonly random: Random;
}

export function createDice(seed: string): Dice {
  const random = seededRandom(seed);
  const below = (limit: number): number => Buffer.from(random.bytes(6)).readUIntBE(0, 6) % limit;
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: ([first, ...rest]) => rest[below(rest.length + 1) - 1] ?? first,
    random,
  };
}
