import type { AccessTypeRules, DraftPrice, DraftSku, DraftSpecification } from '../../api/publication-types.ts';
import { newPrice } from './matrix.ts';

/** New parts of a draft: no ids, the server gives them (C2). */
type ChargingMode = DraftSpecification['chargingMode'];
type Currency = DraftPrice['currency'];

const nothing = { zh: '', en: '' };

export function emptySku(mode: ChargingMode, currency: Currency): DraftSku {
  return { skuCode: null, attributes: [], prices: pricesOf(mode, currency) };
}

export function emptySpecification(mode: ChargingMode, currency: Currency): DraftSpecification {
  return {
    specificationId: null,
    name: nothing,
    linearAttribute: null,
    trial: null,
    changeable: false,
    perVcpu: false,
    free: false,
    assetId: null,
    ...ofMode(mode),
    skus: [emptySku(mode, currency)],
  };
}

/** A specification of this access type: hardware is always sold by piece (L36). */
export function specificationFor(rules: AccessTypeRules, currency: Currency): DraftSpecification {
  const fresh = emptySpecification(rules.chargingModes[0] ?? 'ONE_TIME', currency);
  return rules.quantity === 'ALWAYS' ? { ...fresh, linearAttribute: quantityOf('amount') } : fresh;
}

/** The same specification sold in another way: what the new mode does not know is dropped, its prices begin anew. */
export function inMode(specification: DraftSpecification, mode: ChargingMode, currency: Currency): DraftSpecification {
  if (specification.chargingMode === mode) return specification;
  const usage = mode === 'ON_DEMAND' || mode === 'ON_DEMAND_PKG';
  return {
    ...specification,
    ...ofMode(mode),
    linearAttribute: usage ? null : specification.linearAttribute,
    trial: mode === 'PERIOD' ? specification.trial : null,
    changeable: mode === 'PERIOD' && specification.changeable,
    skus: specification.skus.map((sku) => ({ ...sku, prices: pricesOf(mode, currency) })),
  };
}

/** A copy to go on from, without ids. */
export function copyOf(specification: DraftSpecification): DraftSpecification {
  return {
    ...specification,
    specificationId: null,
    skus: specification.skus.map((sku) => ({
      ...sku,
      skuCode: null,
      prices: sku.prices.map((price) => ({ ...price, priceItemId: null })),
    })),
  };
}

/** The quantity attribute by the wire's three names (C14). */
export const quantityCodes = ['amount', 'diskSize', 'bandWidth'] as const;

export function quantityOf(code: (typeof quantityCodes)[number]): NonNullable<DraftSpecification['linearAttribute']> {
  const words = {
    amount: [
      { zh: '数量', en: 'Quantity' },
      { zh: '个', en: 'units' },
    ],
    diskSize: [
      { zh: '磁盘大小', en: 'Disk size' },
      { zh: 'GB', en: 'GB' },
    ],
    bandWidth: [
      { zh: '带宽', en: 'Bandwidth' },
      { zh: 'Mbps', en: 'Mbps' },
    ],
  } as const;
  const [name, unit] = words[code];
  return { code, name, unit, minimum: 1, maximum: 999, step: 1 };
}

/** A charge item with a code that the others do not have. */
export function newItem(codes: readonly string[]): NonNullable<DraftPrice['chargeItem']> {
  const free = Array.from({ length: codes.length + 1 }, (_, index) => `item${index + 1}`);
  return { code: free.find((code) => !codes.includes(code)) ?? 'item', name: nothing, unit: nothing };
}

function ofMode(chargingMode: ChargingMode): Pick<DraftSpecification, 'chargingMode' | 'package' | 'usage'> {
  return {
    chargingMode,
    package:
      chargingMode === 'ON_DEMAND_PKG'
        ? { validity: { type: 'year', number: 1 }, quota: '', unit: nothing, resetting: null, stopWhenUsedUp: false }
        : null,
    usage: chargingMode === 'ON_DEMAND' ? { cycle: 'hour', accumulation: 'record' } : null,
  };
}

function pricesOf(mode: ChargingMode, currency: Currency): DraftPrice[] {
  if (mode === 'PERIOD') return [newPrice('month', currency), newPrice('year', currency)];
  return [newPrice(null, currency, mode === 'ON_DEMAND' ? newItem([]) : null)];
}
