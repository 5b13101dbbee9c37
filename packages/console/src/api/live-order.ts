import type { OrderView, TimelineEntryView } from '@jishi/marketplace/console-api';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { orderStreamUrl, type TimelineView } from './endpoints.ts';
import { orderQuery, orderTimelineQuery } from './queries.ts';

/** How often an order is asked for while the live stream is not there. */
const pollMs = 3_000;

/** States that change without the reader's doing. */
const movingStates: readonly OrderView['state'][] = ['PENDING_APPROVAL', 'PROCESSING', 'REFUNDING'];

/** True while the order may change by itself. */
export function isMoving(state: OrderView['state'] | undefined): boolean {
  return state !== undefined && movingStates.includes(state);
}

/**
 * An order and its timeline, live while it moves: by server-sent events, and by polling where those do not get through
 * (a proxy that buffers, a browser out of connections).
 */
export function useLiveOrder(orderId: string) {
  const client = useQueryClient();
  const [streaming, setStreaming] = useState(false);
  const poll = (moving: boolean): number | false => (moving && !streaming ? pollMs : false);
  const order = useQuery({
    ...orderQuery(orderId),
    refetchInterval: (query) => poll(isMoving(query.state.data?.state)),
  });
  const moving = isMoving(order.data?.state);
  const timeline = useQuery({ ...orderTimelineQuery(orderId), refetchInterval: poll(moving) });

  useEffect(() => {
    if (!moving) return;
    const source = new EventSource(orderStreamUrl(orderId));
    source.addEventListener('order', (event) => {
      const news = readLiveOrder(event.data);
      if (news === null) return;
      setStreaming(true);
      client.setQueryData(orderQuery(orderId).queryKey, news.order);
      client.setQueryData(orderTimelineQuery(orderId).queryKey, news.timeline);
      if (!isMoving(news.order.state)) {
        source.close();
        void client.invalidateQueries({ queryKey: ['instances'] });
      }
    });
    // the browser connects again by itself; polling bridges the gap, and takes over for good when it gave up
    source.addEventListener('error', () => setStreaming(false));
    return () => {
      source.close();
      setStreaming(false);
    };
  }, [client, orderId, moving]);

  return { order, timeline };
}

interface LiveOrder {
  readonly order: OrderView;
  readonly timeline: TimelineView;
}

/** The data of one `order` event, or null when it is no such thing. */
export function readLiveOrder(data: unknown): LiveOrder | null {
  if (typeof data !== 'string') return null;
  try {
    const parsed: unknown = JSON.parse(data);
    return isLiveOrder(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isLiveOrder(value: unknown): value is LiveOrder {
  return has(value, 'order') && has(value.order, 'orderId') && has(value, 'timeline') && isTimeline(value.timeline);
}

function isTimeline(value: unknown): value is { items: TimelineEntryView[] } {
  return has(value, 'items') && Array.isArray(value.items);
}

function has<K extends string>(value: unknown, member: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && member in value;
}
