import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { diagnoseMistake } from '../diagnosis/mistake.ts';
import { equalConstantTime } from '../signing/digest.ts';
import { decodeQuery, type Parameter, signParameters, valueNamed } from './auth-token.ts';
import { BASE64_MEMBERS, queryMistakes } from './explain/query-mistakes.ts';
import { findMistake, type TokenMistake } from './explain/token-mistakes.ts';
import { type TimeWindow, windowProblem } from './time-window.ts';
import { inWordsOfV1 } from './words.ts';

export type AuthTokenVerdict = { ok: true } | AuthTokenRefusal;
export type AuthTokenRefusal = { ok: false; resultCode: '000001'; diagnosis: Diagnosis[] };

export interface AuthTokenOptions {
  /** Refuses requests whose timeStamp lies outside; default none (`saas-v1.md` 2.3). */
  readonly window?: TimeWindow | undefined;
  /** Takes blanks in base64 values for the `+` that they were, before it says no (`saas-v1.md` 3.3, F6); default false. */
  readonly repairPlus?: boolean | undefined;
  /** Whether the mistake in a wrong token is searched for; default true. Off where strangers call and nobody reads. */
  readonly explain?: boolean | undefined;
}

/**
 * Verifies the authToken of a V1.0 base call (`saas-v1.md` 3.3): constant time, case-sensitive. `rawQuery` is the query exactly
 * as received, without `?`. Blanks may come as `%20` or as `+` (Q2).
 */
export function verifyAuthToken(rawQuery: string, key: string, options: AuthTokenOptions = {}): AuthTokenVerdict {
  const checked = checkAuthToken(rawQuery, key, options);
  return checked.ok ? { ok: true } : checked;
}

/** As {@link verifyAuthToken}, with the parameters in the reading that the token fits. */
export function checkAuthToken(
  rawQuery: string,
  key: string,
  { window, repairPlus = false, explain = true }: AuthTokenOptions,
): { ok: true; parameters: Parameter[] } | AuthTokenRefusal {
  const plain = decodeQuery(rawQuery);
  const missing = missingProblems(valueNamed(plain, 'timeStamp'), valueNamed(plain, 'authToken'), 'query parameter');
  if (missing.length > 0) return refuseToken(missing);
  const form = rawQuery.includes('+') ? decodeQuery(rawQuery, 'blank') : plain;
  const readings = [plain, ...(form === plain ? [] : [form]), ...(repairPlus ? [form.map(repaired)] : [])];
  const parameters = readings.find((each) => fits(each, key));
  if (parameters === undefined) {
    const candidates = explain ? queryMistakes(rawQuery, plain, key) : [];
    return refuseToken([explainToken(plain, key, valueNamed(plain, 'authToken'), candidates)]);
  }
  const late = windowProblem(valueNamed(parameters, 'timeStamp'), window, 0);
  return late === null ? { ok: true, parameters } : refuseToken([late]);
}

/** Step 1 of `saas-v1.md` 3.3, of base and kit calls. */
export function missingProblems(timeStamp: string, token: string, place: 'query parameter' | 'header'): Diagnosis[] {
  const where = place === 'header' ? 'member timeStamp of the body' : 'query parameter timeStamp';
  return [
    ...(timeStamp === '' ? [diagnose('request.timestamp-missing', { expected: where })] : []),
    ...(token === '' ? [diagnose('request.signature-missing', { expected: `${place} authToken` })] : []),
  ];
}

/** Why a token does not fit; never prints the right one. */
export function explainToken(
  signed: readonly Parameter[],
  key: string,
  token: string,
  candidates: readonly TokenMistake[],
): Diagnosis {
  const found = findMistake(token, candidates);
  if (found !== null) return diagnoseMistake(found);
  const { stringToSign } = signParameters(signed, key);
  return diagnose('request.signature-key', {
    change: 'no known mistake reproduces the token',
    changeZh: '没有任何已知错误能得到这个 authToken',
    expected: `HMAC-SHA256 keyed with ***${valueNamed(signed, 'timeStamp')} over ${stringToSign}`.slice(0, 1000),
    seen: token.slice(0, 100),
  });
}

export function refuseToken(diagnosis: Diagnosis[]): AuthTokenRefusal {
  return { ok: false, resultCode: '000001', diagnosis: diagnosis.map(inWordsOfV1) };
}

function fits(parameters: readonly Parameter[], key: string): boolean {
  return equalConstantTime(signParameters(parameters, key).authToken, valueNamed(parameters, 'authToken'));
}

function repaired({ name, value }: Parameter): Parameter {
  return { name, value: BASE64_MEMBERS.includes(name) ? value.replaceAll(' ', '+') : value };
}
