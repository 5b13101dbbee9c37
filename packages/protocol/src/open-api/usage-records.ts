/**
 * Records of a usage push (`openapi.md` 5.2, 5.3), read one by one: what is wrong with one does not touch the others. Who may
 * push what for which instance is the marketplace's to know; here stands only what a record says by itself.
 */
import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { parseSdkMs } from '../time.ts';

/** Records of one call; an error text of the pages still says 100 (`openapi.md` 2.3). */
export const MOST_USAGE_RECORDS = 1_000;
/** How old the beginning of a record may be (rule 6). */
export const OLDEST_USAGE_MS = 21 * 86_400_000;

/** Codes of single records (`openapi.md` 5.2); `008` is not used. */
export const USAGE_RECORD_CODES = {
  '001': 'instance does not exist',
  '002': 'time format wrong',
  '003': 'usage wrong',
  '004': 'unique ID missing',
  '005': 'unique ID repeated',
  '006': 'product withdrawn',
  '007': 'record time expired',
  '009': 'instance and seller do not match',
  '010': 'duplicate record',
  '011': 'time range invalid',
  '012': 'instance is not pay-per-use',
  '013': 'state of the instance resource abnormal',
} as const;
export type UsageRecordCode = keyof typeof USAGE_RECORD_CODES;

/** `SIGNED`: the new push, with `metering_sn`; `PLAIN`: the old one, with `product_id`. */
export type UsagePushForm = 'SIGNED' | 'PLAIN';

export interface UsageRecord {
  readonly instanceId: string;
  /** instants in milliseconds: a call has three thousand of them */
  readonly recordMs: number;
  readonly beginMs: number;
  readonly endMs: number;
  /** exact, above 0, at most 4 decimals, without needless zeros (S1-12) */
  readonly value: string;
  /** the seller's own id of the record; null in the old form */
  readonly meteringSn: string | null;
  /** of the old form */
  readonly productId: string | null;
  /** the package to draw from, of packages that stop when they are used up */
  readonly packageInstanceId: string | null;
}

export type UsageRecordReading =
  | { readonly ok: true; readonly record: UsageRecord }
  | { readonly ok: false; readonly code: UsageRecordCode; readonly instanceId: string; readonly meteringSn: string };

const ID = /^[^\p{Cc}]{1,64}$/u;
/** what nearly every id is, and is told much sooner */
const PLAIN_ID = /^[ -~]{1,64}$/;
const isId = (text: string): boolean => PLAIN_ID.test(text) || ID.test(text);
const USAGE = /^\d+(\.\d{1,4})?$/;
/** not nothing, and without needless zeros */
const NEAT_USAGE = /^([1-9]\d*|(0|[1-9]\d*)\.\d{0,3}[1-9])$/;

/** Reads one record; the first fault in the order of what identifies it, its times, its usage. Unknown members are ignored. */
export function readUsageRecord(given: Json, form: UsagePushForm): UsageRecordReading {
  const record: JsonObject = isJsonObject(given) ? given : {};
  const instanceId = textOf(record.instance_id);
  const meteringSn = textOf(record.metering_sn);
  if (!isId(instanceId)) return refused('001', instanceId, meteringSn);
  if (form === 'SIGNED' && !isId(meteringSn)) return refused('004', instanceId, meteringSn);
  // a package that is named by anything but text is none that we know; to charge without it would be worse
  if (!isTextOrNothing(record.relate_pkg_instance)) return refused('001', instanceId, meteringSn);
  const recordMs = parseSdkMs(textOf(record.record_time));
  const beginMs = parseSdkMs(textOf(record.begin_time));
  const endMs = parseSdkMs(textOf(record.end_time));
  if (recordMs === null || beginMs === null || endMs === null) return refused('002', instanceId, meteringSn);
  const value = usageOf(record.usage_value);
  if (value === null) return refused('003', instanceId, meteringSn);
  return {
    ok: true,
    record: {
      instanceId,
      recordMs,
      beginMs,
      endMs,
      value,
      meteringSn: form === 'SIGNED' ? meteringSn : null,
      productId: form === 'PLAIN' ? textOf(record.product_id) : null,
      packageInstanceId: textOf(record.relate_pkg_instance) || null,
    },
  };
}

const refused = (code: UsageRecordCode, instanceId: string, meteringSn: string): UsageRecordReading => ({
  ok: false,
  code,
  instanceId: instanceId.slice(0, 64),
  meteringSn: meteringSn.slice(0, 64),
});

/** The records of a body, not read yet; why there are none otherwise. */
export function usageRecordsOf(body: Json): readonly Json[] | 'MISSING' | 'TOO_MANY' {
  const records = isJsonObject(body) ? body.usage_records : undefined;
  if (!Array.isArray(records) || records.length === 0) return 'MISSING';
  return records.length > MOST_USAGE_RECORDS ? 'TOO_MANY' : records;
}

/** S1-12: above 0, at most 4 decimals, at most 20 characters; text or number. null = none of that */
export function usageOf(given: Json | undefined): string | null {
  const text = typeof given === 'number' ? String(given) : textOf(given);
  if (text.length > 20 || !USAGE.test(text)) return null;
  if (NEAT_USAGE.test(text)) return text;
  const [whole = '', part = ''] = text.split('.');
  const exact = `${whole.replace(/^0+(?=\d)/, '')}.${part.replace(/0+$/, '')}`.replace(/\.$/, '');
  return exact === '0' ? null : exact;
}

const isTextOrNothing = (value: Json | undefined): boolean => typeof (value ?? '') === 'string';
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const time = z.string().length(16).describe("yyyyMMdd'T'HHmmss'Z', UTC");
const common = {
  instance_id: z.string().min(1).max(64),
  record_time: time,
  begin_time: time,
  end_time: time,
  usage_value: z.union([z.string().max(20), z.number()]).describe('above 0, at most 4 decimals'),
};
/** For documents and clients; a server reads record by record with {@link readUsageRecord}. */
export const usagePushBody = z.object({
  usage_records: z
    .array(
      z.object({
        ...common,
        metering_sn: z.string().min(1).max(64),
        relate_pkg_instance: z.string().max(64).optional(),
      }),
    )
    .min(1)
    .max(MOST_USAGE_RECORDS),
});
export const plainUsagePushBody = z.object({
  usage_records: z
    .array(z.object({ ...common, product_id: z.string().min(1).max(64) }))
    .min(1)
    .max(MOST_USAGE_RECORDS),
});
export type UsagePushBody = z.infer<typeof usagePushBody>;
export type PlainUsagePushBody = z.infer<typeof plainUsagePushBody>;

/** The answer of both; `data` names the records that were not taken (AbnormalUsageData). */
export const usagePushAnswer = z.object({
  error_code: z.string().max(16),
  error_msg: z.string().nullish(),
  data: z
    .array(
      z.object({
        metering_sn: z.string().nullish(),
        instance_id: z.string().nullish(),
        error_code: z.string().max(16),
        error_msg: z.string().nullish(),
      }),
    )
    .nullish(),
});
export type UsagePushAnswer = z.infer<typeof usagePushAnswer>;
