/**
 * Randomness of a sandbox. With a seed the same commands give the same bytes; each consumer that works by itself has a
 * stream of its own, so that one drawing more moves nothing of another.
 */
import { type Random, seededRandom, systemRandom } from '../platform/random.ts';

export interface Chance {
  /** orders, nonces, ids: whatever the marketplace draws */
  readonly marketplace: Random;
  /** request ids of the Open API's answers */
  readonly requests: Random;
  /** the demo seller's passwords */
  readonly seller: Random;
  seed(): string | null;
  /** @param seed null = as it began before */
  restart(seed: string | null): void;
}

export function createChance(seed: string | null): Chance {
  let current = seed;
  const streams = (): Record<'marketplace' | 'requests' | 'seller', Random> => ({
    marketplace: current === null ? systemRandom : seededRandom(current),
    requests: current === null ? systemRandom : seededRandom(`${current}/requests`),
    seller: current === null ? systemRandom : seededRandom(`${current}/seller`),
  });
  let now = streams();
  return {
    marketplace: { bytes: (length) => now.marketplace.bytes(length) },
    requests: { bytes: (length) => now.requests.bytes(length) },
    seller: { bytes: (length) => now.seller.bytes(length) },
    seed: () => current,
    restart(next) {
      current = next ?? current;
      now = streams();
    },
  };
}
