/** Draft ↔ version content: an empty draft, a draft of a released version, ids for new parts (C2). Pure. */

import { SITES, type Site } from '../../platform/site.ts';
import { type AccessType, accessRules, type LicenseVariant } from '../access-types.ts';
import { type ProductContent, productContent } from '../definition.ts';
import type { Draft, DraftContent } from './draft.ts';
import { STANDARD_SHARE } from './share.ts';

/** A version as a draft of its change. */
export const draftOf = (content: ProductContent): DraftContent => structuredClone(content);

/** @returns the content of a version if the draft is one already, else null */
export function contentOfDraft(content: DraftContent): ProductContent | null {
  const parsed = productContent.safeParse(content);
  return parsed.success ? parsed.data : null;
}

/** Gives each specification, SKU and price its id: new ones, and ones that are not among the known (C2). */
export function identified(content: DraftContent, known: ReadonlySet<string>, ids: NewIds): DraftContent {
  const used = new Set<string>();
  const keep = (id: string | null, make: () => string): string => {
    const own = id !== null && known.has(id) && !used.has(id) ? id : make();
    used.add(own);
    return own;
  };
  return {
    ...content,
    specifications: content.specifications.map((spec) => ({
      ...spec,
      specificationId: keep(spec.specificationId, ids.specificationId),
      skus: spec.skus.map((sku) => ({
        ...sku,
        skuCode: keep(sku.skuCode, ids.skuCode),
        prices: sku.prices.map((item) => ({ ...item, priceItemId: keep(item.priceItemId, ids.priceItemId) })),
      })),
    })),
  };
}

export interface NewIds {
  specificationId(): string;
  /** UUID */
  skuCode(): string;
  /** OFFI and 18 digits */
  priceItemId(): string;
}

export function idsOf(content: Pick<DraftContent, 'specifications'>): Set<string> {
  const ids = content.specifications.flatMap((spec) => [
    spec.specificationId,
    ...spec.skus.flatMap((sku) => [sku.skuCode, ...sku.prices.map((item) => item.priceItemId)]),
  ]);
  return new Set(ids.filter((id) => id !== null));
}

/** With placeholders for ids that are still to be given, to see whether the rest is a version. */
export function withIds(content: DraftContent): DraftContent {
  let count = 0;
  const next = () => String(count++).padStart(12, '0');
  return identified(content, idsOf(content), {
    specificationId: () => `spec-new-${next()}`,
    skuCode: () => `00000000-0000-4000-8000-${next()}`,
    priceItemId: () => `OFFI000000${next()}`,
  });
}

const EMPTY = { zh: '', en: '' };

/** What the form begins with: nothing but what the access type decides. */
export function emptyDraft(
  type: AccessType,
  variant: LicenseVariant | null,
  productClass: DraftContent['class'],
  site: Site,
): Draft {
  const rules = accessRules(type, variant);
  const [mode = 'ONE_TIME'] = rules.chargingModes;
  const item = (
    periodType: 'month' | 'year' | null,
  ): DraftContent['specifications'][number]['skus'][number]['prices'][number] => ({
    priceItemId: null,
    periodType,
    mode: 'LINEAR',
    brackets: [{ from: 0, to: null, unitPrice: '' }],
    currency: SITES[site].currency,
    chargeItem: null,
  });
  const content: DraftContent = {
    name: EMPTY,
    summary: EMPTY,
    description: EMPTY,
    highlights: [],
    usageGuide: EMPTY,
    support: { hours: EMPTY, phone: '', email: '' },
    agreement: EMPTY,
    class: productClass,
    accessType: type,
    licenseVariant: variant,
    supervised: rules.supervision === 'ALWAYS',
    opening: 'ON_PURCHASE',
    deliveryDays: null,
    deliveryTemplate: null,
    serviceFlow: null,
    version: 'V1.0',
    logo: null,
    pictures: [],
    video: null,
    certificates: [],
    categoryId: '',
    tags: [],
    keywords: [],
    customerCases: [],
    taxType: null,
    sellerShare: STANDARD_SHARE[site],
    shareMode: 'DEAL_PRICE',
    floorDiscount: null,
    passSubUser: false,
    realName: 'NONE',
    consultingUrl: rules.traded ? null : '',
    orderParameters: [],
    privateMembers: [],
    encryptType: '1',
    specifications: [
      {
        specificationId: null,
        name: EMPTY,
        chargingMode: mode,
        linearAttribute:
          rules.quantity === 'ALWAYS'
            ? {
                code: 'amount',
                name: { zh: '数量', en: 'Quantity' },
                unit: { zh: '件', en: 'pieces' },
                minimum: 1,
                maximum: 999,
                step: 1,
              }
            : null,
        trial: null,
        changeable: false,
        package: null,
        usage: null,
        perVcpu: false,
        free: false,
        assetId: null,
        skus: [
          { skuCode: null, attributes: [], prices: mode === 'PERIOD' ? [item('month'), item('year')] : [item(null)] },
        ],
      },
    ],
  };
  return { content, interface: { protocol: rules.protocols[0] ?? 'none', productionUrl: '' } };
}
