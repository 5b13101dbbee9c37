/** Who is signed in, in memory: a restart signs everybody out. And how often somebody failed to. */
import type { RandomBytes } from '../data/passwords.ts';

export interface Session {
  readonly instanceId: string;
  readonly userName: string;
  readonly expiresAtMs: number;
}

export interface Sessions {
  open(instanceId: string, userName: string): string;
  find(token: string | undefined, instanceId: string): Session | undefined;
  close(token: string | undefined): void;
  /** False while this name has failed too often. */
  mayTry(instanceId: string, userName: string): boolean;
  failed(instanceId: string, userName: string): void;
  /** A success clears the failures of that name. */
  succeeded(instanceId: string, userName: string): void;
}

const SESSION_MS = 8 * 3_600_000;
const MAX_SESSIONS = 10_000;
const MAX_FAILURES = 10;
const FAILURE_WINDOW_MS = 5 * 60_000;

export function createSessions(clock: () => number, random: RandomBytes): Sessions {
  const sessions = new Map<string, Session>();
  const failures = new Map<string, { count: number; untilMs: number }>();
  const nameOf = (instanceId: string, userName: string) => JSON.stringify([instanceId, userName.toLowerCase()]);

  return {
    open(instanceId, userName) {
      const token = Buffer.from(random(32)).toString('base64url');
      sessions.set(token, { instanceId, userName, expiresAtMs: clock() + SESSION_MS });
      dropOldest(sessions, MAX_SESSIONS);
      return token;
    },
    find(token, instanceId) {
      const session = token === undefined ? undefined : sessions.get(token);
      return session && session.instanceId === instanceId && session.expiresAtMs > clock() ? session : undefined;
    },
    close(token) {
      if (token !== undefined) sessions.delete(token);
    },
    mayTry(instanceId, userName) {
      const failed = failures.get(nameOf(instanceId, userName));
      return !failed || failed.untilMs <= clock() || failed.count < MAX_FAILURES;
    },
    failed(instanceId, userName) {
      const name = nameOf(instanceId, userName);
      const before = failures.get(name);
      const running = before && before.untilMs > clock() ? before.count : 0;
      failures.set(name, { count: running + 1, untilMs: clock() + FAILURE_WINDOW_MS });
      dropOldest(failures, MAX_SESSIONS);
    },
    succeeded(instanceId, userName) {
      failures.delete(nameOf(instanceId, userName));
    },
  };
}

function dropOldest(map: Map<string, unknown>, limit: number): void {
  for (const key of map.keys()) {
    if (map.size <= limit) return;
    map.delete(key);
  }
}
