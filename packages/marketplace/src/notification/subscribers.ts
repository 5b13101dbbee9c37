/** Listens to everything that the catalogue names; in its own transactions, so that business never waits for it. */
import { ZodError } from 'zod';
import type { DomainEvent, Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { gather } from './gather.ts';
import { EVENT_TYPES, noticesOf } from './notices.ts';
import type { Told } from './plan.ts';
import { tell } from './service.ts';

export const notificationSubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'notification:tell',
    types: EVENT_TYPES,
    async handle(tx, events) {
      const now = platform().clock.now();
      const told = events.flatMap((event) => read(platform(), event));
      await tell(platform(), tx, await gather(platform(), tx, told, now), now);
    },
  },
];

/** An event that can not be read is our own fault and is logged as one; other messages do not wait for its repair. */
function read({ log }: Platform, event: DomainEvent): Told[] {
  try {
    const { traceId } = event;
    return noticesOf(event).map((notice) => ({ source: `event:${event.eventId}`, traceId, notice }));
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    log.error({ eventId: event.eventId, type: event.type, err: error }, 'an event could not be told to people');
    return [];
  }
}
