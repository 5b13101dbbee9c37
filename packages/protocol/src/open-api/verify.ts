import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { describeSkew } from '../signing/clock-skew.ts';
import { equalConstantTime, hmacSha256Hex, sha256Hex } from '../signing/digest.ts';
import { parseSdkDate } from '../time.ts';
import { splitTarget } from '../uri.ts';
import { parseAuthorization } from './authorization.ts';
import {
  canonicalHeaders,
  canonicalQuery,
  canonicalRequestText,
  canonicalUri,
  canonicalUriOfRawSegments,
  payloadHash,
  stringToSign,
  UNSIGNED_PAYLOAD,
} from './canonical.ts';
import { explainAkSk } from './explain/ak-sk.ts';

/** Largest distance of X-Sdk-Date from the server's clock, inclusive (`openapi.md` 3.5, O10). */
export const AKSK_WINDOW_MS = 15 * 60_000;
/** A date that is a whole zone off may be wrong by this much besides. */
const ZONE_TOLERANCE_MS = 2 * 60_000;

export interface AkSkReceived {
  readonly sk: string;
  readonly method: string;
  /** Path and query exactly as received. */
  readonly rawPath: string;
  /** Lower-case names, values as received. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly nowMs: number;
  readonly windowMs?: number | undefined;
  /** Whether `X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD` is taken (`openapi.md` O12); default true. */
  readonly allowUnsignedPayload?: boolean | undefined;
  /** Whether a wrong signature is explained by recomputing it with known mistakes, which costs time; default true. */
  readonly explain?: boolean | undefined;
}

export type AkSkVerdict =
  | { ok: true }
  | {
      ok: false;
      reason: 'date' | 'header-absent' | 'signature' | 'body-hash';
      canonicalRequest: string | null;
      diagnosis: Diagnosis[];
    };

/** Verifies a received Open API request from the wire, in the order of `openapi.md` 3.6. */
export function verifyAkSk(input: AkSkReceived): AkSkVerdict {
  const { headers, body } = input;
  const authorization = parseAuthorization(headers.authorization);
  if (!authorization.ok) {
    return { ok: false, reason: 'signature', canonicalRequest: null, diagnosis: [authorization.diagnosis] };
  }
  const { signedHeaders, signature } = authorization;
  const date = dateProblem(input, signedHeaders);
  if (date !== null) return { ok: false, reason: 'date', canonicalRequest: null, diagnosis: [date] };
  const absent = signedHeaders.find((name) => !Object.hasOwn(headers, name));
  if (absent !== undefined) {
    const diagnosis = [diagnose('aksk.signed-header-absent', { seen: absent, header: absent })];
    return { ok: false, reason: 'header-absent', canonicalRequest: null, diagnosis };
  }
  const { path, query } = splitTarget(input.rawPath);
  const parts = {
    method: input.method.toUpperCase(),
    uri: canonicalUri(path),
    query: canonicalQuery(query),
    headerBlock: canonicalHeaders(signedHeaders, headers),
    signedHeaders,
    payloadHash: payloadHash(body, headers),
  };
  const sdkDate = headers['x-sdk-date']?.trim() ?? '';
  const canonicalRequest = canonicalRequestText(parts);
  const accepted = [canonicalRequest, canonicalRequestText({ ...parts, uri: canonicalUriOfRawSegments(path) })];
  const fits = accepted.some((text) =>
    equalConstantTime(hmacSha256Hex(input.sk, stringToSign(sdkDate, text)), signature),
  );
  if (!fits) {
    const explain = input.explain ?? true;
    const diagnosis = explain ? explainAkSk({ ...input, signature, sdkDate, parts }) : [diagnose('aksk.secret')];
    return { ok: false, reason: 'signature', canonicalRequest, diagnosis };
  }
  const hash = bodyHashProblem(input, parts.payloadHash);
  return hash === null ? { ok: true } : { ok: false, reason: 'body-hash', canonicalRequest, diagnosis: [hash] };
}

function dateProblem(input: AkSkReceived, signedHeaders: readonly string[]): Diagnosis | null {
  const text = input.headers['x-sdk-date']?.trim();
  if (text === undefined || text === '') return diagnose('aksk.date-missing');
  const date = parseSdkDate(text);
  if (date === null) return diagnose('aksk.date-format', { seen: text });
  if (!signedHeaders.includes('x-sdk-date')) {
    return diagnose('aksk.date-missing', { seen: 'x-sdk-date is sent but not named in SignedHeaders' });
  }
  // the date has whole seconds, so the clock is read in them: exactly 15 minutes are 15 minutes for the whole second
  const ageMs = Math.floor(input.nowMs / 1_000) * 1_000 - date.getTime();
  if (Math.abs(ageMs) <= (input.windowMs ?? AKSK_WINDOW_MS)) return null;
  return diagnose('aksk.date-skew', { seen: `${text}, ${describeSkew(ageMs, ZONE_TOLERANCE_MS)}` });
}

function bodyHashProblem(input: AkSkReceived, hash: string): Diagnosis | null {
  // what no header stands in for was computed from the body
  if (input.headers['x-sdk-content-sha256'] === undefined) return null;
  if (hash === UNSIGNED_PAYLOAD) {
    return (input.allowUnsignedPayload ?? true) ? null : diagnose('aksk.body-hash', { seen: UNSIGNED_PAYLOAD });
  }
  const expected = sha256Hex(input.body);
  return hash === expected ? null : diagnose('aksk.body-hash', { expected, seen: hash });
}
