/** What can be switched from outside while the demo seller runs. */
import { z } from 'zod';

const ACTIVITIES = [
  'newInstance',
  'queryInstance',
  'refreshInstance',
  'updateInstanceStatus',
  'releaseInstance',
  'upgradeInstance',
  'changeInstanceCheck',
  // Only V1.0 has these.
  'expireInstance',
  'upgrade',
  'instanceStatus',
] as const;

export const FAULT_KINDS = [
  'slow',
  'hang',
  'html',
  'empty',
  'wrong-type',
  'huge',
  'cut',
  'redirect',
  'status-500',
  'reset',
  'wrong-result-code',
  'refuse',
  'bad-json',
  'unsigned',
  'wrong-signature',
] as const;

export const fault = z.strictObject({
  /** Absent: every activity. */
  activity: z.enum(ACTIVITIES).optional(),
  kind: z.enum(FAULT_KINDS),
  /** How often; null or absent: until it is taken away. */
  times: z.number().int().min(0).nullable().default(null),
  /** For `slow`. */
  delayMs: z.number().int().min(0).max(600_000).optional(),
  /** For `refuse` and `wrong-result-code`. */
  code: z.string().max(32).optional(),
});

/** Members that are given replace what was there; the others stay. */
export const settingsChange = z.strictObject({
  /** `async`: newInstance answers 000004, the instance is ready after `provisioningDelayMs`; V1.0 finds it so when it repeats. */
  mode: z.enum(['sync', 'async']).optional(),
  provisioningDelayMs: z.number().int().min(0).max(86_400_000).optional(),
  /** `required`: an instance is ready only when the order is known. `optional`: without it a standard plan is given. */
  orderLookup: z.enum(['required', 'optional']).optional(),
  faults: z.array(fault).max(100).optional(),
});

export type Fault = z.infer<typeof fault>;
export type FaultKind = (typeof FAULT_KINDS)[number];
export type SettingsChange = z.input<typeof settingsChange>;

export interface Settings {
  readonly mode: 'sync' | 'async';
  readonly provisioningDelayMs: number;
  readonly orderLookup: 'required' | 'optional';
  readonly faults: readonly Fault[];
}

export const STANDARD_SETTINGS: Settings = {
  mode: 'sync',
  provisioningDelayMs: 0,
  orderLookup: 'required',
  faults: [],
};
