/** Width and height of a PNG, JPEG or GIF from its header (12.1 asks for dimensions). Pure. */
export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** @param head the beginning of the file; of a JPEG the frame header may stand behind long metadata */
export function pictureSize(head: Buffer): Dimensions | null {
  if (head.length >= 24 && head.readUInt32BE(0) === 0x89504e47)
    return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
  if (head.length >= 10 && head.toString('latin1', 0, 4) === 'GIF8')
    return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
  if (head.length >= 4 && head.readUInt16BE(0) === 0xffd8) return jpegSize(head);
  return null;
}

/** Markers that stand alone: no length follows (TEM, RST0–RST7, SOI). */
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/** SOF0–SOF15 without DHT (c4), JPG (c8), DAC (cc). */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegSize(head: Buffer): Dimensions | null {
  let at = 2;
  while (at + 9 < head.length) {
    if (head.readUInt8(at) !== 0xff) return null;
    const marker = head.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill bytes may stand before a marker
      continue;
    }
    if (isAlone(marker)) {
      at += 2;
      continue;
    }
    if (isFrame(marker)) return { height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) };
    at += 2 + Math.max(2, head.readUInt16BE(at + 2));
  }
  return null;
}
