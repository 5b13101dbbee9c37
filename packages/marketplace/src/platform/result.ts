/** An expected refusal is a value; an exception is our own fault (style.md). */
export interface Refusal {
  readonly code: string;
  /** one sentence in English; the console has its own words per code */
  readonly message: string;
  readonly facts?: Readonly<Record<string, string>>;
}
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const refuse = (code: string, message: string, facts?: Record<string, string>): Result<never> => ({
  ok: false,
  refusal: facts ? { code, message, facts } : { code, message },
});
