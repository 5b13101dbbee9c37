/** A4 activate and A5 query authorisation codes (openapi.md 5.4, 5.5, 5.7; license-and-other-types.md 4.2, 4.3, 4.6, 10.1). */
import { formatUtc14, parseUtc, softwareUsageBody } from '@jishi/protocol';
import { z } from 'zod';
import {
  activateCodes,
  type Checked,
  type Code,
  type CodeFault,
  queryCodes,
  reportSoftwareUsage,
} from '../../licensing/index.ts';
import { inTransaction } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';

export interface LicenseAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const MESSAGES = {
  '92020000': 'Success',
  '92020001': 'internal error',
  '92020002': 'invalid param',
  '92020003': 'illegal state',
  '92020005': 'license code notexist',
  '92020011': 'license code has been not activated.',
  '92020020': 'Invalid license code exists.',
  '95000001': 'req param is invalid',
  '95000002': 'Request method not supported',
  '95000003': 'Content type not supported',
  '95000004': 'req message is not readable',
} as const;
export type LicenseErrorCode = keyof typeof MESSAGES;
const STATUSES: Partial<Record<LicenseErrorCode, number>> = {
  '95000001': 400,
  '95000002': 405,
  '95000003': 415,
  '95000004': 400,
};

export const licenseAnswer = (code: LicenseErrorCode, data?: unknown): LicenseAnswer => ({
  status: STATUSES[code] ?? 200,
  body: { error_code: code, error_msg: MESSAGES[code], ...(data === undefined ? {} : { data }) },
});

const FAULTS: Readonly<Record<CodeFault, LicenseErrorCode>> = {
  UNKNOWN: '92020005',
  ILLEGAL_STATE: '92020003',
  BAD_TIME: '92020002',
  NOT_ACTIVATED: '92020011',
};

const license = z.string().min(1).max(64);
const licenseList = z.array(license).min(1).max(100);
const realEffectTime = z
  .string()
  .refine((text) => /^\d{14}$/.test(text) && parseUtc(text) !== null, 'yyyyMMddHHmmss, UTC')
  .nullish();
/** What each version takes; unknown members are let through (2.2). */
export const licenseRequests = {
  activate: {
    v1: z.object({ license, real_effect_time: realEffectTime }),
    v2: z.object({ license_list: licenseList, real_effect_time: realEffectTime }),
  },
  // heartbeatInfo, which old clients still send, is one of the unknown members (4.3)
  heartbeat: { v1: z.object({ license }), v2: z.object({ license_list: licenseList }) },
} as const;

export type Version = 'v1' | 'v2';

/** @param caller the seller that signed the request */
export async function activateLicenses(
  platform: Platform,
  sellerId: string,
  version: Version,
  request: unknown,
): Promise<LicenseAnswer> {
  const parsed = licenseRequests.activate[version].safeParse(request);
  if (!parsed.success) return licenseAnswer('95000001');
  const { real_effect_time: time } = parsed.data;
  const codes = codesIn(parsed.data);
  const realEffectAt = time ? parseUtc(time) : null;
  const now = platform.clock.now();
  const checked = await inTransaction(platform.db, (tx) =>
    activateCodes(platform, tx, { sellerId, codes, realEffectAt }, now),
  );
  const refused = faultAnswer(version, codes, checked);
  if (refused) return refused;
  platform.wake.kick();
  const [first] = checked;
  return version === 'v2' || !first || !('code' in first)
    ? licenseAnswer('92020000')
    : licenseAnswer('92020000', { license_code_info: JSON.stringify(activated(first.code)) });
}

export async function queryLicenses(
  platform: Platform,
  sellerId: string,
  version: Version,
  request: unknown,
): Promise<LicenseAnswer> {
  const parsed = licenseRequests.heartbeat[version].safeParse(request);
  if (!parsed.success) return licenseAnswer('95000001');
  const codes = codesIn(parsed.data);
  const checked = await queryCodes(platform.db, { sellerId, codes }, platform.clock.now());
  const refused = faultAnswer(version, codes, checked);
  if (refused) return refused;
  const infos = checked.flatMap((each, place) => ('code' in each ? [licenseInfo(codes[place] ?? '', each.code)] : []));
  return licenseAnswer('92020000', version === 'v1' ? infos[0] : infos);
}

/** A6 (5.6): good codes are noted, the others named; of a single one its own code is answered. */
export async function reportUsage(
  platform: Platform,
  sellerId: string,
  _version: Version,
  request: unknown,
): Promise<LicenseAnswer> {
  const parsed = softwareUsageBody.safeParse(request);
  if (!parsed.success) return licenseAnswer('95000001');
  const usages = parsed.data.usage_info.map(({ license: code, software_usage_Info: entries }) => ({
    code,
    clients: entries.flatMap(({ id }) => id ?? []),
    activeCounts: entries.flatMap(({ active_num }) => active_num ?? []),
  }));
  const faults = await inTransaction(platform.db, (tx) =>
    reportSoftwareUsage(tx, { sellerId, usages }, platform.clock.now()),
  );
  const [only] = faults;
  if (faults.length === 1) return licenseAnswer(only ? FAULTS[only] : '92020000');
  const failed = usages.flatMap(({ code }, place) => (faults[place] ? [code] : []));
  return failed.length === 0 ? licenseAnswer('92020000') : licenseAnswer('92020020', { check_fail_list: failed });
}

const codesIn = (request: { readonly license: string } | { readonly license_list: readonly string[] }) =>
  'license' in request ? [request.license] : request.license_list;

/** One bad code spoils a batch, whose answer names them; a bad time is no code's fault (L16, 5.4). */
function faultAnswer(version: Version, codes: readonly string[], checked: readonly Checked[]): LicenseAnswer | null {
  const bad = checked.flatMap((each, place) =>
    'fault' in each ? [{ code: codes[place] ?? '', fault: each.fault }] : [],
  );
  const [first] = bad;
  if (!first) return null;
  if (version === 'v1' || bad.every(({ fault }) => fault === 'BAD_TIME')) return licenseAnswer(FAULTS[first.fault]);
  return licenseAnswer('92020020', { check_fail_list: bad.map(({ code }) => code) });
}

const common = (code: Code) => ({
  ...(code.expireAt === null ? {} : { expire_time: formatUtc14(code.expireAt) }),
  product_id: code.productId,
  order_id: code.orderId,
  ...(code.amount === null ? {} : { amount: code.amount }),
});
const activated = (code: Code) => ({ status: 'ALIVE', ...common(code) });
const licenseInfo = (text: string, code: Code) => ({
  license_code: text,
  status: code.state,
  activate_time: code.activatedAt === null ? '' : formatUtc14(code.activatedAt),
  ...common(code),
});
