import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { decryptAccountData, type EncryptType } from '../secrets/account-data.ts';
import type { QueryInstanceAnswer } from './answers.ts';

const TYPES: readonly EncryptType[] = ['1', '2'];

/**
 * What is wrong with the account data of a queryInstance answer, each kind of mistake once (`saas-v2.md` 4.1, Q3): encrypted
 * values that do not open with the key, clear ones beside an `encryptType`, and encrypted ones without it, which a customer
 * would be shown as they are.
 */
export function accountProblems(answer: QueryInstanceAnswer, accessKey: string): Diagnosis[] {
  const found = (answer.info ?? []).flatMap(({ appInfo }, index) =>
    (['userName', 'password'] as const).flatMap((member) => {
      const problems = valueProblems(appInfo?.[member] ?? '', answer.encryptType ?? '', accessKey);
      return problems.map((each) => ({ ...each, seen: `info[${index}].appInfo.${member} ${each.seen}` }));
    }),
  );
  const firstOf = new Map(found.toReversed().map((each) => [each.code, each]));
  return [...firstOf.values()].reverse();
}

function valueProblems(value: string, encryptType: string, accessKey: string): Diagnosis[] {
  if (value === '') return [];
  const declared = TYPES.find((type) => type === encryptType);
  if (declared !== undefined) {
    const opened = decryptAccountData(value, accessKey, declared);
    return opened.ok ? [] : opened.diagnosis;
  }
  // Other values of encryptType mean clear text (4.1): a value that opens all the same was not meant so.
  const fitting = TYPES.find((type) => decryptAccountData(value, accessKey, type).ok);
  if (fitting === undefined) return [];
  const stated = encryptType === '' ? 'without encryptType' : `with encryptType ${JSON.stringify(encryptType)}`;
  return [diagnose('secret.type', { seen: `${stated}, yet encrypted as type "${fitting}"`, type: fitting })];
}
