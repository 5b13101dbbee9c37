/** A call with usage, judged record by record: what may be taken, what is known already, what is wrong with the rest. Pure. */
import {
  serialAt,
  type UsageColumns,
  type UsagePushForm,
  type UsageRecordCode,
  valueAt,
  wholeCallCode,
} from '@jishi/protocol';
import type { ProductRow } from '../catalog/index.ts';
import { decimal } from '../platform/exact.ts';
import { mustNamePackage, recordFault } from './acceptance.ts';
import type { UsagePackageFacts } from './definition.ts';
import type { TakingMeter } from './meter-store.ts';
import type { Named } from './meters.ts';
import type { KnownRecord } from './record-store.ts';
import { seenSerials } from './seen-serials.ts';
import type { CallKeys } from './serial-keys.ts';
import { billingTimes } from './timing.ts';
import { usedAfterWithdrawal } from './withdrawal.ts';

/** `TAKEN`: new, or the same as before. */
export type Outcome = 'TAKEN' | UsageRecordCode;

/** A meter with all that records of it are judged by. */
export interface Taking {
  readonly meter: TakingMeter;
  readonly packages: readonly UsagePackageFacts[];
  /** null = unknown */
  readonly product: ProductRow | null;
  readonly billedAt: (endMs: number) => { readonly ms: number; readonly late: boolean };
}
export function takingOf(
  meter: TakingMeter,
  { packages, product }: Pick<Taking, 'packages' | 'product'>,
  now: Date,
): Taking {
  const { billedMs, terms, site } = meter;
  // what is billed until a time is billed: later records are billed after it, also where clocks differ
  const receivedAt = billedMs !== null && billedMs >= now.getTime() ? new Date(billedMs + 1) : now;
  return { meter, packages, product, billedAt: billingTimes(receivedAt, terms, site) };
}

export interface Call {
  readonly form: UsagePushForm;
  readonly usage: UsageColumns;
  readonly keys: CallKeys;
  /** of the usage's instances, by their places: their meters, or why they have none */
  readonly takings: readonly (Taking | Exclude<Named['kind'], 'METER'>)[];
  readonly now: Date;
  readonly pushId: number;
}

/** What was taken before, and what other calls of the same transaction bring. Grows with each call. */
export interface Known {
  /** from the database */
  readonly bySn: ReadonlyMap<string, KnownRecord>;
  /** by {@link keyOf}; null = nobody looked: the database refuses what is taken twice */
  readonly byKey: Map<string, KnownRecord> | null;
  readonly calls: readonly Call[];
  readonly seen: ReturnType<typeof seenSerials>;
}
export function knownOf(
  calls: readonly Call[],
  ofSn: readonly KnownRecord[],
  atTime: readonly KnownRecord[] | null,
): Known {
  return {
    bySn: new Map(ofSn.flatMap((each) => (each.meteringSn === null ? [] : [[each.meteringSn, each] as const]))),
    byKey: atTime && new Map(atTime.map((each) => [keyOf(each), each])),
    calls,
    seen: seenSerials(calls),
  };
}

/** Records of a call that may be taken. */
export interface NewRecords extends Pick<Call, 'usage' | 'keys' | 'pushId'> {
  /** of the usage's instances, by their places */
  readonly meters: readonly (TakingMeter | null)[];
  /** which of its records, in their order */
  readonly places: Int32Array;
  /** when each is billed, and whether it came too late for its cycle; by the places of records */
  readonly billMs: Float64Array;
  readonly late: Uint8Array;
}
export type Judgement =
  | {
      readonly kind: 'JUDGED';
      readonly codes: ReadonlyMap<number, UsageRecordCode>;
      readonly fresh: NewRecords;
    }
  /** C32: the record at that place names no package although it must */
  | { readonly kind: 'PACKAGE_MISSING'; readonly place: number }
  /** the old form: this record's code is that of the whole call, and nothing is taken */
  | { readonly kind: 'REFUSED'; readonly place: number; readonly code: UsageRecordCode };

interface Times {
  beginMs: number;
  endMs: number;
  packageInstanceId: string | null;
}

/** @param number the call's place among those that are known */
export function judge(number: number, call: Call, known: Known): Judgement {
  const { form, usage, keys, takings, pushId } = call;
  const nowMs = call.now.getTime();
  const codes = new Map<number, UsageRecordCode>();
  const candidates = new Int32Array(usage.count);
  let found = 0;
  // one for all records: an object for each would be most of what is thrown away
  const times: Times = { beginMs: 0, endMs: 0, packageInstanceId: null };
  const billMs = new Float64Array(usage.count);
  const late = new Uint8Array(usage.count);
  for (let place = 0; place < usage.count; place += 1) {
    const refused = usage.refused.size === 0 ? undefined : usage.refused.get(place);
    if (refused) {
      codes.set(place, refused.code);
      continue;
    }
    const taking = takings[usage.instances[place] ?? 0] ?? 'UNKNOWN';
    if (typeof taking === 'string') {
      codes.set(place, NO_METER[taking]);
      continue;
    }
    times.beginMs = usage.beginMs[place] ?? Number.NaN;
    times.endMs = usage.endMs[place] ?? Number.NaN;
    times.packageInstanceId = usage.packageIds.size === 0 ? null : (usage.packageIds.get(place) ?? null);
    const { meter, packages, product } = taking;
    if (form === 'SIGNED' && mustNamePackage(times, packages)) return { kind: 'PACKAGE_MISSING', place };
    const code = usedAfterWithdrawal(times, product) ? '006' : recordFault(times, meter, packages, nowMs);
    if (code !== null) {
      codes.set(place, code);
      continue;
    }
    const billed = taking.billedAt(times.endMs);
    billMs[place] = billed.ms;
    if (billed.late) late[place] = 1;
    candidates[found] = place;
    found += 1;
  }
  if (form === 'PLAIN') {
    const spoiling = [...codes].toSorted(([a], [b]) => a - b).find(([, code]) => wholeCallCode(code) !== null);
    if (spoiling) return { kind: 'REFUSED', place: spoiling[0], code: spoiling[1] };
  }
  // what is new takes the places of what might have been
  const places = candidates;
  let fresh = 0;
  for (let candidate = 0; candidate < found; candidate += 1) {
    const place = candidates[candidate] ?? 0;
    const code = knownAs(number, call, place, known);
    if (code === 'NEW') {
      places[fresh] = place;
      fresh += 1;
    } else if (code !== 'SAME') codes.set(place, code);
  }
  const meters = takings.map((taking) => (typeof taking === 'string' ? null : taking.meter));
  return {
    kind: 'JUDGED',
    codes,
    fresh: { pushId, usage, keys, meters, places: places.subarray(0, fresh), billMs, late },
  };
}

const NO_METER: Readonly<Record<Exclude<Named['kind'], 'METER'>, UsageRecordCode>> = {
  UNKNOWN: '001',
  FOREIGN: '009',
  NOT_METERED: '012',
  NOT_OPEN: '013',
};

/** 005: an id that stands for something else; 010: usage that is known; the same once more is taken in silence. */
function knownAs(
  number: number,
  call: Call,
  place: number,
  { bySn, byKey, calls, seen }: Known,
): 'NEW' | 'SAME' | '005' | '010' {
  const { serialFrom, serialTo } = call.usage;
  const hasSerial = serialFrom[place] !== serialTo[place];
  let before = hasSerial && bySn.size > 0 ? bySn.get(serialAt(call.usage, place) ?? '') : undefined;
  if (hasSerial && !before) {
    const first = seen(number, place);
    const brought = first && calls[first.call];
    if (first && brought) before = recordOf(brought, first.place);
  }
  if (!before && byKey === null) return 'NEW';
  const record = recordOf(call, place);
  before ??= byKey?.get(keyOf(record));
  if (!before) {
    byKey?.set(keyOf(record), record);
    return 'NEW';
  }
  const { meteringSn } = record;
  if (meteringSn === null || meteringSn !== before.meteringSn) return '010';
  const sameUsage =
    before.resourceId === record.resourceId && before.beginMs === record.beginMs && before.endMs === record.endMs;
  const sameValue = before.value === record.value || decimal(before.value).equals(record.value);
  return sameUsage && sameValue ? 'SAME' : '005';
}

/** A record of a meter as the database would know it. */
function recordOf({ usage, takings }: Call, place: number): KnownRecord {
  const taking = takings[usage.instances[place] ?? 0];
  return {
    resourceId: typeof taking === 'object' ? taking.meter.resourceId : '',
    beginMs: usage.beginMs[place] ?? Number.NaN,
    endMs: usage.endMs[place] ?? Number.NaN,
    value: valueAt(usage, place),
    meteringSn: serialAt(usage, place),
  };
}
const keyOf = ({ resourceId, beginMs, endMs }: KnownRecord): string => `${resourceId} ${beginMs} ${endMs}`;
