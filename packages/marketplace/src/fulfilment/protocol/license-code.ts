/** Authorisation code 2.0 (license-and-other-types.md 4.5): POST, signed as V2.0; the code names what the call is about. */
import {
  diagnoseTransportLicense,
  encodeLicenseRequest,
  formatUtc14,
  isLicenseCodeActivity,
  type LicenseCodeActivity,
  type LicenseCodeRequest,
  readLicenseAnswer,
} from '@jishi/protocol';
import { ALPHANUMERIC, randomText } from '../../platform/random.ts';
import { type CallSubject, detailsOf, type ProtocolAdapter, plain } from './adapter.ts';
import { HEADERS, signedUrl } from './saas-v2.ts';

export const licenseCode: ProtocolAdapter = {
  build(subject, target, at, random) {
    const { activity } = subject;
    if (!isLicenseCodeActivity(activity)) throw new Error(`call ${subject.id}: license-code has no ${activity}`);
    const body = encodeLicenseRequest(REQUESTS[activity](subject));
    const url = signedUrl(target, body, String(at.getTime()), randomText(random, 32, ALPHANUMERIC));
    return { method: 'POST', url, headers: HEADERS, body };
  },
  read(subject, _sent, answer, durationMs, accessKey) {
    const activity = isLicenseCodeActivity(subject.activity) ? subject.activity : 'releaseLicenseCode';
    const http = { ...answer, headers: answer.rawHeaders, durationMs };
    return plain(readLicenseAnswer(activity, http, { key: accessKey }));
  },
  diagnoseFault: ({ fault, message }) => diagnoseTransportLicense('releaseLicenseCode', { kind: fault, message }),
};

const REQUESTS: { readonly [A in LicenseCodeActivity]: (subject: CallSubject) => LicenseCodeRequest } = {
  refreshLicenseCode(subject) {
    const { scene, productId, expireTime } = detailsOf(subject, 'refresh');
    if (scene !== 'RENEWAL' && scene !== 'UNSUBSCRIBE_RENEWAL_PERIOD')
      throw new Error(`call ${subject.id}: a License is neither tried nor changed (L3, Q4)`);
    return {
      activity: 'refreshLicenseCode',
      license: codeOf(subject),
      scene,
      orderId: subject.orderId,
      orderLineId: subject.orderLineId,
      productId,
      expireTime: formatUtc14(new Date(expireTime)),
    };
  },
  updateLicenseCodeStatus: (subject) => ({
    activity: 'updateLicenseCodeStatus',
    license: codeOf(subject),
    status: detailsOf(subject, 'status').to,
  }),
  releaseLicenseCode(subject) {
    const order = { orderId: subject.orderId, orderLineId: subject.orderLineId };
    return {
      activity: 'releaseLicenseCode',
      license: codeOf(subject),
      ...(detailsOf(subject, 'release').unsubscribed ? order : {}),
    };
  },
};

function codeOf({ id, activity, code }: CallSubject): string {
  if (code === null) throw new Error(`call ${id}: ${activity} needs the authorisation code`);
  return code;
}
