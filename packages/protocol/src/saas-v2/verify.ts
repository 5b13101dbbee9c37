import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { canonicalPayloadOfText } from '../json-text.ts';
import { equalHex } from '../signing/digest.ts';
import { explainCallSignature } from './explain/call-signature.ts';
import { warnNotCanonical } from './explain/not-canonical.ts';
import { type CallSignatureInput, signBase } from './sign.ts';
import { timestampProblem } from './timestamp.ts';

/** Largest distance of a call's timestamp from the clock, both directions, inclusive (`saas-v2.md` 3.1, Q19). */
export const CALL_WINDOW_MS = 60_000;

export interface ReceivedCall {
  readonly accessKey: string;
  /** The body's text exactly as received. */
  readonly body: string;
  readonly signature?: string | undefined;
  readonly timestamp?: string | undefined;
  readonly nonce?: string | undefined;
  readonly nowMs: number;
  readonly windowMs?: number | undefined;
  /**
   * Whether the mistake in a wrong signature is searched for, some hundred digests of the body, and warnings are given for a
   * right one; default true. A server that strangers can reach and that shows diagnoses to nobody switches it off.
   */
  readonly explain?: boolean | undefined;
}

/** A call that is accepted can carry warnings: other receivers might refuse it. */
export type CallVerdict =
  | { ok: true; diagnosis?: Diagnosis[] }
  | { ok: false; resultCode: '000001' | '000002'; diagnosis: Diagnosis[] };

/**
 * Verifies a base call in the order of `saas-v2.md` 3.1, steps 1–5; whether the nonce was seen before (step 6) is the
 * caller's to know. A signature over the raw text or over its canonical form is accepted. The result code is that of the
 * first failed check; the diagnosis lists everything that can be told. With `explain`, a signature that fits the raw text only
 * is accepted with warnings that say how the text differs from its canonical form.
 */
export function verifyBase(call: ReceivedCall): CallVerdict {
  return verifyCall('base', call, (input) => signBase(input).signature);
}

/** The shared part of base and kit verification; `sign` makes the form's signature of one payload. */
export function verifyCall(
  form: 'base' | 'kit',
  call: ReceivedCall,
  sign: (input: CallSignatureInput) => string,
): CallVerdict {
  const parameters = parameterProblems(call);
  const signature = signatureProblems(form, call, sign);
  const diagnosis = [...parameters, ...signature];
  if (diagnosis.length === 0) return accepted(call, sign);
  return { ok: false, resultCode: parameters.length > 0 ? '000002' : '000001', diagnosis };
}

function accepted(
  { accessKey, body, signature = '', timestamp = '', nonce = '', explain = true }: ReceivedCall,
  sign: (input: CallSignatureInput) => string,
): CallVerdict {
  if (!explain || !equalHex(sign({ accessKey, payload: body, timestamp, nonce }), signature)) return { ok: true };
  const warnings = warnNotCanonical(body);
  return warnings.length === 0 ? { ok: true } : { ok: true, diagnosis: warnings };
}

function parameterProblems({ timestamp, nonce, nowMs, windowMs = CALL_WINDOW_MS }: ReceivedCall): Diagnosis[] {
  const time = timestamp ? timestampProblem(timestamp, nowMs, windowMs) : diagnose('request.timestamp-missing');
  return [...(time === null ? [] : [time]), ...(nonce ? [] : [diagnose('request.nonce-missing')])];
}

function signatureProblems(
  form: 'base' | 'kit',
  { accessKey, body, signature, timestamp, nonce, explain = true }: ReceivedCall,
  sign: (input: CallSignatureInput) => string,
): Diagnosis[] {
  if (!signature) return [diagnose('request.signature-missing')];
  if (!timestamp || !nonce) return [];
  const fitsOver = (payload: string) => equalHex(sign({ accessKey, payload, timestamp, nonce }), signature);
  if (fitsOver(body)) return [];
  const canonical = canonicalPayloadOfText(body);
  const fits = canonical !== null && fitsOver(canonical);
  if (fits) return [];
  if (!explain) return [diagnose('request.signature-key', { seen: signature })];
  return explainCallSignature({ form, accessKey, body, signature, timestamp, nonce });
}
