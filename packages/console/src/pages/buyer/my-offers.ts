import type { MyOfferView } from '../../api/offers.ts';

/** Private offers that a buyer has for what he looks at (C53: the best single one counts, offers are not added up). Pure. */
export interface Applicable {
  readonly offer: MyOfferView;
  /** what is paid of the list price */
  readonly rate: string;
}

/** In the URL: the buyer wants no offer, e.g. because his voucher does not go with one (S9-8). */
export const noOffer = 'none';

/** Product quotes that are valid now for this specification, the best first. */
export function applicableOffers(
  offers: readonly MyOfferView[],
  wanted: { readonly goodsId: string; readonly specificationId: string },
  now: Date,
): Applicable[] {
  return offers
    .filter((offer) => offer.kind === 'PRODUCT' && isValid(offer, now))
    .flatMap((offer) => {
      const rate = bestRate(offer, wanted);
      return rate === undefined ? [] : [{ offer, rate }];
    })
    .sort((left, right) => Number(left.rate) - Number(right.rate));
}

/** The one that counts: the one in the URL, none where the buyer said so, else the best. */
export function chosenOffer(applicable: readonly Applicable[], offerId: string | undefined): Applicable | undefined {
  if (offerId === noOffer) return undefined;
  return applicable.find(({ offer }) => offer.offerId === offerId) ?? applicable[0];
}

export const isValid = (offer: MyOfferView, now: Date): boolean =>
  offer.state === 'VALID' && new Date(offer.validFrom) <= now && now < new Date(offer.validTo);

function bestRate(
  { items }: MyOfferView,
  wanted: { readonly goodsId: string; readonly specificationId: string },
): string | undefined {
  return items
    .filter(
      ({ goodsId, specificationId }) =>
        goodsId === wanted.goodsId && (specificationId === null || specificationId === wanted.specificationId),
    )
    .map(({ rate }) => rate)
    .sort((left, right) => Number(left) - Number(right))[0];
}
