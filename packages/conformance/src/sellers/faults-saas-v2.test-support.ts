/** Deliberately wrong sellers of V2.0, one fault each, with the code that has to stand first. */
import type { DiagnosisCode } from '@jishi/protocol';
import { CONDUCT_FAULTS } from './conduct-faults-saas-v2.test-support.ts';
import { FRAME_FAULTS } from './frame-faults-saas-v2.test-support.ts';
import { LIVE_FAULTS } from './live-faults-saas-v2.test-support.ts';
import { MEMBER_FAULTS } from './member-faults-saas-v2.test-support.ts';
import { ODD_FAULTS } from './odd-faults-saas-v2.test-support.ts';
import type { Hooks } from './right-saas-v2.test-support.ts';
import { SIGNATURE_FAULTS } from './signature-faults-saas-v2.test-support.ts';

export interface Fault {
  readonly name: string;
  /** the case that it shows in */
  readonly shows: string;
  readonly code: DiagnosisCode;
  /** what the finding has to name besides, in its English summary, `expected` or `seen` */
  readonly says?: string;
  /** shows only in the life of a live order */
  readonly live?: boolean;
  readonly hooks: Hooks;
}

export const FAULTS: readonly Fault[] = [
  ...FRAME_FAULTS,
  ...MEMBER_FAULTS,
  ...SIGNATURE_FAULTS,
  ...CONDUCT_FAULTS,
  ...LIVE_FAULTS,
  ...ODD_FAULTS,
];
