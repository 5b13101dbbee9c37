import type { ProductView } from '@jishi/marketplace/console-api';
import type { DraftContent, DraftPrice, DraftSpecification } from '../../api/publication-types.ts';
import { isDecimal } from '../../format/decimal.ts';

/**
 * The draft as buyers would see it: the buyer's own page components show it. Parts without ids yet get ids by their
 * place, prices that are no numbers yet are left out. Pure.
 */
export function previewProduct(goodsId: string, content: DraftContent, sellerName: string): ProductView {
  const specifications = content.specifications.map(previewSpecification);
  return {
    goodsId,
    name: content.name,
    summary: content.summary,
    sellerName,
    accessType: content.accessType,
    chargingModes: [...new Set(content.specifications.map(({ chargingMode }) => chargingMode))],
    priceFrom: null,
    version: 1,
    status: 'ON_SALE',
    description: content.description,
    highlights: content.highlights,
    usageGuide: content.usageGuide,
    support: content.support,
    agreement: content.agreement,
    supervised: content.supervised,
    // nothing is ordered from a preview
    renewsItself: false,
    specifications,
    orderParameters: content.orderParameters,
    blockedBy: null,
  };
}

function previewSpecification(one: DraftSpecification, index: number): ProductView['specifications'][number] {
  const specificationId = one.specificationId ?? `preview-${index}`;
  const linear = one.linearAttribute;
  return {
    specificationId,
    name: {
      zh: one.name.zh || one.name.en || `规格 ${index + 1}`,
      en: one.name.en || one.name.zh || `Specification ${index + 1}`,
    },
    chargingMode: one.chargingMode,
    status: 'ON_SALE',
    linearAttribute:
      linear === null
        ? null
        : { ...linear, minimum: linear.minimum ?? 1, maximum: linear.maximum ?? 1, step: linear.step ?? 1 },
    trial: one.trial === null ? null : { days: one.trial.days ?? 0, blockedBy: null },
    changeable: one.changeable,
    // the preview shows prices; a quota stands on the page of the product itself
    package: null,
    usageCycle: one.usage?.cycle ?? null,
    perVcpu: one.perVcpu,
    hidden: false,
    blockedBy: null,
    skus: one.skus.map((sku, place) => ({
      skuCode: sku.skuCode ?? `${specificationId}-${place}`,
      attributes: sku.attributes,
      status: 'ON_SALE',
      available: null,
      prices: sku.prices.map((price, number) => ({
        ...price,
        priceItemId: price.priceItemId ?? `${specificationId}-${place}-${number}`,
        brackets: previewBrackets(price),
      })),
    })),
  };
}

function previewBrackets({ brackets }: DraftPrice): { from: number; to: number | null; unitPrice: string }[] {
  return brackets.flatMap(({ from, to, unitPrice }) =>
    isDecimal(unitPrice) ? [{ from: from ?? 0, to, unitPrice }] : [],
  );
}
