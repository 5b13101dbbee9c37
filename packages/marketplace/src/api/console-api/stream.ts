/**
 * Live progress of an order as server-sent events. The server looks at the order's revision in the database, so that it
 * works whichever worker made the progress; a watcher costs two small statements a look.
 */
import { attemptsOfTrace } from '../../fulfilment/index.ts';
import { orderRevision, ordersByIds } from '../../ordering/index.ts';
import { namesFor } from './names.ts';
import { presentOrder } from './present.ts';
import type { Call } from './route.ts';
import { seesCalls, timelineOf } from './timeline.ts';

const LOOK_MS = 400;
const KEEP_ALIVE_LOOKS = 30;
/** a browser reconnects by itself; no connection lives for ever */
const LONGEST_LOOKS = 1_500;
const FINAL = new Set(['COMPLETED', 'REFUNDED', 'CANCELLED']);

export function orderStream({ platform, scope, principal }: Call, orderId: string): Response {
  const encoder = new TextEncoder();
  let closed = false;
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      let seen = '';
      for (let look = 0; look < LONGEST_LOOKS && !closed; look += 1) {
        const [order] = await ordersByIds(platform.db, [orderId], { scope });
        if (!order) break;
        const revision = `${await orderRevision(platform.db, orderId)} ${(await attemptsOfTrace(platform.db, order.traceId)).length}`;
        if (revision !== seen) {
          seen = revision;
          const names = await namesFor(platform.db, [
            { buyerIds: [order.buyerId], sellerIds: order.lines.map((line) => line.sellerId) },
          ]);
          const data = {
            order: presentOrder(order, names),
            timeline: { items: await timelineOf(platform.db, order, seesCalls(principal)) },
          };
          controller.enqueue(encoder.encode(`event: order\ndata: ${JSON.stringify(data)}\n\n`));
          if (FINAL.has(order.state)) break;
        } else if (look % KEEP_ALIVE_LOOKS === 0) controller.enqueue(encoder.encode(': waiting\n\n'));
        await new Promise((done) => setTimeout(done, LOOK_MS));
      }
      if (!closed) controller.close();
    },
    cancel() {
      closed = true;
    },
  });
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}
