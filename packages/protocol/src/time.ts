/** The time texts of the protocols. All are UTC; whoever needs Beijing time shifts before and after. */

/** `yyyyMMddHHmmss`, e.g. an order's createTime (`openapi.md` 5.1). Milliseconds are cut off. */
export function formatUtc14(at: Date): string {
  return at.toISOString().replace(/\D/g, '').slice(0, 14);
}

/** `yyyyMMddHHmmssSSS`, e.g. a refreshInstance expireTime (`saas-v2.md` 5.3). */
export function formatUtc17(at: Date): string {
  return at.toISOString().replace(/\D/g, '').slice(0, 17);
}

/** Reads 14 or 17 digits (`saas-v2.md` 5.3); null unless they name a real instant of the calendar. */
export function parseUtc(text: string): Date | null {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{3})?$/.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, milli = '000'] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}Z`;
  const at = new Date(iso);
  // 30 February would roll over into March: a real instant prints as it was written.
  return Number.isNaN(at.getTime()) || at.toISOString() !== iso ? null : at;
}

/** `yyyyMMdd'T'HHmmss'Z'`, the form of X-Sdk-Date and of usage records (`openapi.md` 3.2, 5.2). */
export function formatSdkDate(at: Date): string {
  const digits = formatUtc14(at);
  return `${digits.slice(0, 8)}T${digits.slice(8)}Z`;
}

/** Reads {@link formatSdkDate}'s form; null for anything else, also for a date that does not exist. */
export function parseSdkDate(text: string): Date | null {
  const match = /^(\d{8})T(\d{6})Z$/.exec(text);
  return match === null ? null : parseUtc(`${match[1]}${match[2]}`);
}
