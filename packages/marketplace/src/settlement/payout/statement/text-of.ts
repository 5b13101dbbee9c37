/** The text of a file that a bank wrote: UTF-8, or what Chinese banks still use (GBK, GB 18030), or UTF-16. Pure. */
import chardet from 'chardet';
import iconv from 'iconv-lite';

/** By what it calls itself; of a guess only these are believed. */
const BELIEVED = new Set(['GB18030', 'GBK', 'GB2312', 'Big5', 'UTF-16LE', 'UTF-16BE']);

/** @returns null when no encoding fits */
export function textOf(bytes: Uint8Array): string | null {
  const utf8 = decodeUtf8(bytes);
  if (utf8 !== null) return utf8;
  const guess = chardet.detect(bytes);
  if (guess === null || !BELIEVED.has(guess)) return null;
  // GB 18030 holds GBK and GB 2312
  const text = iconv.decode(Buffer.from(bytes), guess.startsWith('GB') ? 'gb18030' : guess);
  return text.includes('\uFFFD') ? null : text;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  // zero bytes: UTF-16 of Latin text would be valid UTF-8
  if (bytes.subarray(0, 64).includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
