/**
 * The clock of metering: meters that are due are rated, charged and paid for, many in one transaction with a few large
 * statements. When that fails they are billed one by one, so that one that fails by our own fault holds up no other. Any
 * number of workers may do so at once.
 */
import { levelsOf } from '../directory/index.ts';
import { DAYS_AFTER_EXPIRY } from '../instances/index.ts';
import { inTransaction, settled, type Tx } from '../platform/database/database.ts';
import type { NewEvent } from '../platform/events.ts';
import { type Money, money, sum } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { daysLater, SITES } from '../platform/site.ts';
import { chargeUsage, chargeUsageToBalances } from '../wallet/index.ts';
import { type Charge, insertCharges, markPaid, openBooks, owedCharges } from './charge-store.ts';
import { chargeAll, evenPrice } from './charging.ts';
import { arrearsBegun, arrearsEnded, chargePaid, packagesDrawn } from './events.ts';
import { type MeterAccount, putOffMeter, saveMeters, takeDueMeters } from './meter-store.ts';
import { packagesFor } from './meters.ts';
import { type Due, hoursToBill, type Reading, recordsToBill, saveUnrated, stillWaiting } from './record-store.ts';

/** meters in one transaction, and records in one charge: what is in memory at once */
const MOST_METERS = 20;
const MOST_RECORDS = 5_000;
/** how often a debt is tried again by itself; money that comes wakes it at once */
const RETRY_MS = 3_600_000;
const RETRY_CLOSED_MS = 24 * RETRY_MS;
/** how long a meter waits whose billing failed by our own fault: it is in nobody's way meanwhile */
const PUT_OFF_MS = 600_000;

/** transactions of a worker at the same time: the database reads for one while the other is computed */
export const BILLED_AT_ONCE = 2;

/** Bills at most `limit` meters that are due, in `lanes` transactions at the same time. @returns how many */
export async function runMetering(platform: Platform, limit: number, lanes = 1): Promise<number> {
  let left = limit;
  const lane = async () => {
    for (let billed = Number.POSITIVE_INFINITY; billed > 0 && left > 0; ) {
      const asked = Math.min(MOST_METERS, left);
      left -= asked;
      billed = await billNext(platform, asked);
      left += asked - billed;
    }
  };
  await settled(Array.from({ length: lanes }, lane));
  const done = limit - left;
  if (done > 0) platform.wake.kick();
  return done;
}

/** @returns how many were due */
async function billNext(platform: Platform, limit: number): Promise<number> {
  const now = platform.clock.now();
  const taken: MeterAccount[] = [];
  try {
    return await inTransaction(platform.db, async (tx) => {
      taken.push(...(await takeDueMeters(tx, now, limit)));
      if (taken.length > 0) await bill(platform, tx, taken, now);
      return taken.length;
    });
  } catch (error) {
    const [meter] = taken;
    if (!meter) throw error;
    if (taken.length > 1) return oneByOne(platform, taken.length);
    platform.log.error({ resourceId: meter.resourceId, err: error }, 'usage could not be billed; it is tried again');
    await putOffMeter(platform.db, meter.resourceId, new Date(now.getTime() + PUT_OFF_MS));
    return 1;
  }
}

async function oneByOne(platform: Platform, meters: number): Promise<number> {
  let done = 0;
  while (done < meters && (await billNext(platform, 1)) > 0) done += 1;
  return done;
}

async function bill(platform: Platform, tx: Tx, meters: readonly MeterAccount[], now: Date): Promise<void> {
  const waiting = meters.flatMap(({ resourceId, billedTo, waitingFrom, waitingTo }) =>
    waitingFrom === null
      ? []
      : [{ waitingTo, reading: { resourceId, billedTo, beginAt: waitingFrom, endAt: null } satisfies Reading }],
  );
  const readings = waiting.map(({ reading }) => reading);
  const goOn = waiting.flatMap(({ waitingTo, reading }) => (waitingTo !== null && waitingTo > now ? [reading] : []));
  const [left, accounts] = await Promise.all([
    stillWaiting(tx, goOn, now),
    chargeMeters(platform, tx, { meters, readings }, now),
  ]);
  const owing = await payOwed(platform, tx, accounts, now);
  const events: NewEvent[] = [];
  const saved = accounts.map((meter) => {
    const owed = owing.get(meter.resourceId) ?? [];
    const rest = left.get(meter.resourceId);
    const retry = owed.length > 0 ? [new Date(now.getTime() + (meter.closedAt ? RETRY_CLOSED_MS : RETRY_MS))] : [];
    const [nextAt = null] = [...(rest ? [rest.at] : []), ...retry].toSorted((a, b) => a.getTime() - b.getTime());
    if (owed.length === 0 && meter.owedSince !== null) events.push(arrearsEnded(meter, now));
    const owedSince = owed.length > 0 ? (meter.owedSince ?? now) : null;
    return { ...meter, owedSince, nextAt, billedTo: now, waitingFrom: rest?.from ?? null, waitingTo: rest?.to ?? null };
  });
  for (const meter of meters) {
    const owed = owing.get(meter.resourceId);
    if (owed && meter.owedSince === null) events.push(arrearsBegun(meter, await debtOf(tx, meter, owed, now), now));
  }
  await saveMeters(tx, saved);
  await platform.events.publish(tx, events, now);
}

/** All that is due, in charges of at most so many records. @returns the meters with what their charges come to */
async function chargeMeters(
  platform: Platform,
  tx: Tx,
  { meters, readings }: { readonly meters: readonly MeterAccount[]; readonly readings: readonly Reading[] },
  now: Date,
): Promise<MeterAccount[]> {
  const accounts = new Map(meters.map((meter) => [meter.resourceId, meter]));
  let unread = readings;
  for (const reading of readings)
    if (accounts.get(reading.resourceId)?.price === null) await saveUnrated(tx, reading, now, 'NO_PRICE');
  const packagesOf = await packagesFor(tx, meters);
  const packageIds = meters.flatMap((meter) => packagesOf(meter).map(({ resourceId }) => resourceId));
  const isEven = ({ resourceId }: Reading): boolean => {
    const meter = accounts.get(resourceId);
    return meter !== undefined && evenPrice(meter.price, packagesOf(meter)) !== null;
  };
  const read = async (): Promise<ReadonlyMap<string, Due>> => {
    const [byHour, byRecord] = await Promise.all([
      hoursToBill(tx, unread.filter(isEven), now, MOST_RECORDS),
      recordsToBill(
        tx,
        unread.filter((each) => !isEven(each)),
        now,
        MOST_RECORDS,
      ),
    ]);
    return new Map([...byHour, ...byRecord]);
  };
  let books = await openBooks(tx, [...accounts.keys()], packageIds);
  for (let found = await read(); found.size > 0; found = unread.length === 0 ? new Map() : await read()) {
    const chargings = [...found].flatMap(([resourceId, due]) => {
      const meter = accounts.get(resourceId);
      return meter ? [{ meter, packages: packagesOf(meter), due }] : [];
    });
    const { charged, books: after } = chargeAll(platform.random, chargings, books, now);
    books = after;
    for (const { meter } of charged) accounts.set(meter.resourceId, meter);
    await insertCharges(
      tx,
      charged.map(({ made }) => made),
    );
    const drawn = charged.filter(({ made }) => made.effects.draws.length > 0);
    const told = drawn.map(({ meter, made }) => packagesDrawn(meter, made.effects.draws, now));
    await platform.events.publish(tx, told, now);
    unread = unread.flatMap((reading): Reading[] => {
      const behind = found.get(reading.resourceId)?.behind;
      return behind ? [{ ...reading, ...behind }] : [];
    });
  }
  return meters.map((meter) => accounts.get(meter.resourceId) ?? meter);
}

/** S7-14a: how long it may be owed depends on the customer's level. */
async function debtOf(
  tx: Tx,
  meter: MeterAccount,
  charges: readonly Charge[],
  now: Date,
): Promise<{ owed: Money; freezeAt: Date }> {
  const { currency, timeZone } = SITES[meter.site];
  const level = (await levelsOf(tx, [meter.buyerId])).get(meter.buyerId) ?? 'V0';
  return {
    owed: sum(
      charges.map((each) => money(each.amount, each.currency)),
      currency,
    ),
    freezeAt: daysLater(now, DAYS_AFTER_EXPIRY[level].onDemand.grace, timeZone),
  };
}

/**
 * Pays what is owed for these services, of each the oldest first, as far as the balance and then the credit go (S2-9).
 * @returns what stays owed, by service
 */
async function payOwed(
  platform: Platform,
  tx: Tx,
  meters: readonly MeterAccount[],
  now: Date,
): Promise<ReadonlyMap<string, readonly Charge[]>> {
  const charges = await owedCharges(
    tx,
    meters.map(({ resourceId }) => resourceId),
  );
  const toPay = charges.map(({ buyerId, chargeId, amount, currency, traceId }) => ({
    ...{ buyerId, reference: chargeId, amount: money(amount, currency), traceId },
  }));
  const atOnce = await chargeUsageToBalances(platform, tx, toPay, now);
  const owing = new Map<string, Charge[]>();
  const paid: Charge[] = [];
  for (const [place, owed] of charges.entries()) {
    if (atOnce.has(owed.chargeId)) {
      paid.push(owed);
      continue;
    }
    const short = owing.get(owed.resourceId);
    const asked = toPay[place];
    const charged = short || !asked ? null : await chargeUsage(platform, tx, asked, now);
    if (charged?.ok) {
      if (charged.value.repeated) throw new Error(`charge ${owed.chargeId} was paid before`);
      paid.push({ ...owed, onCredit: charged.value.month !== null });
    } else owing.set(owed.resourceId, [...(short ?? []), owed]);
  }
  await markPaid(tx, paid, now);
  await platform.events.publish(
    tx,
    paid.map((each) => chargePaid(each, now)),
    now,
  );
  return owing;
}
