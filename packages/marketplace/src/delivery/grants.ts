/** Shares images and takes them back (7.3): the service is asked outside a transaction, what it answered is committed then. */
import { approvedAssets } from '../catalog/index.ts';
import { type Executor, inTransaction, type Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Result, refuse } from '../platform/result.ts';
import { grantsOf } from './begin.ts';
import { commitSteps } from './commit.ts';
import type { Delivery } from './definition.ts';
import { type Answers, aligned, isShared, switched } from './grant-rules.ts';
import type { ImageService } from './images/index.ts';
import { locked } from './service.ts';
import { dueDeliveries, lockDeliveries, saveDeliveries } from './store.ts';

const BATCH = 20;
/** a service that can not be asked now is asked again */
const PUT_OFF_MS = 60_000;

/** Does one batch of what is due. @returns how many were due */
export async function alignImages(platform: Platform, images: ImageService): Promise<number> {
  const due = await dueDeliveries(platform.db, 'IMAGE_GRANT', platform.clock.now(), BATCH);
  for (const delivery of due) await alignOne(platform, images, delivery);
  return due.length;
}

async function alignOne(platform: Platform, images: ImageService, delivery: Delivery): Promise<void> {
  const answers = await asked(platform, images, delivery);
  const now = platform.clock.now();
  await inTransaction(platform.db, async (tx) => {
    const [current] = await lockDeliveries(tx, [delivery.orderLineId]);
    // Another worker was faster, or the grants have changed meanwhile: their own turn comes.
    if (!current || JSON.stringify(current) !== JSON.stringify(delivery)) return;
    if (answers === null) {
      await saveDeliveries(tx, [{ ...current, nextAt: new Date(now.getTime() + PUT_OFF_MS) }]);
      return;
    }
    await commitSteps(platform, tx, [{ from: current.status, delivery: aligned(current, answers, now) }], now);
  });
}

/** @returns null = the service could not be asked */
async function asked(platform: Platform, images: ImageService, delivery: Delivery): Promise<Answers | null> {
  const answers = new Map<string, 'SHARED' | 'MISMATCH'>();
  const { orderLineId, buyerId, payload } = delivery;
  if (payload.kind !== 'IMAGE_GRANT') return answers;
  try {
    for (const grant of payload.grants) {
      const { regionId, imageId, sha256 } = grant;
      if (isShared(grant)) {
        const outcome = await images.share({ orderLineId, regionId, imageId, accountId: buyerId, sha256 });
        answers.set(regionId, outcome.kind);
      } else await images.revoke({ orderLineId, regionId });
    }
    return answers;
  } catch (error) {
    platform.log.warn({ orderLineId, err: error }, 'the image service could not be asked; it is asked again');
    return null;
  }
}

/** The newest approved version of the image that a delivery shares; null = no image, or none. */
export async function newestImagesOf(
  executor: Executor,
  deliveries: readonly Delivery[],
): Promise<(delivery: Delivery) => string | null> {
  const imageOf = ({ payload }: Delivery) => (payload.kind === 'IMAGE_GRANT' ? payload.assetId : null);
  const assets = await approvedAssets(
    executor,
    deliveries.flatMap((delivery) => imageOf(delivery) ?? []),
  );
  return (delivery) => assets.get(imageOf(delivery) ?? '')?.version ?? null;
}

/** The buyer moves its grants to the newest approved version. */
export async function switchImage(
  platform: Platform,
  tx: Tx,
  input: Parameters<typeof locked>[1] & { readonly version: string },
  now: Date,
): Promise<Result<Delivery>> {
  const found = await locked(tx, input);
  if (!found.ok) return found;
  const { payload, status } = found.value;
  const assetId = payload.kind === 'IMAGE_GRANT' ? payload.assetId : null;
  const asset = assetId === null ? undefined : (await approvedAssets(tx, [assetId])).get(assetId);
  if (assetId !== null && asset?.version !== input.version)
    return refuse('DELIVERY_NOT_ALLOWED', '7.3: only the newest approved version can be switched to');
  const fresh = asset ? grantsOf(platform.random, asset, null) : [];
  const done = switched(found.value, input.version, fresh, now);
  if (done.ok) await commitSteps(platform, tx, [{ from: status, delivery: done.value }], now);
  return done;
}
