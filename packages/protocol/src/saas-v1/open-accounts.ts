import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { decryptAccountData } from '../secrets/account-data.ts';
import type { AnswersV1, AnswerV1, AppInfoV1 } from './answers.ts';
import type { ActivityV1 } from './requests.ts';

/** An answer with `userName` and `password` in clear, null where they cannot be read, and why (`saas-v1.md` 5.2, 5.3). */
interface Opened<T> {
  readonly value: T;
  readonly diagnosis: Diagnosis[];
}

/** Decrypts the account data of an answer; V1.0 always wants them encrypted. */
export function openAccounts<A extends ActivityV1>(activity: A, answer: AnswerV1<A>, key: string): Opened<AnswerV1<A>> {
  return OPENERS[activity](answer, key);
}

const OPENERS: { [A in ActivityV1]: (answer: AnswersV1[A], key: string) => Opened<AnswersV1[A]> } = {
  newInstance: (answer, key) => {
    if (!answer.appInfo) return asIs(answer);
    const opened = openAppInfo(answer.appInfo, answer.encryptType, key, 'appInfo');
    return { value: { ...answer, appInfo: opened.value }, diagnosis: opened.diagnosis };
  },
  queryInstance: (answer, key) => {
    if (!answer.info) return asIs(answer);
    const opened = answer.info.map((each, index) => {
      if (!each.appInfo) return asIs(each);
      const { value, diagnosis } = openAppInfo(each.appInfo, answer.encryptType, key, `info[${index}].appInfo`);
      return { value: { ...each, appInfo: value }, diagnosis };
    });
    const info = opened.map(({ value }) => value);
    return { value: { ...answer, info }, diagnosis: opened.flatMap(({ diagnosis }) => diagnosis) };
  },
  refreshInstance: asIs,
  expireInstance: asIs,
  releaseInstance: asIs,
  upgrade: asIs,
  instanceStatus: asIs,
};

function openAppInfo(
  appInfo: AppInfoV1,
  encryptType: string | null | undefined,
  key: string,
  path: string,
): Opened<AppInfoV1> {
  const userName = openSecret(appInfo.userName, encryptType, key, `${path}.userName`);
  const password = openSecret(appInfo.password, encryptType, key, `${path}.password`);
  return {
    value: { ...appInfo, userName: userName.value, password: password.value },
    diagnosis: [...userName.diagnosis, ...password.diagnosis],
  };
}

function openSecret(
  value: string | null | undefined,
  encryptType: string | null | undefined,
  key: string,
  path: string,
): Opened<string | null> {
  if (!value) return { value: null, diagnosis: [] };
  const declared = encryptType || '1';
  const type = declared === '2' ? '2' : '1';
  const opened = decryptAccountData(value, key, type);
  if (!opened.ok) {
    return { value: null, diagnosis: opened.diagnosis.map((each) => ({ ...each, seen: `${path} ${each.seen}` })) };
  }
  if (declared === type) return { value: opened.text, diagnosis: [] };
  // Readable all the same: said, and not held against the customer.
  const seen = `encryptType ${JSON.stringify(declared)}, ${path} fits "${type}"`;
  return { value: opened.text, diagnosis: [diagnose('secret.type', { seen, type })] };
}

function asIs<T>(value: T): Opened<T> {
  return { value, diagnosis: [] };
}
