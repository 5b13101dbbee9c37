/** A2 and A3: usage of pay-per-use products, record by record (openapi.md 5.2, 5.3; 8 rows 24–37). */
import { setImmediate } from 'node:timers/promises';
import {
  type Json,
  parseJson,
  type ReadUsage,
  readUsage,
  readUsageRecord,
  readUsageText,
  SOME_RECORDS_FAILED,
  USAGE_RECORD_CODES,
  type UsagePushForm,
  type UsageSignFault,
  usageCallCode,
  usageCodeText,
  usageRecordsOf,
  verifyUsagePush,
  wholeCallCode,
} from '@jishi/protocol';
import { accessKeys, accessKeysOfSeller } from '../../directory/index.ts';
import { type Outcome, takeUsage } from '../../metering/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { LicenseAnswer } from './license-codes.ts';

export interface UsageAnswer extends LicenseAnswer {
  /** why the second signature was refused */
  readonly signFault?: UsageSignFault | 'NONCE_REPEATED';
}
export interface UsageCall {
  readonly sellerId: string;
  readonly form: UsagePushForm;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly requestId: string;
}

/** A failure of our own is answered with the code of the interface, so that clients repeat it (openapi.md 7). */
export async function pushUsage(platform: Platform, call: UsageCall): Promise<UsageAnswer> {
  const codes = call.form === 'PLAIN' ? '2023' : platform.config.openApiUsageCodes;
  try {
    return await push(platform, call, codes);
  } catch (error) {
    platform.log.error({ err: error, requestId: call.requestId }, 'a push of usage failed');
    return answer(usageCallCode('INTERNAL', codes));
  }
}

async function push(platform: Platform, call: UsageCall, codes: '2023' | '2025'): Promise<UsageAnswer> {
  const { sellerId, form, body, requestId } = call;
  const at = platform.wireClock.now();
  const verdict = form === 'SIGNED' ? await bodySignature(platform, call, at) : null;
  if (verdict?.ok === false) return { ...answer(usageCallCode('SIGNATURE', codes)), signFault: verdict.fault };
  const records = (form === 'SIGNED' ? readUsageText(body) : null) ?? parsed(body, form, codes);
  if ('status' in records) return records;
  // a call is milliseconds of work: who waits for the database is served in between
  await setImmediate();
  const nonce = verdict?.ok ? { text: verdict.nonce, at } : null;
  const result = await takeUsage(platform, { sellerId, form, records, requestId, nonce }, platform.clock.now());
  switch (result.kind) {
    case 'NONCE_REPEATED':
      return { ...answer(usageCallCode('SIGNATURE', codes)), signFault: 'NONCE_REPEATED' };
    case 'PACKAGE_MISSING':
      return answer(usageCallCode('PARAMETER', codes), { relate_pkg_instance: `record ${result.place} must name it` });
    case 'REFUSED':
      return answer(wholeCallCode(result.code) ?? 'MKT.9002', about(result.place, result.code));
    case 'JUDGED':
      return form === 'PLAIN' ? answer('MKT.0000') : judged(records, result.outcomes, codes);
  }
}

/** A body of any kind. */
function parsed(body: Uint8Array, form: UsagePushForm, codes: '2023' | '2025'): ReadUsage | UsageAnswer {
  const whole = parseJson(new TextDecoder().decode(body));
  if (!whole.ok) return answer(usageCallCode('BODY', codes));
  const records = usageRecordsOf(whole.value);
  if (records === 'MISSING') return answer(usageCallCode('PARAMETER', codes));
  if (records === 'TOO_MANY') return answer(usageCallCode('TOO_MANY', codes));
  return (form === 'PLAIN' ? plainFault(records) : null) ?? readUsage(records, form);
}

async function bodySignature(platform: Platform, { sellerId, headers, body }: UsageCall, at: Date) {
  const keys = (await accessKeysOfSeller(platform.db, sellerId)).filter((key) => key.interfaceClass === 'BASE');
  const opened = await accessKeys(
    platform,
    keys.map(({ keyId }) => keyId),
  );
  return verifyUsagePush({ accessKeys: [...opened.values()], headers, body, nowMs: at.getTime() });
}

/** The old form says for the whole call what it can not read. */
function plainFault(records: readonly Json[]): UsageAnswer | null {
  for (const [place, given] of records.entries()) {
    const reading = readUsageRecord(given, 'PLAIN');
    if (!reading.ok && reading.code === '001' && reading.instanceId.length === 64)
      return answer('MKT.0100', { instance_id: `record ${place}: 1 to 64 printable characters` });
    const productId = reading.ok ? (reading.record.productId ?? '') : 'x';
    if (productId === '') return answer('MKT.0101', { product_id: `record ${place} has none` });
    if (productId.length > 64) return answer('MKT.0100', { product_id: `record ${place}: at most 64 characters` });
  }
  return null;
}

function judged(records: ReadUsage, outcomes: readonly Outcome[], codes: '2023' | '2025'): UsageAnswer {
  const failed = outcomes.flatMap((code, place) => (code === 'TAKEN' ? [] : [{ place, code }]));
  const [first] = failed;
  if (!first) return { status: 200, body: { error_code: 'MKT.0000', error_msg: 'success' } };
  if (codes === '2023') {
    const spoiling = failed.find(({ code }) => wholeCallCode(code) !== null) ?? first;
    const code = wholeCallCode(spoiling.code);
    return code === null ? answer('MKT.0000') : answer(code, about(spoiling.place, spoiling.code));
  }
  const data = failed.map(({ place, code }) => ({
    ...namesOf(records.given(place)),
    error_code: code,
    error_msg: USAGE_RECORD_CODES[code],
  }));
  return { status: 200, body: { error_code: SOME_RECORDS_FAILED, error_msg: 'Failed', data } };
}

const about = (place: number, code: keyof typeof USAGE_RECORD_CODES) => ({
  [`record ${place}`]: `${code} ${USAGE_RECORD_CODES[code]}`,
});

function namesOf(record: Json): Record<string, string> {
  const text = (name: string): string => {
    const value = typeof record === 'object' && record !== null && !Array.isArray(record) ? record[name] : undefined;
    return typeof value === 'string' ? value.slice(0, 64) : '';
  };
  return { metering_sn: text('metering_sn'), instance_id: text('instance_id') };
}

function answer(code: string, extra?: Readonly<Record<string, string>>): UsageAnswer {
  const { httpStatus, text } = usageCodeText(code);
  const details = extra ? { extra_info: extra } : {};
  return { status: httpStatus, body: { error_code: code, error_msg: text, ...details } };
}
