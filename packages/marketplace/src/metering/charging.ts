/** Charges of many meters at once, computed: what is read before and written after stands in billing.ts. Pure but for ids. */
import { decimal, plain } from '../platform/money.ts';
import { type Random, uuid } from '../platform/random.ts';
import { type Books, type Charge, carriedOf, type NewCharge } from './charge-store.ts';
import type { UsagePackageFacts, UsagePrice } from './definition.ts';
import type { MeterAccount } from './meter-store.ts';
import { type Carried, drawKey, type Rating, rate } from './model.ts';
import type { Due } from './record-store.ts';

export interface Charging {
  readonly meter: MeterAccount;
  readonly packages: readonly UsagePackageFacts[];
  readonly due: Due;
}
export interface Charged {
  /** with what its charges come to now */
  readonly meter: MeterAccount;
  readonly made: NewCharge;
}

/**
 * The one price of each unit, whatever record it is in, when there is such a price: usage may be added up before it is rated, and of
 * its records nothing needs to be told one by one. null = each record is rated by itself.
 */
export function evenPrice(price: UsagePrice | null, packages: readonly UsagePackageFacts[]): string | null {
  const [bracket, ...others] = price?.brackets ?? [];
  if (price?.mode !== 'LINEAR' || !bracket || others.length > 0 || packages.length > 0) return null;
  return decimal(bracket.from).isZero() && bracket.to === null ? bracket.unitPrice : null;
}

/** One after the other, since two may draw from one package. @returns the charges, and the books after them */
export function chargeAll(
  random: Random,
  chargings: readonly Charging[],
  before: Books,
  now: Date,
): { readonly charged: readonly Charged[]; readonly books: Books } {
  let books = before;
  const charged = chargings.flatMap(({ meter, packages, due }): Charged[] => {
    const { price, terms, site } = meter;
    if (price === null) return [];
    const carried = carriedOf(books, meter);
    const rating = rate({ price, terms, site, usages: due.usages, packages, carried });
    books = after(books, meter, rating);
    const charge = chargeOf(uuid(random), { meter, due, rating, currency: price.currency }, now);
    const effects = { draws: rating.draws, cycles: addedCycles(carried, rating) };
    const unitPrice = evenPrice(price, packages);
    const usages = unitPrice === null ? rating.usages : [];
    return [{ meter: totalled(meter, rating), made: { charge, effects, recordIds: due.recordIds, unitPrice, usages } }];
  });
  return { charged, books };
}

const totalled = (meter: MeterAccount, { exact, amount }: Rating): MeterAccount => ({
  ...meter,
  exactTotal: plain(decimal(meter.exactTotal).plus(exact)),
  chargedTotal: plain(decimal(meter.chargedTotal).plus(amount)),
});

function after({ cycles, draws }: Books, { resourceId }: MeterAccount, rating: Rating): Books {
  const drawn = rating.draws.map(({ packageId, window, quantity }): [string, string] => {
    const key = drawKey(packageId, window);
    return [key, plain(decimal(draws.get(key) ?? '0').plus(quantity))];
  });
  return {
    cycles: new Map([...cycles, [resourceId, rating.cycles]]),
    draws: drawn.length === 0 ? draws : new Map([...draws, ...drawn]),
  };
}

function chargeOf(
  chargeId: string,
  made: {
    readonly meter: MeterAccount;
    readonly due: Due;
    readonly rating: Rating;
    readonly currency: Charge['currency'];
  },
  now: Date,
): Charge {
  const { meter, due, rating } = made;
  const { resourceId, sellerId, buyerId, placedBy, goodsId, orderId, traceId } = meter;
  const { used, drawn, charged, refused, exact, amount, derivation } = rating;
  return {
    ...{ chargeId, resourceId, sellerId, buyerId, placedBy, goodsId, orderId, traceId },
    billedAt: now,
    from: due.from,
    to: due.to,
    records: due.records,
    ...{ used, drawn, charged, refused, exact, amount, derivation },
    currency: made.currency,
    state: decimal(amount).isZero() ? 'NOTHING' : 'OWED',
    paidAt: null,
    onCredit: false,
    reversedAt: null,
    reversalReason: null,
  };
}

/** By how much each accumulation cycle grew. */
const addedCycles = (carried: Carried, { cycles }: Rating) =>
  [...cycles].flatMap(([start, usage]) => {
    const added = decimal(usage).minus(carried.cycles.get(start) ?? '0');
    return added.isZero() ? [] : [{ start, usage: plain(added) }];
  });
