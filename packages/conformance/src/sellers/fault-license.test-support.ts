/** How deliberately wrong License sellers are written: a right one with one thing done otherwise. */
import type { DiagnosisCode } from '@jishi/protocol';
import type { Hooks, SellerCall, Written } from './right-license.test-support.ts';
import type { Dialect, Members } from './right-license-life.test-support.ts';

export interface Fault {
  readonly name: string;
  /** has to stand first among the findings */
  readonly code: DiagnosisCode;
  /** what the finding has to name besides, in its English summary, `expected` or `seen` */
  readonly says?: string;
  /** shows only in the life of live licences */
  readonly live?: boolean;
  /** the dialects that the seller speaks; default: the one that its list is about */
  readonly speaks?: readonly Dialect[];
  readonly hooks: Hooks;
}

/** Only for one activity, or for those of a list. */
export function of(activities: string | readonly string[], { members }: SellerCall): boolean {
  return [activities].flat().includes(String(members.activity));
}

/** The members of successes of the activity otherwise. */
export function answering(activity: string, change: (right: Members, call: SellerCall) => Members): Hooks {
  return {
    answer: (right, call) => (of(activity, call) && right.resultCode === '000000' ? change(right, call) : right),
  };
}

/** Every answer to the activity otherwise, whatever it says. */
export function writing(activity: string | readonly string[], change: (right: Written) => Partial<Written>): Hooks {
  return { write: (right, call) => (of(activity, call) ? { ...right, ...change(right) } : right) };
}

export function writingAll(change: (right: Written) => Partial<Written>): Hooks {
  return { write: (right) => ({ ...right, ...change(right) }) };
}

export function without(members: Members, name: string): Members {
  return Object.fromEntries(Object.entries(members).filter(([each]) => each !== name));
}

/** A refusal in the place of success, from the second time that the same is asked for. */
export function refusingRepeats(
  activity: string,
  identity: (members: Members) => string,
  resultCode = '000005',
): Hooks {
  const seen = new Set<string>();
  return {
    answer: (right, { members }) => {
      if (members.activity !== activity || right.resultCode !== '000000') return right;
      const key = identity(members);
      if (seen.has(key)) return { resultCode, resultMsg: 'duplicate' };
      seen.add(key);
      return right;
    },
  };
}
