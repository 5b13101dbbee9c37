/** The recording simulator: one grant for a line and a region, checksum compared, revoked once (7.3). */
import { expect, it } from 'vitest';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { type ImageShare, recordedShare, recordImage, recordingImages } from './index.ts';

const world = sharedWorld();
const share: ImageShare = {
  orderLineId: 'CS1-000001',
  regionId: 'cn-north-4',
  imageId: 'image-1',
  accountId: 'account-1',
  sha256: 'a'.repeat(64),
};

it('7.3: sharing is idempotent for an order line and a region, revoking too; a new image takes the place', async () => {
  const { platform } = world();
  const images = recordingImages(platform);
  const first = await images.share(share);
  expect(await images.share(share)).toEqual(first);
  expect(await images.share({ ...share, regionId: 'cn-east-3' })).not.toEqual(first);
  await images.revoke(share);
  await images.revoke(share);
  expect(await recordedShare(platform.db, share)).toMatchObject({
    imageId: 'image-1',
    accountId: 'account-1',
    revokedAt: platform.clock.now(),
  });
  expect(await images.share({ ...share, imageId: 'image-2' })).toEqual(first);
  expect(await recordedShare(platform.db, share)).toMatchObject({ imageId: 'image-2', revokedAt: null });
  await images.revoke({ orderLineId: 'never shared', regionId: 'cn-north-4' });
});

it('7.3: an image that is not what was sold is a mismatch and shares nothing', async () => {
  const { platform } = world();
  const other = { ...share, orderLineId: 'CS2-000001', imageId: 'image-3' };
  await recordImage(platform.db, { ...other, sha256: 'b'.repeat(64) });
  expect(await recordingImages(platform).share(other)).toEqual({ kind: 'MISMATCH', seen: 'b'.repeat(64) });
  expect(await recordedShare(platform.db, other)).toBeNull();
});
