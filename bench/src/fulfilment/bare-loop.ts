/** The limit to compare with: a loop without queue, retry or events, that keeps `concurrency` lines going. */
import { createOneCall } from './one-call.ts';
import type { Begin, Settings } from './settings.ts';

export async function startBareLoop(settings: Settings): Promise<Begin> {
  const { pool, call } = createOneCall(settings);
  const { rows } = await pool.query<{ order_line_id: string }>('SELECT order_line_id FROM bench.lines');
  const waiting = rows.map((row) => row.order_line_id);
  const lane = async () => {
    for (let orderLineId = waiting.pop(); orderLineId !== undefined; orderLineId = waiting.pop()) {
      const instanceId = await call({ orderLineId, instanceId: null });
      await call({ orderLineId, instanceId });
    }
  };
  return async (done) => {
    await Promise.all(Array.from({ length: settings.concurrency }, lane));
    done();
  };
}
