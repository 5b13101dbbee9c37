/** What the sandbox does to the next calls to the seller: a list that each call takes from. Pure. */
import type { FaultCommand, SandboxFault } from './schemas.ts';

export function withFault(faults: readonly SandboxFault[], faultId: string, wanted: FaultCommand): SandboxFault[] {
  const { kind, activity, times, delayMs } = wanted;
  const delay = kind === 'delay' ? (delayMs ?? DELAY_MS) : null;
  return [...faults, { faultId, kind, activity: activity ?? null, times, left: times, delayMs: delay }];
}

/** As long as a slow answer counts as slow (contracts/diagnosis.md `transport.slow`). */
const DELAY_MS = 5_000;

/** The oldest fault that fits a call, and what is left of all of them. */
export function takeFault(
  faults: readonly SandboxFault[],
  activity: string,
): { readonly fault: SandboxFault | null; readonly left: SandboxFault[] } {
  const fault = faults.find((each) => each.activity === null || each.activity === activity) ?? null;
  const left = faults.flatMap((each) => {
    if (each !== fault) return [each];
    return each.left > 1 ? [{ ...each, left: each.left - 1 }] : [];
  });
  return { fault, left };
}
