/** Reads the headers of a tar as it streams by: 512-byte blocks, a header, then the entry's content in whole blocks. */

const BLOCK = 512;
/** Long names of the two common extensions (GNU `L`, POSIX `x`) stand in an entry of their own, before the real one. */
const LONG_NAMES = new Set(['L', 'x']);
const MOST_NAME_BYTES = 65_536;

export interface TarHeard {
  onBytes(bytes: number): void;
  onEntry(name: string): void;
}

interface Entry {
  readonly name: string;
  readonly type: string;
  /** bytes that still come, filled up to whole blocks */
  readonly left: number;
  readonly size: number;
}

/**
 * @throws what `heard` throws, which ends the work; an Error for what is no tar
 */
export async function countTar(content: AsyncIterable<Uint8Array>, heard: TarHeard): Promise<void> {
  let held = Buffer.alloc(0);
  let skip = 0;
  // an entry that only holds the name of the next one
  let longName: Entry | null = null;
  let named: string | null = null;
  for await (const piece of content) {
    heard.onBytes(piece.length);
    const jumped = Math.min(skip, piece.length);
    skip -= jumped;
    held = Buffer.concat([held, piece.subarray(jumped)]);
    let at = 0;
    while (skip === 0 && held.length - at >= (longName?.left ?? BLOCK)) {
      if (longName !== null) {
        named = nameIn(longName.type, held.subarray(at, at + longName.size)) ?? named;
        at += longName.left;
        longName = null;
        continue;
      }
      const entry = readHeader(held.subarray(at, at + BLOCK));
      at += BLOCK;
      if (entry === null) continue;
      if (LONG_NAMES.has(entry.type) && entry.left <= MOST_NAME_BYTES) {
        longName = entry;
        continue;
      }
      if (entry.type !== 'g') heard.onEntry(named ?? entry.name);
      named = null;
      const here = Math.min(entry.left, held.length - at);
      at += here;
      skip = entry.left - here;
    }
    held = held.subarray(at);
  }
}

/** @returns null = a block of zeros, which ends an archive */
function readHeader(block: Buffer): Entry | null {
  if (block.every((byte) => byte === 0)) return null;
  const text = (start: number, end: number): string => {
    const field = block.toString('utf8', start, end);
    const zero = field.indexOf('\0');
    return zero < 0 ? field : field.slice(0, zero);
  };
  const size = sizeOf(block);
  if (size === null || !isSound(block)) throw new Error('not a tar header');
  const prefix = text(257, 262) === 'ustar' ? text(345, 500) : '';
  const name = prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`;
  return { name, type: text(156, 157), size, left: Math.ceil(size / BLOCK) * BLOCK };
}

/** Octal digits, or for large files binary with the first bit set. */
function sizeOf(block: Buffer): number | null {
  if ((block.readUInt8(124) & 0x80) !== 0) {
    const size = block.readBigUInt64BE(128);
    return size > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(size);
  }
  const digits = /^[ \0]*([0-7]*)[ \0]*$/.exec(block.toString('latin1', 124, 136))?.[1];
  return digits === undefined ? null : Number.parseInt(digits || '0', 8);
}

/** The sum of all bytes, the field of the sum itself taken as blanks. */
function isSound(block: Buffer): boolean {
  const stated = Number.parseInt(block.toString('latin1', 148, 156).replaceAll(/[ \0]/g, '') || '-1', 8);
  const sum = block.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  return stated === sum;
}

function nameIn(type: string, content: Buffer): string | null {
  const text = content.toString('utf8');
  if (type === 'L') return text.replace(/\0+$/, '');
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text)?.[1] ?? null;
}
