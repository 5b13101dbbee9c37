/** Deliberately wrong sellers of the kit, one fault each, with the code that has to stand first. */
import type { DiagnosisCode } from '@jishi/protocol';
import { ANSWER_FAULTS } from './answer-faults-kit.test-support.ts';
import { CONDUCT_FAULTS } from './conduct-faults-kit.test-support.ts';
import { ODD_FAULTS } from './odd-faults-kit.test-support.ts';
import type { Hooks } from './right-kit.test-support.ts';
import { SIGNATURE_FAULTS } from './signature-faults-kit.test-support.ts';

export interface Fault {
  readonly name: string;
  readonly code: DiagnosisCode;
  /** what the finding has to say besides, in its English summary, `seen` or fix */
  readonly says?: string;
  /** shows only with live data */
  readonly live?: boolean;
  readonly hooks: Hooks;
}

export const FAULTS: readonly Fault[] = [...ANSWER_FAULTS, ...SIGNATURE_FAULTS, ...CONDUCT_FAULTS, ...ODD_FAULTS];
