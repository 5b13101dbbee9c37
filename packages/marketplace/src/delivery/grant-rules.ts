/** Images that are shared by region (7.3): what the image service is asked, and what its answers make of a delivery. Pure. */
import { ok, type Result, refuse } from '../platform/result.ts';
import { mayMove, move } from '../platform/state-machine.ts';
import { type Delivery, deliveryTransitions, type ImageGrant } from './definition.ts';

/** By region: what the service answered to a share; a revocation has no answer. */
export type Answers = ReadonlyMap<string, 'SHARED' | 'MISMATCH'>;

const MISMATCH = {
  zh: '镜像校验值与所售版本不一致',
  en: 'The checksum of the image is not that of the version that was sold',
};

/** Is it to be shared, or taken back? */
export const isShared = ({ status }: ImageGrant): boolean => status === 'PENDING' || status === 'DELIVERED';

/**
 * The service has done what the grants say. A first sharing that does not match fails the whole delivery, and what was
 * shared of it is taken back (S7-7); one that comes with a switch of the version fails alone.
 */
export function aligned(delivery: Delivery, answers: Answers, now: Date): Delivery {
  const { payload, status } = delivery;
  if (payload.kind !== 'IMAGE_GRANT') return { ...delivery, nextAt: null };
  const grants = payload.grants.map((grant) => answered(grant, answers, now));
  const done: Delivery = { ...delivery, payload: { ...payload, grants }, nextAt: null };
  if (status !== 'PENDING') return done;
  if (!grants.some((grant) => grant.status === 'FAILED'))
    return { ...done, status: move(deliveryTransitions, status, 'DELIVERED'), deliveredAt: now };
  const taken = grants.map(
    (grant): ImageGrant =>
      grant.status === 'DELIVERED' ? { ...grant, status: 'REVOKED', revokedAt: now.toISOString() } : grant,
  );
  return {
    ...done,
    status: move(deliveryTransitions, status, 'FAILED'),
    payload: { ...payload, grants: taken },
    endedAt: now,
    reason: MISMATCH,
    nextAt: taken.some((grant) => grant.status === 'REVOKED') ? now : null,
  };
}

function answered(grant: ImageGrant, answers: Answers, now: Date): ImageGrant {
  const answer = answers.get(grant.regionId);
  if (answer === undefined || !isShared(grant)) return grant;
  if (answer === 'MISMATCH') return { ...grant, status: 'FAILED' };
  return {
    ...grant,
    status: mayMove(deliveryTransitions, grant.status, 'DELIVERED') ? 'DELIVERED' : grant.status,
    sharedAt: grant.sharedAt ?? now.toISOString(),
  };
}

/** A new version changes no grant by itself; the buyer switches all its regions that the version has (7.3). */
export function switched(
  delivery: Delivery,
  version: string,
  fresh: readonly ImageGrant[],
  now: Date,
): Result<Delivery> {
  const { payload, status } = delivery;
  if (payload.kind !== 'IMAGE_GRANT')
    return refuse('DELIVERY_NOT_ALLOWED', '7.3: only images have versions to switch to');
  if (status !== 'DELIVERED')
    return refuse('DELIVERY_STATE', `a delivery that is ${status} can not be switched`, { status });
  if (payload.grants.every(({ imageVersion }) => imageVersion === version))
    return refuse('DELIVERY_NOT_ALLOWED', '7.3: this version is shared already', { version });
  const grants = payload.grants.map((grant) => fresh.find(({ regionId }) => regionId === grant.regionId) ?? grant);
  if (grants.every((grant) => payload.grants.includes(grant)))
    return refuse('DELIVERY_NOT_ALLOWED', '7.3: this version is not ready in the regions of the grants', { version });
  return ok({ ...delivery, payload: { ...payload, grants }, nextAt: now });
}
