/** The cases of the SaaS access protocol V1.0 (saas-v1.md). */
import { inWordsOfV1 } from '@jishi/protocol';
import type { ConformanceCase } from '../case.ts';
import { addressProblems } from '../saas-v2/address.ts';
import { acceptanceCase } from './acceptance.ts';
import { changeCases } from './changes.ts';
import { encodingCases } from './encoding.ts';
import { forgedActivitiesCase } from './forged-activities.ts';
import { frameCases } from './frames.ts';
import { liveCases } from './live.ts';
import { newMemory } from './memory.ts';
import { purchaseCases } from './purchases.ts';
import { queryCases } from './queries.ts';
import { securityCases } from './security.ts';
import { unknownCases } from './unknown.ts';

/**
 * The cases in the order in which they run, made anew for each run. Whatever could be the cause of something else comes before it:
 * the call is taken, the frame of answers, encodings, forgeries, then the activities, each for itself.
 */
export function saasV1Cases(): readonly ConformanceCase[] {
  const memory = newMemory();
  return [
    acceptanceCase(memory),
    addressCase(),
    ...frameCases(memory),
    ...encodingCases(memory),
    ...securityCases(memory),
    forgedActivitiesCase(memory),
    ...purchaseCases(memory),
    ...queryCases(memory),
    ...unknownCases(memory),
    ...changeCases(memory),
    ...liveCases(memory),
  ];
}

function addressCase(): ConformanceCase {
  return {
    name: 'address.production',
    title: { zh: '地址使用 HTTPS 和域名，或在本机', en: 'The address is HTTPS with a domain name, or on this machine' },
    reference: 'saas-v1.md 1.3',
    run: async ({ target }) => addressProblems(target).map(inWordsOfV1),
  };
}
