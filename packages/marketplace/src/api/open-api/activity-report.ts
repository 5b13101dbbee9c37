/** An extension of our own beside the published interfaces: sellers report who used a joint-operation product (docs/activity.md). */
import { z } from 'zod';
import { type ReportOutcome, takeReports } from '../../people/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { LicenseAnswer } from './license-codes.ts';

export const MOST_RECORDS = 1_000;
const text = z.string().min(1).max(64);
export const activityRecord = z.object({
  instance_id: text.describe('the instance that the enterprise is bound to'),
  user_name: z.string().min(1).max(128).describe('as authSync told it'),
  active_time: z.iso.datetime({ offset: true }).describe('counts for its day in Beijing; at most 31 days ago'),
});
export const activityReportBody = z.object({ records: z.array(activityRecord).min(1).max(MOST_RECORDS) });
export const activityReportAnswer = z.object({
  error_code: z.string(),
  error_msg: z.string(),
  data: z
    .object({
      taken: z.number().int(),
      /** the member’s day was known already */
      repeated: z.number().int(),
      failed: z.array(
        z.object({
          place: z.number().int().describe('in records, from 0'),
          error_code: z.string(),
          error_msg: z.string(),
        }),
      ),
    })
    .optional(),
});

const CODES = {
  PARAMETER: ['001', 'a member is missing or has a value that is not possible'],
  INSTANCE_UNKNOWN: ['002', 'no enterprise is bound to this instance, or it is another seller’s'],
  USER_NOT_AUTHORISED: ['003', 'this user has no account of the product'],
  TIME_OUT_OF_RANGE: ['004', 'active_time lies in the future, or more than 31 days ago'],
} as const;
type Fault = keyof typeof CODES;

/** Records that can not be read fail by themselves; the others count. */
export async function reportActivity(platform: Platform, sellerId: string, body: Uint8Array): Promise<LicenseAnswer> {
  const records = recordsIn(body);
  if (records === 'NO_JSON') return whole(400, 'MKT.0199', 'The body is no JSON');
  if (records === 'PARAMETER') return whole(400, 'MKT.0101', `records: 1 to ${MOST_RECORDS} of them`);
  const read = records.map((each) => activityRecord.safeParse(each));
  const reports = read.flatMap(({ data }) =>
    data ? [{ instanceId: data.instance_id, userName: data.user_name, at: new Date(data.active_time) }] : [],
  );
  const judged = (await takeReports(platform, sellerId, reports)).values();
  const outcomes = read.map(({ success }): ReportOutcome | Fault =>
    success ? (judged.next().value ?? 'PARAMETER') : 'PARAMETER',
  );
  const failed = outcomes.flatMap((outcome, place) => {
    if (outcome === 'TAKEN' || outcome === 'REPEATED') return [];
    const [error_code, error_msg] = CODES[outcome];
    return [{ place, error_code, error_msg }];
  });
  const count = (wanted: ReportOutcome) => outcomes.filter((each) => each === wanted).length;
  const data = { taken: count('TAKEN'), repeated: count('REPEATED'), failed };
  return { status: 200, body: { error_code: 'MKT.0000', error_msg: 'success', data } };
}

function recordsIn(body: Uint8Array): readonly unknown[] | 'NO_JSON' | 'PARAMETER' {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return 'NO_JSON';
  }
  const list = z.object({ records: z.array(z.unknown()).min(1).max(MOST_RECORDS) }).safeParse(value);
  return list.success ? list.data.records : 'PARAMETER';
}

const whole = (status: number, error_code: string, error_msg: string): LicenseAnswer => ({
  status,
  body: { error_code, error_msg },
});
