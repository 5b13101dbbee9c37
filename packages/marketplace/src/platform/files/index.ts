/**
 * Files that people send: kept with their checksum, refused when they are not what they are for (catalogue.md 12.1,
 * C60; L8, L18, L21). A file belongs to who sent it; it lasts once something claims it.
 */
import type { ReadStream } from 'node:fs';
import type { Executor, Tx } from '../database/database.ts';
import type { Platform } from '../platform.ts';
import { ok, type Result, refuse } from '../result.ts';
import { isUuid } from '../uuid.ts';
import { readBytes, sizeOnDisk } from './disk.ts';
import { FILE_PURPOSES, type FilePurpose, purposeRules } from './purposes.ts';
import { type FileOwner, filesByIds, markClaimed, markPublished, type StoredFile } from './store.ts';

export { forgetFile, forgetUnclaimed, UNCLAIMED_DAYS } from './housekeeping.ts';
export { type KeepFile, keepFile } from './keep.ts';
export { checkLink, type FileLink, fileLink, type GivenLink, LINK_HOURS } from './links.ts';
export {
  FILE_KINDS,
  FILE_PURPOSES,
  type FileKind,
  type FilePurpose,
  type PictureSize,
  type PurposeRules,
  purposeRules,
} from './purposes.ts';
export { type FileOwner, filesSchema, type StoredFile } from './store.ts';

/** What others keep of a file: enough to show it and to compare it (`fileRef` of the catalogue). */
export interface KeptFile {
  readonly fileId: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly mediaType: string;
}
export const refOf = ({ fileId, name, size, sha256, mediaType }: StoredFile): KeptFile => ({
  fileId,
  name,
  size,
  sha256,
  mediaType,
});

export async function fileById(executor: Executor, fileId: string): Promise<StoredFile | null> {
  const [file] = isUuid(fileId) ? await filesByIds(executor, [fileId]) : [];
  return file ?? null;
}

/**
 * Takes a file for good into what is being saved; may be repeated.
 * @returns refusal FILE_UNKNOWN when it does not exist, is another tenant's or was kept for another purpose
 */
export async function claimFile(
  tx: Tx,
  fileId: string,
  owner: FileOwner,
  purpose: FilePurpose,
): Promise<Result<KeptFile>> {
  const file = isUuid(fileId) ? await markClaimed(tx, fileId, owner, purpose) : null;
  return file
    ? ok(refOf(file))
    : refuse('FILE_UNKNOWN', `there is no such file for ${purpose}; upload it again`, { fileId });
}

/** From now on everybody may see them: pictures of a product that goes on sale. Files of other purposes stay closed. */
export const publishFiles = (tx: Tx, fileIds: readonly string[]): Promise<void> =>
  markPublished(tx, fileIds, PUBLISHED);
const PUBLISHED = FILE_PURPOSES.filter((purpose) => purposeRules(purpose, 'CN').published);

/**
 * @param range first and last byte, both included
 * @returns null when the bytes are not there: another machine's folder, or a folder that was not restored
 */
export async function readFile(
  { config: { files } }: Platform,
  { fileId, size }: Pick<StoredFile, 'fileId' | 'size'>,
  range?: { readonly start: number; readonly end: number },
): Promise<ReadStream | null> {
  return (await sizeOnDisk(files.dir, fileId)) === size ? readBytes(files.dir, fileId, range) : null;
}
