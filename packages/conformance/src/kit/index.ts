import type { ConformanceCase } from '../case.ts';
import { applicationCases } from './application-cases.ts';
import { bodyCases } from './body-cases.ts';
import { addCases, changeCases, deleteCases } from './conduct-cases.ts';
import { listCases } from './list-cases.ts';
import { newMemory } from './memory.ts';
import { signatureAccepted } from './plainest.ts';
import { securityCases } from './security-cases.ts';
import { nonceCases, timestampCases } from './time-cases.ts';

/** The cases of the kit in the order of a binding, made anew for each run: what is told first is taken back last. */
export function kitCases(): readonly ConformanceCase[] {
  const memory = newMemory();
  const test = { memory, isLive: false };
  const live = { memory, isLive: true };
  const [tenant, ...others] = addCases(test);
  return [
    signatureAccepted(memory),
    ...(tenant ? [tenant] : []),
    ...applicationCases(memory),
    ...others,
    ...changeCases(test),
    ...listCases(memory),
    ...bodyCases(memory),
    ...securityCases(memory),
    ...timestampCases(memory),
    ...nonceCases(memory),
    ...deleteCases(test),
    ...addCases(live),
    ...changeCases(live),
    ...deleteCases(live),
  ];
}
