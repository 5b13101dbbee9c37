/** What an answer of a seller says, and what is wrong with it: for the record of an exchange, not for its effect. */
import {
  type Diagnosis,
  diagnoseTransport,
  diagnoseTransportV1,
  isActivityV1,
  isBaseActivity,
  isIdentificationActivity,
  isLicenseCodeActivity,
  readAnswer,
  readAnswerV1,
  readLicenseAnswer,
  splitInstanceIds,
} from '@jishi/protocol';
import type { HttpAnswer, OutboundResult } from '../platform/outbound.ts';
import { describe, textMember, type WireRequest } from './wire.ts';

export interface ReadAnswer {
  readonly resultCode: string | null;
  readonly diagnosis: readonly Diagnosis[];
}

// A hostile answer must not fill the records (as with the marketplace's own calls).
const MOST_DIAGNOSES = 20;

export function readExchange(
  request: WireRequest,
  result: OutboundResult,
  durationMs: number,
  key: string | null,
): ReadAnswer {
  const { protocol } = describe(request);
  if (!result.ok) {
    const fault = { kind: result.fault, message: result.message };
    return {
      resultCode: null,
      diagnosis: [protocol === 'saas-v1' ? diagnoseTransportV1(fault) : diagnoseTransport(fault)],
    };
  }
  if (protocol === null) return { resultCode: null, diagnosis: [] };
  const { resultCode, diagnosis } =
    protocol === 'saas-v1'
      ? readV1(request, result.answer, durationMs, key ?? '')
      : readV2(request, result.answer, durationMs, key ?? '');
  return { resultCode, diagnosis: diagnosis.slice(0, MOST_DIAGNOSES) };
}

function readV2(request: WireRequest, answer: HttpAnswer, durationMs: number, key: string): ReadAnswer {
  const http = { ...answer, durationMs };
  const { activity } = describe(request);
  if (activity === 'queryInstance') {
    const instanceIds = splitInstanceIds(textMember(request.body, 'instanceId') ?? '');
    return readAnswer('queryInstance', http, { instanceIds });
  }
  // License has the signature of V2.0 and activities of its own (license-and-other-types.md 4.5, 5).
  if (isLicenseCodeActivity(activity) || activity === 'getLicenseAsync')
    return readLicenseAnswer(activity, { ...http, headers: answer.rawHeaders }, { key });
  // The answer to an order's notice is an envelope like that to any other plain activity (saas-v2.md 5.8).
  return readAnswer(isBaseActivity(activity) ? activity : 'releaseInstance', http);
}

function readV1(request: WireRequest, answer: HttpAnswer, durationMs: number, key: string): ReadAnswer {
  const http = { ...answer, headers: answer.rawHeaders, durationMs };
  const query = new URL(request.url).searchParams;
  const { activity } = describe(request);
  const expected = { key, timeStamp: query.get('timeStamp') ?? undefined };
  if (activity === 'queryInstance')
    return readAnswerV1('queryInstance', http, {
      ...expected,
      instanceIds: splitInstanceIds(query.get('instanceId') ?? ''),
    });
  if (isIdentificationActivity(activity)) return readLicenseAnswer(activity, http, expected);
  return readAnswerV1(isActivityV1(activity) ? activity : 'releaseInstance', http, expected);
}
