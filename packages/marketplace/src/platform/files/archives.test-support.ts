/** Archives and pictures as tests need them: right ones, and the wrong ones that people and attackers send. */
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array;
  /** what the directory says instead of the truth */
  readonly declaredSize?: number;
  readonly encrypted?: boolean;
}

/** A zip with deflated entries. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declaredSize, encrypted } of entries) {
    const [nameBytes, packed] = [Buffer.from(name), deflateRawSync(content)];
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(encrypted ? 0x0801 : 0x0800, 2);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(declaredSize ?? content.length, 18);
    facts.writeUInt16LE(nameBytes.length, 22);
    const head = Buffer.concat([Buffer.from('PK\x03\x04'), facts, nameBytes]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), facts, rest, nameBytes]));
    local.push(head, packed);
    offset += head.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, central, end]);
}

const MIB = 1_048_576;
/** Blanks that pack a thousand times smaller. */
export const blanks = (mebibytes: number): Buffer => Buffer.alloc(mebibytes * MIB);

/** Unpacks to `mebibytes`, a few KiB long. */
export const bombOf = (mebibytes: number): Buffer => zipOf([{ name: 'blanks.txt', content: blanks(mebibytes) }]);

/** A zip in a zip in a zip … */
export function nested(levels: number, inner: Uint8Array): Buffer {
  let content: Buffer = Buffer.from(inner);
  for (let level = 0; level < levels; level += 1) content = zipOf([{ name: `level-${level}.zip`, content }]);
  return content;
}

export interface TarEntry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly type?: string;
}
export function tarOf(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ name, content, type }) => {
    const head = Buffer.alloc(512);
    head.write(name.slice(0, 100), 0);
    head.write('0000644\x000000000\x000000000\0', 100);
    head.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    head.write('00000000000\0        ', 136);
    head.write(type ?? '0', 156);
    head.write('ustar\x0000', 257);
    const sum = head.reduce((total, byte) => total + byte, 0);
    head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [head, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
export const tarGzOf = (entries: readonly TarEntry[]): Buffer => gzipSync(tarOf(entries));

/** A PNG as far as its header goes. */
export function pngOf(width: number, height: number): Buffer {
  const head = Buffer.alloc(64);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(head);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  Buffer.from('0806000000', 'hex').copy(head, 24);
  Buffer.from('0000000049444154', 'hex').copy(head, 33);
  return head;
}

/** A JPEG with `metadata` bytes before its frame header. */
export function jpegOf(width: number, height: number, metadata = 20): Buffer {
  const segment = Buffer.alloc(metadata);
  const frame = Buffer.from('ffc000110800000000030122000211010311ff00', 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const extra = Buffer.from('ffe10000', 'hex');
  extra.writeUInt16BE(metadata + 2, 2);
  return Buffer.concat([Buffer.from('ffd8', 'hex'), extra, segment, frame, Buffer.from('ffd9', 'hex')]);
}

export const gifOf = (width: number, height: number): Buffer => {
  const head = Buffer.from('GIF89a\0\0\0\0\0\0\0', 'latin1');
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  return head;
};
export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
