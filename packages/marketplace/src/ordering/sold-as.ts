/** What a line keeps of the product version it was sold from (C41): delivery, tax type, share. */
import { type ProductContent, type Specification, taxTypeOf } from '../catalog/index.ts';
import type { LineSnapshot } from './store.ts';

type SoldAs = Pick<LineSnapshot, 'delivery' | 'deductions' | 'taxType' | 'sellerShare' | 'distributorId'>;

/** A sale at the list price, without a distributor. */
export function soldAs(content: ProductContent, specification: Specification): SoldAs {
  const { accessType, licenseVariant, supervised, opening } = content;
  return {
    delivery: {
      accessType,
      licenseVariant,
      supervised,
      opening,
      assetId: specification.assetId,
      regionId: null,
      vcpus: null,
    },
    deductions: [],
    taxType: content.taxType ?? taxTypeOf(accessType, specification.chargingMode),
    sellerShare: content.sellerShare,
    distributorId: null,
  };
}
