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
  if (!/^(\d{14}|\d{17})$/.test(text)) return null;
  // By numbers, not by way of texts: a push of usage has three thousand times.
  const whole = Number(text.slice(0, 14));
  const [year, month, day] = [Math.floor(whole / 1e10), Math.floor(whole / 1e8) % 100, Math.floor(whole / 1e6) % 100];
  const [hour, minute, second] = [Math.floor(whole / 1e4) % 100, Math.floor(whole / 100) % 100, whole % 100];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second, Number(text.slice(14))));
  if (year < 100) at.setUTCFullYear(year, month - 1, day);
  // 30 February would roll over into March: a real day is still what it was.
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at : null;
}

/** `yyyyMMdd'T'HHmmss'Z'`, the form of X-Sdk-Date and of usage records (`openapi.md` 3.2, 5.2). */
export function formatSdkDate(at: Date): string {
  const digits = formatUtc14(at);
  return `${digits.slice(0, 8)}T${digits.slice(8)}Z`;
}

/** Reads {@link formatSdkDate}'s form; null for anything else, also for a date that does not exist. */
export function parseSdkDate(text: string): Date | null {
  const ms = parseSdkMs(text);
  return ms === null ? null : new Date(ms);
}

/** The same in milliseconds: a push of usage has three thousand times, nearly all of the same few days. */
export function parseSdkMs(text: string): number | null {
  if (text.length !== 16 || text.charCodeAt(8) !== 0x54 || text.charCodeAt(15) !== 0x5a) return null;
  const [hour, minute, second] = [twoDigits(text, 9), twoDigits(text, 11), twoDigits(text, 13)];
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return null;
  const date = twoDigits(text, 0) * 1e6 + twoDigits(text, 2) * 1e4 + twoDigits(text, 4) * 100 + twoDigits(text, 6);
  if (date !== lastDate) {
    const midnight = parseUtc(`${text.slice(0, 8)}000000`);
    if (midnight === null) return null;
    [lastDate, lastMidnightMs] = [date, midnight.getTime()];
  }
  return lastMidnightMs + hour * 3_600_000 + minute * 60_000 + second * 1_000;
}
let [lastDate, lastMidnightMs] = [Number.NaN, Number.NaN];

/** NaN unless both are digits */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 0x30, text.charCodeAt(at + 1) - 0x30];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
