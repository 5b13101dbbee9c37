/** What a line keeps of the product version it was sold from (C41): delivery, tax type, share. */
import { type ProductContent, type Specification, taxTypeOf } from '../catalog/index.ts';
import type { LineSnapshot } from './store.ts';

type SoldAs = Pick<
  LineSnapshot,
  'delivery' | 'deductions' | 'taxType' | 'sellerShare' | 'shareMode' | 'floorDiscount' | 'distributorId'
>;

/** What was chosen besides the price: of images where it is to run (L30, L34), and who brought the buyer (C55). */
export interface Chosen {
  readonly regionId?: string | undefined;
  readonly vcpus?: number | undefined;
  readonly distributorId?: string | null | undefined;
  readonly deductions?: SoldAs['deductions'];
}

/** Without a choice: a sale at the list price, without a distributor. */
export function soldAs(content: ProductContent, specification: Specification, chosen: Chosen = {}): SoldAs {
  const { accessType, licenseVariant, supervised, opening } = content;
  return {
    delivery: {
      accessType,
      licenseVariant,
      supervised,
      opening,
      assetId: specification.assetId,
      regionId: chosen.regionId ?? null,
      vcpus: chosen.vcpus ?? null,
    },
    deductions: chosen.deductions ?? [],
    taxType: content.taxType ?? taxTypeOf(accessType, specification.chargingMode),
    sellerShare: content.sellerShare,
    shareMode: content.shareMode,
    floorDiscount: content.floorDiscount,
    distributorId: chosen.distributorId ?? null,
  };
}
