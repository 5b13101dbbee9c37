/** The cases of V2.0 (saas-v2.md 1–6, 8, 9, 14). */
import type { ConformanceCase } from '../case.ts';
import { addressCase } from './address.ts';
import { bodyCases } from './body-cases.ts';
import { changeCases, releaseCases } from './change-cases.ts';
import { conductCases } from './conduct-cases.ts';
import { liveCases } from './live-cases.ts';
import { newMemory } from './memory.ts';
import { newInstanceAnswer, newInstanceCases } from './new-instance-cases.ts';
import { queryCases, severalCases } from './query-cases.ts';
import { signatureAccepted, signatureCases } from './signature-cases.ts';
import { nonceCases, timestampCases } from './time-cases.ts';

/**
 * The cases of this protocol, made anew for each run. What the answers are like comes first, as everything else is read through
 * them; what changes the instances comes last, and after it the life of a live order.
 */
export function saasV2Cases(): readonly ConformanceCase[] {
  const memory = newMemory();
  const answers = [
    newInstanceAnswer(memory),
    ...queryCases(memory),
    ...newInstanceCases(memory),
    ...severalCases(memory),
    ...changeCases(memory),
  ];
  const conduct = [
    ...signatureCases(memory),
    ...timestampCases(memory),
    ...nonceCases(memory),
    ...bodyCases(memory),
    ...conductCases(memory),
    addressCase(),
  ];
  return [
    signatureAccepted(memory),
    ...[...answers.filter(isNoFreeze), ...conduct].map((each) => ({ ...each, independent: true })),
    ...answers.filter((each) => !isNoFreeze(each)),
    ...releaseCases(memory),
    ...liveCases(memory),
  ];
}

function isNoFreeze({ name }: ConformanceCase): boolean {
  return !name.startsWith('updateInstanceStatus.');
}
