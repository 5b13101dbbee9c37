/** Licences on their way: an application goes to its seller (license-and-other-types.md 5); a text is opened for whoever may see it. */
import { productionInterfaces } from '../catalog/index.ts';
import type { LicenceRequested } from '../licensing/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { LICENCE_PURPOSE } from './follow-up.ts';
import { insertCalls, poolOf } from './store.ts';

export const openLicence = (platform: Platform, sealed: string): string => platform.keys.open(sealed, LICENCE_PURPOSE);

/** One call per event number, whose repeats are the same application. */
export async function requestLicences(
  platform: Platform,
  tx: Tx,
  wanted: readonly (LicenceRequested & { readonly traceId: string })[],
  now: Date,
): Promise<void> {
  if (wanted.length === 0) return;
  const interfaces = await productionInterfaces(tx, [...new Set(wanted.map(({ goodsId }) => goodsId))]);
  await insertCalls(
    tx,
    wanted.map(({ eventId, effectiveTime, expireTime, deviceFingerprint, ...ids }) => ({
      ...ids,
      id: uuid(platform.random),
      pool: poolOf(ids.sellerId, interfaces.get(ids.goodsId)?.production_url),
      protocol: interfaces.get(ids.goodsId)?.protocol ?? 'license-provisioning',
      activity: 'getLicenseAsync',
      occasion: `licence:${eventId}`,
      orderLineId: ids.resourceId,
      details: { purpose: 'licence' as const, eventId, effectiveTime, expireTime, deviceFingerprint },
      dueAt: now,
    })),
    now,
  );
}
