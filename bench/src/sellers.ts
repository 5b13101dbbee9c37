/** The parent's side of `seller.ts`. */
import { z } from 'zod';
import { startChild } from './process.ts';

const told = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ports'), ports: z.array(z.number()) }),
  z.object({
    kind: z.literal('arrivals'),
    arrivals: z.array(z.object({ line: z.string(), activity: z.string(), atMs: z.number() })),
  }),
]);
export type Arrival = Extract<z.infer<typeof told>, { kind: 'arrivals' }>['arrivals'][number];

/** signs every call; the seller of a benchmark does not check it */
export const ACCESS_KEY = 'bench-access-key-bench-access-key-bench1';

export interface Sellers {
  readonly urls: readonly string[];
  hang(seller: number, hang: boolean): void;
  arrivals(): Promise<readonly Arrival[]>;
  stop(): Promise<void>;
}

/** @param keep remember arrivals: costs memory, so only where they are looked at */
export async function startSellers(count: number, keep = false): Promise<Sellers> {
  const child = startChild('./seller.ts', [String(count), keep ? 'keep' : 'forget'], told);
  const first = await child.next();
  if (first.kind !== 'ports') throw new Error('the seller did not say where it listens');
  return {
    urls: first.ports.map((port) => `http://127.0.0.1:${port}/saasproduce`),
    hang: (seller, hang) => child.tell({ kind: 'hang', seller, hang }),
    async arrivals() {
      child.tell({ kind: 'arrivals' });
      const answer = await child.next();
      return answer.kind === 'arrivals' ? answer.arrivals : [];
    },
    stop: () => child.stop(),
  };
}
