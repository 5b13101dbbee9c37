/** Rules of reviews and questions (12.3, B-14, B-16, S-51, S-52). Pure. */
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { forbiddenWords, holdsPersonalData } from '../publication/words.ts';

export const EDIT_DAYS = 30;
const DAY_MS = 86_400_000;

/** The writer may change his review until then, exclusive. */
export const editableUntil = (createdAt: Date): Date => new Date(createdAt.getTime() + EDIT_DAYS * DAY_MS);

/** What of a review decides what may be done with it. */
export interface ReviewState {
  readonly createdAt: Date;
  readonly addition: string | null;
  readonly reply: string | null;
  readonly hiddenAt: Date | null;
}

export function mayEdit({ createdAt, hiddenAt }: ReviewState, now: Date): Result<true> {
  if (hiddenAt !== null) return refuse('REVIEW_HIDDEN', '12.3: the platform has hidden this review');
  const until = editableUntil(createdAt);
  if (now < until) return ok(true);
  return refuse('REVIEW_CLOSED', `12.3: a review can be changed for ${EDIT_DAYS} days`, { until: until.toISOString() });
}

export function mayAdd({ addition, hiddenAt }: ReviewState): Result<true> {
  if (hiddenAt !== null) return refuse('REVIEW_HIDDEN', '12.3: the platform has hidden this review');
  return addition === null ? ok(true) : refuse('ALREADY_ADDED', '12.3: a review is added to once');
}

export function mayReply({ reply, hiddenAt }: ReviewState): Result<true> {
  if (hiddenAt !== null) return refuse('REVIEW_HIDDEN', '12.3: the platform has hidden this review');
  return reply === null
    ? ok(true)
    : refuse('ALREADY_REPLIED', '12.3: a review has one reply; delete it to write another');
}

/** B-16, S-51: nobody publishes forbidden words or personal data; what is wrong stands in the fact `words`. */
export function sensitiveWords(text: string): Refusal | null {
  const words = forbiddenWords(text);
  const refused =
    words.length > 0
      ? refuse('SENSITIVE_WORD', `B-16: please change: ${words.join(', ')}`, { words: words.join(', ') })
      : null;
  if (refused && !refused.ok) return refused.refusal;
  if (!holdsPersonalData(text)) return null;
  return { code: 'PERSONAL_DATA', message: 'B-16: phone and identity numbers do not belong here: everybody reads it' };
}

/** What others see of a name: its first character (12.1: personal data is masked). */
export const maskedName = (name: string): string => `${[...name.trim()][0] ?? ''}***`;
