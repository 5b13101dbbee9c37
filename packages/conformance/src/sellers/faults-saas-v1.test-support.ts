/** Every wrong V1.0 seller that the suite is tried on. */
import type { Fault } from './fault-saas-v1.test-support.ts';
import { CONDUCT_FAULTS } from './faults-saas-v1-conduct.test-support.ts';
import { FRAME_FAULTS } from './faults-saas-v1-frame.test-support.ts';
import { MEMBER_FAULTS } from './faults-saas-v1-members.test-support.ts';
import { TOKEN_FAULTS } from './faults-saas-v1-token.test-support.ts';

export const FAULTS: readonly Fault[] = [...TOKEN_FAULTS, ...FRAME_FAULTS, ...MEMBER_FAULTS, ...CONDUCT_FAULTS];
