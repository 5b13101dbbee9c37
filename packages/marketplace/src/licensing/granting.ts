/** Licences inside the bought quota (license-and-other-types.md 5): the buyer applies, the seller hands over or refuses. */
import { createHash } from 'node:crypto';
import type { LocalizedText } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { traceId as newTraceId } from '../platform/random.ts';
import { ok, type Result } from '../platform/result.ts';
import type { Application } from './application-store.ts';
import * as store from './application-store.ts';
import type { LicenceRequested } from './events.ts';
import { quotaFault, REFUSALS } from './quota.ts';
import { LICENCE_FILE_PURPOSE } from './schema.ts';

/** A License instance that runs; the caller has checked that it may be used. */
export interface Quota {
  readonly resourceId: string;
  readonly orderId: string;
  readonly buyerId: string;
  readonly placedBy: string;
  readonly sellerId: string;
  readonly goodsId: string;
  readonly instanceId: string;
  readonly productName: LocalizedText;
  readonly amount: number;
  readonly expireAt: Date | null;
}
export interface ApplyForLicence {
  readonly quota: Quota;
  readonly effectiveAt: Date;
  readonly expireAt: Date | null;
  readonly deviceFingerprint: string | null;
  readonly by: string;
}

/** The seller is asked by `getLicenseAsync`; its event number ties together request, repeats and the licence handed over. */
export async function applyForLicence(
  platform: Platform,
  tx: Tx,
  input: ApplyForLicence,
  now: Date,
): Promise<Result<Application>> {
  const { quota, effectiveAt, expireAt, deviceFingerprint } = input;
  const { resourceId, orderId, buyerId, placedBy, sellerId, goodsId } = quota;
  const fault = quotaFault(input, quota, await store.lockQuota(tx, resourceId), now);
  if (!fault.ok) return fault;
  const eventId = newTraceId(platform.random);
  const ids = { eventId, resourceId, orderId, buyerId, sellerId, goodsId };
  const application: Application = {
    ...ids,
    placedBy,
    ...{ state: 'REQUESTED', effectiveAt, expireAt, deviceFingerprint, requestedBy: input.by, createdAt: now },
    ...{ endedAt: null, refusalCode: null, kind: null, fileName: null, size: null, sha256: null },
  };
  await store.insertApplication(tx, application);
  const payload: LicenceRequested = {
    ...ids,
    productName: quota.productName,
    instanceId: quota.instanceId,
    effectiveTime: effectiveAt.toISOString(),
    expireTime: expireAt?.toISOString() ?? null,
    deviceFingerprint,
  };
  await platform.events.publish(
    tx,
    [{ type: 'licensing.licence-requested', aggregate: `instance:${resourceId}`, payload, traceId: eventId }],
    now,
  );
  return ok(application);
}

/** The seller refused for good: the licence does not count against the quota (L17). Other codes refuse nothing. */
export async function licencesRefused(
  platform: Platform,
  tx: Tx,
  answers: readonly { readonly eventId: string; readonly resultCode: string | null }[],
  now: Date,
): Promise<void> {
  const refused = answers.flatMap(({ eventId, resultCode }) =>
    resultCode !== null && REFUSALS.includes(resultCode) ? [{ eventId, resultCode }] : [],
  );
  if (refused.length === 0) return;
  const applications = await store.refuseApplications(tx, refused, now);
  await platform.events.publish(
    tx,
    applications.map((each) => answered('licensing.licence-refused', each)),
    now,
  );
}

export interface HandedOver {
  readonly kind: 'CHARACTERS' | 'FILE';
  readonly fileName: string | null;
  readonly bytes: Uint8Array;
}
export type HandOver = 'DONE' | 'UNKNOWN' | 'FOREIGN' | 'DENIED' | 'RESOURCE_ENDED' | 'OTHER_LICENCE';

/**
 * The seller uploads what was applied for (openapi.md 5.8). The same licence a second time is well; another one for the same
 * event is not.
 */
export async function handOverLicence(
  platform: Platform,
  tx: Tx,
  input: { readonly sellerId: string; readonly eventId: string; readonly licence: HandedOver },
  now: Date,
): Promise<HandOver> {
  const { eventId, licence } = input;
  const found = await store.applicationByEvent(tx, eventId, true);
  if (!found) return 'UNKNOWN';
  if (found.sellerId !== input.sellerId) return 'FOREIGN';
  const sha256 = createHash('sha256').update(licence.bytes).digest('hex');
  if (found.state === 'GRANTED') return found.sha256 === sha256 ? 'DONE' : 'OTHER_LICENCE';
  if (found.state === 'REFUSED') return 'DENIED';
  if (found.state === 'CLOSED') return 'RESOURCE_ENDED';
  const { kind, fileName, bytes } = licence;
  const sealed = platform.keys.seal(Buffer.from(bytes).toString('base64'), LICENCE_FILE_PURPOSE);
  await store.grantApplication(tx, { eventId, kind, fileName, size: bytes.length, sha256, sealed }, now);
  await platform.events.publish(tx, [answered('licensing.licence-granted', found)], now);
  return 'DONE';
}

/** What was handed over, in clear; each look is the caller's to write down (L8). */
export async function grantedLicence(
  platform: Platform,
  executor: Executor,
  eventId: string,
  scope: Scope,
): Promise<Uint8Array | null> {
  const sealed = await store.sealedLicence(executor, eventId, scope);
  return sealed === null ? null : Buffer.from(platform.keys.open(sealed, LICENCE_FILE_PURPOSE), 'base64');
}

const answered = (type: string, { eventId, resourceId, buyerId, sellerId, refusalCode }: Application) => ({
  type,
  aggregate: `instance:${resourceId}`,
  payload: { eventId, resourceId, buyerId, sellerId, resultCode: refusalCode },
  traceId: eventId,
});
