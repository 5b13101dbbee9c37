/**
 * Private offers (S-54, C51a–C54, S9-1): a seller drafts one for named buyers and submits it; inside the configured
 * range it is valid at once, else the operator decides. Valid ones are ordered from their link.
 */
import { distributorKinds, type Scope } from '../../directory/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { ALPHANUMERIC, randomText, uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { ProductContent } from '../definition.ts';
import { quoteLine } from '../sales/quote-line.ts';
import { buyersFault } from '../sales/service.ts';
import { type Listed, saleRows, soldProducts } from '../sales/store.ts';
import { contentOf } from '../store.ts';
import { answerFault, needsApproval, type Offer, type OfferItem, type OfferKind, validityFault } from './model.ts';
import { demandById, offerById, saveOffer, setOfferState } from './store.ts';

/** What a seller asks for; of a CONFIGURATION each item names a price item with all that fixes its price. */
export interface OfferTerms {
  readonly name: string;
  readonly kind: OfferKind;
  readonly buyers: readonly Listed[];
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly exempt: boolean;
  readonly distributorId: string | null;
  readonly demandId: string | null;
  readonly items: readonly AskedItem[];
}
export interface AskedItem {
  readonly rate: string;
  /** PRODUCT */
  readonly goodsId?: string | undefined;
  readonly specificationId?: string | null | undefined;
  /** CONFIGURATION */
  readonly priceItemId?: string | undefined;
  readonly quantity?: number | undefined;
  readonly periodNumber?: number | undefined;
  readonly vcpus?: number | undefined;
}
export interface Author {
  readonly scope: Scope;
  readonly userId: string;
}
type Written = Result<Offer>;

/** A new draft. Refuses UNKNOWN_BUYER, START_PAST, NOT_FOUND (products, demand), what a quote refuses. */
export async function draftOffer(
  platform: Platform,
  tx: Tx,
  { author, terms }: { readonly author: Author; readonly terms: OfferTerms },
  now: Date,
): Promise<Written> {
  const sellerId = author.scope.kind === 'seller' ? author.scope.sellerId : null;
  if (sellerId === null) return refuse('FORBIDDEN', 'only a seller makes offers');
  const checked = await checkedTerms(tx, author.scope, terms, now);
  if (!checked.ok) return checked;
  const offer: Offer = {
    ...checked.value,
    offerId: `OF${uuid(platform.random).replaceAll('-', '')}`,
    sellerId,
    state: 'DRAFT',
    token: randomText(platform.random, TOKEN_LENGTH, ALPHANUMERIC),
    comment: null,
    orderId: null,
    createdAt: now,
  };
  await saveOffer(tx, offer, terms.buyers, author.userId);
  return ok(offer);
}
/** 190 bits: nobody guesses a link */
const TOKEN_LENGTH = 32;

/** Changes a draft, whole. */
export async function changeOffer(
  tx: Tx,
  { author, offerId, terms }: { readonly author: Author; readonly offerId: string; readonly terms: OfferTerms },
  now: Date,
): Promise<Written> {
  const found = await locked(tx, offerId, author.scope, ['DRAFT']);
  if (!found.ok) return found;
  const checked = await checkedTerms(tx, author.scope, terms, now);
  if (!checked.ok) return checked;
  const offer = { ...found.value, ...checked.value };
  await saveOffer(tx, offer, terms.buyers, author.userId);
  return ok(offer);
}

/** DRAFT → VALID inside the range that needs no approval, else IN_APPROVAL (C52, S9-1). */
export async function submitOffer(
  platform: Platform,
  tx: Tx,
  { author, offerId }: { readonly author: Author; readonly offerId: string },
  now: Date,
): Promise<Written> {
  const found = await locked(tx, offerId, author.scope, ['DRAFT']);
  if (!found.ok) return found;
  const offer = found.value;
  const late = validityFault(offer.validFrom, offer.validTo, now);
  if (late) return { ok: false, refusal: late };
  const state = needsApproval(offer.items, platform.config.offerFreeRate) ? 'IN_APPROVAL' : 'VALID';
  await setOfferState(tx, offerId, state);
  if (state === 'VALID') await tellValid(platform, tx, offer, now);
  return ok({ ...offer, state });
}

/** The seller takes an offer back; what was ordered with it stays. */
export async function withdrawOffer(
  tx: Tx,
  { author, offerId }: { readonly author: Author; readonly offerId: string },
): Promise<Written> {
  const found = await locked(tx, offerId, author.scope, ['DRAFT', 'IN_APPROVAL', 'VALID']);
  if (!found.ok) return found;
  await setOfferState(tx, offerId, 'WITHDRAWN');
  return ok({ ...found.value, state: 'WITHDRAWN' });
}

/** O-34. A rejected one is a draft again, with what the operator said [chosen]. */
export async function decideOffer(
  platform: Platform,
  tx: Tx,
  input: { readonly scope: Scope; readonly offerId: string; readonly approve: boolean; readonly comment: string },
  now: Date,
): Promise<Written> {
  const found = await locked(tx, input.offerId, input.scope, ['IN_APPROVAL']);
  if (!found.ok) return found;
  const offer = found.value;
  if (input.approve && offer.validTo <= now) return refuse('OFFER_STATE', 'the time of the offer is over');
  const state = input.approve ? 'VALID' : 'DRAFT';
  await setOfferState(tx, offer.offerId, state, input.comment);
  if (state === 'VALID') await tellValid(platform, tx, offer, now);
  return ok({ ...offer, state, comment: input.comment });
}

const tellValid = (
  platform: Platform,
  tx: Tx,
  { offerId, sellerId, name, demandId, distributorId }: Offer,
  now: Date,
): Promise<void> =>
  platform.events.publish(
    tx,
    [
      {
        type: 'catalog.offer-valid',
        aggregate: `offer:${offerId}`,
        payload: { offerId, sellerId, name, demandId, distributorId },
        traceId: offerId.slice(2),
      },
    ],
    now,
  );

async function locked(tx: Tx, offerId: string, scope: Scope, states: readonly Offer['state'][]): Promise<Written> {
  const offer = await offerById(tx, offerId, { scope, lock: true });
  if (!offer) return refuse('NOT_FOUND', 'there is no such offer');
  return states.includes(offer.state)
    ? ok(offer)
    : refuse('OFFER_STATE', `an offer that is ${offer.state} can not do this`, { state: offer.state });
}

type Checked = Omit<Offer, 'offerId' | 'sellerId' | 'state' | 'token' | 'comment' | 'orderId' | 'createdAt'>;

async function checkedTerms(tx: Tx, scope: Scope, terms: OfferTerms, now: Date): Promise<Result<Checked>> {
  const { buyers, items: asked, ...rest } = terms;
  const late = validityFault(terms.validFrom, terms.validTo, now);
  if (late) return { ok: false, refusal: late };
  const strangers = await buyersFault(tx, buyers);
  if (strangers) return strangers;
  const { distributorId } = terms;
  if (distributorId !== null && !(await distributorKinds(tx, [distributorId])).has(distributorId))
    return refuse('DISTRIBUTOR_UNKNOWN', 'C55: there is no such distributor, service provider or reseller', {
      distributorId,
    });
  if (terms.demandId !== null) {
    const fault = answerFault(await demandById(tx, terms.demandId, { scope }), terms);
    if (fault) return { ok: false, refusal: fault };
  }
  const items = terms.kind === 'PRODUCT' ? await productItems(tx, scope, asked) : await configuration(tx, scope, asked);
  return items.ok ? ok({ ...rest, items: items.value }) : items;
}

async function productItems(tx: Tx, scope: Scope, asked: readonly AskedItem[]): Promise<Result<OfferItem[]>> {
  const contents = await ownContents(
    tx,
    scope,
    asked.map(({ goodsId }) => goodsId ?? ''),
  );
  const items: OfferItem[] = [];
  for (const { goodsId = '', specificationId = null, rate } of asked) {
    const content = contents.get(goodsId);
    if (!content) return refuse('NOT_FOUND', 'there is no such product of the seller', { goodsId });
    if (specificationId !== null && !content.specifications.some((each) => each.specificationId === specificationId))
      return refuse('NOT_FOUND', 'there is no such specification', { specificationId });
    items.push({ goodsId, specificationId, rate, priceItemId: null, quantity: null, periodNumber: null, vcpus: null });
  }
  return ok(items);
}

/** A configuration is something that could be ordered: its price is computed once, so that it can not be refused later. */
async function configuration(tx: Tx, scope: Scope, asked: readonly AskedItem[]): Promise<Result<OfferItem[]>> {
  const rows = await saleRows(
    tx,
    asked.map(({ priceItemId }) => priceItemId ?? ''),
  );
  const contents = await ownContents(
    tx,
    scope,
    [...rows.values()].map((row) => row.goods_id),
  );
  const items: OfferItem[] = [];
  for (const { priceItemId = '', quantity, periodNumber, vcpus, rate } of asked) {
    const row = rows.get(priceItemId);
    const content = row && contents.get(row.goods_id);
    const specification = content?.specifications.find((each) => each.specificationId === row?.specification_id);
    const priceItem = specification?.skus
      .flatMap(({ prices }) => prices)
      .find((price) => price.priceItemId === priceItemId);
    if (!row || !specification || !priceItem)
      return refuse('NOT_FOUND', 'there is no such price of the seller', { priceItemId });
    const priced = quoteLine(specification, priceItem, { quantity, periodNumber, vcpus });
    if (!priced.ok) return priced;
    items.push({
      goodsId: row.goods_id,
      specificationId: row.specification_id,
      rate,
      priceItemId,
      quantity: quantity ?? null,
      periodNumber: periodNumber ?? null,
      vcpus: vcpus ?? null,
    });
  }
  return ok(items);
}

/** Products of the seller by id; others are absent. */
export async function ownContents(
  tx: Tx,
  scope: Scope,
  goodsIds: readonly string[],
): Promise<Map<string, ProductContent>> {
  const products = await soldProducts(tx, { scope, goodsIds, limit: goodsIds.length });
  const found = new Map<string, ProductContent>();
  for (const { goodsId, version } of products) found.set(goodsId, await contentOf(tx, goodsId, version));
  return found;
}
