import { RESULT_CODES } from '@jishi/protocol';

/** A handler's "no": a documented result code and a sentence for people. */
export interface Refusal {
  readonly refused: true;
  readonly resultCode: string;
  readonly resultMsg: string;
}

/** `resultMsg` is a String(255) (saas-v2.md 2). */
export const MAX_RESULT_MSG = 255;

/**
 * Refuse a call with a result code of saas-v2.md 8. Without a message the code's own meaning is sent; longer messages
 * are cut at 255 characters. Throws a `TypeError` for a code that is not in the table or is no refusal.
 *
 * @example
 * refuse('000106', 'All seats are sold'); // { refused: true, resultCode: '000106', resultMsg: 'All seats are sold' }
 */
export function refuse(resultCode: string, resultMsg?: string): Refusal {
  const known = RESULT_CODES[resultCode];
  if (!known) {
    const codes = Object.keys(RESULT_CODES).sort().join(', ');
    throw new TypeError(`refuse: "${resultCode}" is no result code of the protocol. Use one of ${codes}.`);
  }
  if (resultCode === '000000' || resultCode === '000004') {
    throw new TypeError(`refuse: ${resultCode} is no refusal. Return the instance, or { pending: true, instanceId }.`);
  }
  return { refused: true, resultCode, resultMsg: cutMessage(resultMsg ?? known.meaning.en) };
}

/** The answer for an instance that this seller does not know (`000003`). */
export const unknownInstance = (instanceId: string): Refusal =>
  refuse('000003', `The instance ${instanceId} does not exist`);

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value && value.refused === true;
}

/** At most 255 characters, none of them halved. */
export function cutMessage(text: string): string {
  if (text.length <= MAX_RESULT_MSG) return text;
  const cut = text.slice(0, MAX_RESULT_MSG - 1);
  return `${cut.replace(/[\ud800-\udbff]$/, '')}…`;
}
