/** A call with usage, judged record by record: what may be taken, what is known already, what is wrong with the rest. Pure. */
import {
  type UsagePushForm,
  type UsageRecord,
  type UsageRecordCode,
  type UsageRecordReading,
  wholeCallCode,
} from '@jishi/protocol';
import type { ProductRow } from '../catalog/index.ts';
import { decimal } from '../platform/exact.ts';
import { mustNamePackage, recordFault } from './acceptance.ts';
import type { UsagePackageFacts } from './definition.ts';
import type { TakingMeter } from './meter-store.ts';
import type { Named } from './meters.ts';
import { type KnownRecord, type NewRecord, recordIdOf } from './record-store.ts';
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
  const { billedTo, terms, site } = meter;
  // what is billed until a time is billed: later records are billed after it, also where clocks differ
  const receivedAt = billedTo !== null && billedTo >= now ? new Date(billedTo.getTime() + 1) : now;
  return { meter, packages, product, billedAt: billingTimes(receivedAt, terms, site) };
}

/** What was taken before, and what other calls of the same transaction bring. Grows with each call. */
export interface Known {
  readonly bySn: Map<string, KnownRecord>;
  /** by {@link keyOf}; null = nobody looked: the database refuses what is taken twice */
  readonly byKey: Map<string, KnownRecord> | null;
}
export function knownOf(ofSn: readonly KnownRecord[], atTime: readonly KnownRecord[] | null): Known {
  return {
    bySn: new Map(ofSn.flatMap((each) => (each.meteringSn === null ? [] : [[each.meteringSn, each] as const]))),
    byKey: atTime && new Map(atTime.map((each) => [keyOf(each), each])),
  };
}

export interface Call {
  readonly form: UsagePushForm;
  readonly readings: readonly UsageRecordReading[];
  readonly now: Date;
  readonly pushId: number;
}
export type Judgement =
  | {
      readonly kind: 'JUDGED';
      readonly codes: ReadonlyMap<number, UsageRecordCode>;
      readonly fresh: readonly NewRecord[];
    }
  /** C32: the record at that place names no package although it must */
  | { readonly kind: 'PACKAGE_MISSING'; readonly place: number }
  /** the old form: this record's code is that of the whole call, and nothing is taken */
  | { readonly kind: 'REFUSED'; readonly place: number; readonly code: UsageRecordCode };

/** @param named by the seller's ids of instances */
export function judge(
  { form, readings, now, pushId }: Call,
  named: ReadonlyMap<string, Taking | Exclude<Named['kind'], 'METER'>>,
  known: Known,
): Judgement {
  const nowMs = now.getTime();
  const codes = new Map<number, UsageRecordCode>();
  const candidates: { readonly place: number; readonly record: NewRecord }[] = [];
  for (const [place, reading] of readings.entries()) {
    if (!reading.ok) {
      codes.set(place, reading.code);
      continue;
    }
    const usage = reading.record;
    const taking = named.get(usage.instanceId) ?? 'UNKNOWN';
    if (typeof taking === 'string') {
      codes.set(place, NO_METER[taking]);
      continue;
    }
    const { meter, packages, product } = taking;
    if (form === 'SIGNED' && mustNamePackage(usage, packages)) return { kind: 'PACKAGE_MISSING', place };
    const code = usedAfterWithdrawal(usage, product) ? '006' : recordFault(usage, meter, packages, nowMs);
    if (code !== null) {
      codes.set(place, code);
      continue;
    }
    const { ms: billMs, late } = taking.billedAt(usage.endMs);
    const record = { recordId: recordIdOf(pushId, place), resourceId: meter.resourceId, usage, billMs, late };
    candidates.push({ place, record });
  }
  if (form === 'PLAIN') {
    const spoiling = [...codes].toSorted(([a], [b]) => a - b).find(([, code]) => wholeCallCode(code) !== null);
    if (spoiling) return { kind: 'REFUSED', place: spoiling[0], code: spoiling[1] };
  }
  const fresh: NewRecord[] = [];
  for (const { place, record } of candidates) {
    const code = knownAs(record, known);
    if (code === 'NEW') fresh.push(record);
    else if (code !== 'SAME') codes.set(place, code);
  }
  return { kind: 'JUDGED', codes, fresh };
}

const NO_METER: Readonly<Record<Exclude<Named['kind'], 'METER'>, UsageRecordCode>> = {
  UNKNOWN: '001',
  FOREIGN: '009',
  NOT_METERED: '012',
  NOT_OPEN: '013',
};

/** 005: an id that stands for something else; 010: usage that is known; the same once more is taken in silence. */
function knownAs({ resourceId, usage }: NewRecord, { bySn, byKey }: Known): 'NEW' | 'SAME' | '005' | '010' {
  const record = asKnown(resourceId, usage);
  const { meteringSn } = usage;
  const key = byKey === null ? '' : keyOf(record);
  const ofSn = meteringSn === null ? undefined : bySn.get(meteringSn);
  const before = ofSn ?? byKey?.get(key);
  if (!ofSn && meteringSn !== null) bySn.set(meteringSn, record);
  if (!before) {
    byKey?.set(key, record);
    return 'NEW';
  }
  if (meteringSn === null || meteringSn !== before.meteringSn) return '010';
  const sameUsage =
    before.resourceId === resourceId && before.beginMs === usage.beginMs && before.endMs === usage.endMs;
  const sameValue = before.value === usage.value || decimal(before.value).equals(usage.value);
  return sameUsage && sameValue ? 'SAME' : '005';
}

const asKnown = (resourceId: string, { beginMs, endMs, value, meteringSn }: UsageRecord): KnownRecord => ({
  resourceId,
  beginMs,
  endMs,
  value,
  meteringSn,
});
const keyOf = ({ resourceId, beginMs, endMs }: KnownRecord): string => `${resourceId} ${beginMs} ${endMs}`;
