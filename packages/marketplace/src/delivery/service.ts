/** What buyer and seller do with a delivery: load under lock → decide → save, tell, move the line. One transaction each. */
import type { Scope } from '../directory/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { commitSteps } from './commit.ts';
import type { Delivery } from './definition.ts';
import { claimed, claimedOne } from './files.ts';
import { accepted, handedOver, required, shipped } from './model.ts';
import { SEALED_PURPOSE } from './schema.ts';
import { deliveryById } from './store.ts';

interface Asked {
  readonly deliveryId: string;
  readonly scope: Scope;
}
export interface Require extends Asked {
  readonly text: string;
  readonly fileIds: readonly string[];
}
export interface Deliver extends Asked {
  readonly licenceText: string | null;
  readonly fileId: string | null;
  readonly enablingAt: Date | null;
  readonly result: string;
  readonly proofFileIds: readonly string[];
}
export interface Ship extends Asked {
  readonly carrier: string;
  readonly trackingNo: string;
  readonly proofFileIds: readonly string[];
}

/** S-40, L35: the buyer says what it needs, in words and files. */
export async function require(platform: Platform, tx: Tx, asked: Require, now: Date): Promise<Result<Delivery>> {
  const found = await locked(tx, asked);
  if (!found.ok) return found;
  const files = await claimed(tx, asked.fileIds, { kind: 'buyer', id: found.value.buyerId }, 'REQUIREMENT');
  if (!files.ok) return files;
  const done = required(found.value, { text: asked.text, files: files.value, at: now.toISOString() });
  if (!done.ok) return done;
  await commitSteps(platform, tx, [{ from: found.value.status, delivery: done.value, required: true }], now);
  return done;
}

/** The seller hands over (L6); an authorisation code is accepted by the system in the same breath (4.1). */
export async function deliver(platform: Platform, tx: Tx, asked: Deliver, now: Date): Promise<Result<Delivery>> {
  const found = await locked(tx, asked);
  if (!found.ok) return found;
  const before = found.value;
  const owner = { kind: 'seller' as const, id: before.sellerId };
  const purpose = before.payload.kind === 'FILE' ? (before.accessType === 'DATA' ? 'DATA' : 'PACKAGE') : 'LICENCE';
  const file = await claimedOne(tx, asked.fileId, owner, purpose);
  if (!file.ok) return file;
  const proofs = await claimed(tx, asked.proofFileIds, owner, 'PROOF');
  if (!proofs.ok) return proofs;
  const sealed = asked.licenceText === null ? null : platform.keys.seal(asked.licenceText, SEALED_PURPOSE);
  const done = handedOver(before, { ...asked, sealed, file: file.value, proofs: proofs.value }, now);
  if (!done.ok) return done;
  const { delivery, opensNow, acceptsItself } = done.value;
  await commitSteps(platform, tx, [{ from: before.status, delivery, opensNow }], now);
  return acceptsItself ? accept(platform, tx, delivery, 'SYSTEM', now) : ok(delivery);
}

/** L37: carrier and number of the parcel. */
export async function ship(platform: Platform, tx: Tx, asked: Ship, now: Date): Promise<Result<Delivery>> {
  const found = await locked(tx, asked);
  if (!found.ok) return found;
  const proofs = await claimed(tx, asked.proofFileIds, { kind: 'seller', id: found.value.sellerId }, 'PROOF');
  if (!proofs.ok) return proofs;
  const done = shipped(found.value, { ...asked, proofs: proofs.value }, now);
  if (!done.ok) return done;
  await commitSteps(platform, tx, [{ from: found.value.status, delivery: done.value }], now);
  return done;
}

/** The buyer accepts: the line is fulfilled, the time begins (L7). */
export async function acceptDelivery(platform: Platform, tx: Tx, asked: Asked, now: Date): Promise<Result<Delivery>> {
  const found = await locked(tx, asked);
  return found.ok ? accept(platform, tx, found.value, 'BUYER', now) : found;
}

async function accept(
  platform: Platform,
  tx: Tx,
  before: Delivery,
  by: 'BUYER' | 'SYSTEM',
  now: Date,
): Promise<Result<Delivery>> {
  const done = accepted(before, now);
  if (!done.ok) return done;
  const { delivery, effectiveAt, opensNow } = done.value;
  await commitSteps(platform, tx, [{ from: before.status, delivery, accepted: { by, effectiveAt, opensNow } }], now);
  return ok(delivery);
}

export async function locked(tx: Tx, { deliveryId, scope }: Asked): Promise<Result<Delivery>> {
  const delivery = await deliveryById(tx, deliveryId, { scope, lock: true });
  return delivery ? ok(delivery) : refuse('NOT_FOUND', 'there is no such delivery');
}
