/** Listens to what the catalogue knows, in its own transactions; events of sellers without an endpoint are not even delivered. */
import { ZodError } from 'zod';
import type { DomainEvent, Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { insertNews } from './delivery-store.ts';
import { activeEndpoints } from './endpoint-store.ts';
import { HEARD, sellersOf, type Told, toldOf } from './readers.ts';

export const webhooksSubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'webhooks:tell',
    types: HEARD,
    audience: { table: 'webhooks.endpoints', column: 'seller_id', of: sellersOf },
    async handle(tx, events) {
      const { random, clock } = platform();
      const told = events.flatMap((event) => read(platform(), event).map((one) => ({ ...one, event })));
      if (told.length === 0) return;
      const endpoints = await activeEndpoints(tx, [...new Set(told.map(({ sellerId }) => sellerId))]);
      const news = told.flatMap(({ event, sellerId, type, data }) => {
        const endpointIds = endpoints.flatMap((each) =>
          each.sellerId === sellerId && each.types.includes(type) ? [each.endpointId] : [],
        );
        const { eventId, traceId, occurredAt } = event;
        const source = `event:${eventId}`;
        return endpointIds.length === 0 ? [] : [{ sellerId, type, data, endpointIds, source, traceId, occurredAt }];
      });
      await insertNews(tx, random, news, clock.now());
    },
  },
];

/** An event that can not be read is our own fault and is logged as one; other news does not wait for its repair. */
function read({ log }: Platform, event: DomainEvent): Told[] {
  try {
    return toldOf(event);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    log.error({ eventId: event.eventId, type: event.type, err: error }, 'an event could not be told to webhooks');
    return [];
  }
}
