/** What comes of receiving a request: a verified, well-formed one, or the refusal that it deserves. */
import type { Diagnosis } from '@jishi/protocol';
import { redact } from './keys.ts';

export type Reception<R> =
  /** `accessKey` is the one of `keys` that the request was signed with. */
  | { readonly ok: true; readonly request: R; readonly accessKey: string }
  | {
      readonly ok: false;
      readonly resultCode: '000001' | '000002';
      /** Without keys: an explained signature quotes the string that was signed, which begins with the key. */
      readonly diagnosis: readonly Diagnosis[];
      /** Known when only the content was wrong. */
      readonly accessKey?: string;
    };

export interface ReceptionTools {
  /** Not empty; the newest first. */
  readonly keys: readonly string[];
  readonly nowMs: number;
  /** Recompute a wrong signature with known mistakes: for developers, it costs milliseconds that strangers could ask for. */
  readonly explain: boolean;
}

export function turnedAway(
  keys: readonly string[],
  resultCode: '000001' | '000002',
  diagnosis: readonly Diagnosis[],
  accessKey?: string,
): Extract<Reception<never>, { ok: false }> {
  return {
    ok: false,
    resultCode,
    diagnosis: diagnosis.map((one) => withoutKeys(one, keys)),
    ...(accessKey ? { accessKey } : {}),
  };
}

/**
 * Of what several keys say about a request that none of them fits: the explanation that recognises a known mistake is worth
 * more than "another key". Undefined when there are none.
 */
export function mostTelling<T extends { readonly diagnosis: readonly Diagnosis[] }>(
  refusals: readonly T[],
): T | undefined {
  return (
    refusals.find(({ diagnosis }) => !diagnosis.some(({ code }) => code === 'request.signature-key')) ?? refusals[0]
  );
}

function withoutKeys(diagnosis: Diagnosis, keys: readonly string[]): Diagnosis {
  const hide = (text: string) => redact(text, keys);
  const words = ({ zh, en }: { zh: string; en: string }) => ({ zh: hide(zh), en: hide(en) });
  return {
    ...diagnosis,
    summary: words(diagnosis.summary),
    expected: hide(diagnosis.expected),
    seen: hide(diagnosis.seen),
    fix: words(diagnosis.fix),
  };
}
