/**
 * A push of usage: judged record by record, de-duplicated and written. What is answered with success is on disk, waiting to be
 * billed; what is not taken is listed for its seller with its code. Calls of one seller that come while others are written are
 * written together: they share the next transaction, and each is judged as if it came alone.
 */
import {
  type Json,
  type ReadUsage,
  readUsage,
  serialAt,
  USAGE_PUSH_WINDOW_MS,
  type UsageColumns,
  type UsagePushForm,
} from '@jishi/protocol';
import { type ProductRow, productById } from '../catalog/index.ts';
import {
  type Executor,
  inTransaction,
  isUnreachable,
  leaveDiskForLater,
  perDatabase,
  postgresCode,
  reachDisk,
  type Tx,
} from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { together } from '../platform/together.ts';
import { batchOf, type OfMeter, spanOf } from './batch.ts';
import type { UsagePackageFacts } from './definition.ts';
import { usageRejected } from './events.ts';
import { type Call, type Judgement, judge, knownOf, type Outcome, type Taking, takingOf } from './judging.ts';
import { ownersNamed, type TakingMeter, type Waking, wakeMeters } from './meter-store.ts';
import { metersNamed, type Named, type Owner, ownerKey, packagesFor } from './meters.ts';
import { ensurePartitions } from './partitions.ts';
import * as store from './record-store.ts';
import { type CallKeys, callKeys } from './serial-keys.ts';

export interface Push {
  readonly sellerId: string;
  readonly form: UsagePushForm;
  /** as they came, or read already */
  readonly records: readonly Json[] | ReadUsage;
  readonly requestId: string;
  /** of a signed push, with the instant that it was checked at */
  readonly nonce: { readonly text: string; readonly at: Date } | null;
}
export type PushResult =
  | { readonly kind: 'JUDGED'; readonly outcomes: readonly Outcome[] }
  | { readonly kind: 'NONCE_REPEATED' }
  | Exclude<Judgement, { readonly kind: 'JUDGED' }>;

interface Asked {
  readonly platform: Platform;
  readonly push: Push;
  readonly read: ReadUsage;
  readonly keys: CallKeys;
  readonly now: Date;
}

export async function takeUsage(platform: Platform, push: Push, now: Date): Promise<PushResult> {
  const read = 'columns' in push.records ? push.records : readUsage(push.records, push.form);
  await ensurePartitions(platform.db, nearBegins(read.columns, now.getTime()));
  const keys = callKeys(push.sellerId)(read.columns);
  const result = await written(platform.db)({ platform, push, read, keys, now });
  if (result.kind === 'JUDGED') platform.wake.kick();
  return result;
}

/** what is undone together by a failure */
const MOST_TOGETHER = 8;
/** groups of one seller: one is written while the other is prepared, or on its way to the disk */
const GROUPS_AT_ONCE = 2;
/** calls that are worth a group beside another one: each costs a few trips and a look at all meters it names */
const LEAST_BESIDE = 2;
const written = perDatabase(() =>
  together<Asked, PushResult>({
    keyOf: ({ push }) => push.sellerId,
    run: writeTogether,
    most: MOST_TOGETHER,
    atOnce: GROUPS_AT_ONCE,
    least: LEAST_BESIDE,
    // after a connection that broke nobody knows what was committed, and a second try would find its own nonces
    isOfOne: (error) => !isUnreachable(error) && !(error instanceof NotOnDisk),
  }),
);

/** how long the id of a record stands for it: twice as long as records may be late, and a little */
const KNOWN_IDS_MS = 45 * 86_400_000;
const DAY_MS = 86_400_000;

/** The first and the last beginning of what may be written: only of these are partitions made. They are a month apart at most. */
function nearBegins({ count, beginMs: begins, refused }: UsageColumns, nowMs: number): Date[] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < count; place += 1) {
    if (refused.size > 0 && refused.has(place)) continue;
    const beginMs = begins[place] ?? 0;
    if (nowMs - beginMs > 22 * DAY_MS || beginMs - nowMs > DAY_MS) continue;
    if (beginMs < first) first = beginMs;
    if (beginMs > last) last = beginMs;
  }
  return last === Number.NEGATIVE_INFINITY ? [] : [new Date(first), new Date(last)];
}

const UNIQUE_VIOLATION = '23505';
/**
 * Whether usage of the same instance, begin and end is known under another id is left to the key of the table. Only when it
 * refuses are they looked up, and all is done once more.
 */
async function writeTogether(asked: readonly Asked[]): Promise<readonly PushResult[]> {
  const [first] = asked;
  if (!first) return [];
  const { platform, push } = first;
  const once = (lookUpKeys: boolean) =>
    inTransaction(platform.db, (tx) => judgeAndWrite(platform, tx, { sellerId: push.sellerId, asked, lookUpKeys }));
  // the old form has no ids, so that its repeats are told by their keys
  const isPlain = asked.some((each) => each.push.form === 'PLAIN');
  const results = await once(isPlain).catch((error: unknown) => {
    if (isPlain || postgresCode(error) !== UNIQUE_VIOLATION) throw error;
    return once(true);
  });
  // the next group is written meanwhile: nobody is answered before
  await reachDisk(platform.db).catch((error: unknown) => {
    throw new NotOnDisk('usage was written, but nobody knows whether it stays', { cause: error });
  });
  return results;
}
class NotOnDisk extends Error {
  override name = 'NotOnDisk';
}

interface Group {
  readonly sellerId: string;
  readonly asked: readonly Asked[];
  readonly lookUpKeys: boolean;
}

async function judgeAndWrite(
  platform: Platform,
  tx: Tx,
  { sellerId, asked, lookUpKeys }: Group,
): Promise<readonly PushResult[]> {
  const now = new Date(Math.max(...asked.map((each) => each.now.getTime())));
  const usages = asked.map(({ read }) => read.columns);
  const instanceIds = [...new Set(usages.flatMap((usage) => usage.instanceIds))];
  await leaveDiskForLater(tx);
  await store.readByKeys(tx);
  // while others are written: what is asked here needs no lock
  const owners = await ownersNamed(tx, sellerId, instanceIds);
  const early = await factsOf(tx, owners);
  await store.lockSeller(tx, sellerId);
  const serials = asked.map(({ read, keys }) => ({ usage: read.columns, keys }));
  const since = new Date(now.getTime() - KNOWN_IDS_MS);
  // one trip: what other calls and the billing of these meters did is seen behind the locks
  const [isFresh, pushIds, named, ofSn, atTime] = await Promise.all([
    Promise.all(
      asked.map(({ push: { nonce } }) =>
        nonce === null ? true : store.takeNonce(tx, sellerId, nonce.text, nonce.at, USAGE_PUSH_WINDOW_MS),
      ),
    ),
    store.newPushIds(tx, asked.length),
    metersNamed(tx, sellerId, instanceIds),
    store.recordsWithSn(tx, sellerId, serials, since),
    lookUpKeys ? store.otherRecordsAt(tx, sellerId, usages) : null,
  ]);
  const facts = metersOf(named).every(early.covers) ? early : await factsOf(tx, metersOf(named));
  const takings = takingsOf(named, facts, now);
  const calls = asked.map(({ push: { form }, read: { columns: usage }, keys, now: at }, place): Call => {
    const ofCall = usage.instanceIds.map((id) => takings.get(id) ?? 'UNKNOWN');
    return { form, usage, keys, takings: ofCall, now: at, pushId: pushIds[place] ?? 0 };
  });
  const known = knownOf(calls, ofSn, atTime);
  const judgements = calls.map((call, place): Judgement | null => (isFresh[place] ? judge(place, call, known) : null));
  const batch = batchOf(judgements.flatMap((each) => (each?.kind === 'JUDGED' ? [each.fresh] : [])));
  const brought = asked.flatMap(({ push: { requestId }, now: at }, place): store.WrittenPush[] => {
    const [judgement, pushId] = [judgements[place], pushIds[place]];
    const isBrought = judgement?.kind === 'JUDGED' && judgement.fresh.places.length > 0;
    return isBrought && pushId !== undefined ? [{ pushId, requestId, now: at }] : [];
  });
  await store.insertPushes(tx, sellerId, brought);
  store.copyRecords(tx, batch);
  await store.addToHours(tx, batch);
  await wakeMeters(tx, batch.ofMeters.flatMap(wakingOf));
  const results: PushResult[] = [];
  for (const [place, judgement] of judgements.entries()) {
    const each = asked[place];
    if (each) results.push(judgement ? await resultOf(platform, tx, each, judgement) : { kind: 'NONCE_REPEATED' });
  }
  return results;
}

const metersOf = (named: ReadonlyMap<string, Named>): TakingMeter[] =>
  [...named.values()].flatMap((each) => (each.kind === 'METER' ? [each.meter] : []));

interface Facts {
  covers(owner: Owner): boolean;
  packagesOf(owner: Owner): readonly UsagePackageFacts[];
  productOf(owner: Owner): ProductRow | null;
}
/** What records of these owners' services are judged by, besides their meters. */
async function factsOf(executor: Executor, owners: readonly Owner[]): Promise<Facts> {
  const goods = [...new Set(owners.map(({ goodsId }) => goodsId))];
  const [packagesOf, ...products] = await Promise.all([
    packagesFor(executor, owners),
    ...goods.map((goodsId) => productById(executor, goodsId)),
  ]);
  const productOf = new Map(products.flatMap((each) => (each ? [[each.goods_id, each] as const] : [])));
  const covered = new Set(owners.map(ownerKey));
  return {
    covers: (owner) => covered.has(ownerKey(owner)),
    packagesOf,
    productOf: ({ goodsId }) => productOf.get(goodsId) ?? null,
  };
}

/** Of each id, its meter with what records are judged by; for what is no meter, why. */
const takingsOf = (named: ReadonlyMap<string, Named>, { packagesOf, productOf }: Facts, now: Date) =>
  new Map(
    [...named].map(([id, found]): [string, Taking | Exclude<Named['kind'], 'METER'>] => {
      if (found.kind !== 'METER') return [id, found.kind];
      const { meter } = found;
      return [id, takingOf(meter, { packages: packagesOf(meter), product: productOf(meter) }, now)];
    }),
  );

/** Lists what is not taken for its seller. */
async function resultOf(
  platform: Platform,
  tx: Tx,
  { push, read, now }: Asked,
  judgement: Judgement,
): Promise<PushResult> {
  if (judgement.kind !== 'JUDGED') return judgement;
  const { sellerId, requestId } = push;
  const rejections = [...judgement.codes]
    .toSorted(([a], [b]) => a - b)
    .map(([place, code]) => ({ ...namesOf(read.columns, place), code, record: read.given(place) }));
  await store.insertRejections(tx, sellerId, rejections, { requestId, now });
  if (rejections.length > 0) await platform.events.publish(tx, [usageRejected(push, rejections.length)], now);
  await platform.pause.reach('metering.before-commit', requestId);
  const outcomes = Array.from<Outcome>({ length: read.columns.count }).fill('TAKEN');
  for (const [place, code] of judgement.codes) outcomes[place] = code;
  return { kind: 'JUDGED', outcomes };
}

function namesOf(
  usage: UsageColumns,
  place: number,
): {
  readonly instanceId: string;
  readonly meteringSn: string;
} {
  const refused = usage.refused.get(place);
  if (refused) return { instanceId: refused.instanceId, meteringSn: refused.meteringSn };
  return {
    instanceId: usage.instanceIds[usage.instances[place] ?? -1] ?? '',
    meteringSn: serialAt(usage, place) ?? '',
  };
}

/** Whether a meter has to be looked at earlier than is planned, or further back or ahead. */
function wakingOf(ofMeter: OfMeter): Waking[] {
  const { resourceId, nextMs, waitingFromMs, waitingToMs } = ofMeter.meter;
  const span = spanOf(ofMeter);
  const planned =
    isBy(nextMs, span.first) && isBy(waitingFromMs, span.from) && waitingToMs !== null && waitingToMs >= span.last;
  return planned ? [] : [{ resourceId, ...span }];
}
const isBy = (atMs: number | null, ms: number): boolean => atMs !== null && atMs <= ms;
