/**
 * Notices that an order has changed, whichever worker on whichever machine changed it: one look at its revision in the
 * database for all its watchers in this process, every 400 ms as long as there is one.
 */
import { attemptsOfTrace } from '../../fulfilment/index.ts';
import { orderRevision } from '../../ordering/index.ts';
import type { Platform } from '../../platform/platform.ts';

const LOOK_MS = 400;

export interface WatchedOrder {
  readonly orderId: string;
  readonly traceId: string;
}
export interface OrderWatch {
  /** @param changed called after each change; once more than needed at the start. @returns stops watching */
  watch(order: WatchedOrder, changed: () => void): () => void;
}

export function orderWatch(platform: Platform): OrderWatch {
  const watchersOf = new Map<string, Set<() => void>>();

  async function keepLooking(order: WatchedOrder, watchers: ReadonlySet<() => void>): Promise<void> {
    for (let seen = ''; watchers.size > 0; await new Promise((done) => setTimeout(done, LOOK_MS))) {
      const revision = await revisionOf(platform, order).catch((error: unknown) => {
        platform.log.warn({ err: error, orderId: order.orderId }, 'an order could not be looked at; trying again');
        return seen;
      });
      if (revision === seen) continue;
      seen = revision;
      for (const changed of watchers) changed();
    }
  }

  return {
    watch(order, changed) {
      const known = watchersOf.get(order.orderId);
      const watchers = known ?? new Set();
      watchers.add(changed);
      if (!known) {
        watchersOf.set(order.orderId, watchers);
        void keepLooking(order, watchers);
      }
      return () => {
        watchers.delete(changed);
        if (watchers.size === 0 && watchersOf.get(order.orderId) === watchers) watchersOf.delete(order.orderId);
      };
    },
  };
}

async function revisionOf({ db }: Platform, { orderId, traceId }: WatchedOrder): Promise<string> {
  const [revision, attempts] = [await orderRevision(db, orderId), await attemptsOfTrace(db, traceId)];
  return `${revision} ${attempts.length}`;
}
