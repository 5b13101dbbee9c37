/** The outside world's defaults: clock, sleep, randomness. Nothing else in this package asks the system for them. */
import { randomInt } from 'node:crypto';

/** Milliseconds since 1970 (UTC). */
export type Clock = () => number;
/** Resolves after `delayMs`, or at once when `signal` aborts. Never rejects. */
export type Sleep = (delayMs: number, signal?: AbortSignal) => Promise<void>;

export const systemClock: Clock = () => Date.now();

export const systemSleep: Sleep = (delayMs, signal) =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const wake = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, delayMs);
    signal?.addEventListener('abort', wake);
  });

/** A number in [0, 1) for jitter; not for secrets. */
export const systemRandom = (): number => Math.random();

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `length` unpredictable characters out of A–Z a–z 0–9: nonces and IVs (saas-v2.md 3.1, 4.1). */
export function randomText(length: number): string {
  return Array.from({ length }, () => ALPHANUMERIC.charAt(randomInt(ALPHANUMERIC.length))).join('');
}
