/** Metering hears when pay-per-use services are frozen, go on and are closed; records are judged by it (openapi.md 5.2). */
import type { DomainEvent, Subscription } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { lookAtBalances, lookAtPackages, tellEnding } from './alarms.ts';
import { drawnPackages, expiring, ofInstance, usageCharged } from './events.ts';
import { noteClosings, noteFreeze } from './meter-store.ts';

export const meteringSubscriptions = (platform: () => Platform): Subscription[] => [
  {
    name: 'metering:follow',
    types: ['instances.frozen', 'instances.unfrozen', 'instances.release-begun'],
    async handle(tx, events) {
      for (const { type, payload, occurredAt } of events) {
        const { resourceId, chargingMode } = ofInstance.parse(payload).ref;
        if (chargingMode !== 'ON_DEMAND') continue;
        if (type === 'instances.release-begun') await noteClosings(tx, [{ resourceId, at: occurredAt }]);
        else await noteFreeze(tx, resourceId, occurredAt, type === 'instances.frozen');
      }
    },
  },
  {
    name: 'metering:watch',
    types: ['metering.packages-drawn', 'metering.charge-paid', 'instances.expiring'],
    async handle(tx, events) {
      const now = platform().clock.now();
      const of = (type: string) => events.filter((event) => event.type === type);
      const drawn = of('metering.packages-drawn').flatMap(({ payload }) => drawnPackages.parse(payload).packages);
      await lookAtPackages(platform(), tx, drawn, now);
      await lookAtBalances(platform(), tx, of('metering.charge-paid').map(chargedTo), now);
      const ending = of('instances.expiring')
        .map(({ payload }) => expiring.parse(payload))
        .filter(({ ref }) => ref.chargingMode === 'ON_DEMAND_PKG');
      const ends = ending.map(({ ref, daysLeft }) => ({ resourceId: ref.resourceId, daysLeft }));
      await tellEnding(platform(), tx, ends, now);
    },
  },
];

function chargedTo({ payload, traceId }: DomainEvent) {
  const { buyerId, amount } = usageCharged.parse(payload);
  return { buyerId, currency: amount.currency, traceId };
}
