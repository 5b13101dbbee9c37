import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { describeDuration, describeSkew } from '../signing/clock-skew.ts';

/** Seconds are recognised when they name a time this near. */
const SECONDS_TOLERANCE_MS = 15 * 60_000;
/** The largest instant a Date can hold. */
const MAX_DATE_MS = 8.64e15;

/** What is wrong with a call's timestamp (UNIX milliseconds as text), or null (`saas-v2.md` 3.1 step 2, Q1, Q19). */
export function timestampProblem(timestamp: string, nowMs: number, windowMs: number): Diagnosis | null {
  if (!/^\d{1,16}$/.test(timestamp)) return diagnose('request.timestamp-unit', { seen: timestamp.slice(0, 40) });
  const atMs = Number(timestamp);
  const ageMs = nowMs - atMs;
  if (Math.abs(ageMs) <= windowMs) return null;
  if (Math.abs(nowMs - atMs * 1000) <= SECONDS_TOLERANCE_MS) {
    return diagnose('request.timestamp-unit', { seen: `${timestamp} (${timestamp.length} digits: seconds)` });
  }
  const instant = new Date(Math.min(atMs, MAX_DATE_MS)).toISOString();
  return diagnose(ageMs > 0 ? 'request.timestamp-expired' : 'request.timestamp-future', {
    expected: `within ${describeDuration(windowMs)} of the receiver’s clock`,
    seen: `${timestamp} (${instant}), ${describeSkew(ageMs, windowMs)}`,
  });
}
