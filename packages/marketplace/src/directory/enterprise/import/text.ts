/** Bytes of a CSV file → its text, whatever encoding an office program left it in (E-16). Pure. */
import chardet from 'chardet';
import iconv from 'iconv-lite';

export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'GB18030' | 'Big5';

/** @returns null = no encoding fits: letters would come out as rubbish */
export function decodeText(bytes: Buffer): { readonly text: string; readonly encoding: Encoding } | null {
  for (const encoding of candidates(bytes)) {
    const text = decode(bytes, encoding);
    if (text !== null) return { text: text.replace(/^\ufeff/, ''), encoding };
  }
  return null;
}

/** Marks at the beginning first, then what is valid UTF-8, then what the letters look like. GBK is a part of GB18030. */
function candidates(bytes: Buffer): Encoding[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['UTF-16LE'];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['UTF-16BE'];
  const sample = bytes.subarray(0, SAMPLE);
  const zeros = [...sample].reduce<[number, number]>(
    ([even, odd], byte, place) => (byte !== 0 ? [even, odd] : place % 2 === 0 ? [even + 1, odd] : [even, odd + 1]),
    [0, 0],
  );
  // Latin letters and commas in UTF-16 have a zero byte each
  if (zeros[0] + zeros[1] > sample.length / 10) return [zeros[1] >= zeros[0] ? 'UTF-16LE' : 'UTF-16BE'];
  return chardet.detect(sample) === 'Big5' ? ['UTF-8', 'Big5', 'GB18030'] : ['UTF-8', 'GB18030'];
}
const SAMPLE = 65_536;

function decode(bytes: Buffer, encoding: Encoding): string | null {
  if (encoding === 'UTF-8') {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  }
  const text = iconv.decode(bytes, encoding);
  return text.includes('\ufffd') || text.includes('\u0000') ? null : text;
}
