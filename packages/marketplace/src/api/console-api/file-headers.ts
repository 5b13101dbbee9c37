/** Headers of downloads. Pure. */
import type { StoredFile } from '../../platform/files/index.ts';

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * One range of bytes (RFC 9110 14.2). null = send everything: none was asked for, or something this server does not do
 * (several ranges, other units), which it may ignore.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (!match || (first === '' && last === '')) return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const range = { start: Number(first), end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
  if (last !== '' && Number(last) < range.start) return null;
  return range.start >= size ? 'unsatisfiable' : range;
}

/** Shown in a page by itself, because browsers only draw it. */
const DRAWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'video/mp4', 'video/webm']);

/** The name in ASCII for old programs, and as it is (RFC 6266). */
export function attachment({ name, mediaType }: Pick<StoredFile, 'name' | 'mediaType'>): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%;]/g, '_');
  const exact = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${DRAWN.has(mediaType) ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${exact}`;
}
