/** Debugging calls of License: online 1.0, authorisation code 2.0, online provisioning (license-and-other-types.md 3, 4.5, 5). */
import {
  diagnoseTransportLicense,
  encodeIdentificationRequest,
  encodeLicenseRequest,
  formatUtc17,
  type IdentificationRequest,
  identificationRequests,
  isIdentificationActivity,
  isLicenseCodeActivity,
  isProvisioningActivity,
  LICENSE_CODE_SCENES,
  type LicenseActivity,
  type LicenseCodeRequest,
  licenseCodeRequests,
  type ProvisioningRequest,
  provisioningRequests,
  readLicenseAnswer,
  signAuthToken,
  signBase,
  splitInstanceIds,
} from '@jishi/protocol';
import type { HttpAnswer } from '../../platform/outbound.ts';
import { ALPHANUMERIC, type Random, randomText, uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { invalid, type Unfit } from './invalid.ts';
import {
  type BuiltRequest,
  type DebugProtocol,
  mandatory,
  optional,
  type Parameters,
  type Reading,
} from './protocol.ts';
import { saasV2 } from './saas-v2.ts';

const ORDER = mandatory('orderId', 'CS2601010800DEBUG');
const LINE = mandatory('orderLineId', 'CS2601010800DEBUG-000001');
const INSTANCE = mandatory('instanceId', 'debug-instance-1');
const CODE = mandatory('license', 'PLDEBUG0000000000000000000000000');
const PRODUCT = 'OFFI000000000000000001';
const FAR = '20991231155959';
const EXPIRE_TIME = mandatory('expireTime', FAR, { maximum: 20 });
const PERIOD = [
  optional('periodType', 'month', { choices: ['', 'month', 'year'] }),
  optional('periodNumber', '1', { maximum: 2 }),
];
const POSTED = { accept: 'application/json', 'content-type': 'application/json;charset=utf-8' };

interface Target {
  readonly url: string;
  readonly accessKey: string;
}
interface Fresh {
  readonly at: Date;
  readonly random: Random;
}

export const licenseIdentification: DebugProtocol = {
  forms: [
    {
      activity: 'getLicense',
      fields: [
        mandatory('customerId', 'debug-customer-1', { maximum: 100 }),
        optional('customerName', 'debug-customer'),
        ORDER,
        optional('skuCode', '00000000-0000-4000-8000-000000000001'),
        mandatory('productId', PRODUCT),
        // absent = yearly/monthly (Q3); 3 = one-time, without end and period (L15)
        optional('chargingMode', '', { choices: ['', '3'] }),
        ...PERIOD,
        optional('expireTime', FAR, { maximum: 20 }),
        // L13: products that use it are debugged with it
        optional('amount', '30', { maximum: 7 }),
      ],
    },
    { activity: 'refreshLicense', fields: [ORDER, INSTANCE, optional('productId'), EXPIRE_TIME, ...PERIOD] },
    { activity: 'expireLicense', fields: [ORDER, INSTANCE] },
    { activity: 'releaseLicense', fields: [ORDER, INSTANCE] },
  ],
  build({ activity, parameters }, target, { at, random }) {
    const timeStamp = formatUtc17(at);
    if (!isIdentificationActivity(activity)) return noInterface('license-identification', activity);
    const given = { ...filled(parameters), activity, timeStamp, testFlag: '1' };
    const members = activity === 'getLicense' ? { ...given, businessId: uuid(random) } : given;
    const parsed: { success: true; data: IdentificationRequest } | Unfit =
      identificationRequests[activity].safeParse(members);
    if (!parsed.success) return invalid(parsed);
    const [address = '', query] = target.url.split('?', 2);
    const raw = [query, encodeIdentificationRequest(parsed.data)].filter(Boolean).join('&');
    const { url } = signAuthToken(raw, target.accessKey);
    const headers = { accept: 'application/json' };
    return ok({ method: 'GET', url: `${address}?${url}`, headers, body: null, instanceIds: [], timeStamp });
  },
  read: (activity, built, answer, durationMs, accessKey) =>
    isIdentificationActivity(activity)
      ? readingOf(activity, built, answer, durationMs, accessKey)
      : unreachable(activity),
  transport: (fault) => diagnoseTransportLicense('getLicense', fault),
};

export const licenseCode: DebugProtocol = {
  forms: [
    {
      activity: 'refreshLicenseCode',
      fields: [
        CODE,
        mandatory('scene', 'RENEWAL', { choices: LICENSE_CODE_SCENES }),
        ORDER,
        LINE,
        EXPIRE_TIME,
        optional('productId'),
      ],
    },
    {
      activity: 'updateLicenseCodeStatus',
      fields: [CODE, mandatory('status', 'FREEZE', { choices: ['FREEZE', 'UNFREEZE'] })],
    },
    { activity: 'releaseLicenseCode', fields: [CODE, optional('orderId'), optional('orderLineId')] },
  ],
  build({ activity, parameters }, target, fresh) {
    if (!isLicenseCodeActivity(activity)) return noInterface('license-code', activity);
    const parsed: { success: true; data: LicenseCodeRequest } | Unfit = licenseCodeRequests[activity].safeParse({
      ...filled(parameters),
      activity,
      testFlag: '1',
    });
    return parsed.success ? ok(posted(encodeLicenseRequest(parsed.data), target, fresh, [])) : invalid(parsed);
  },
  read: (activity, built, answer, durationMs, accessKey) =>
    isLicenseCodeActivity(activity) ? readingOf(activity, built, answer, durationMs, accessKey) : unreachable(activity),
  transport: (fault) => diagnoseTransportLicense('releaseLicenseCode', fault),
};

const BASE = new Set(['newInstance', 'queryInstance', 'refreshInstance', 'updateInstanceStatus', 'releaseInstance']);

export const licenseProvisioning: DebugProtocol = {
  forms: [
    ...saasV2.forms.filter(({ activity }) => BASE.has(activity)),
    {
      activity: 'getLicenseAsync',
      fields: [
        INSTANCE,
        mandatory('effectiveTime', '2026-01-01 00:00:00 z', { maximum: 32 }),
        optional('expireTime', '2099-12-31 15:59:59 z', { maximum: 32 }),
        mandatory('eventId', 'debug-event-1'),
        optional('deviceFingerprint', 'debug-device-1', { maximum: 1024 }),
      ],
    },
  ],
  build({ activity, parameters }, target, fresh) {
    if (!isProvisioningActivity(activity)) return noInterface('license-provisioning', activity);
    const given = { ...filled(parameters), activity, testFlag: '1' };
    const members = activity === 'newInstance' ? { ...given, businessId: uuid(fresh.random) } : given;
    const parsed: { success: true; data: ProvisioningRequest } | Unfit =
      provisioningRequests[activity].safeParse(members);
    if (!parsed.success) return invalid(parsed);
    const asked = activity === 'queryInstance' ? splitInstanceIds(parameters.instanceId ?? '') : [];
    return ok(posted(encodeLicenseRequest(parsed.data), target, fresh, asked));
  },
  read: (activity, built, answer, durationMs, accessKey) =>
    isProvisioningActivity(activity)
      ? readingOf(activity, built, answer, durationMs, accessKey)
      : unreachable(activity),
  transport: (fault) => diagnoseTransportLicense('getLicenseAsync', fault),
};

const noInterface = (protocol: string, activity: string): Result<never> =>
  refuse('PARAMETERS_INVALID', `${protocol} has no interface ${activity}`);
const filled = (parameters: Parameters): Record<string, string> =>
  Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));
function unreachable(activity: string): never {
  throw new Error(`unreachable: ${activity} was sent`);
}

function posted(payload: string, target: Target, { at, random }: Fresh, instanceIds: readonly string[]): BuiltRequest {
  const [timestamp, nonce] = [String(at.getTime()), randomText(random, 32, ALPHANUMERIC)];
  const { signature } = signBase({ accessKey: target.accessKey, payload, timestamp, nonce });
  const url = new URL(target.url);
  for (const [name, value] of Object.entries({ signature, timestamp, nonce })) url.searchParams.set(name, value);
  return { method: 'POST', url: url.href, headers: POSTED, body: payload, instanceIds, timeStamp: timestamp };
}

function readingOf(
  activity: LicenseActivity,
  { instanceIds, timeStamp }: BuiltRequest,
  answer: HttpAnswer,
  durationMs: number,
  key: string,
): Reading {
  const http = { ...answer, headers: answer.rawHeaders, durationMs };
  const reading = readLicenseAnswer<LicenseActivity>(activity, http, { key, timeStamp, instanceIds });
  const { resultCode, resultMsg, value, diagnosis } = reading;
  const instanceId = value && 'instanceId' in value && typeof value.instanceId === 'string' ? value.instanceId : null;
  return { resultCode, resultMsg, instanceId, diagnosis };
}
