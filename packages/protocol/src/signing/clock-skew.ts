const QUARTER_HOUR_MS = 15 * 60_000;

/** How far a stamp lies from the clock, in words; a clock that is right but in another time zone is recognised. */
export function describeSkew(ageMs: number, toleranceMs: number): string {
  return `${describeDuration(Math.abs(ageMs))} ${ageMs > 0 ? 'ago' : 'ahead'}${zoneHint(ageMs, toleranceMs)}`;
}

export function describeDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** Zones differ by quarter hours, from half an hour up to 14 hours. */
function zoneHint(ageMs: number, toleranceMs: number): string {
  const quarters = Math.round(Math.abs(ageMs) / QUARTER_HOUR_MS);
  const restMs = Math.abs(Math.abs(ageMs) - quarters * QUARTER_HOUR_MS);
  if (quarters < 2 || quarters > 56 || restMs > toleranceMs) return '';
  return `: ${quarters / 4} h within ${describeDuration(toleranceMs)}, so probably a local time taken for UTC`;
}
