/** What the image service's answers make of a delivery: all regions or none at first; later versions by the buyer's step (7.3). */
import { describe, expect, it } from 'vitest';
import type { Delivery, ImageGrant } from './definition.ts';
import { aDelivery, LATER, PAID, PAYLOADS } from './example.test-support.ts';
import { aligned, isShared, switched } from './grant-rules.ts';

const grant = (regionId: string, more: Partial<ImageGrant> = {}): ImageGrant => ({
  grantId: `grant-${regionId}`,
  regionId,
  imageId: `image-${regionId}`,
  imageVersion: '1',
  sha256: 'a'.repeat(64),
  status: 'PENDING',
  sharedAt: null,
  revokedAt: null,
  ...more,
});
const shared = { status: 'DELIVERED', sharedAt: PAID.toISOString() } as const;
const image = (grants: readonly ImageGrant[], more: Partial<Delivery> = {}): Delivery =>
  aDelivery({
    ...{ accessType: 'IMAGE', licenseVariant: null, supervised: false, nextAt: PAID },
    payload: { ...PAYLOADS.IMAGE_GRANT, grants: [...grants] },
    ...more,
  });
const grantsOf = ({ payload }: Delivery) => (payload.kind === 'IMAGE_GRANT' ? payload.grants : []);

describe('a first sharing', () => {
  it('of all regions delivers, and says when each was shared (7.3)', () => {
    const two = image([grant('cn-north-4'), grant('cn-east-3')]);
    const done = aligned(
      two,
      new Map([
        ['cn-north-4', 'SHARED'],
        ['cn-east-3', 'SHARED'],
      ] as const),
      LATER,
    );
    expect(done).toMatchObject({ status: 'DELIVERED', deliveredAt: LATER, nextAt: null });
    expect(grantsOf(done).map(({ status, sharedAt }) => [status, sharedAt])).toEqual([
      ['DELIVERED', LATER.toISOString()],
      ['DELIVERED', LATER.toISOString()],
    ]);
  });

  it('with one wrong checksum fails as a whole; what was shared of it is taken back (S7-7, 7.3)', () => {
    const two = image([grant('cn-north-4'), grant('cn-east-3')]);
    const done = aligned(
      two,
      new Map([
        ['cn-north-4', 'SHARED'],
        ['cn-east-3', 'MISMATCH'],
      ] as const),
      LATER,
    );
    expect(done).toMatchObject({
      status: 'FAILED',
      endedAt: LATER,
      nextAt: LATER,
      reason: { en: expect.stringMatching('checksum') },
    });
    expect(grantsOf(done).map(({ status }) => status)).toEqual(['REVOKED', 'FAILED']);
    expect(grantsOf(done).some(isShared)).toBe(false);
    // nothing was shared: nothing is to be taken back
    expect(aligned(image([grant('cn-east-3')]), new Map([['cn-east-3', 'MISMATCH']]), LATER).nextAt).toBeNull();
  });
});

describe('later', () => {
  const running = image([grant('cn-north-4', shared), grant('cn-east-3', shared)], {
    status: 'DELIVERED',
    nextAt: null,
  });
  const second = [grant('cn-north-4', { grantId: 'new', imageVersion: '2' })];

  it('a new version changes nothing until the buyer switches; regions without it keep theirs (7.3)', () => {
    const moved = switched(running, '2', second, LATER);
    if (!moved.ok) throw new Error(moved.refusal.message);
    expect(moved.value).toMatchObject({ status: 'DELIVERED', nextAt: LATER });
    expect(grantsOf(moved.value).map(({ imageVersion, status }) => [imageVersion, status])).toEqual([
      ['2', 'PENDING'],
      ['1', 'DELIVERED'],
    ]);
    const failed = aligned(
      moved.value,
      new Map([
        ['cn-north-4', 'MISMATCH'],
        ['cn-east-3', 'SHARED'],
      ] as const),
      LATER,
    );
    expect(failed).toMatchObject({ status: 'DELIVERED', deliveredAt: null });
    expect(grantsOf(failed).map(({ status }) => status)).toEqual(['FAILED', 'DELIVERED']);
  });

  it.each([
    ['the same version', running, '1', [grant('cn-north-4')]],
    ['a version that is ready nowhere', running, '2', []],
    ['what is not shared yet', image(grantsOf(running)), '2', second],
    ['what was taken back', { ...running, status: 'REVOKED' as const }, '2', second],
    ['what is no image', aDelivery({ status: 'DELIVERED' }), '2', second],
  ])('%s is not switched to', (_, delivery, version, fresh) => {
    expect(switched(delivery, version, fresh, LATER).ok).toBe(false);
  });
});
