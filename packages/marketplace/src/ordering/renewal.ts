/**
 * What a renewal costs and when it runs (catalogue.md 6.2, C1, C22, C27–C29; consoles-and-processes.md 1.7). Prices are those of the current version; a SKU that it has no longer is renewed at the last price, until
 * the product is withdrawn.
 */
import {
  checkQuantity,
  contentOf,
  covers,
  type Extra,
  MOST_PERIODS,
  monthlyPrice,
  type ProductContent,
  priceOfQuantity,
  quotePeriods,
  restMonths,
  type SkuInVersion,
  type SkuOffer,
  skuIn,
  skuOffers,
} from '../catalog/index.ts';
import type { Executor } from '../platform/database/database.ts';
import { plain } from '../platform/money.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { type PeriodType, periodEnd, SITES } from '../platform/site.ts';
import { targetFault } from './change-rules.ts';
import { claimsOf, heldBy } from './claims.ts';
import { unifiedEnd } from './period.ts';
import type { QuotedLine, Resource, Target } from './resource.ts';

export interface RenewalRequest {
  readonly resource: Resource;
  readonly periodType: PeriodType;
  readonly periodNumber: number;
  /** day of the month (1–31) that the expiry is moved on to; null = not */
  readonly unifyDay: number | null;
  /** renewal with change (C28); null or what it has already = as it is */
  readonly target: Target | null;
}
/** resources in one order; each is priced by itself, so that a page stays short */
export const MOST_RENEWALS = 100;
/** a renewal with change is possible from so long before the expiry (C25) */
const CHANGE_WINDOW_MS = 30 * 86_400_000;

/**
 * Prices renewals of one or several resources for one order; each begins at the old expiry, also in grace and
 * retention. Refuses RENEWAL_NOT_ALLOWED, CHANGE_NOT_ALLOWED (the target of a renewal with change), INVALID_PERIOD,
 * INVALID_QUANTITY.
 */
export async function quoteRenewals(
  executor: Executor,
  items: readonly RenewalRequest[],
  now: Date,
): Promise<Result<QuotedLine[]>> {
  const ids = items.map((item) => item.resource.resourceId);
  if (ids.length === 0 || ids.length > MOST_RENEWALS || new Set(ids).size !== ids.length)
    return refuse('VALIDATION', `a renewal is for 1 to ${MOST_RENEWALS} resources, each once`);
  const lines: QuotedLine[] = [];
  for (const quote of await quoteEachRenewal(executor, items, now)) {
    if (!quote.ok) return quote;
    lines.push(quote.value);
  }
  return ok(lines);
}

/** The same for any number of orders: one refusal holds up nobody else. @returns in the order of the list */
export async function quoteEachRenewal(
  executor: Executor,
  items: readonly RenewalRequest[],
  now: Date,
): Promise<Result<QuotedLine>[]> {
  const ids = items.map((item) => item.resource.resourceId);
  const holders = new Map((await claimsOf(executor, ids)).map((holder) => [holder.resourceId, holder]));
  const codes = items.flatMap(({ resource, target }) => [resource.skuCode, ...(target ? [target.skuCode] : [])]);
  const offers = await skuOffers(executor, [...new Set(codes)]);
  const quotes: Result<QuotedLine>[] = [];
  for (const item of items) {
    const holder = holders.get(item.resource.resourceId);
    const offer = offers.get(item.resource.skuCode);
    if (!offer) throw new Error(`resource ${item.resource.resourceId} has an unknown SKU ${item.resource.skuCode}`);
    quotes.push(
      holder ? heldBy('RENEWAL_NOT_ALLOWED', holder) : await quoteRenewal(executor, item, offer, offers, now),
    );
  }
  return quotes;
}

async function quoteRenewal(
  executor: Executor,
  item: RenewalRequest,
  offer: SkuOffer,
  offers: ReadonlyMap<string, SkuOffer>,
  now: Date,
): Promise<Result<QuotedLine>> {
  const { resource } = item;
  const fault = renewalFault(resource, offer);
  if (fault) return fault;
  const { expireAt } = resource;
  if (!expireAt) return refuse('RENEWAL_NOT_ALLOWED', 'C27: what never expires can not be renewed');
  const target = isOther(resource, item.target) ? item.target : null;
  if (target) {
    const refused = renewalChangeFault(resource, offers.get(target.skuCode), target, expireAt, now);
    if (refused) return refused;
  }
  const { skuCode, quantity } = target ?? resource;
  const priced = target ? atCurrentPrice(offers.get(skuCode)) : await atCurrentOrLastPrice(executor, resource, offer);
  if (!priced) throw new Error(`SKU ${skuCode} of resource ${resource.resourceId} is in no version`);
  return renewalLine(item, { ...priced, skuCode, quantity, changed: target !== null }, expireAt);
}

interface Priced {
  readonly version: number;
  readonly found: SkuInVersion;
}
interface Renewed extends Priced {
  readonly skuCode: string;
  readonly quantity: number;
  readonly changed: boolean;
}

/**
 * Pure. A unified expiry day (B-60) is paid as `rest` months of the monthly price that belongs to the renewed duration,
 * `rest` as for changes (catalogue.md 6.1) from the end of the whole periods to that day [chosen: no page prices it].
 */
function renewalLine(
  { resource, periodType, periodNumber, unifyDay }: RenewalRequest,
  { version, found, skuCode, quantity, changed }: Renewed,
  from: Date,
): Result<QuotedLine> {
  const item = found.sku.prices.find((price) => price.periodType === periodType);
  if (!item) return noPricePer(periodType);
  // Counted here before the end is computed; `quotePeriods` has the rule.
  const whole = quotePeriods(item, quantity, periodNumber);
  if (!whole.ok) return whole;
  if (unifyDay !== null && !(Number.isInteger(unifyDay) && unifyDay >= 1 && unifyDay <= 31))
    return refuse('INVALID_PERIOD', 'B-60: the unified expiry day is a day of the month, 1 to 31');
  const { timeZone } = SITES[resource.site];
  const end = periodEnd(from, periodType, periodNumber, timeZone);
  const expireAt = unifyDay === null ? end : unifiedEnd(end, unifyDay, timeZone);
  const extra =
    expireAt > end ? unifyExtra(found, quantity, monthsOf(periodType, periodNumber), end, expireAt, timeZone) : null;
  const quoted = extra ? quotePeriods(item, quantity, periodNumber, extra) : whole;
  if (!quoted.ok) return quoted;
  return ok({
    resource,
    orderType: 'RENEW',
    scene: changed ? 'RENEWAL_CHANGE' : 'RENEWAL',
    priceItemId: item.priceItemId,
    skuCode,
    specificationId: found.specification.specificationId,
    version,
    quantity,
    periodType,
    periodNumber,
    effectiveFrom: from,
    expireAt,
    listAmount: quoted.value.listAmount,
    amount: quoted.value.amount,
    derivation: quoted.value.derivation,
  });
}

function unifyExtra(
  { sku }: SkuInVersion,
  quantity: number,
  months: number,
  from: Date,
  to: Date,
  timeZone: string,
): Extra | null {
  const monthly = monthlyPrice(sku.prices, months);
  if (!monthly) return null;
  const rest = restMonths(from, to, timeZone);
  const derivation = [...rest.derivation];
  const price = priceOfQuantity(monthly.item, quantity, derivation);
  const value = price.times(rest.months).div(monthly.divisor);
  const text = `${plain(price)} × ${plain(rest.months)}${monthly.divisor === 12 ? ' / 12' : ''}`;
  derivation.push({ rule: 'B-60', text, value: plain(value.toDecimalPlaces(10)) });
  return { value, derivation };
}

export const monthsOf = (type: PeriodType, count: number): number => (type === 'year' ? 12 * count : count);

/** Why this resource can not be renewed at all. */
function renewalFault({ chargingMode, trial }: Resource, { row }: SkuOffer): Result<never> | null {
  const no = (text: string) => refuse('RENEWAL_NOT_ALLOWED', text);
  if (trial) return no('C34: a trial is converted, not renewed');
  if (chargingMode === 'ON_DEMAND') return no('C27: pay-per-use is not renewed');
  if (chargingMode === 'ON_DEMAND_PKG') return no('C31: a package is not renewed; buy another one');
  if (chargingMode === 'ONE_TIME') return no('C21: what was bought once never expires');
  if (row.product_state === 'WITHDRAWN') return no('C29: the product is withdrawn');
  return null;
}

/** C28: the limits of a change, and from 30 days before the expiry only; up or down. */
function renewalChangeFault(
  resource: Resource,
  offer: SkuOffer | undefined,
  target: Target,
  expireAt: Date,
  now: Date,
): Result<never> | null {
  const fault = targetFault(resource, offer);
  if (fault) return fault;
  if (offer?.row.protocol !== 'saas-v2')
    return refuse('CHANGE_NOT_ALLOWED', 'B-70a: only SaaS V2.0 products are changed together with a renewal');
  if (now.getTime() < expireAt.getTime() - CHANGE_WINDOW_MS)
    return refuse('CHANGE_NOT_ALLOWED', 'C25: a renewal with change is possible from 30 days before the expiry', {
      from: new Date(expireAt.getTime() - CHANGE_WINDOW_MS).toISOString(),
    });
  const quantity = checkQuantity(target.quantity, offer.current?.specification.linearAttribute ?? null);
  return quantity.ok ? null : quantity;
}

const isOther = ({ skuCode, quantity }: Resource, target: Target | null): boolean =>
  target !== null && (target.skuCode !== skuCode || target.quantity !== quantity);

const atCurrentPrice = (offer: SkuOffer | undefined): Priced | null =>
  offer?.current ? { version: offer.row.version, found: offer.current } : null;

/** The price at renewal (C22); the one it was bought at when the current version has none for it (C29). */
async function atCurrentOrLastPrice(executor: Executor, resource: Resource, offer: SkuOffer): Promise<Priced | null> {
  const current = atCurrentPrice(offer);
  if (current?.found.sku.prices.every((item) => covers(item, resource.quantity))) return current;
  const content: ProductContent = await contentOf(executor, resource.goodsId, resource.version);
  const found = skuIn(content, resource.skuCode);
  return found && { version: resource.version, found };
}

/** The specification has prices per month or per year, but not per this. */
export const noPricePer = (type: PeriodType) =>
  refuse('INVALID_PERIOD', `this specification has no price per ${type}`, {
    minimum: '1',
    maximum: String(MOST_PERIODS[type]),
  });
