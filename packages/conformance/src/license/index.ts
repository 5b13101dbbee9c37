/** The cases of License (license-and-other-types.md 3, 4.5, 5). */
import type { LicenseDialect } from '@jishi/protocol';
import type { ConformanceCase } from '../case.ts';
import { addressCase } from '../saas-v2/address.ts';
import type { Memory as MemoryV2 } from '../saas-v2/memory.ts';
import { applicationCases } from './application-cases.ts';
import { caseOf } from './case-of.ts';
import { codeAcceptedCase, codeCases, codeConductCases } from './code-cases.ts';
import { codeSignatureCases } from './code-signature-cases.ts';
import { detect } from './detect.ts';
import { acceptedCase, frameCases } from './identification-accepted.ts';
import { changeCases } from './identification-changes.ts';
import { purchaseCases } from './identification-purchases.ts';
import { encodingCases, forgeryCases, timeCases } from './identification-token.ts';
import { applicationLiveCase, identificationLiveCases } from './live-cases.ts';
import { type Memory, newMemory, ofDialect } from './memory.ts';
import { memoryOfProvisioning, saasCases, saasLiveCases, saasReleaseCases } from './provisioning-cases.ts';

/**
 * The cases of this protocol, made anew for each run. Which of the three dialects the server speaks is found out first, and the
 * cases of the others are skipped; of each, what could be the cause of something else comes before it, and the life of live
 * licences comes last.
 */
export function licenseCases(): readonly ConformanceCase[] {
  const memory = newMemory();
  const memoryV2 = memoryOfProvisioning();
  const of = (dialect: LicenseDialect, cases: readonly ConformanceCase[]) =>
    cases.map((each) => ofDialect(memory, dialect, each));
  return [
    dialectsCase(memory),
    addressCase(),
    ...of('identification', identificationCases(memory)),
    ...of('code', authorisationCodeCases(memory)),
    ...of('provisioning', provisioningCases(memory, memoryV2)),
    ...of('identification', identificationLiveCases(memory)),
    ...of('code', codeCases(memory, true)),
    ...of('provisioning', [applicationLiveCase(memory), ...saasLiveCases(memoryV2)]),
  ];
}

function identificationCases(memory: Memory): readonly ConformanceCase[] {
  return [
    acceptedCase(memory),
    ...frameCases(memory),
    ...encodingCases(memory),
    ...forgeryCases(memory),
    ...timeCases(memory),
    ...purchaseCases(memory),
    ...changeCases(memory),
  ];
}

function authorisationCodeCases(memory: Memory): readonly ConformanceCase[] {
  return [codeAcceptedCase(memory), ...codeCases(memory), ...codeSignatureCases(memory), ...codeConductCases(memory)];
}

function provisioningCases(memory: Memory, memoryV2: MemoryV2): readonly ConformanceCase[] {
  return [...saasCases(memory, memoryV2), ...applicationCases(memory, memoryV2), ...saasReleaseCases(memoryV2)];
}

/** Everything else depends on which of the three the server speaks; whoever names cases has said so. */
function dialectsCase(memory: Memory): ConformanceCase {
  return caseOf(
    'dialects.found',
    ['The server speaks at least one of the License interfaces', '该服务至少支持一种 License 接口'],
    '1',
    async (session) => {
      memory.detection = await detect(session);
      return memory.detection.findings;
    },
  );
}
