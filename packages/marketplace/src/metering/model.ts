/**
 * Rating: records of one meter in, what is drawn from packages, refused and charged out, with the derivation. Pure, exact
 * decimals. A charge is rounded once, to cents; what rounding left over goes into the next charge of the meter, so that the
 * charges together are always the exact total, rounded, however its records were batched.
 */
import { type Decimal, decimal } from '../platform/exact.ts';
import type { Site } from '../platform/site.ts';
import { holds } from './acceptance.ts';
import type {
  DerivationStep,
  Draw,
  RatedUsage,
  Usage,
  UsagePackageFacts,
  UsagePrice,
  UsageTerms,
} from './definition.ts';
import { accumulationStart, quotaStart } from './timing.ts';

const ZERO = decimal('0');
const plain = (value: Decimal): string => value.toFixed();

/** What of earlier charges matters to the next. */
export interface Carried {
  /** charged usage of each accumulation cycle, by its beginning (ISO) */
  readonly cycles: ReadonlyMap<string, string>;
  /** drawn so far, by {@link drawKey} */
  readonly draws: ReadonlyMap<string, string>;
  /** of all charges of the meter: exact, and as charged */
  readonly exactTotal: string;
  readonly chargedTotal: string;
}
export const drawKey = (packageId: string, window: Date): string => `${packageId} ${window.toISOString()}`;

export interface RatingInput {
  readonly price: UsagePrice;
  readonly terms: UsageTerms;
  readonly site: Site;
  /** in any order */
  readonly usages: readonly Usage[];
  /** in any order */
  readonly packages: readonly UsagePackageFacts[];
  readonly carried: Carried;
}
export interface Rating {
  readonly usages: readonly RatedUsage[];
  readonly draws: readonly Draw[];
  /** charged usage that each accumulation cycle has now */
  readonly cycles: ReadonlyMap<string, string>;
  readonly used: string;
  readonly drawn: string;
  readonly charged: string;
  readonly refused: string;
  readonly exact: string;
  /** to cents, with what was left over before */
  readonly amount: string;
  readonly derivation: readonly DerivationStep[];
}

/** Records are rated by their time, not by their coming. */
export function rate(input: RatingInput): Rating {
  const { carried, price } = input;
  const packages = input.packages.filter((each) => fitsUnit(each, price)).toSorted(drawnFirst);
  const draws = new Map<string, { draw: Draw; sum: Decimal }>();
  const cycles = new Map(carried.cycles);
  const priced = pricedSums(price);
  const startOf = accumulationStarts(input);
  const usages = input.usages.toSorted(byTime).map((usage): RatedUsage => {
    const value = decimal(usage.value);
    const drawn = drawFrom(usage, packages, { draws, carried, site: input.site });
    const rest = value.minus(drawn);
    const charged = stopsWith(usage, packages) ? ZERO : rest;
    const start = startOf(usage.beginAt);
    const before = start === null ? ZERO : decimal(cycles.get(start) ?? '0');
    if (start !== null && !charged.isZero()) cycles.set(start, plain(before.plus(charged)));
    const amount = charged.isZero() ? ZERO : priced.add(charged, before);
    return {
      recordId: usage.recordId,
      drawn: plain(drawn),
      charged: plain(charged),
      refused: plain(rest.minus(charged)),
      amount: plain(amount),
    };
  });
  const sum = (of: (usage: RatedUsage) => string) => usages.reduce((total, usage) => total.plus(of(usage)), ZERO);
  const [drawn, charged, refused, exact] = [
    sum((usage) => usage.drawn),
    sum((usage) => usage.charged),
    sum((usage) => usage.refused),
    sum((usage) => usage.amount),
  ];
  const rounded = decimal(carried.exactTotal).plus(exact).toDecimalPlaces(2);
  const amount = rounded.minus(carried.chargedTotal);
  return {
    usages,
    draws: [...draws.values()].map(({ draw, sum: quantity }) => ({ ...draw, quantity: plain(quantity) })),
    cycles,
    used: plain(drawn.plus(charged).plus(refused)),
    drawn: plain(drawn),
    charged: plain(charged),
    refused: plain(refused),
    exact: plain(exact),
    amount: amount.toFixed(2),
    derivation: [
      ...[...draws.values()].map(({ draw, sum: quantity }) => ({
        rule: 'C31',
        text: `${draw.packageId} ${draw.window.toISOString()}`,
        value: `−${plain(quantity)}`,
      })),
      ...(refused.isZero() ? [] : [{ rule: 'C32', text: 'beyond the package', value: plain(refused) }]),
      ...priced.steps(),
      ...roundingSteps(exact, carried, amount),
    ],
  };
}

function roundingSteps(exact: Decimal, { exactTotal, chargedTotal }: Carried, amount: Decimal): DerivationStep[] {
  if (exact.equals(amount)) return [];
  const left = decimal(exactTotal).minus(chargedTotal);
  const text = `${plain(exact)} ${left.isNegative() ? '−' : '+'} ${plain(left.abs())} ≈ ${amount.toFixed(2)}`;
  return [{ rule: 'C17', text, value: amount.toFixed(2) }];
}

const HOUR_MS = 3_600_000;
/** Zones differ by whole hours, so usage of one hour has one answer. */
function accumulationStarts({ terms, site }: RatingInput): (beginAt: Date) => string | null {
  const known = new Map<number, string | null>();
  return (beginAt) => {
    const hour = Math.floor(beginAt.getTime() / HOUR_MS);
    let start = known.get(hour);
    if (start === undefined) {
      start = accumulationStart(beginAt, terms, site)?.toISOString() ?? null;
      known.set(hour, start);
    }
    return start;
  };
}

const byTime = (one: Usage, other: Usage): number =>
  one.beginAt.getTime() - other.beginAt.getTime() ||
  one.endAt.getTime() - other.endAt.getTime() ||
  (one.recordId < other.recordId ? -1 : 1);

/** What lapses first is drawn first: quotas that reset, then what ends first, then what was bought first. */
function drawnFirst(one: UsagePackageFacts, other: UsagePackageFacts): number {
  const resets = Number(one.resetting === null) - Number(other.resetting === null);
  const end = ({ to }: UsagePackageFacts) => to?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return (
    resets ||
    end(one) - end(other) ||
    one.from.getTime() - other.from.getTime() ||
    (one.resourceId < other.resourceId ? -1 : 1)
  );
}

/** A package counts in the unit of the charge item, or the specification counts one thing only. */
const fitsUnit = ({ unit }: UsagePackageFacts, { chargeItem }: UsagePrice): boolean =>
  chargeItem === null || unit.zh === chargeItem.unit.zh || unit.en === chargeItem.unit.en;

/** C32: no fall-back to pay-per-use. */
const stopsWith = ({ packageInstanceId: named }: Usage, packages: readonly UsagePackageFacts[]): boolean =>
  named !== null && packages.some(({ instanceId, stopWhenUsedUp }) => instanceId === named && stopWhenUsedUp);

/** Packages first (C31); one that stops when it is used up only for records that name it (C32). */
function drawFrom(
  usage: Usage,
  packages: readonly UsagePackageFacts[],
  book: { draws: Map<string, { draw: Draw; sum: Decimal }>; carried: Carried; site: Site },
): Decimal {
  const named = usage.packageInstanceId;
  let left = decimal(usage.value);
  for (const each of packages) {
    const meant = named === null ? !each.stopWhenUsedUp : each.instanceId === named;
    if (!meant || !holds(each, usage.beginAt.getTime())) continue;
    const window = quotaStart(each, usage.beginAt, book.site);
    const key = drawKey(each.resourceId, window);
    const sum = book.draws.get(key)?.sum ?? ZERO;
    const available = decimal(each.quota)
      .minus(book.carried.draws.get(key) ?? '0')
      .minus(sum);
    const quantity = available.lessThan(left) ? available : left;
    if (quantity.isZero() || quantity.isNegative()) continue;
    book.draws.set(key, { draw: { packageId: each.resourceId, window, quantity: '' }, sum: sum.plus(quantity) });
    left = left.minus(quantity);
    if (left.isZero()) break;
  }
  return decimal(usage.value).minus(left);
}

interface PricedSums {
  /** @returns what the usage costs, exactly */
  add(charged: Decimal, before: Decimal): Decimal;
  steps(): DerivationStep[];
}

/** S3-20: TIER by the single record, STEP by what its cycle has used before; fixed prices have one bracket. */
function pricedSums({ priceItemId, mode, brackets }: UsagePrice): PricedSums {
  const sums = brackets.map(() => ZERO);
  const addTo = (place: number, quantity: Decimal): Decimal => {
    const bracket = brackets[place];
    if (!bracket) throw new RangeError(`${priceItemId} has no bracket for ${plain(quantity)}`);
    sums[place] = (sums[place] ?? ZERO).plus(quantity);
    return quantity.times(bracket.unitPrice);
  };
  return {
    add(charged, before) {
      if (mode !== 'STEP')
        return addTo(
          brackets.findIndex(({ to }) => to === null || charged.lessThanOrEqualTo(to)),
          charged,
        );
      const after = before.plus(charged);
      return brackets.reduce((total, { from, to }, place) => {
        const upper = to === null || after.lessThan(to) ? after : decimal(to);
        const lower = before.greaterThan(from) ? before : decimal(from);
        return upper.greaterThan(lower) ? total.plus(addTo(place, upper.minus(lower))) : total;
      }, ZERO);
    },
    steps: () =>
      brackets.flatMap(({ from, to, unitPrice }, place) => {
        const quantity = sums[place] ?? ZERO;
        if (quantity.isZero()) return [];
        const where = mode === 'LINEAR' ? '' : to === null ? ` ∈ (${from}, ∞)` : ` ∈ (${from}, ${to}]`;
        const rule = mode === 'LINEAR' ? '3.7' : 'S3-20';
        return [{ rule, text: `${unitPrice} × ${plain(quantity)}${where}`, value: plain(quantity.times(unitPrice)) }];
      }),
  };
}
