/** What happened to instances is saved and told in one go: rows, then events of aggregate `instance:<resourceId>`. */
import type { Tx } from '../platform/database/database.ts';
import type { NewEvent } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import type { News } from './definition.ts';
import type { Instance } from './row.ts';
import { saveInstances } from './store.ts';

/** One thing that happened to one instance; several may follow each other, oldest first. */
export interface Change {
  readonly before: Instance;
  readonly life: Instance;
  readonly news: readonly News[];
  /** of the order or command that caused it; a step of the clock has the instance's own */
  readonly traceId: string;
}

export async function commitChanges(platform: Platform, tx: Tx, changes: readonly Change[], now: Date): Promise<void> {
  // A row is saved once: from where it was first to where it ended.
  const rows = new Map<string, { before: Instance; life: Instance }>();
  for (const { before, life } of changes)
    rows.set(life.resourceId, { before: rows.get(life.resourceId)?.before ?? before, life });
  await saveInstances(
    tx,
    [...rows.values()].filter(({ before, life }) => before !== life),
  );
  await platform.events.publish(tx, changes.flatMap(eventsOf), now);
}

function eventsOf({ life, news, traceId }: Change): NewEvent[] {
  return news.map(({ type, ...told }) => ({
    type: `instances.${type}`,
    aggregate: `instance:${life.resourceId}`,
    payload: { ref: refOf(life), ...told },
    traceId,
  }));
}

/** Which instance it is, for whoever hears of it. */
const refOf = (instance: Instance) => ({
  resourceId: instance.resourceId,
  instanceId: instance.instanceId,
  buyerId: instance.buyerId,
  placedBy: instance.placedBy,
  sellerId: instance.sellerId,
  goodsId: instance.goodsId,
  orderId: instance.orderId,
  chargingMode: instance.chargingMode,
  productName: instance.productName,
  specificationName: instance.specificationName,
  state: instance.state,
  expireAt: instance.expireAt,
  trial: instance.trial,
  site: instance.site,
});
