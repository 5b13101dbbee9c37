/**
 * Bytes in a folder: `xx/<file id>` where they are complete, `xx/<file id>.part` while they arrive. Whatever is begun
 * here is first noted as an empty file in `journal/` and the note goes last, so that a crash at any moment leaves a
 * note that tells what may lie about (`housekeeping.ts`). Works on shared folders: it only creates, renames, removes.
 */
import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface Note {
  readonly fileId: string;
  readonly at: Date;
}

const placeOf = (dir: string, fileId: string): string => join(dir, fileId.slice(0, 2), fileId);
export const partOf = (dir: string, fileId: string): string => `${placeOf(dir, fileId)}.part`;
const notePath = (dir: string, { fileId, at }: Note): string => join(dir, 'journal', `${at.getTime()}_${fileId}`);

/** Says what is begun, before it is begun. */
export async function writeNote(dir: string, note: Note): Promise<void> {
  await mkdir(join(dir, 'journal'), { recursive: true, mode: 0o700 });
  await (await open(notePath(dir, note), 'w', 0o600)).close();
}
export const removeNote = (dir: string, note: Note): Promise<void> => rm(notePath(dir, note), { force: true });

/** All notes; there are as many as uploads under way, and one for each that a crash interrupted. */
export async function readNotes(dir: string): Promise<Note[]> {
  const names = await readdir(join(dir, 'journal')).catch(() => []);
  return names.flatMap((name) => {
    const match = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(name);
    return match?.[1] && match[2] ? [{ fileId: match[2], at: new Date(Number(match[1])) }] : [];
  });
}

export type Received = { readonly size: number; readonly sha256: string } | 'too-large';

/** Streams into the part file and makes it last; never more than a piece of it is in memory. */
export async function receive(
  dir: string,
  fileId: string,
  content: AsyncIterable<Uint8Array>,
  mostBytes: number,
): Promise<Received> {
  await mkdir(join(dir, fileId.slice(0, 2)), { recursive: true, mode: 0o700 });
  const file = await open(partOf(dir, fileId), 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const piece of content) {
      size += piece.length;
      if (size > mostBytes) return 'too-large';
      hash.update(piece);
      await file.writeFile(piece);
    }
    await file.sync();
    return { size, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** The part becomes the file, at once or not at all. */
export async function complete(dir: string, fileId: string): Promise<void> {
  await rename(partOf(dir, fileId), placeOf(dir, fileId));
  const folder = await open(join(dir, fileId.slice(0, 2)), 'r');
  // some network folders have nothing to sync for a folder
  await folder.sync().catch(() => undefined);
  await folder.close();
}

export async function discard(dir: string, fileId: string): Promise<void> {
  await Promise.all([partOf(dir, fileId), placeOf(dir, fileId)].map((path) => rm(path, { force: true })));
}
export const discardPart = (dir: string, fileId: string): Promise<void> => rm(partOf(dir, fileId), { force: true });

/** Size on disk; null = the bytes are not there. */
export async function sizeOnDisk(dir: string, fileId: string): Promise<number | null> {
  return stat(placeOf(dir, fileId)).then(
    ({ size }) => size,
    () => null,
  );
}

/** @param range first and last byte, both included; absent = all of it */
export function readBytes(
  dir: string,
  fileId: string,
  range?: { readonly start: number; readonly end: number },
): ReadStream {
  return createReadStream(placeOf(dir, fileId), range ? { start: range.start, end: range.end } : {});
}
