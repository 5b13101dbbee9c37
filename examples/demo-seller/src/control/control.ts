/** The switches and the log of the running demo seller; tests compare the log with what the marketplace believes. */
import { type Fault, type Settings, type SettingsChange, STANDARD_SETTINGS, settingsChange } from './settings.ts';

/** One request at the production address; null: the request did not say. */
export interface ReceivedCall {
  readonly protocol: 'saas-v2' | 'saas-v1';
  readonly activity: string | null;
  readonly orderId: string | null;
  /** V2.0 only. */
  readonly orderLineId: string | null;
  readonly instanceId: string | null;
  readonly businessId: string | null;
  /** V2.0 only: no two attempts share one. */
  readonly nonce: string | null;
  /** As it was sent: milliseconds since 1970 in V2.0, 17 digits in V1.0. */
  readonly timeStamp: string | null;
  readonly test: boolean;
  /** When it arrived: ISO 8601, UTC. */
  readonly at: string;
  /** What the seller's server decided; null while it is at work, and when a fault kept the call from it. */
  readonly resultCode: string | null;
  /** What was done to the answer on its way out. */
  readonly fault: Fault['kind'] | null;
}

export interface TenantSummary {
  readonly instanceId: string;
  readonly orderId: string;
  readonly orderLineId: string | null;
  readonly customerName: string | null;
  readonly contact: string | null;
  readonly phase: string;
  readonly productId: string | null;
  readonly skuCode: string | null;
  readonly userLimit: number | null;
  readonly users: number;
  readonly expiresAt: string | null;
}

export interface DemoControl {
  settings(): Settings;
  /** Throws a ZodError for unknown members or values. */
  change(change: SettingsChange): Settings;
  /** The newest calls, in the order in which they arrived. */
  calls(): readonly ReceivedCall[];
  tenants(): readonly TenantSummary[];
  /** Forget the logged calls; tenants stay. */
  clearCalls(): void;
}

export interface ControlState extends DemoControl {
  /** Logs a call that has arrived; the function returned adds what was decided. */
  log(call: ReceivedCall): (resultCode: string | null) => void;
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
      return (resultCode) => {
        // It may be forgotten by now.
        const place = calls.lastIndexOf(call);
        if (place >= 0) calls[place] = { ...call, resultCode };
      };
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
