/** What is wrong with the answer to a rightly signed call that was to be carried out. */
import type { ActivityV1, Diagnosis } from '@jishi/protocol';
import { type Session, Skip } from '../case.ts';
import { type Asking, isDone, isTakenForForged } from './ask.ts';
import { cause } from './causes.ts';
import { explainRefusal } from './explain-refusal.ts';
import { findings, type Memory, named } from './memory.ts';
import type { Parameters } from './parameters.ts';
import type { Reading } from './reading.ts';

export interface ValidCall {
  readonly activity: ActivityV1;
  readonly parameters: Parameters;
  readonly label: string;
  readonly asking?: Asking | undefined;
}

/**
 * Everything the answer shows. A call that was taken for a forgery is explained once in a run: what is refused after that, is
 * refused for the same reason. Throws `Skip` then.
 */
export async function judgeValid(
  session: Session,
  memory: Memory,
  { activity, parameters, label, asking = {} }: ValidCall,
  reading: Reading<ActivityV1>,
): Promise<readonly Diagnosis[]> {
  if (!isTakenForForged(reading)) {
    const found = findings(memory, reading);
    return isDone(reading) ? found : named(found, label);
  }
  if (memory.said.has('security.valid-refused')) throw new Skip(EXPLAINED);
  memory.said.add('security.valid-refused');
  // The search itself always carries the test mark.
  const writing = { ...asking, live: false };
  return [await explainRefusal(session, { activity, parameters, label, writing, reading }, FIXED_LIST)];
}

const FIXED_LIST = cause(
  'parameters',
  '可能用固定的参数名列表拼接待签名串',
  'perhaps the text is built from a fixed list of names',
);

const EXPLAINED = {
  zh: '签名正确的请求被拒绝，原因已在前面的用例中指出',
  en: 'Refused although rightly signed; an earlier case names the reason',
};
