import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { isJsonObject } from '../json.ts';
import type { HttpAnswerV1 } from '../saas-v1/read-answer.ts';
import { type AnswerForm, type Problems, type ReadAnswer, type Reading, readAnswerOf } from '../saas-v2/answer-form.ts';
import { answerProblems } from '../saas-v2/answer-problems.ts';
import { findWrapper, memberNames } from '../saas-v2/envelope.ts';
import { baseAnswerForm } from '../saas-v2/read-answer.ts';
import type { BaseActivity } from '../saas-v2/requests.ts';
import { diagnoseTransport, type TransportError } from '../saas-v2/transport.ts';
import { verifyBodySign } from '../signing/verify-body-sign.ts';
import { type LicenseAnswer, licenseAnswerSchemas } from './answers.ts';
import { dialectOf, type LicenseActivity } from './dialects.ts';
import { LICENSE_RESULT_CODES } from './result-codes.ts';
import { inWordsOfLicense } from './words.ts';

export type LicenseAnswerReading<A extends LicenseActivity> = Reading<LicenseAnswer<A>>;

export interface ExpectedLicense {
  /** The seller's key: answers of online 1.0 are signed with it. The POSTed dialects sign no answer. */
  readonly key: string;
  /** Online 1.0: that of the request; lets a Body-Sign keyed with Key + timeStamp be recognised. */
  readonly timeStamp?: string | undefined;
  /** The existing instances that a queryInstance asked for. */
  readonly instanceIds?: readonly string[] | undefined;
}

/**
 * The marketplace's reading of a License seller's answer: all that one exchange can tell. `http` is what came back: names of
 * headers as on the wire, the body after content decoding. `outcome` is `accepted` for 000004 to newInstance, queryInstance and
 * getLicenseAsync.
 *
 * @example
 * const reading = readLicenseAnswer('getLicense', http, { key, timeStamp: request.timeStamp });
 * if (reading.outcome === 'ok') deliver(reading.value?.license);
 */
export function readLicenseAnswer<A extends LicenseActivity>(
  activity: A,
  http: HttpAnswerV1,
  expect: ExpectedLicense,
): LicenseAnswerReading<A> {
  const reading = readAnswerOf(formOf(activity, http, expect), http);
  const diagnosis = reading.diagnosis.map((each) => inWordsOfLicense(dialectOf(activity), each, activity));
  return { ...reading, diagnosis };
}

/** The diagnosis of a License call that got no answer at all. */
export function diagnoseTransportLicense(activity: LicenseActivity, error: TransportError): Diagnosis {
  return inWordsOfLicense(dialectOf(activity), diagnoseTransport(error), activity);
}

function formOf<A extends LicenseActivity>(
  activity: A,
  http: HttpAnswerV1,
  { key, timeStamp, instanceIds = [] }: ExpectedLicense,
): AnswerForm<LicenseAnswer<A>> {
  const like = baseAnswerForm(LIKE_V2[activity], instanceIds);
  const isSigned = dialectOf(activity) === 'identification';
  return {
    schema: licenseAnswerSchemas[activity],
    codes: LICENSE_RESULT_CODES,
    ...(isSigned ? { signatureProblems: () => signatureProblems(http, key, timeStamp) } : {}),
    problems: activity === 'getLicense' ? licenseProblems : like.problems,
    ongoing: activity === 'getLicense' ? null : activity === 'getLicenseAsync' ? () => [] : like.ongoing,
  };
}

/** Whose answer of V2.0 has the same members of its own. */
const LIKE_V2 = {
  getLicense: 'newInstance',
  refreshLicense: 'refreshInstance',
  expireLicense: 'updateInstanceStatus',
  releaseLicense: 'releaseInstance',
  refreshLicenseCode: 'refreshInstance',
  updateLicenseCodeStatus: 'updateInstanceStatus',
  releaseLicenseCode: 'releaseInstance',
  newInstance: 'newInstance',
  queryInstance: 'queryInstance',
  refreshInstance: 'refreshInstance',
  updateInstanceStatus: 'updateInstanceStatus',
  releaseInstance: 'releaseInstance',
  getLicenseAsync: 'releaseInstance',
} as const satisfies Record<LicenseActivity, BaseActivity>;

function signatureProblems(http: HttpAnswerV1, key: string, timeStamp: string | undefined): Diagnosis[] {
  const verdict = verifyBodySign({ headers: http.headers, body: http.body, key, timeStamp });
  return verdict.ok ? [] : verdict.diagnosis;
}

/** getLicense gives instance and licence; either may have been put into an object of its own. */
function licenseProblems({ object, text, issues }: ReadAnswer): Problems {
  const wrapper = findWrapper(object, ['instanceId', 'license']);
  const inner = wrapper === null ? undefined : object[wrapper];
  if (wrapper === null || !isJsonObject(inner)) return answerProblems('newInstance', object, text, issues, []);
  return { form: [diagnose('body.wrapped', { wrapper, seen: `${wrapper}: {${memberNames(inner)}}` })], findings: [] };
}
