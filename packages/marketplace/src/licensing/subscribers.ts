/** Codes are made at the payment and follow their subscriptions; applications end with theirs. */
import { z } from 'zod';
import { orderPaid } from '../ordering/index.ts';
import type { DomainEvent, Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { closeApplications } from './application-store.ts';
import { followSubscriptions, makeCodes } from './codes.ts';
import { HEARD } from './events.ts';
import type { Happened } from './model.ts';

export const licensingSubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'licensing:follow',
    urgent: true,
    types: ['ordering.order-paid', ...Object.keys(HEARD)],
    concerns: ({ type, payload }) => type !== 'ordering.order-paid' || !withoutLicence.safeParse(payload).success,
    async handle(tx, events) {
      const now = platform().clock.now();
      const paid = events.filter(({ type }) => type === 'ordering.order-paid');
      await makeCodes(
        platform(),
        tx,
        paid.map((event) => orderPaid.parse(event.payload)),
        now,
      );
      const told = events.flatMap(whatHappened);
      await followSubscriptions(tx, told);
      const ended = told.filter(({ what }) => what.kind === 'released').map(({ resourceId }) => resourceId);
      if (ended.length > 0) await closeApplications(tx, ended, now);
    },
  },
];

/** An order for which no codes are made. */
const withoutLicence = z.object({
  lines: z.array(z.object({ delivery: z.object({ accessType: z.string().refine((type) => type !== 'LICENSE') }) })),
});

/** Pure. A refunded line that created nothing yet (its resource is itself) ends its resource. */
export function whatHappened(
  event: Pick<DomainEvent, 'type' | 'payload'>,
): { readonly resourceId: string; readonly what: Happened }[] {
  const of = (resourceId: string, what: Happened) => [{ resourceId, what }];
  switch (event.type) {
    case 'instances.ready': {
      const { ref } = HEARD[event.type].parse(event.payload);
      return of(ref.resourceId, { kind: 'ends', expireAt: ref.expireAt === null ? null : new Date(ref.expireAt) });
    }
    case 'instances.period-changed': {
      const { ref, call } = HEARD[event.type].parse(event.payload);
      return of(ref.resourceId, { kind: 'renewed', expireAt: new Date(call.expireTime), productId: call.productId });
    }
    case 'instances.frozen': {
      const { ref, reason } = HEARD[event.type].parse(event.payload);
      return of(ref.resourceId, { kind: 'frozen', reason });
    }
    case 'instances.unfrozen':
      return of(HEARD[event.type].parse(event.payload).ref.resourceId, { kind: 'unfrozen' });
    case 'instances.release-begun':
      return of(HEARD[event.type].parse(event.payload).ref.resourceId, { kind: 'released' });
    case 'ordering.line-refunded': {
      const { resourceId, orderLineId } = HEARD[event.type].parse(event.payload);
      return resourceId === orderLineId ? of(resourceId, { kind: 'released' }) : [];
    }
    default:
      return [];
  }
}
