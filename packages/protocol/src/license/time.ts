import { parseUtc } from '../time.ts';

/** The times of getLicenseAsync (`license-and-other-types.md` 5): `2026-10-27 10:30:15 z`, UTC. */

export function formatLicenseTime(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} z`;
}

/**
 * Reads what the pages print, and what a sender may mean by it: `z` or `Z`, with or without the blank before it, `T` for the blank
 * in the middle, milliseconds, and the 14 or 17 digits of the other interfaces. Null unless it names a real instant.
 */
export function parseLicenseTime(text: string): Date | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{3}))? ?z$/i.exec(text);
  return parseUtc(match === null ? text : match.slice(1).join(''));
}
