/**
 * The clock of metering: a meter that is due is rated, charged and paid for in one transaction of its own; so one that fails by
 * our own fault holds up no other. Any number of workers may do so at once.
 */
import { levelsOf } from '../directory/index.ts';
import { DAYS_AFTER_EXPIRY } from '../instances/index.ts';
import { inTransaction, type Tx } from '../platform/database/database.ts';
import { decimal, type Money, money, plain, sum } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { daysLater, SITES } from '../platform/site.ts';
import { chargeUsage } from '../wallet/index.ts';
import { type Charge, carriedOf, insertCharge, markPaid, owedCharges } from './charge-store.ts';
import type { Usage } from './definition.ts';
import { arrearsBegun, arrearsEnded, chargePaid, packagesDrawn } from './events.ts';
import { type MeterAccount, putOffMeter, saveMeter, takeDueMeter } from './meter-store.ts';
import { packagesFor } from './meters.ts';
import { type Carried, type Rating, rate } from './model.ts';
import { nextBillingOf, recordsToBill, saveRated, saveUnrated } from './record-store.ts';

/** records in one charge: what is more is billed in the next turn, at once */
const MOST_RECORDS = 5_000;
/** how often a debt is tried again by itself; money that comes wakes it at once */
const RETRY_MS = 3_600_000;
const RETRY_CLOSED_MS = 24 * RETRY_MS;
/** how long a meter waits whose billing failed by our own fault: it is in nobody's way meanwhile */
const PUT_OFF_MS = 600_000;

/** Bills at most `limit` meters that are due. @returns how many */
export async function runMetering(platform: Platform, limit: number): Promise<number> {
  let done = 0;
  while (done < limit && (await billNext(platform))) done += 1;
  if (done > 0) platform.wake.kick();
  return done;
}

/** @returns false = none is due */
async function billNext(platform: Platform): Promise<boolean> {
  const now = platform.clock.now();
  const taken: MeterAccount[] = [];
  try {
    return await inTransaction(platform.db, async (tx) => {
      const meter = await takeDueMeter(tx, now);
      if (meter === null) return false;
      taken.push(meter);
      await bill(platform, tx, meter, now);
      return true;
    });
  } catch (error) {
    const [meter] = taken;
    if (!meter) throw error;
    platform.log.error({ resourceId: meter.resourceId, err: error }, 'usage could not be billed; it is tried again');
    await putOffMeter(platform.db, meter.resourceId, new Date(now.getTime() + PUT_OFF_MS));
    return true;
  }
}

async function bill(platform: Platform, tx: Tx, meter: MeterAccount, now: Date): Promise<void> {
  const usages = await recordsToBill(tx, meter.resourceId, now, MOST_RECORDS);
  let account = meter;
  if (usages.length > 0 && meter.price === null) await saveUnrated(tx, meter.resourceId, usages, 'NO_PRICE');
  else if (usages.length > 0) account = await charge(platform, tx, meter, usages, now);
  const owed = await payOwed(platform, tx, account, now);
  const owedSince = owed ? (meter.owedSince ?? now) : null;
  const next = await nextBillingOf(tx, meter.resourceId);
  const retry = owed ? new Date(now.getTime() + (meter.closedAt === null ? RETRY_MS : RETRY_CLOSED_MS)) : null;
  const [nextAt = null] = [next, retry].flatMap((at) => at ?? []).toSorted((a, b) => a.getTime() - b.getTime());
  await saveMeter(tx, { ...account, owedSince, nextAt });
  if (owed && meter.owedSince === null)
    await platform.events.publish(tx, [arrearsBegun(meter, await debtOf(tx, meter, now), now)], now);
  if (!owed && meter.owedSince !== null) await platform.events.publish(tx, [arrearsEnded(meter, now)], now);
}

/** S7-14a: how long it may be owed depends on the customer's level. */
async function debtOf(tx: Tx, meter: MeterAccount, now: Date): Promise<{ owed: Money; freezeAt: Date }> {
  const charges = await owedCharges(tx, meter.resourceId);
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

async function charge(
  platform: Platform,
  tx: Tx,
  meter: MeterAccount,
  usages: readonly Usage[],
  now: Date,
): Promise<MeterAccount> {
  if (meter.price === null) return meter;
  const packages = (await packagesFor(tx, [meter]))(meter);
  const carried = await carriedOf(
    tx,
    meter,
    packages.map(({ resourceId }) => resourceId),
  );
  const rating = rate({ price: meter.price, terms: meter.terms, site: meter.site, usages, packages, carried });
  const made: Charge = {
    ...ownersOf(meter),
    chargeId: uuid(platform.random),
    billedAt: now,
    from: extreme(
      usages.map(({ beginAt }) => beginAt),
      Math.min,
    ),
    to: extreme(
      usages.map(({ endAt }) => endAt),
      Math.max,
    ),
    records: usages.length,
    used: rating.used,
    drawn: rating.drawn,
    charged: rating.charged,
    refused: rating.refused,
    exact: rating.exact,
    amount: rating.amount,
    currency: meter.price.currency,
    derivation: rating.derivation,
    state: decimal(rating.amount).isZero() ? 'NOTHING' : 'OWED',
    paidAt: null,
    onCredit: false,
    reversedAt: null,
    reversalReason: null,
  };
  await insertCharge(tx, made, { draws: rating.draws, cycles: addedCycles(carried, rating) });
  await saveRated(tx, meter.resourceId, made.chargeId, usages, rating.usages);
  if (rating.draws.length > 0) await platform.events.publish(tx, [packagesDrawn(meter, rating.draws, now)], now);
  return {
    ...meter,
    exactTotal: plain(decimal(meter.exactTotal).plus(rating.exact)),
    chargedTotal: plain(decimal(meter.chargedTotal).plus(rating.amount)),
  };
}

const ownersOf = ({ resourceId, sellerId, buyerId, placedBy, goodsId, orderId, traceId }: MeterAccount) => ({
  resourceId,
  sellerId,
  buyerId,
  placedBy,
  goodsId,
  orderId,
  traceId,
});

function extreme(dates: readonly Date[], of: (...ms: number[]) => number): Date {
  return new Date(dates.reduce((found, date) => of(found, date.getTime()), dates[0]?.getTime() ?? 0));
}

/** By how much each accumulation cycle grew. */
const addedCycles = (carried: Carried, { cycles }: Rating) =>
  [...cycles].flatMap(([start, usage]) => {
    const added = decimal(usage).minus(carried.cycles.get(start) ?? '0');
    return added.isZero() ? [] : [{ start, usage: plain(added) }];
  });

/**
 * Pays what is owed for this service, the oldest first, as far as the balance and then the credit go (S2-9).
 * @returns whether something stays owed
 */
async function payOwed(
  platform: Platform,
  tx: Tx,
  { buyerId, resourceId, traceId }: MeterAccount,
  now: Date,
): Promise<boolean> {
  for (const owed of await owedCharges(tx, resourceId)) {
    const amount = money(owed.amount, owed.currency);
    const charged = await chargeUsage(platform, tx, { buyerId, reference: owed.chargeId, amount, traceId }, now);
    if (!charged.ok) return true;
    if (charged.value.repeated) throw new Error(`charge ${owed.chargeId} was paid before`);
    const onCredit = charged.value.month !== null;
    await markPaid(tx, owed.chargeId, { at: now, onCredit });
    await platform.events.publish(tx, [chargePaid({ ...owed, onCredit }, now)], now);
  }
  return false;
}
