/** Pictures of a review: uploaded before, claimed with it. */
import type { Tx } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { Picture } from './review-store.ts';

/** @param kept those that the review has already. Refuses FILE_NOT_FOUND for foreign and unknown ones. */
export async function claimPictures(
  _tx: Tx,
  _buyerId: string,
  fileIds: readonly string[],
  kept: readonly Picture[],
): Promise<Result<Picture[]>> {
  const pictures: Picture[] = [];
  for (const fileId of new Set(fileIds)) {
    const known = kept.find((picture) => picture.fileId === fileId);
    if (!known) return refuse('FILE_NOT_FOUND', 'there is no such file');
    pictures.push(known);
  }
  return ok(pictures);
}
