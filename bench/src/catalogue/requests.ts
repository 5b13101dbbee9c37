/** The requests of a buyer who looks around, over real HTTP, and how long they take. */
import type { CrowdBuyer } from '@jishi/marketplace/testing';
import type { Dispatcher } from 'undici';
import { z } from 'zod';

const page = z.object({ items: z.array(z.object({ goodsId: z.string() })), nextCursor: z.string().nullable() });
export type Found = z.infer<typeof page>;

export async function get(http: Dispatcher, buyer: CrowdBuyer, path: string): Promise<unknown> {
  const headers = { cookie: `jishi_session=${buyer.token}` };
  const response = await http.request({ method: 'GET', path: `/api/console${path}`, headers });
  const answer: unknown = await response.body.json();
  if (response.statusCode !== 200) throw new Error(`GET ${path}: ${response.statusCode} ${JSON.stringify(answer)}`);
  return answer;
}
export const search = async (http: Dispatcher, buyer: CrowdBuyer, query: Record<string, string>): Promise<Found> =>
  page.parse(await get(http, buyer, `/products?${new URLSearchParams(query)}`));

/** Several clients ask in turn until the time is over. @returns milliseconds of each request */
export async function drive(
  seconds: number,
  clients: number,
  ask: (turn: number) => Promise<unknown>,
): Promise<number[]> {
  const took: number[] = [];
  const untilMs = performance.now() + seconds * 1000;
  let turn = 0;
  const client = async () => {
    while (performance.now() < untilMs) {
      const startedMs = performance.now();
      await ask(turn++);
      took.push(performance.now() - startedMs);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return took;
}
