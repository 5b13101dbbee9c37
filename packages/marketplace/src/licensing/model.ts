/**
 * An authorisation code (license-and-other-types.md 4): made at the payment, picked up by the buyer, activated by the seller's
 * software, asked for its state every day. Pure.
 *
 * CREATED from the payment on; RECEIVED when the buyer has picked it up; ALIVE from its activation on, which counts as the pick-up
 * where there was none (4.1); EXPIRED while its subscription is frozen, for whatever reason; RELEASED for good, after a refund
 * or when the retention is over. A one-time code never expires by itself, because nothing freezes it.
 */
import { type Random, randomText } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { type PeriodType, periodEnd } from '../platform/site.ts';
import { move, type Transitions } from '../platform/state-machine.ts';

export const CODE_STATES = ['CREATED', 'RECEIVED', 'ALIVE', 'EXPIRED', 'RELEASED'] as const;
export type CodeState = (typeof CODE_STATES)[number];

export const codeTransitions: Transitions<CodeState> = {
  CREATED: ['RECEIVED', 'ALIVE', 'RELEASED'],
  RECEIVED: ['ALIVE', 'RELEASED'],
  ALIVE: ['EXPIRED', 'RELEASED'],
  EXPIRED: ['ALIVE', 'RELEASED'],
  RELEASED: [],
};

export const FREEZE_REASONS = ['EXPIRED', 'VIOLATION', 'ARREARS'] as const;
export type FreezeReason = (typeof FREEZE_REASONS)[number];

/** What decides a code's next state; amount, order and product are fixed at its creation (4.7). */
export interface CodeLife {
  readonly state: CodeState;
  /** when the order was placed: nothing begins before it; of a test code its creation */
  readonly orderedAt: Date;
  readonly receivedAt: Date | null;
  /** since when it is used, as the first activation told it (L16) */
  readonly activatedAt: Date | null;
  /** null = never, or not known before the activation */
  readonly expireAt: Date | null;
  readonly freezeReason: FreezeReason | null;
  readonly periodType: PeriodType | null;
  readonly periodNumber: number | null;
  /** a renewal may change it (4.7) */
  readonly productId: string;
}

const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** `PL` + 30 base-32 characters (Q6): 150 bits, so nobody guesses one. */
export const newCode = (random: Random): string => `PL${randomText(random, 30, BASE_32)}`;

/** The buyer takes the code; a second time it is just shown again. */
export function pickUp<T extends CodeLife>(code: T, now: Date): Result<T> {
  if (code.state === 'RELEASED') return refuse('CODE_RELEASED', 'the code was released');
  if (code.state !== 'CREATED') return ok(code);
  return ok({ ...code, state: move(codeTransitions, code.state, 'RECEIVED'), receivedAt: now });
}

export type ActivationFault = 'ILLEGAL_STATE' | 'BAD_TIME';

/**
 * The seller's software uses the code for the first time. Its end is an estimate until the subscription tells the true one (4.2).
 * @param realEffectAt null = now
 */
export function activate<T extends CodeLife>(
  code: T,
  realEffectAt: Date | null,
  timeZone: string,
  now: Date,
): { readonly code: T } | { readonly fault: ActivationFault } {
  // L16: a second activation keeps the first time; frozen, expired and released codes are not activated either.
  if ((code.state !== 'CREATED' && code.state !== 'RECEIVED') || code.freezeReason !== null)
    return { fault: 'ILLEGAL_STATE' };
  const at = realEffectAt ?? now;
  // The wire has whole seconds; an order of this very second is not before itself.
  if (Math.floor(at.getTime() / 1000) < Math.floor(code.orderedAt.getTime() / 1000) || at > now)
    return { fault: 'BAD_TIME' };
  const estimate =
    code.periodType === null || code.periodNumber === null
      ? null
      : periodEnd(at, code.periodType, code.periodNumber, timeZone);
  return {
    code: {
      ...code,
      state: move(codeTransitions, code.state, 'ALIVE'),
      receivedAt: code.receivedAt ?? now,
      activatedAt: at,
      expireAt: code.expireAt ?? estimate,
    },
  };
}

/** What the subscription that a code belongs to went through. */
export type Happened =
  | { readonly kind: 'ends'; readonly expireAt: Date | null }
  | { readonly kind: 'renewed'; readonly expireAt: Date; readonly productId: string | null }
  | { readonly kind: 'frozen'; readonly reason: FreezeReason }
  | { readonly kind: 'unfrozen' }
  | { readonly kind: 'released' };

/** A code that is released hears nothing any more; one that is not activated yet remembers a freeze. */
export function happened<T extends CodeLife>(code: T, what: Happened): T {
  if (code.state === 'RELEASED') return code;
  switch (what.kind) {
    case 'ends':
      return { ...code, expireAt: what.expireAt };
    case 'renewed':
      return { ...code, expireAt: what.expireAt, productId: what.productId ?? code.productId };
    case 'frozen':
      return { ...code, ...to(code, 'ALIVE', 'EXPIRED'), freezeReason: what.reason };
    case 'unfrozen':
      return { ...code, ...to(code, 'EXPIRED', 'ALIVE'), freezeReason: null };
    case 'released':
      return { ...code, state: move(codeTransitions, code.state, 'RELEASED') };
  }
}

const to = ({ state }: CodeLife, from: CodeState, next: CodeState): { readonly state: CodeState } => ({
  state: state === from ? move(codeTransitions, state, next) : state,
});
