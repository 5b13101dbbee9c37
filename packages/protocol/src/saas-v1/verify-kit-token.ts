import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { readBodyObject } from '../saas-v2/body-text.ts';
import { equalConstantTime } from '../signing/digest.ts';
import { signParameters, valueNamed } from './auth-token.ts';
import { kitMistakes } from './explain/kit-mistakes.ts';
import { kitParameters, withoutBlank } from './kit-token.ts';
import { KIT_OFFSET_MS, type TimeWindow, windowProblem } from './time-window.ts';
import { type AuthTokenVerdict, explainToken, missingProblems, refuseToken } from './verify-auth-token.ts';
import { inWordsOfV1 } from './words.ts';

export interface ReceivedKitCallV1 {
  readonly key: string;
  /** The body's text exactly as received. */
  readonly body: string;
  /** The header `authToken`. */
  readonly authToken: string | undefined;
  readonly window?: TimeWindow | undefined;
  /** Whether the mistake in a wrong token is searched for; default true. */
  readonly explain?: boolean | undefined;
}

/**
 * Verifies the header `authToken` of a V1.0 kit call (`saas-v1.md` 3.2, 3.3); quotes around the header's value are taken off.
 * A body that is no JSON object is `000002`.
 */
export function verifyKitTokenV1({
  key,
  body,
  authToken = '',
  window,
  explain = true,
}: ReceivedKitCallV1): AuthTokenVerdict | { ok: false; resultCode: '000002'; diagnosis: Diagnosis[] } {
  const members = kitParameters(body);
  if (members === null) {
    const read = readBodyObject(body);
    return { ok: false, resultCode: '000002', diagnosis: read.ok ? [] : [inWordsOfV1(read.diagnosis)] };
  }
  const signed = withoutBlank(members);
  const token = authToken
    .trim()
    .replace(/^["“”]/, '')
    .replace(/["“”]$/, '');
  const timeStamp = valueNamed(signed, 'timeStamp');
  const missing = missingProblems(timeStamp, token, 'header');
  if (missing.length > 0) return refuseToken(missing);
  if (!equalConstantTime(signParameters(signed, key).authToken, token)) {
    return refuseToken([explainToken(signed, key, token, explain ? kitMistakes(members, key) : [])]);
  }
  const late = windowProblem(timeStamp, window, KIT_OFFSET_MS);
  return late === null ? { ok: true } : refuseToken([late]);
}
