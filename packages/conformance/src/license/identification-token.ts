/**
 * Online 1.0: the authToken is that of SaaS V1.0 (license-and-other-types.md 3.1), and so are the ways to read a query wrongly and
 * to forge a call. They are tried here on getLicense.
 */
import { type Diagnosis, diagnose, formatUtc17, inWordsOfLicense, type Words } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { asWarning } from '../finding.ts';
import { FEATURES, judgeFeature } from '../saas-v1/encoding.ts';
import { newMemory as newMemoryV1 } from '../saas-v1/memory.ts';
import { freshId, type Parameters } from '../saas-v1/parameters.ts';
import type { Writing } from '../saas-v1/request.ts';
import { FORGERIES, forged } from '../saas-v1/security.ts';
import { askByGet, type Members } from './calls.ts';
import { caseOf } from './case-of.ts';
import { ACCEPTED } from './identification-accepted.ts';
import { expiry, purchase, release, renewal, without } from './members.ts';
import { findings, formOf, type Memory } from './memory.ts';
import { explainGet } from './refusals.ts';
import { inShort, isDone, isTakenForForged, isVerified } from './reply.ts';

/** Members that getLicense does not have. */
const NOT_OF_LICENSE: readonly string[] = ['encoding.ciphertext', 'encoding.extend-params', 'parameters.empty'];

/** Rightly signed calls that differ from the plainest in one feature. */
export function encodingCases(memory: Memory): readonly ConformanceCase[] {
  const memoryV1 = newMemoryV1();
  const features = FEATURES.filter(({ name }) => !NOT_OF_LICENSE.includes(name));
  return [
    ...features.map((feature): ConformanceCase => {
      const { name, title, reference, after = [], reading = false } = feature;
      return {
        name,
        title,
        reference,
        after: [...ACCEPTED, ...after],
        reading,
        run: async (session) => {
          const forms = feature.forms.map(
            (form) => async () => ofLicense(session, memory, await form(session, memoryV1)),
          );
          return (await judgeFeature(session, memoryV1, { ...feature, forms })).map(inWords);
        },
      };
    }),
    caseOf(
      'parameters.empty',
      ['An empty parameter is part of the signed text', '值为空的参数参与签名'],
      '3.1',
      (session) => emptyParameter(session, memory),
      { after: ACCEPTED, reading: true },
    ),
  ];
}

/** What the purchase of SaaS has more than the plainest of a licence, and the name that the feature is about. */
function ofLicense(session: Session, memory: Memory, parameters: Parameters): Members {
  const more = without(parameters, 'chargingMode', 'expireTime', 'periodNumber', 'periodType');
  return { ...more, ...purchase(session, memory.term, { customerName: parameters.customerName ?? '' }) };
}

/** A cause has its own advice, and its own place among the mistakes of V1.0. */
function inWords(diagnosis: Diagnosis): Diagnosis {
  return diagnosis.code === 'security.valid-refused' ? diagnosis : inWordsOfLicense('identification', diagnosis);
}

/** What a seller says to an empty skuCode is its own affair, unless it takes the call for forged. */
async function emptyParameter(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const members = purchase(session, memory.term, { skuCode: '' });
  const reply = await askByGet(session, 'getLicense', members, 'getLicense, an empty skuCode');
  if (!isTakenForForged(reply)) return [];
  const explained = await explainGet(session, { members, reply });
  return explained === null ? [] : [explained];
}

/** Calls that must not pass. */
export function forgeryCases(memory: Memory): readonly ConformanceCase[] {
  return [
    ...FORGERIES.map(({ name, title, after = [], reading = false, writings }): ConformanceCase => {
      const run = async (session: Session) => {
        for (const [label, writing] of writings) {
          const what = `getLicense, ${label}`;
          const order = purchase(session, memory.term);
          if (isDone(await askByGet(session, 'getLicense', order, what, writing(session))))
            return [accepted(name, what)];
        }
        return [];
      };
      const reference = 'license-and-other-types.md 10.1';
      return { name: ofToken(name), title, reference, after: [...ACCEPTED, ...after.map(ofToken)], reading, run };
    }),
    caseOf(
      'authToken.every-activity',
      ['Every activity checks the authToken', '每个 activity 都校验 authToken'],
      '10.1',
      (session) => everyActivity(session),
      { after: [...ACCEPTED, 'authToken.wrong'] },
    ),
  ];
}

/** `signature.wrong` of V1.0 is `authToken.wrong` here, where other dialects have signatures of their own. */
function ofToken(name: string): string {
  return name.replace(/^signature\b/, 'authToken').replace(/^timestamp\b/, 'timeStamp');
}

function accepted(name: string, what: string): Diagnosis {
  const code = name === 'timestamp.missing' ? 'security.timestamp-not-checked' : 'security.signature-not-checked';
  return inWordsOfLicense('identification', diagnose(code, { seen: `accepted: ${what}` }));
}

async function everyActivity(session: Session): Promise<readonly Diagnosis[]> {
  const [instanceId, orderId] = [session.uuid(), freshId(session)];
  const calls = [
    ['refreshLicense', renewal(session, instanceId)],
    ['expireLicense', expiry(instanceId, orderId)],
    ['releaseLicense', release(instanceId, orderId)],
  ] as const;
  const replies = await Promise.all(
    calls.map(([activity, members]) => askByGet(session, activity, members, `${activity}, a wrong authToken`, forged)),
  );
  const passed = replies.filter(isVerified).map((reply) => `${reply.activity}: ${inShort(reply)}`);
  if (passed.length === 0) return [];
  const seen = `a wrong authToken: ${passed.join('; ')}`;
  return [inWordsOfLicense('identification', diagnose('security.signature-not-checked', { seen }))];
}

const HOUR_MS = 3_600_000;

/** No page names a window: whether an old call is taken is the seller's to choose (3.1). */
export function timeCases(memory: Memory): readonly ConformanceCase[] {
  return [
    caseOf(
      'timeStamp.old',
      [
        'A call of an hour ago is answered in form, taken or refused',
        '一小时前的请求得到格式正确的响应，接受或拒绝均可',
      ],
      '3.1',
      async (session) => {
        const timeStamp = (at: Date) => formatUtc17(new Date(at.getTime() - HOUR_MS));
        return formOf(memory, await plain(session, memory, 'an hour old', { timeStamp }));
      },
      { after: ACCEPTED },
    ),
    caseOf(
      'timeStamp.digits',
      ['A timeStamp of 14 or 15 digits is understood', '接受 14 位或 15 位的 timeStamp'],
      '3.1',
      async (session) => {
        for (const digits of [14, 15]) {
          const timeStamp = cutTo(digits, session.now());
          const reply = await plain(session, memory, `a timeStamp of ${digits} digits`, { timeStamp });
          // Printed examples have them; the marketplace itself sends 17.
          if (!isDone(reply)) return findings(memory, reply).map((each) => ({ ...asWarning(each), fix: ANY_DIGITS }));
        }
        return [];
      },
      { after: ACCEPTED, reading: true },
    ),
    caseOf(
      'timeStamp.unreadable',
      ['A timeStamp that is no time is refused with 000002', 'timeStamp 不是时间时返回 000002'],
      '10.1',
      async (session) => {
        const reply = await plain(session, memory, 'a timeStamp that is no time', {
          timeStamp: (at) => `now-${at.getTime()}`,
        });
        if (!isDone(reply)) return formOf(memory, reply).map(asWarning);
        const request = { request: 'timeStamp=now-…', requestZh: 'timeStamp=now-…', seen: inShort(reply) };
        return [inWordsOfLicense('identification', diagnose('result.not-refused', request))];
      },
      { after: ACCEPTED },
    ),
  ];
}

/** Every millisecond back is a second back: times that are cut have to differ all the same, until the token is suitable. */
function cutTo(digits: number, nowMs: number): (at: Date) => string {
  return (at) => formatUtc17(new Date(nowMs - Math.max(0, nowMs - at.getTime()) * 1000)).slice(0, digits);
}

function plain(session: Session, memory: Memory, label: string, writing: Writing) {
  return askByGet(session, 'getLicense', purchase(session, memory.term), `getLicense, ${label}`, writing);
}

const ANY_DIGITS: Words = {
  zh: 'timeStamp 的形式为 yyyyMMddHHmmssSSS，但文档示例中也有 15 位：建议接受 14 到 17 位，并把收到的原文拼入 HMAC 密钥。',
  en: 'timeStamp is yyyyMMddHHmmssSSS, but printed examples have 15 digits: better take 14 to 17, and key the HMAC with the text as it came.',
};
