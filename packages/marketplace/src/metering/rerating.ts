/**
 * What charges of a service would be if they were rated anew: previewed first, then done by reversal. Steps and packages build
 * on what came before, so that everything that was billed since an instant is replayed, in order, from the state that the
 * charges before it left. A sound period comes out as it is: recomputing gives the same charges.
 */
import type { Tx } from '../platform/database/database.ts';
import { decimal, type Money, money, plain } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { type Charge, carriedOf, type Effects, openBooks } from './charge-store.ts';
import { reverseCharge } from './correction.ts';
import type { Meter, Usage, UsagePackageFacts } from './definition.ts';
import { lockMeter, type MeterAccount } from './meter-store.ts';
import { packagesFor } from './meters.ts';
import { type Carried, drawKey, rate } from './model.ts';
import { chargesSince, usagesOfCharges } from './rerating-store.ts';

/** charges that one preview replays: half a year of hours would be more than a page shows */
export const MOST_CHARGES = 2_000;

export interface Figures {
  readonly drawn: string;
  readonly charged: string;
  readonly refused: string;
  readonly amount: string;
}
export interface RatedAnew {
  readonly charge: Charge;
  readonly now: Figures;
  readonly differs: boolean;
}
export interface Rerating {
  readonly charges: readonly RatedAnew[];
  /** what the buyer would pay more; below zero = get back */
  readonly difference: Money;
}

interface Replayed {
  readonly charge: Charge;
  readonly effects: Effects;
  readonly usages: readonly Usage[];
}

/** Refuses NOT_FOUND, NO_PRICE, and TOO_MUCH when more than {@link MOST_CHARGES} were billed since, or their records are gone. */
export async function previewRerating(tx: Tx, resourceId: string, since: Date): Promise<Result<Rerating>> {
  const meter = await lockMeter(tx, resourceId);
  if (!meter) return refuse('NOT_FOUND', 'there is no usage of such a service');
  const { price } = meter;
  if (price === null) return refuse('NO_PRICE', 'the service has no price yet');
  const charges = await chargesSince(tx, resourceId, since, MOST_CHARGES + 1);
  if (charges.length > MOST_CHARGES)
    return refuse('TOO_MUCH', `at most ${MOST_CHARGES} charges are rated anew at once: begin later`);
  const usages = await usagesOfCharges(
    tx,
    resourceId,
    charges.map(({ charge }) => charge),
  );
  const replayed = charges.map((each) => ({ ...each, usages: usages.get(each.charge.chargeId) ?? [] }));
  if (replayed.some(({ charge, usages: found }) => found.length !== charge.records))
    return refuse('TOO_MUCH', 'records of that time are kept no more: begin later');
  const packages = (await packagesFor(tx, [meter]))(meter);
  const packageIds = packages.map((each) => each.resourceId);
  const carried = carriedOf(await openBooks(tx, [resourceId], packageIds), meter);
  const anew = replay({ ...meter, price }, packages, before(carried, replayed), replayed);
  const difference = anew.reduce((sum, { charge, now }) => sum.plus(now.amount).minus(charge.amount), decimal('0'));
  return ok({ charges: anew, difference: money(difference, price.currency) });
}

/**
 * Does what the preview showed: from the first charge that differs on all are reversed, and their records billed again at once.
 * @param expected the difference that was previewed; refuses RERATING_CHANGED when it is another one by now, and
 * NOTHING_DIFFERS when the charges are right
 */
export async function rerate(
  platform: Platform,
  tx: Tx,
  asked: { readonly resourceId: string; readonly since: Date; readonly reason: string; readonly expected: string },
  now: Date,
): Promise<Result<{ readonly reversed: number }>> {
  const preview = await previewRerating(tx, asked.resourceId, asked.since);
  if (!preview.ok) return preview;
  const { charges, difference } = preview.value;
  if (!decimal(difference.amount).equals(asked.expected))
    return refuse('RERATING_CHANGED', 'the difference is another one by now', { difference: difference.amount });
  const first = charges.findIndex(({ differs }) => differs);
  if (first < 0) return refuse('NOTHING_DIFFERS', 'rated anew, the charges are the same');
  for (const { charge } of charges.slice(first)) {
    const { chargeId } = charge;
    const reversed = await reverseCharge(platform, tx, { chargeId, reason: asked.reason, voidRecordIds: [] }, now);
    if (!reversed.ok) return reversed;
  }
  return ok({ reversed: charges.length - first });
}

/** What was carried when the first of these charges was made, as far as it is known: without what they added. */
export function before(carried: Carried, charges: readonly Pick<Replayed, 'charge' | 'effects'>[]): Carried {
  const [cycles, draws] = [new Map(carried.cycles), new Map(carried.draws)];
  const take = (map: Map<string, string>, key: string, quantity: string) =>
    map.set(key, plain(decimal(map.get(key) ?? '0').minus(quantity)));
  for (const { effects } of charges) {
    for (const { start, usage } of effects.cycles) take(cycles, new Date(start).toISOString(), usage);
    for (const draw of effects.draws) take(draws, drawKey(draw.packageId, new Date(draw.window)), draw.quantity);
  }
  const without = (total: string, of: (charge: Charge) => string) =>
    plain(charges.reduce((sum, { charge }) => sum.minus(of(charge)), decimal(total)));
  return {
    cycles,
    draws,
    exactTotal: without(carried.exactTotal, ({ exact }) => exact),
    chargedTotal: without(carried.chargedTotal, ({ amount }) => amount),
  };
}

type Priced = Pick<MeterAccount, 'terms' | 'site'> & { readonly price: NonNullable<Meter['price']> };

/** Rates charge after charge, each on what those before it leave. Pure. */
export function replay(
  { price, terms, site }: Priced,
  packages: readonly UsagePackageFacts[],
  start: Carried,
  charges: readonly Pick<Replayed, 'charge' | 'usages'>[],
): RatedAnew[] {
  let carried = start;
  return charges.map(({ charge, usages }) => {
    const rating = rate({ price, terms, site, usages, packages, carried });
    const draws = new Map(carried.draws);
    for (const { packageId, window, quantity } of rating.draws) {
      const key = drawKey(packageId, window);
      draws.set(key, plain(decimal(draws.get(key) ?? '0').plus(quantity)));
    }
    carried = {
      cycles: rating.cycles,
      draws,
      exactTotal: plain(decimal(carried.exactTotal).plus(rating.exact)),
      chargedTotal: plain(decimal(carried.chargedTotal).plus(rating.amount)),
    };
    const { drawn, charged, refused, amount } = rating;
    const now = { drawn, charged, refused, amount };
    const same = (one: string, other: string) => decimal(one).equals(other);
    const differs = !(
      same(drawn, charge.drawn) &&
      same(charged, charge.charged) &&
      same(refused, charge.refused) &&
      same(amount, charge.amount)
    );
    return { charge, now, differs };
  });
}
