import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import type { HttpAnswer } from '../saas-v2/http-problems.ts';
import { readAnswer } from '../saas-v2/read-answer.ts';
import type { KitInterface } from './paths.ts';
import { KIT_PADDINGS, type KitPadding } from './secret.ts';

export interface KitAnswerReading {
  /** `ok`: 000000. `refused`: any other six-digit code, 000004 included: nobody asks again. `malformed`: the rest. */
  outcome: 'ok' | 'refused' | 'malformed';
  resultCode: string | null;
  resultMsg: string | null;
  /** At most 20, causes before consequences. */
  diagnosis: Diagnosis[];
}

/** What applicationSync answers when it cannot decrypt the client secret; elsewhere it is about a mobile number. */
const SECRET_REFUSED = '000101';

/**
 * The marketplace's reading of an answer to a kit call, which is the bare envelope (`saas-v2.md` 2, 7). `padding` is the one
 * that an applicationSync's secret was sent with.
 */
export function readKitAnswer(
  kit: KitInterface,
  http: HttpAnswer,
  { padding = KIT_PADDINGS[0] }: { padding?: KitPadding | undefined } = {},
): KitAnswerReading {
  // A release is answered with the bare envelope too.
  const { outcome, resultCode, resultMsg, diagnosis } = readAnswer('releaseInstance', http);
  const secret = kit === 'applicationSync' && resultCode === SECRET_REFUSED;
  return {
    outcome: outcome === 'accepted' ? 'refused' : outcome,
    resultCode,
    resultMsg,
    diagnosis: secret ? diagnosis.map((each) => asSecretRefusal(each, padding)) : diagnosis,
  };
}

function asSecretRefusal(found: Diagnosis, padding: KitPadding): Diagnosis {
  return found.code === 'result.refused' ? diagnose('kit.secret', { padding, seen: found.seen }) : found;
}
