/**
 * Looks through an archive without keeping what it unpacks: how many entries, how many bytes, how deep, safe names.
 * Every entry is really unpacked and counted, because the sizes that an archive declares may lie; whatever is too much
 * ends the work at once. Archives inside archives count against the same limits.
 */
import { createReadStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import type { FilePurpose } from './purposes.ts';
import { countTar } from './tar.ts';

export interface ArchiveLimits {
  readonly entries: number;
  /** unpacked, all levels together */
  readonly bytes: number;
  /** unpacked bytes for one packed byte */
  readonly ratio: number;
  /** archives inside archives; a jar in a war in an ear is 2 */
  readonly depth: number;
}
export type Packing = 'zip' | 'tar' | 'tar.gz' | 'gz';
export type ArchiveFault = 'BOMB' | 'UNSAFE' | 'UNREADABLE';
export interface Contents {
  readonly entries: number;
  readonly bytes: number;
  /** names on the first level */
  readonly names: ReadonlySet<string>;
}

const GIB = 1024 ** 3;
/** What people pack compresses 2 to 20 times, logs and tables some 50; a bomb of one layer 1 000 times. */
const MOST_RATIO = 100;
/** A small archive of blanks is no danger whatever its ratio. */
const ALWAYS_ALLOWED_BYTES = 16 * 1_048_576;

const DOCUMENTS: ArchiveLimits = { entries: 10_000, bytes: GIB, ratio: MOST_RATIO, depth: 3 };
export function archiveLimits(purpose: FilePurpose): ArchiveLimits {
  if (purpose === 'PACKAGE') return { ...DOCUMENTS, entries: 500_000, bytes: 200 * GIB };
  if (purpose === 'DATA') return { ...DOCUMENTS, entries: 200_000, bytes: 50 * GIB };
  // a long table that is much alike
  if (purpose === 'EXPORT') return { ...DOCUMENTS, bytes: 50 * GIB, ratio: 1_000 };
  return DOCUMENTS;
}

/** What was found so far, and how much is allowed in all. */
interface Count {
  entries: number;
  bytes: number;
  readonly mostEntries: number;
  readonly mostBytes: number;
  readonly depth: number;
}

/** Carries a fault out of nested streams; never leaves this file. */
class Faulty extends Error {
  readonly fault: ArchiveFault;
  constructor(fault: ArchiveFault) {
    super(fault);
    this.fault = fault;
  }
}

/**
 * @param spool path for archives inside the archive while they are looked at; it is removed
 * @returns what is inside, or the rule that the archive breaks
 */
export async function inspectArchive(
  archive: { readonly path: string; readonly size: number; readonly kind: Packing },
  limits: ArchiveLimits,
  spool: string,
): Promise<Contents | ArchiveFault> {
  const count: Count = {
    entries: 0,
    bytes: 0,
    mostEntries: limits.entries,
    mostBytes: Math.min(limits.bytes, Math.max(ALWAYS_ALLOWED_BYTES, archive.size * limits.ratio)),
    depth: limits.depth,
  };
  try {
    const names =
      archive.kind === 'zip'
        ? await throughZip(archive.path, count, 0, spool)
        : await throughStream(archive.path, archive.kind, count);
    return { entries: count.entries, bytes: count.bytes, names };
  } catch (error) {
    if (error instanceof Faulty) return error.fault;
    // yauzl and zlib name a damaged archive in words only; both refuse names that lead out of the folder
    if (error instanceof Error && /relative path|absolute path|characters in fileName/.test(error.message))
      return 'UNSAFE';
    return 'UNREADABLE';
  }
}

async function throughZip(path: string, count: Count, level: number, spool: string): Promise<Set<string>> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true });
  try {
    if (count.entries + zip.entryCount > count.mostEntries) throw new Faulty('BOMB');
    const names = new Set<string>();
    for await (const entry of zip.eachEntry()) {
      names.add(entry.fileName);
      count.entries += 1;
      if (count.entries > count.mostEntries || count.bytes + entry.uncompressedSize > count.mostBytes)
        throw new Faulty('BOMB');
      if (entry.isEncrypted()) throw new Faulty('UNREADABLE');
      if (!entry.fileName.endsWith('/')) await throughEntry(zip, entry, count, level, spool);
    }
    return names;
  } finally {
    zip.close();
  }
}

async function throughEntry(zip: ZipFile, entry: Entry, count: Count, level: number, spool: string): Promise<void> {
  const { first, all } = await peek(await zip.openReadStreamPromise(entry));
  const inner = innerKind(first);
  if (inner === 'zip') {
    if (level + 1 > count.depth) throw new Faulty('BOMB');
    return throughInnerZip(all, count, level, `${spool}.${level}`);
  }
  for await (const piece of inner === 'gzip' ? gunzipped(all) : all) spend(count, piece.length);
}

/** A zip can only be read from its end: it is unpacked beside, within what is left of the limits. */
async function throughInnerZip(
  content: AsyncIterable<Uint8Array>,
  count: Count,
  level: number,
  kept: string,
): Promise<void> {
  try {
    await writeFile(kept, counted(content, count), { mode: 0o600 });
    await throughZip(kept, count, level + 1, kept);
  } finally {
    await rm(kept, { force: true });
  }
}

async function* counted(content: AsyncIterable<Uint8Array>, count: Count): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    spend(count, piece.length);
    yield piece;
  }
}

function innerKind(first: Uint8Array): 'zip' | 'gzip' | null {
  if (first[0] === 0x50 && first[1] === 0x4b && first[2] === 0x03 && first[3] === 0x04) return 'zip';
  return first[0] === 0x1f && first[1] === 0x8b ? 'gzip' : null;
}

async function throughStream(path: string, kind: Exclude<Packing, 'zip'>, count: Count): Promise<Set<string>> {
  const file = pieces(createReadStream(path));
  const names = new Set<string>();
  if (kind === 'gz') {
    for await (const piece of gunzipped(file)) spend(count, piece.length);
    return names;
  }
  await countTar(kind === 'tar' ? file : gunzipped(file), {
    onBytes: (bytes) => spend(count, bytes),
    onEntry(name) {
      names.add(name);
      count.entries += 1;
      if (count.entries > count.mostEntries) throw new Faulty('BOMB');
      if (!isSafe(name)) throw new Faulty('UNSAFE');
    },
  });
  return names;
}

const isSafe = (name: string): boolean =>
  !/^([/\\]|[A-Za-z]:)/.test(name) && !name.split(/[/\\]/).includes('..') && !name.includes('\u0000');

function spend(count: Count, bytes: number): void {
  count.bytes += bytes;
  if (count.bytes > count.mostBytes) throw new Faulty('BOMB');
}

/** Errors of the content and of the packing both come out here; whoever stops early stops both. */
async function* gunzipped(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  pipeline(Readable.from(content), gunzip, () => undefined);
  yield* pieces(gunzip);
}

async function* pieces(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const piece of stream) if (piece instanceof Uint8Array) yield piece;
}

/** The first piece to look at, and everything from the beginning to read. */
async function peek(stream: AsyncIterable<unknown>): Promise<{ first: Uint8Array; all: AsyncGenerator<Uint8Array> }> {
  const iterator = pieces(stream);
  const next = await iterator.next();
  const first = next.done === true ? new Uint8Array(0) : next.value;
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield first;
      yield* iterator;
    } finally {
      await iterator.return(undefined);
    }
  }
  return { first, all: all() };
}
