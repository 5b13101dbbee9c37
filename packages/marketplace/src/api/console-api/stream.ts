/**
 * Live progress of an order as server-sent events. A stream ends when nothing more can happen, when the session ends or
 * no longer reaches the order (looked at before each message, at least every 12 s), when the server closes, or after
 * ten minutes: a browser reconnects by itself.
 */
import { type Order, ordersByIds } from '../../ordering/index.ts';
import { inTransaction, type Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { namesFor } from './names.ts';
import { type OrderWatch, orderWatch } from './order-watch.ts';
import { presentOrder } from './present.ts';
import type { Admission, Call } from './route.ts';
import { seesCalls, timelineOf } from './timeline.ts';

/** also the longest time that a stream outlives its session */
const KEEP_ALIVE_MS = 12_000;
const LONGEST_MS = 600_000;
const MOST_PER_USER = 20; // a person has some tabs open; a browser itself stops at 6 over HTTP/1.1
const FINAL = new Set(['COMPLETED', 'REFUNDED', 'CANCELLED']);

export interface OrderStreams {
  /** @param order found in the scope of the call */
  open(call: Call, order: Order): Result<Response>;
}

export function orderStreams(platform: Platform): OrderStreams {
  const watch = orderWatch(platform);
  const openOf = new Map<string, number>();
  const count = (userId: string, by: 1 | -1): void => {
    const open = (openOf.get(userId) ?? 0) + by;
    if (open > 0) openOf.set(userId, open);
    else openOf.delete(userId);
  };
  return {
    open(call, order) {
      const { userId } = call.principal;
      if ((openOf.get(userId) ?? 0) >= MOST_PER_USER)
        return refuse('RATE_LIMITED', `you are watching ${MOST_PER_USER} orders already: close some pages`);
      count(userId, 1);
      return ok(streamOf(call, order, watch, () => count(userId, -1)));
    },
  };
}

function streamOf(call: Call, order: Order, orders: OrderWatch, released: () => void): Response {
  const bell = createBell();
  const gone = { now: false };
  const leave = (): void => {
    gone.now = true;
    bell.ring();
  };
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const say = (text: string): void => {
        if (!gone.now) controller.enqueue(new TextEncoder().encode(text));
      };
      const stopWatching = orders.watch(order, bell.ring);
      call.closing?.addEventListener('abort', leave);
      if (call.closing?.aborted) leave();
      try {
        await follow(call, order.orderId, bell, gone, say);
        if (!gone.now || call.closing?.aborted) controller.close();
      } catch (error) {
        call.platform.log.error({ err: error, requestId: call.requestId }, 'a live stream failed');
        if (!gone.now) controller.error(error);
      } finally {
        call.closing?.removeEventListener('abort', leave);
        stopWatching();
        released();
      }
    },
    cancel: leave,
  });
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}

async function follow(
  call: Call,
  orderId: string,
  bell: Bell,
  gone: { readonly now: boolean },
  say: (text: string) => void,
): Promise<void> {
  const endMs = performance.now() + LONGEST_MS;
  let said = '';
  let changed = true;
  while (!gone.now && performance.now() < endMs) {
    const admission = await call.again();
    const seen = admission && (await look(call.platform, orderId, admission));
    if (!seen) return;
    if (seen.data !== said) say(`event: order\ndata: ${seen.data}\n\n`);
    else if (!changed) say(': waiting\n\n');
    said = seen.data;
    if (FINAL.has(seen.state)) return;
    changed = await bell.rung(KEEP_ALIVE_MS);
  }
}

/** One snapshot: a change committed between two reads would be told half, a state without its event or the reverse. */
async function look(
  { db }: Platform,
  orderId: string,
  { principal, scope }: Admission,
): Promise<{ state: string; data: string } | null> {
  const read = async (tx: Tx) => {
    const [order] = await ordersByIds(tx, [orderId], { scope });
    if (!order) return null;
    const sellerIds = order.lines.map((line) => line.sellerId);
    const names = await namesFor(tx, [{ buyerIds: [order.buyerId], sellerIds }]);
    const timeline = { items: await timelineOf(tx, order, seesCalls(principal)) };
    return { state: order.state, data: JSON.stringify({ order: presentOrder(order, names), timeline }) };
  };
  return inTransaction(db, read, ' ISOLATION LEVEL REPEATABLE READ, READ ONLY');
}

interface Bell {
  ring(): void;
  /** waits until it rings, or has rung since the last wait. @returns false = the time was over first */
  rung(timeoutMs: number): Promise<boolean>;
}
function createBell(): Bell {
  let ringing = false;
  let wake = (): void => {};
  return {
    ring() {
      ringing = true;
      wake();
    },
    async rung(timeoutMs) {
      if (!ringing)
        await new Promise<void>((done) => {
          const timer = setTimeout(done, timeoutMs);
          wake = () => {
            clearTimeout(timer);
            done();
          };
        });
      const rang = ringing;
      ringing = false;
      return rang;
    },
  };
}
