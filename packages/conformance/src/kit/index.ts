import type { ConformanceCase } from '../case.ts';
import { applicationAnswer, paddingsCase } from './application-cases.ts';
import { bodyCases } from './body-cases.ts';
import { addCases, changeCases, deleteCases, mixedRepeat, repeatCases } from './conduct-cases.ts';
import { listCases } from './list-cases.ts';
import { newMemory } from './memory.ts';
import { signatureAccepted } from './plainest.ts';
import { liveSignature, securityCases } from './security-cases.ts';
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
    applicationAnswer(memory),
    ...others,
    ...repeatCases(test),
    ...independent([paddingsCase(memory), ...listCases(memory)]),
    mixedRepeat(test),
    ...changeCases(test),
    ...independent([...bodyCases(memory), ...securityCases(memory), ...timestampCases(memory), ...nonceCases(memory)]),
    ...deleteCases(test),
    ...addCases(live),
    ...repeatCases(live),
    mixedRepeat(live),
    ...changeCases(live),
    ...deleteCases(live),
    liveSignature(memory),
  ];
}

/** They take nothing back and change no one: the order among them does not matter. */
function independent(cases: readonly ConformanceCase[]): readonly ConformanceCase[] {
  return cases.map((each) => ({ ...each, independent: true }));
}
