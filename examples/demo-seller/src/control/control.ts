/** The switches and the log of the running demo seller; tests compare the log with what the marketplace believes. */
import { type Fault, type Settings, type SettingsChange, STANDARD_SETTINGS, settingsChange } from './settings.ts';

export interface ReceivedCall {
  readonly activity: string | null;
  readonly orderId: string | null;
  readonly orderLineId: string | null;
  readonly instanceId: string | null;
  readonly test: boolean;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** What the seller's server decided; null when a fault kept the call from it. */
  readonly resultCode: string | null;
  /** What was done to the answer on its way out. */
  readonly fault: Fault['kind'] | null;
}

export interface TenantSummary {
  readonly instanceId: string;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly phase: string;
  readonly userLimit: number | null;
  readonly users: number;
  readonly expiresAt: string | null;
}

export interface DemoControl {
  settings(): Settings;
  /** Throws a ZodError for unknown members or values. */
  change(change: SettingsChange): Settings;
  /** The newest calls, oldest first. */
  calls(): readonly ReceivedCall[];
  tenants(): readonly TenantSummary[];
  /** Forget the logged calls; tenants stay. */
  clearCalls(): void;
}

export interface ControlState extends DemoControl {
  log(call: ReceivedCall): void;
  /** The fault for the next call of this activity, counted down. */
  takeFault(activity: string | null): Fault | undefined;
}

/** Enough for any test, and some megabytes at most. */
const MAX_LOGGED_CALLS = 10_000;

export function createControl(tenants: () => readonly TenantSummary[]): ControlState {
  let settings = STANDARD_SETTINGS;
  let calls: ReceivedCall[] = [];

  return {
    settings: () => settings,
    change(change) {
      const given = settingsChange.parse(change);
      const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      settings = { ...settings, ...present };
      return settings;
    },
    calls: () => calls,
    tenants,
    clearCalls() {
      calls = [];
    },
    log(call) {
      calls.push(call);
      if (calls.length > MAX_LOGGED_CALLS) calls = calls.slice(-MAX_LOGGED_CALLS / 2);
    },
    takeFault(activity) {
      const fits = (fault: Fault) => (fault.activity ?? activity) === activity && fault.times !== 0;
      const taken = settings.faults.find(fits);
      if (!taken || taken.times === null) return taken;
      const left = { ...taken, times: taken.times - 1 };
      const faults = settings.faults
        .map((fault) => (fault === taken ? left : fault))
        .filter(({ times }) => times !== 0);
      settings = { ...settings, faults };
      return taken;
    },
  };
}
