import { formatUtc17, parseUtc } from '../time.ts';

/** Kit bodies carry Beijing time, which knows no summer time (`saas-v2.md` 7). */
const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000;

/**
 * `timeStamp` and `currentSyncTime` of a kit call: UTC+8, `yyyyMMddHHmmssSSS`.
 *
 * @example
 * kitTime(new Date('2026-01-01T00:00:00Z')); // '20260101080000000'
 */
export function kitTime(at: Date): string {
  return formatUtc17(new Date(at.getTime() + BEIJING_OFFSET_MS));
}

/** Reads {@link kitTime}'s form, with or without milliseconds; null unless it names a real instant. */
export function parseKitTime(text: string): Date | null {
  const shifted = parseUtc(text);
  return shifted === null ? null : new Date(shifted.getTime() - BEIJING_OFFSET_MS);
}
