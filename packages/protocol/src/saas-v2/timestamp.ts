import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';

const QUARTER_HOUR_MS = 15 * 60_000;

/** What is wrong with a call's timestamp (UNIX milliseconds as text), or null (`saas-v2.md` 3.1 step 2, Q1). */
export function timestampProblem(timestamp: string, nowMs: number, windowMs: number): Diagnosis | null {
  if (!/^\d{1,16}$/.test(timestamp)) {
    return diagnose('request.timestamp-unit', { seen: timestamp.slice(0, 40) });
  }
  const atMs = Number(timestamp);
  const ageMs = nowMs - atMs;
  if (Math.abs(ageMs) <= windowMs) return null;
  if (Math.abs(nowMs - atMs * 1000) <= QUARTER_HOUR_MS) {
    return diagnose('request.timestamp-unit', { seen: `${timestamp} (${timestamp.length} digits: seconds)` });
  }
  const code = ageMs > 0 ? 'request.timestamp-expired' : 'request.timestamp-future';
  const by = `${timestamp} (${new Date(Math.min(atMs, 8.64e15)).toISOString()}), ${duration(Math.abs(ageMs))} ${ageMs > 0 ? 'ago' : 'ahead'}`;
  return diagnose(code, {
    expected: `within ${duration(windowMs)} of the receiver's clock`,
    seen: by + zoneHint(ageMs, windowMs),
  });
}

/** A clock that is off by whole quarter hours, up to 14 hours, is right but in another zone. */
function zoneHint(ageMs: number, windowMs: number): string {
  const quarters = Math.round(ageMs / QUARTER_HOUR_MS);
  const rest = Math.abs(ageMs - quarters * QUARTER_HOUR_MS);
  if (Math.abs(quarters) < 2 || Math.abs(quarters) > 56 || rest > windowMs) return '';
  return `: very nearly ${Math.abs(quarters) / 4} h, a local time taken for UTC`;
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
