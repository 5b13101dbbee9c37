/** Charges of many meters at once, computed: what is read before and written after stands in billing.ts. Pure but for ids. */
import { decimal, plain } from '../platform/money.ts';
import { type Random, uuid } from '../platform/random.ts';
import { type Books, type Charge, carriedOf, type NewCharge } from './charge-store.ts';
import type { Usage, UsagePackageFacts } from './definition.ts';
import type { MeterAccount } from './meter-store.ts';
import { type Carried, drawKey, type Rating, rate } from './model.ts';

export interface Charging {
  readonly meter: MeterAccount;
  readonly packages: readonly UsagePackageFacts[];
  /** the earliest first */
  readonly usages: readonly Usage[];
}
export interface Charged {
  /** with what its charges come to now */
  readonly meter: MeterAccount;
  readonly made: NewCharge;
}

/** One after the other, since two may draw from one package. @returns the charges, and the books after them */
export function chargeAll(
  random: Random,
  chargings: readonly Charging[],
  before: Books,
  now: Date,
): { readonly charged: readonly Charged[]; readonly books: Books } {
  let books = before;
  const charged = chargings.flatMap(({ meter, packages, usages }): Charged[] => {
    const { price, terms, site } = meter;
    if (price === null || usages.length === 0) return [];
    const carried = carriedOf(books, meter);
    const rating = rate({ price, terms, site, usages, packages, carried });
    books = after(books, meter, rating);
    const charge = chargeOf(uuid(random), { meter, usages, rating, currency: price.currency }, now);
    const effects = { draws: rating.draws, cycles: addedCycles(carried, rating) };
    return [{ meter: totalled(meter, rating), made: { charge, effects, usages: rating.usages } }];
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
    readonly usages: readonly Usage[];
    readonly rating: Rating;
    readonly currency: Charge['currency'];
  },
  now: Date,
): Charge {
  const { meter, usages, rating } = made;
  const { resourceId, sellerId, buyerId, placedBy, goodsId, orderId, traceId } = meter;
  const { used, drawn, charged, refused, exact, amount, derivation } = rating;
  return {
    ...{ chargeId, resourceId, sellerId, buyerId, placedBy, goodsId, orderId, traceId },
    billedAt: now,
    from: usages[0]?.beginAt ?? now,
    to: new Date(usages.reduce((last, { endAt }) => Math.max(last, endAt.getTime()), 0)),
    records: usages.length,
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
