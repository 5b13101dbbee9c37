/**
 * Takes a file in: bytes first, into a part file that is made last and looked at; then the row. The checks in their
 * order: name, size, checksum, type by content, dimensions, what an archive unpacks to. A refusal leaves nothing.
 */
import { readFile } from 'node:fs/promises';
import type { Platform } from '../platform.ts';
import { uuid } from '../random.ts';
import { ok, type Refusal, type Result, refuse } from '../result.ts';
import { type ArchiveFault, archiveLimits, inspectArchive } from './archive.ts';
import { complete, discard, type Note, partOf, type Received, receive, removeNote, writeNote } from './disk.ts';
import { kindOf, mediaTypeOf, officeKind, packingOf } from './kinds.ts';
import { pictureSize } from './picture-size.ts';
import { type FileKind, type FilePurpose, type PurposeRules, purposeRules } from './purposes.ts';
import { type FileOwner, insertFile, type StoredFile, unclaimedBytes } from './store.ts';

export interface KeepFile {
  readonly owner: FileOwner;
  /** user who sends it */
  readonly keptBy: string;
  readonly purpose: FilePurpose;
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
  /** as announced by the sender; fewer mean that the rest got lost */
  readonly bytes?: number;
  /** hexadecimal; another one is refused */
  readonly sha256?: string;
}

/** What an owner may send without using it: two of the largest packages. */
const MOST_UNCLAIMED_BYTES = 40 * 1024 ** 3;
/** Whatever is drawn unpacks to four bytes a pixel in the browser of whoever looks at it. */
const MOST_PIXELS = 50_000_000;

/**
 * Keeps a file, not yet claimed by anything (`claimFile`). Commits by itself.
 * @throws when the disk or the database fails; what was written is removed, at the latest by `forgetUnclaimed`
 */
export async function keepFile(platform: Platform, wanted: KeepFile, now: Date): Promise<Result<StoredFile>> {
  const { db, config, random, pause } = platform;
  const rules = purposeRules(wanted.purpose, config.site);
  if (!isName(wanted.name))
    return refuse('FILE_NAME', 'a name has no folders, no control characters, at most 255 characters');
  if ((wanted.bytes ?? 0) > rules.maximumBytes) return refuseAs(tooLarge(rules));
  if ((await unclaimedBytes(db, wanted.owner)) + (wanted.bytes ?? 0) > MOST_UNCLAIMED_BYTES)
    return refuse('FILE_QUOTA', 'too many files were sent that nothing uses yet');
  const { dir } = config.files;
  const fileId = uuid(random);
  const note: Note = { fileId, at: now };
  await writeNote(dir, note);
  try {
    const received = await receiveAll(dir, fileId, wanted, rules);
    if ('code' in received) return await undone(dir, note, received);
    const kind = await inspect(partOf(dir, fileId), wanted, received.size, rules);
    if (typeof kind !== 'string') return await undone(dir, note, kind);
    await complete(dir, fileId);
    await pause.reach('files.complete', fileId);
    const { owner, keptBy, purpose } = wanted;
    const name = named(wanted.name, kind);
    const told = { mediaType: mediaTypeOf(kind), claimed: false, published: false, createdAt: now };
    const file: StoredFile = { fileId, owner, keptBy, purpose, name, ...received, ...told };
    await insertFile(db, file);
    await removeNote(dir, note);
    return ok(file);
  } catch (error) {
    await discard(dir, fileId);
    await removeNote(dir, note);
    throw error;
  }
}

async function undone(dir: string, note: Note, refusal: Refusal): Promise<Result<never>> {
  await discard(dir, note.fileId);
  await removeNote(dir, note);
  return refuseAs(refusal);
}

async function receiveAll(
  dir: string,
  fileId: string,
  { content, bytes, sha256 }: KeepFile,
  rules: PurposeRules,
): Promise<Exclude<Received, string> | Refusal> {
  const received = await receive(dir, fileId, content, rules.maximumBytes).catch((error: unknown) => {
    if (isBrokenOff(error)) return 'broken-off' as const;
    throw error;
  });
  if (received === 'too-large') return tooLarge(rules);
  if (received === 'broken-off' || (bytes !== undefined && received.size < bytes))
    return { code: 'FILE_TRUNCATED', message: 'the file did not arrive completely' };
  if (received.size === 0) return { code: 'FILE_EMPTY', message: 'the file is empty' };
  if (sha256 !== undefined && sha256 !== received.sha256)
    return {
      code: 'FILE_CHECKSUM',
      message: 'what arrived has another checksum than was announced',
      facts: { expected: sha256, seen: received.sha256 },
    };
  return received;
}

/** @returns what it is, if it may be that */
async function inspect(path: string, wanted: KeepFile, size: number, rules: PurposeRules): Promise<FileKind | Refusal> {
  const seen = await kindOf(path, wanted.name);
  const packed = seen === null ? null : await packingOf(path, seen);
  const contents =
    packed === null
      ? null
      : await inspectArchive({ path, size, kind: packed }, archiveLimits(wanted.purpose), `${path}.inner`);
  if (typeof contents === 'string') return ARCHIVE_FAULTS[contents];
  const kind = seen === 'zip' && contents !== null ? officeKind(contents.names) : seen;
  if (kind === null || !rules.kinds.includes(kind))
    return {
      code: 'FILE_TYPE',
      message: `by its content the file is ${kind ?? 'a program'}; allowed: ${rules.kinds.join(', ')}`,
      facts: { seen: kind ?? 'program', allowed: rules.kinds.join(' ') },
    };
  return (await pictureFault(path, kind, rules)) ?? kind;
}

async function pictureFault(path: string, kind: FileKind, rules: PurposeRules): Promise<Refusal | null> {
  if (kind !== 'png' && kind !== 'jpg' && kind !== 'gif') return null;
  // pictures are kept for purposes of at most 20 MiB, or as data, of which the beginning tells enough
  if (rules.picture === null && rules.maximumBytes > MOST_PICTURE_BYTES) return null;
  const size = pictureSize(await readFile(path));
  const { picture } = rules;
  const fits =
    size !== null &&
    size.width * size.height <= MOST_PIXELS &&
    (picture === null ||
      (size.width >= picture.minimumWidth &&
        size.width <= picture.maximumWidth &&
        size.height >= picture.minimumHeight &&
        size.height <= (picture.maximumHeight ?? Number.POSITIVE_INFINITY)));
  if (fits) return null;
  const seen = size === null ? 'unreadable' : `${size.width} × ${size.height}`;
  return { code: 'FILE_PICTURE_SIZE', message: `the picture's dimensions do not fit: ${seen}`, facts: { seen } };
}
const MOST_PICTURE_BYTES = 20 * 1_048_576;

const ARCHIVE_FAULTS: Readonly<Record<ArchiveFault, Refusal>> = {
  BOMB: { code: 'FILE_ARCHIVE_BOMB', message: 'unpacked, the archive is too large, too deep or has too many entries' },
  UNSAFE: { code: 'FILE_ARCHIVE_UNSAFE', message: 'the archive holds names that lead out of its folder' },
  UNREADABLE: { code: 'FILE_ARCHIVE_UNREADABLE', message: 'the archive is damaged or encrypted' },
};

const tooLarge = ({ maximumBytes }: PurposeRules): Refusal => ({
  code: 'FILE_TOO_LARGE',
  message: `the file is larger than ${maximumBytes} bytes`,
  facts: { maximumBytes: String(maximumBytes) },
});
const refuseAs = (refusal: Refusal): Result<never> => ({ ok: false, refusal });

const isName = (name: string): boolean =>
  name.length <= 255 && name.trim() !== '' && !/[/\\\p{Cc}\p{Bidi_Control}]/u.test(name) && !/^\.+$/.test(name);

/** The name ends in what the content is, so that nobody opens a PDF as a picture. */
function named(name: string, kind: FileKind): string {
  const lower = name.toLowerCase();
  const endings = kind === 'jpg' ? ['jpg', 'jpeg'] : kind === 'tar.gz' ? ['tar.gz', 'tgz'] : [kind];
  if (kind === 'other' || endings.some((ending) => lower.endsWith(`.${ending}`))) return name;
  return `${name.slice(0, 255 - kind.length - 1)}.${kind}`;
}

/** The sender went away in the middle. */
function isBrokenOff(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : '';
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || error.message === 'aborted';
}
