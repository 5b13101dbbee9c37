/**
 * The running subscription at the seller (consoles-and-processes.md 7.3). PROVISIONING from the payment on, ACTIVE
 * when the seller has given the access data, FAILED when its window is over.
 */
import type { Transitions } from '../platform/state-machine.ts';

export type InstanceState =
  | 'PROVISIONING'
  | 'TRIAL'
  | 'ACTIVE'
  | 'CHANGING'
  | 'GRACE'
  | 'FROZEN'
  | 'VIOLATION_FROZEN'
  | 'RELEASING'
  | 'RELEASED'
  | 'FAILED';

export const instanceTransitions: Transitions<InstanceState> = {
  PROVISIONING: ['TRIAL', 'ACTIVE', 'FAILED'],
  TRIAL: ['ACTIVE', 'FROZEN'],
  ACTIVE: ['CHANGING', 'GRACE', 'FROZEN', 'VIOLATION_FROZEN', 'RELEASING'],
  CHANGING: ['ACTIVE'],
  GRACE: ['ACTIVE', 'FROZEN'],
  FROZEN: ['ACTIVE', 'RELEASING'],
  VIOLATION_FROZEN: ['ACTIVE', 'FROZEN'],
  RELEASING: ['RELEASED'],
  RELEASED: [],
  FAILED: [],
};
