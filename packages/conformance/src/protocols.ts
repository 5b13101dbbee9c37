/** Which protocols can be checked, and with which cases. */
import type { ConformanceCase, ProtocolName } from './case.ts';
import { kitCases } from './kit/index.ts';
import { licenseCases } from './license/index.ts';
import { saasV1Cases } from './saas-v1/index.ts';
import { saasV2Cases } from './saas-v2/index.ts';

export const PROTOCOLS: readonly ProtocolName[] = ['saas-v2', 'saas-v1', 'kit', 'license'];

const CASES: Readonly<Record<ProtocolName, () => readonly ConformanceCase[]>> = {
  'saas-v2': saasV2Cases,
  'saas-v1': saasV1Cases,
  kit: kitCases,
  license: licenseCases,
};

/** The cases of a protocol in the order in which they run, made anew: cases keep what they learn within one run. */
export function casesOf(protocol: ProtocolName): readonly ConformanceCase[] {
  return CASES[protocol]();
}
