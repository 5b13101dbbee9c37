import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { describeDuration, describeSkew } from '../signing/clock-skew.ts';
import { parseUtc } from '../time.ts';

/** V1.0 knows no validity window; a seller may set one (`saas-v1.md` 2.3, Q1). Without `windowMs` times are not compared. */
export interface TimeWindow {
  readonly nowMs: number;
  readonly windowMs: number;
}

/** Kit calls carry Beijing time (`saas-v1.md` 6.1). */
export const KIT_OFFSET_MS = 8 * 3_600_000;

/**
 * What is wrong with a well-formed timeStamp that lies outside the window, both directions, inclusive. A malformed one is for
 * the members' check (`000002`), so it is none of this one's.
 */
export function windowProblem(timeStamp: string, window: TimeWindow | undefined, offsetMs: number): Diagnosis | null {
  const at = parseUtc(timeStamp);
  if (window === undefined || at === null) return null;
  const ageMs = window.nowMs - (at.getTime() - offsetMs);
  if (Math.abs(ageMs) <= window.windowMs) return null;
  return diagnose(ageMs > 0 ? 'request.timestamp-expired' : 'request.timestamp-future', {
    expected: `within ${describeDuration(window.windowMs)} of the receiver’s clock`,
    seen: `${timeStamp}, ${describeSkew(ageMs, window.windowMs)}`,
  });
}
