import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { limited } from '../diagnosis/limit.ts';
import { canonicalPayload } from '../json.ts';
import { decodeQuery, type Parameter } from '../saas-v1/auth-token.ts';
import { encodeParameters, readActivity } from '../saas-v1/parse-request.ts';
import { type AuthTokenOptions, type AuthTokenRefusal, checkAuthToken } from '../saas-v1/verify-auth-token.ts';
import { parseActivity } from '../saas-v2/parse-request.ts';
import {
  isIdentificationActivity,
  isLicenseCodeActivity,
  isProvisioningActivity,
  LICENSE_ACTIVITIES,
  type LicenseDialect,
} from './dialects.ts';
import { type IdentificationRequest, identificationRequests } from './identification-requests.ts';
import {
  type LicenseCodeRequest,
  licenseCodeRequests,
  type ProvisioningRequest,
  provisioningRequests,
} from './post-requests.ts';
import { inWordsOfLicense } from './words.ts';

export type ParsedLicenseRequest<R> =
  | { ok: true; request: R }
  | { ok: false; resultCode: '000002'; diagnosis: Diagnosis[] };

/**
 * The query of an online License 1.0 request without its token, alphabetical, percent-encoded (`license-and-other-types.md` 3.1).
 *
 * @example
 * const { url } = signAuthToken(encodeIdentificationRequest(request), key);
 */
export function encodeIdentificationRequest(request: IdentificationRequest): string {
  return encodeParameters(Object.fromEntries(Object.entries(request).map(([name, value]) => [name, textOf(value)])));
}

/** The text of a POSTed License request as it is signed and sent: sorted, null-free, compact (`saas-v2.md` 3.1). */
export function encodeLicenseRequest(request: LicenseCodeRequest | ProvisioningRequest): string {
  return canonicalPayload(request);
}

/** Reads an online License 1.0 query without looking at its token; every refusal is `000002` (`license-and-other-types.md` 10.1). */
export function parseIdentificationRequest(rawQuery: string): ParsedLicenseRequest<IdentificationRequest> {
  return readParameters(decodeQuery(rawQuery));
}

/**
 * Reads an online License 1.0 call as a seller receives it: timeStamp and authToken present and right (`000001`), then activity,
 * mandatory parameters and their form (`000002`).
 *
 * @example
 * const received = receiveIdentificationRequest(rawQuery, key);
 * if (!received.ok) return answer(received.resultCode);
 */
export function receiveIdentificationRequest(
  rawQuery: string,
  key: string,
  options: AuthTokenOptions = {},
): ParsedLicenseRequest<IdentificationRequest> | AuthTokenRefusal {
  const checked = checkAuthToken(rawQuery, key, options);
  return checked.ok ? readParameters(checked.parameters) : checked;
}

/** Reads the body of an authorisation-code call (4.5); every refusal is `000002`. */
export function parseLicenseCodeRequest(body: string): ParsedLicenseRequest<LicenseCodeRequest> {
  const schemaOf = (name: string) => (isLicenseCodeActivity(name) ? licenseCodeRequests[name] : null);
  return inWords('code', parseActivity<LicenseCodeRequest>(body, LICENSE_ACTIVITIES.code, schemaOf));
}

/** Reads the body of an online provisioning call (5); every refusal is `000002`. */
export function parseProvisioningRequest(body: string): ParsedLicenseRequest<ProvisioningRequest> {
  const schemaOf = (name: string) => (isProvisioningActivity(name) ? provisioningRequests[name] : null);
  return inWords('provisioning', parseActivity<ProvisioningRequest>(body, LICENSE_ACTIVITIES.provisioning, schemaOf));
}

function readParameters(parameters: readonly Parameter[]): ParsedLicenseRequest<IdentificationRequest> {
  const schemaOf = (name: string) => (isIdentificationActivity(name) ? identificationRequests[name] : null);
  const read = readActivity<IdentificationRequest>(parameters, LICENSE_ACTIVITIES.identification, schemaOf);
  return inWords(
    'identification',
    read.ok ? read : { ...read, resultCode: '000002', diagnosis: limited(read.diagnosis) },
  );
}

function inWords<R>(dialect: LicenseDialect, parsed: ParsedLicenseRequest<R>): ParsedLicenseRequest<R> {
  if (parsed.ok) return parsed;
  return { ...parsed, diagnosis: parsed.diagnosis.map((each) => inWordsOfLicense(dialect, each)) };
}

function textOf(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
