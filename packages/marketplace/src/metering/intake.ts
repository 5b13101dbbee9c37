/**
 * A push of usage: judged record by record, de-duplicated and written in one transaction. What is answered with success is on
 * disk, waiting to be billed; what is not taken is listed for its seller with its code.
 */
import {
  type Json,
  readUsageRecord,
  USAGE_PUSH_WINDOW_MS,
  type UsagePushForm,
  type UsageRecord,
  type UsageRecordCode,
  wholeCallCode,
} from '@jishi/protocol';
import { productById } from '../catalog/index.ts';
import { inTransaction, type Tx } from '../platform/database/database.ts';
import { decimal } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { uuids } from '../platform/random.ts';
import { mustNamePackage, recordFault } from './acceptance.ts';
import { usageRejected } from './events.ts';
import { type TakingMeter, type Waking, wakeMeters } from './meter-store.ts';
import { metersNamed, type Named, packagesFor } from './meters.ts';
import { ensurePartitions } from './partitions.ts';
import * as store from './record-store.ts';
import { billingTime } from './timing.ts';
import { usedAfterWithdrawal } from './withdrawal.ts';

export interface Push {
  readonly sellerId: string;
  readonly form: UsagePushForm;
  readonly records: readonly Json[];
  readonly requestId: string;
  /** of a signed push, with the instant that it was checked at */
  readonly nonce: { readonly text: string; readonly at: Date } | null;
}
/** `TAKEN`: new, or the same as before. */
export type Outcome = 'TAKEN' | UsageRecordCode;
export type PushResult =
  | { readonly kind: 'JUDGED'; readonly outcomes: readonly Outcome[] }
  | { readonly kind: 'NONCE_REPEATED' }
  /** C32: the record at that place names no package although it must */
  | { readonly kind: 'PACKAGE_MISSING'; readonly place: number }
  /** the old form: this record's code is that of the whole call, and nothing was taken */
  | { readonly kind: 'REFUSED'; readonly place: number; readonly code: UsageRecordCode };

export async function takeUsage(platform: Platform, push: Push, now: Date): Promise<PushResult> {
  const judged = push.records.map((given, place): Judged => {
    const reading = readUsageRecord(given, push.form);
    return reading.ok ? { place, record: reading.record, code: null } : { place, ...reading, record: null };
  });
  const begins = judged.flatMap(({ record }) => (record && isNear(record.beginAt, now) ? [record.beginAt] : []));
  await ensurePartitions(platform.db, begins);
  const result = await inTransaction(platform.db, (tx) => judgeAndWrite(platform, tx, push, judged, now));
  if (result.kind === 'JUDGED') platform.wake.kick();
  return result;
}

/** how long the id of a record stands for it: twice as long as records may be late, and a little */
const KNOWN_IDS_MS = 45 * 86_400_000;

/** Only these are ever written, so that nobody makes partitions of other ages. */
const isNear = (at: Date, now: Date): boolean =>
  now.getTime() - at.getTime() <= 22 * 86_400_000 && at.getTime() - now.getTime() <= 86_400_000;

type Judged =
  | { readonly place: number; readonly record: UsageRecord; readonly code: null }
  | {
      readonly place: number;
      readonly record: UsageRecord | null;
      readonly code: UsageRecordCode;
      readonly instanceId: string;
      readonly meteringSn: string;
    };
interface Candidate {
  readonly place: number;
  readonly record: store.NewRecord;
}

async function judgeAndWrite(
  platform: Platform,
  tx: Tx,
  push: Push,
  judged: readonly Judged[],
  now: Date,
): Promise<PushResult> {
  await store.lockSeller(tx, push.sellerId);
  const { nonce, sellerId } = push;
  const records = judged.flatMap((each) => (each.code === null ? [each] : []));
  const usages = records.map(({ record }) => record);
  const since = new Date(now.getTime() - KNOWN_IDS_MS);
  // one trip: what other calls and the billing of these meters did is seen behind the locks
  const [isFresh, named, ofSn, atTime] = await Promise.all([
    nonce === null || store.takeNonce(tx, sellerId, nonce.text, nonce.at, USAGE_PUSH_WINDOW_MS),
    metersNamed(tx, sellerId, [...new Set(usages.map(({ instanceId }) => instanceId))]),
    store.recordsWithSn(
      tx,
      sellerId,
      usages.flatMap(({ meteringSn }) => meteringSn ?? []),
      since,
    ),
    store.otherRecordsAt(tx, sellerId, usages),
  ]);
  if (!isFresh) return { kind: 'NONCE_REPEATED' };
  const meters = [...named.values()].flatMap((each) => (each.kind === 'METER' ? [each.meter] : []));
  const [packagesOf, ...products] = await Promise.all([
    packagesFor(tx, meters),
    ...[...new Set(meters.map(({ goodsId }) => goodsId))].map((goodsId) => productById(tx, goodsId)),
  ]);
  const productOf = ({ goodsId }: TakingMeter) => products.find((each) => each?.goods_id === goodsId) ?? null;
  const codes = new Map(judged.flatMap(({ place, code }) => (code === null ? [] : [[place, code] as const])));
  const candidates: Candidate[] = [];
  const ids = uuids(platform.random, records.length);
  for (const [number, { place, record }] of records.entries()) {
    const found = named.get(record.instanceId) ?? { kind: 'UNKNOWN' };
    if (found.kind !== 'METER') {
      codes.set(place, NO_METER[found.kind]);
      continue;
    }
    const { meter } = found;
    const packages = packagesOf(meter);
    if (push.form === 'SIGNED' && mustNamePackage(record, packages)) return { kind: 'PACKAGE_MISSING', place };
    const code = usedAfterWithdrawal(record, productOf(meter)) ? '006' : recordFault(record, meter, packages, now);
    if (code !== null) codes.set(place, code);
    else candidates.push({ place, record: newRecord(ids[number] ?? '', record, meter, now) });
  }
  if (push.form === 'PLAIN') {
    const spoiling = [...codes].toSorted(([a], [b]) => a - b).find(([, code]) => wholeCallCode(code) !== null);
    if (spoiling) return { kind: 'REFUSED', place: spoiling[0], code: spoiling[1] };
  }
  const fresh = newOnes(candidates, { ofSn, atTime }, codes);
  await write(tx, push, fresh, meters, now);
  const rejections = judged.flatMap((each) => {
    const code = codes.get(each.place);
    if (code === undefined) return [];
    const { instanceId, meteringSn } = each.record ?? (each.code === null ? NO_NAMES : each);
    return [{ instanceId, meteringSn: meteringSn ?? '', code, record: push.records[each.place] }];
  });
  await store.insertRejections(tx, push.sellerId, rejections, { requestId: push.requestId, now });
  if (rejections.length > 0) await platform.events.publish(tx, [usageRejected(push, rejections.length)], now);
  await platform.pause.reach('metering.before-commit', push.requestId);
  return { kind: 'JUDGED', outcomes: judged.map(({ place }) => codes.get(place) ?? 'TAKEN') };
}

const NO_NAMES = { instanceId: '', meteringSn: '' };
const NO_METER: Readonly<Record<Exclude<Named['kind'], 'METER'>, UsageRecordCode>> = {
  UNKNOWN: '001',
  FOREIGN: '009',
  NOT_METERED: '012',
  NOT_OPEN: '013',
};

function newRecord(recordId: string, record: UsageRecord, meter: TakingMeter, now: Date): store.NewRecord {
  const { resourceId, terms, site, billedTo } = meter;
  // what is billed until a time is billed: later records are billed after it, also where clocks differ
  const receivedAt = billedTo !== null && billedTo >= now ? new Date(billedTo.getTime() + 1) : now;
  const { at, late } = billingTime(record.endAt, receivedAt, terms, site);
  const { beginAt, endAt, recordAt, value, meteringSn, packageInstanceId } = record;
  return { recordId, resourceId, beginAt, endAt, recordAt, value, meteringSn, packageInstanceId, billAt: at, late };
}

/** 005: an id that stands for something else; 010: usage that is known; the same once more is taken in silence. */
function newOnes(
  candidates: readonly Candidate[],
  known: { readonly ofSn: readonly store.KnownRecord[]; readonly atTime: readonly store.KnownRecord[] },
  codes: Map<number, UsageRecordCode>,
): Candidate[] {
  const bySn = new Map(known.ofSn.map((each) => [each.meteringSn, each]));
  const byKey = new Map(known.atTime.map((each) => [keyOf(each), each]));
  return candidates.filter(({ place, record }) => {
    const key = keyOf(record);
    const ofSn = record.meteringSn === null ? undefined : bySn.get(record.meteringSn);
    const before = ofSn ?? byKey.get(key);
    if (!ofSn && record.meteringSn !== null) bySn.set(record.meteringSn, record);
    if (!before) {
      byKey.set(key, record);
      return true;
    }
    const code = repeatOf(record, before);
    if (code !== null) codes.set(place, code);
    return false;
  });
}

async function write(
  tx: Tx,
  { sellerId, requestId }: Push,
  fresh: readonly Candidate[],
  meters: readonly TakingMeter[],
  now: Date,
): Promise<void> {
  const records = fresh.map(({ record }) => record);
  await store.insertRecords(tx, sellerId, records, { requestId, now });
  await store.addToHours(tx, records);
  await wakeMeters(tx, wakings(meters, records));
}

/** Meters that have to be looked at earlier than is planned, or further back. */
function wakings(meters: readonly TakingMeter[], added: readonly store.NewRecord[]): Waking[] {
  const firsts = new Map<string, { at: Date; from: Date }>();
  for (const record of added) {
    const first = firsts.get(record.resourceId);
    if (!first) firsts.set(record.resourceId, { at: record.billAt, from: record.beginAt });
    else {
      if (record.billAt < first.at) first.at = record.billAt;
      if (record.beginAt < first.from) first.from = record.beginAt;
    }
  }
  return meters.flatMap(({ resourceId, nextAt, waitingFrom }): Waking[] => {
    const first = firsts.get(resourceId);
    if (!first) return [];
    const planned = nextAt !== null && nextAt <= first.at && waitingFrom !== null && waitingFrom <= first.from;
    return planned ? [] : [{ resourceId, ...first }];
  });
}

const keyOf = ({ resourceId, beginAt, endAt }: store.KnownRecord): string =>
  `${resourceId} ${beginAt.getTime()} ${endAt.getTime()}`;

/** @returns null = the very same record */
function repeatOf(record: store.KnownRecord, known: store.KnownRecord): UsageRecordCode | null {
  const sameUsage = keyOf(record) === keyOf(known);
  if (record.meteringSn === null || record.meteringSn !== known.meteringSn) return '010';
  return sameUsage && decimal(record.value).equals(known.value) ? null : '005';
}
