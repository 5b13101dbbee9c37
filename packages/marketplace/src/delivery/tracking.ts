/** Follows parcels (L37): the carrier is asked outside a transaction; what it said is committed then, with the acceptance by time (S-46). */
import { receiverOf } from '../ordering/index.ts';
import { inTransaction } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { commitSteps, type Step } from './commit.ts';
import type { CourierService, ParcelLog } from './couriers/index.ts';
import type { Delivery } from './definition.ts';
import { accept, stepOf } from './service.ts';
import { dueDeliveries, lockDeliveries, saveDeliveries } from './store.ts';
import { type Followed, followed } from './tracking-rules.ts';

const BATCH = 20;
/** a carrier that can not be asked now is asked again */
const PUT_OFF_MS = 3_600_000;

/** Does one batch of what is due. @returns how many were due */
export async function trackParcels(platform: Platform, couriers: CourierService): Promise<number> {
  const due = await dueDeliveries(platform.db, 'PARCEL', platform.clock.now(), BATCH);
  for (const delivery of due) await trackOne(platform, couriers, delivery);
  return due.length;
}

async function trackOne(platform: Platform, couriers: CourierService, delivery: Delivery): Promise<void> {
  const log = await asked(platform, couriers, delivery);
  const now = platform.clock.now();
  await inTransaction(platform.db, async (tx) => {
    const [current] = await lockDeliveries(tx, [delivery.orderLineId]);
    if (!current || JSON.stringify(current) !== JSON.stringify(delivery)) return;
    if (log === 'unreachable') {
      await saveDeliveries(tx, [{ ...current, nextAt: new Date(now.getTime() + PUT_OFF_MS) }]);
      return;
    }
    const receiver = await receiverOf(platform, tx, current.orderId);
    const done = followed(current, log, receiver?.phone ?? null, now);
    await commitSteps(platform, tx, [{ ...stepOf(current, done.delivery), ...toldOf(done) }], now);
    // refused while a refund is open: looked at again tomorrow
    if (done.accepts) await accept(platform, tx, done.delivery, { by: 'SYSTEM' }, now);
  });
  platform.wake.kick();
}

function toldOf({ signed, unmatched }: Followed): Pick<Step, 'news' | 'done'> {
  if (unmatched)
    return { news: [{ type: 'parcel-unmatched', more: {} }], done: { by: 'SYSTEM', what: 'PARCEL_UNMATCHED' } };
  if (signed === null) return {};
  const acceptAt = signed.toISOString();
  return { news: [{ type: 'parcel-signed', more: { acceptAt } }], done: { by: 'SYSTEM', what: 'PARCEL_SIGNED' } };
}

async function asked(
  { log }: Platform,
  couriers: CourierService,
  { orderLineId, payload }: Delivery,
): Promise<ParcelLog | null | 'unreachable'> {
  if (payload.kind !== 'PARCEL' || payload.carrier === null || payload.trackingNo === null) return null;
  try {
    return await couriers.follow({ carrier: payload.carrier, trackingNo: payload.trackingNo });
  } catch (error) {
    log.warn({ orderLineId, err: error }, 'the carrier could not be asked; it is asked again');
    return 'unreachable';
  }
}
