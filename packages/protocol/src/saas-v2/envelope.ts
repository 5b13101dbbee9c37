import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { excerpt } from './excerpt.ts';
import { RESULT_CODES, type ResultCodes } from './result-codes.ts';

/** The two members of every answer (`saas-v2.md` 2, 8). */
export interface Envelope {
  /** Null when it cannot be told; so is a text that is too long to be kept. */
  readonly resultCode: string | null;
  /** Cut at its limit of 255 characters. */
  readonly resultMsg: string | null;
  /** Whether resultCode is a six-digit text, known or not. */
  readonly wellFormed: boolean;
  readonly diagnosis: Diagnosis[];
}

const RESULT_MSG_MAX = 255;
/** Codes have six digits; a longer text is still shown so far, so that people see what came. */
const RESULT_CODE_KEPT = 64;

export function readEnvelope(body: JsonObject, codes: ResultCodes = RESULT_CODES): Envelope {
  const code = body.resultCode;
  const message = resultMsgProblem(body);
  const resultMsg = typeof body.resultMsg === 'string' ? body.resultMsg.slice(0, RESULT_MSG_MAX) : null;
  const problem = resultCodeProblem(body, codes);
  return {
    resultCode: typeof code === 'string' && code.length <= RESULT_CODE_KEPT ? code : null,
    resultMsg,
    wellFormed: typeof code === 'string' && /^\d{6}$/.test(code),
    // A wrapped answer lacks everything at the top: one finding says it all.
    diagnosis: problem?.code === 'body.wrapped' ? [problem] : [problem, message].filter((each) => each !== null),
  };
}

/** The name of an object-valued member that holds one of `names` while the top level does not. */
export function findWrapper(body: JsonObject, names: readonly string[]): string | null {
  const wrapper = Object.entries(body).find(
    ([, value]) => isJsonObject(value) && names.some((name) => body[name] === undefined && value[name] !== undefined),
  );
  return wrapper?.[0] ?? null;
}

/** The names of an object's first members, for a diagnosis. */
export function memberNames(body: JsonObject): string {
  return Object.keys(body).slice(0, 20).join(', ').slice(0, 200);
}

function resultCodeProblem(body: JsonObject, codes: ResultCodes): Diagnosis | null {
  const code = body.resultCode;
  if (code === undefined || code === null || code === '') {
    const wrapper = findWrapper(body, ['resultCode']);
    if (wrapper !== null) return diagnose('body.wrapped', { wrapper, seen: `${wrapper}.resultCode` });
    return diagnose('body.result-code-missing', { seen: `members: ${memberNames(body) || 'none'}` });
  }
  const seen = excerpt(code);
  if (typeof code !== 'string') return diagnose('body.result-code-type', { seen });
  if (Object.hasOwn(codes, code)) return null;
  const meant = meantCode(code, codes);
  return meant === null
    ? diagnose('body.result-code-unknown', { seen })
    : diagnose('body.result-code-misspelt', { seen, meant });
}

/** A documented code with zeros too few or too many, blanks around it, or the letter O for zeros. */
function meantCode(code: string, codes: ResultCodes): string | null {
  const digits = code.trim().replace(/o/gi, '0');
  if (digits === code && code.length === 6) return null;
  if (!/^\d{1,12}$/.test(digits)) return null;
  const meant = String(Number(digits)).padStart(6, '0');
  return Object.hasOwn(codes, meant) ? meant : null;
}

function resultMsgProblem(body: JsonObject): Diagnosis | null {
  const message = body.resultMsg;
  if (message === undefined || message === null || message === '') {
    return diagnose('body.result-msg-missing', { seen: message === undefined ? 'absent' : excerpt(message) });
  }
  if (typeof message !== 'string') {
    return diagnose('body.member-type', {
      member: 'resultMsg',
      expected: 'a string',
      seen: excerpt(message),
    });
  }
  if (message.length <= RESULT_MSG_MAX) return null;
  const limit = String(RESULT_MSG_MAX);
  return diagnose('body.member-length', { member: 'resultMsg', limit, seen: `${message.length} characters` });
}
