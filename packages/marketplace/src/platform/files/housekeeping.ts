/** Removes what nobody uses: files that were sent and never referred to, and what crashes left half done. */
import type { Platform } from '../platform.ts';
import { discard, discardPart, type Note, readNotes, removeNote, writeNote } from './disk.ts';
import { deleteUnclaimed, filesByIds, unclaimedSince } from './store.ts';

/** A draft may rest over a week-end before what was uploaded for it is saved with it. */
export const UNCLAIMED_DAYS = 7;
/** Longer than the longest upload: what was begun before is over, one way or the other. */
const NOTE_HOURS = 24;
const HOUR_MS = 3_600_000;

/** @returns how many files went */
export async function forgetUnclaimed(platform: Platform, now: Date, limit: number): Promise<number> {
  await settleNotes(platform, new Date(now.getTime() - NOTE_HOURS * HOUR_MS), limit);
  const before = new Date(now.getTime() - UNCLAIMED_DAYS * 24 * HOUR_MS);
  let gone = 0;
  for (const fileId of await unclaimedSince(platform.db, before, limit))
    if (await forgetFile(platform, fileId, now)) gone += 1;
  return gone;
}

/**
 * Removes a file that nothing claimed. The row goes first: a crash after that leaves bytes that a note tells of.
 * @returns false = it is claimed, or went before
 */
export async function forgetFile({ db, config: { files } }: Platform, fileId: string, now: Date): Promise<boolean> {
  const note: Note = { fileId, at: now };
  await writeNote(files.dir, note);
  const deleted = await deleteUnclaimed(db, note.fileId);
  if (deleted) await discard(files.dir, note.fileId);
  await removeNote(files.dir, note);
  return deleted;
}

/** With a row the file is complete and stays; without one everything of it goes. */
async function settleNotes({ db, config: { files } }: Platform, before: Date, limit: number): Promise<void> {
  const notes = (await readNotes(files.dir)).filter(({ at }) => at < before).slice(0, limit);
  const known = new Set(
    (
      await filesByIds(
        db,
        notes.map(({ fileId }) => fileId),
      )
    ).map(({ fileId }) => fileId),
  );
  for (const note of notes) {
    await (known.has(note.fileId) ? discardPart : discard)(files.dir, note.fileId);
    await removeNote(files.dir, note);
  }
}
