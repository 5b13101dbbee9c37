/** Pictures of a review: uploaded before, claimed with it, and seen by everybody from then on. */
import type { Tx } from '../../platform/database/database.ts';
import { claimFile, publishFiles } from '../../platform/files/index.ts';
import { ok, type Result } from '../../platform/result.ts';
import type { Picture } from './review-store.ts';

/** @param kept those that the review has already. Refuses FILE_UNKNOWN for foreign and unknown ones. */
export async function claimPictures(
  tx: Tx,
  buyerId: string,
  fileIds: readonly string[],
  kept: readonly Picture[],
): Promise<Result<Picture[]>> {
  const pictures: Picture[] = [];
  const added: string[] = [];
  for (const fileId of new Set(fileIds)) {
    const known = kept.find((picture) => picture.fileId === fileId);
    if (known) {
      pictures.push(known);
      continue;
    }
    const claimed = await claimFile(tx, fileId, { kind: 'buyer', id: buyerId }, 'REVIEW_PICTURE');
    if (!claimed.ok) return claimed;
    pictures.push({ fileId, name: claimed.value.name });
    added.push(fileId);
  }
  await publishFiles(tx, added);
  return ok(pictures);
}
