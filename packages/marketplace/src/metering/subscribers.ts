/** Metering hears when pay-per-use services are frozen, go on and are closed; records are judged by it (openapi.md 5.2). */
import type { Subscription } from '../platform/events.ts';
import { ofInstance } from './events.ts';
import { noteClosings, noteFreeze } from './meter-store.ts';

export const meteringSubscriptions = (): Subscription[] => [
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
];
