import type { SandboxMove } from '@jishi/marketplace/console-api';

/** How much of a move is done, whole per cent; a move over no time is done. */
export function shareDone({ from, to, at }: SandboxMove): number {
  const whole = Date.parse(to) - Date.parse(from);
  if (!(whole > 0)) return 100;
  const share = Math.floor(((Date.parse(at) - Date.parse(from)) / whole) * 100);
  return Math.min(100, Math.max(0, share));
}
