import type { NewOffer } from '../../api/offers.ts';
import type { ListedBuyerView } from '../../api/sales.ts';
import { rateOf } from './rate.ts';

/** A private offer while it is being written (S-54): what is still wrong, and what is sent. Pure. */
export interface OfferDraft {
  readonly kind: NewOffer['kind'];
  readonly name: string;
  readonly buyers: readonly ListedBuyerView[];
  /** ISO 8601 */
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly distributorId: string;
  readonly demandId: string | null;
  /** C54: passes over sale object and purchase limit; of configuration quotes only */
  readonly exempt: boolean;
  readonly items: readonly DraftItem[];
}

/** One product, or one configuration of it. */
export interface DraftItem {
  readonly key: string;
  readonly goodsId: string | undefined;
  /** undefined = every specification; of product quotes */
  readonly specificationId: string | undefined;
  /** what the buyer pays of the list price, in per cent */
  readonly percent: number | null;
  /** of configuration quotes */
  readonly configuration: Configuration | null;
}

export interface Configuration {
  readonly priceItemId: string;
  readonly quantity: number | undefined;
  readonly periodNumber: number | undefined;
  readonly vcpus: number | undefined;
}

export type OfferFault = 'name' | 'buyers' | 'from' | 'to' | 'items' | 'product' | 'rate' | 'twice';

/** The first thing that is missing or wrong, in the order of the form; null = it can be sent. */
export function offerFault(draft: OfferDraft, now: Date): OfferFault | null {
  if (draft.name.trim() === '') return 'name';
  if (draft.buyers.length === 0) return 'buyers';
  // C52: an offer starts later than now
  if (draft.validFrom === null || new Date(draft.validFrom) <= now) return 'from';
  if (draft.validTo === null || new Date(draft.validTo) <= new Date(draft.validFrom)) return 'to';
  if (draft.items.length === 0) return 'items';
  for (const item of draft.items) {
    if (item.goodsId === undefined || (draft.kind === 'CONFIGURATION' && item.configuration === null)) return 'product';
    if (rateOf(item.percent) === null) return 'rate';
  }
  return draft.kind === 'PRODUCT' && hasTwice(draft.items) ? 'twice' : null;
}

/** What is sent; null while something is wrong that the form shows. */
export function newOfferOf(draft: OfferDraft): NewOffer | null {
  if (draft.validFrom === null || draft.validTo === null) return null;
  const terms = {
    name: draft.name.trim(),
    buyers: [...draft.buyers],
    validFrom: draft.validFrom,
    validTo: draft.validTo,
    distributorId: draft.distributorId.trim() === '' ? null : draft.distributorId.trim(),
    demandId: draft.demandId,
  };
  return draft.kind === 'PRODUCT'
    ? { kind: 'PRODUCT', ...terms, items: draft.items.flatMap(productItem) }
    : { kind: 'CONFIGURATION', ...terms, exempt: draft.exempt, items: draft.items.flatMap(configurationItem) };
}

function productItem({ goodsId, specificationId, percent }: DraftItem) {
  const rate = rateOf(percent);
  if (goodsId === undefined || rate === null) return [];
  return [{ goodsId, specificationId: specificationId ?? null, rate }];
}

function configurationItem({ configuration, percent }: DraftItem) {
  const rate = rateOf(percent);
  if (configuration === null || rate === null) return [];
  const { priceItemId, quantity, periodNumber, vcpus } = configuration;
  return [
    {
      priceItemId,
      ...(quantity === undefined ? {} : { quantity }),
      ...(periodNumber === undefined ? {} : { periodNumber }),
      ...(vcpus === undefined ? {} : { vcpus }),
      rate,
    },
  ];
}

/** The same product and specification twice would leave open which discount was meant. */
function hasTwice(items: readonly DraftItem[]): boolean {
  const keys = items.map(({ goodsId, specificationId }) => `${goodsId} ${specificationId ?? ''}`);
  return new Set(keys).size < keys.length;
}
