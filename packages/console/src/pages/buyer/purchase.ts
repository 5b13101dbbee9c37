import type { CreateOrder, ProductView } from '@jishi/marketplace/console-api';
import type { PurchaseSearch } from '../../search/params.ts';
import { isAllowedQuantity, isOnSale, isSoldOut, type Offer } from './selection.ts';

/** What is bought of the chosen offer: how many, how long, on what server, at whose price. Pure. */
export interface Purchase {
  readonly priceItemId: string;
  readonly quantity: number | undefined;
  readonly periodNumber: number | undefined;
  /** images per vCPU (L34) */
  readonly vcpus: number | undefined;
}

/** What the URL asks for, completed: the minimum quantity, one period and the smallest server where nothing was chosen. */
export function purchaseOf(offer: Offer, search: PurchaseSearch): Purchase {
  const { linearAttribute, perVcpu } = offer.specification;
  return {
    priceItemId: offer.price.priceItemId,
    quantity: linearAttribute === null ? undefined : (search.quantity ?? linearAttribute.minimum),
    periodNumber: offer.price.periodType === null ? undefined : (search.periodNumber ?? 1),
    vcpus: perVcpu ? (search.vcpus ?? smallestServer) : undefined,
  };
}

/** vCPUs of the servers that clouds offer; any other number may be typed. */
export const serverSizes = [1, 2, 4, 8, 16, 32, 64] as const;
const smallestServer = 1;

/** Only what is set, as the API takes it. */
export function lineOf(purchase: Purchase): Omit<CreateOrder['lines'][number], 'parameters' | 'autoRenew'> {
  const { priceItemId, quantity, periodNumber, vcpus } = purchase;
  return {
    priceItemId,
    ...(quantity === undefined ? {} : { quantity }),
    ...(periodNumber === undefined ? {} : { periodNumber }),
    ...(vcpus === undefined ? {} : { vcpus }),
  };
}

/** True when the quantity is one the seller allows (C13). */
export function isAllowed(offer: Offer, purchase: Purchase): boolean {
  const attribute = offer.specification.linearAttribute;
  return attribute === null || isAllowedQuantity(attribute, purchase.quantity ?? 0);
}

export type Hindrance =
  | { readonly kind: 'stopped' | 'quantity' | 'soldOut' }
  | { readonly kind: 'refusal'; readonly refusal: NonNullable<ProductView['blockedBy']> };

/**
 * Why this cannot be bought, in the order of catalogue.md 13.1: state, what the server says of this buyer, quantity,
 * stock. Null = it can; a visitor is first asked to sign in, which is no refusal.
 */
export function hindranceOf(
  product: ProductView,
  offer: Offer,
  purchase: Purchase,
  signedIn: boolean,
): Hindrance | null {
  if (!isOnSale(offer)) return { kind: 'stopped' };
  const refusal = product.blockedBy ?? offer.specification.blockedBy;
  if (refusal !== null && (signedIn || refusal.code !== 'UNAUTHENTICATED')) return { kind: 'refusal', refusal };
  if (!isAllowed(offer, purchase)) return { kind: 'quantity' };
  return isSoldOut(offer.sku) ? { kind: 'soldOut' } : null;
}
