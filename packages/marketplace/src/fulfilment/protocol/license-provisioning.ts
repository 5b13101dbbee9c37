/** Online provisioning (license-and-other-types.md 5): V2.0's calls, and the buyer's application for a licence. */
import {
  diagnoseTransportLicense,
  encodeLicenseRequest,
  formatLicenseTime,
  inWordsOfLicense,
  isProvisioningActivity,
  readLicenseAnswer,
} from '@jishi/protocol';
import type { HttpAnswer } from '../../platform/outbound.ts';
import { ALPHANUMERIC, randomText } from '../../platform/random.ts';
import { type CallSubject, detailsOf, instanceOf, type ProtocolAdapter, plain } from './adapter.ts';
import { HEADERS, saasV2, signedUrl } from './saas-v2.ts';

const APPLICATION = 'getLicenseAsync';

export const licenseProvisioning: ProtocolAdapter = {
  build(subject, target, at, random) {
    if (subject.activity !== APPLICATION) return saasV2.build(subject, target, at, random);
    const body = encodeLicenseRequest(applicationOf(subject));
    const url = signedUrl(target, body, String(at.getTime()), randomText(random, 32, ALPHANUMERIC));
    return { method: 'POST', url, headers: HEADERS, body };
  },
  read(subject, sent, answer, durationMs, accessKey) {
    if (subject.activity === APPLICATION) {
      const http = { ...answer, headers: answer.rawHeaders, durationMs };
      const reading = readLicenseAnswer(APPLICATION, http, { key: accessKey });
      // 000004: it is being made; either way the licence comes by upload.
      return { ...plain(reading), outcome: reading.outcome === 'accepted' ? 'accepted' : plain(reading).outcome };
    }
    const reading = saasV2.read(subject, sent, answer, durationMs, accessKey);
    const activity = isProvisioningActivity(subject.activity) ? subject.activity : undefined;
    const diagnosis = reading.diagnosis.map((each) => inWordsOfLicense('provisioning', each, activity));
    // What the customer uses is a licence, not a page: an instance that is known is ready, with or without appInfo (5).
    const ready = reading.outcome === 'pending' && knows(subject, answer, durationMs, accessKey);
    return { ...reading, outcome: ready ? 'ok' : reading.outcome, diagnosis };
  },
  diagnoseFault: ({ fault, message }) => diagnoseTransportLicense(APPLICATION, { kind: fault, message }),
};

function knows(subject: CallSubject, answer: HttpAnswer, durationMs: number, key: string): boolean {
  const http = { ...answer, headers: answer.rawHeaders, durationMs };
  const { outcome, value } = readLicenseAnswer('queryInstance', http, { key });
  return outcome === 'ok' && (value?.info ?? []).some(({ instanceId }) => instanceId === subject.instanceId);
}

function applicationOf(subject: CallSubject) {
  const { eventId, effectiveTime, expireTime, deviceFingerprint } = detailsOf(subject, 'licence');
  return {
    activity: 'getLicenseAsync' as const,
    instanceId: instanceOf(subject),
    effectiveTime: formatLicenseTime(new Date(effectiveTime)),
    expireTime: expireTime === null ? null : formatLicenseTime(new Date(expireTime)),
    eventId,
    deviceFingerprint,
  };
}
