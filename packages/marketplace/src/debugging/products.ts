/** Products as debugging sees them: interfaces, what is required, what is there. */
import {
  contentOf,
  type LocalizedText,
  type OfferedProduct,
  productsInScope,
  type Specification,
} from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import type { Executor } from '../platform/database/database.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { addressesOfSeller } from './address-store.ts';
import { casesOf, type DebugCase } from './case-store.ts';
import { debugProtocol, type InterfaceForm } from './protocols/index.ts';
import { type RequiredCase, requiredCases } from './required-cases.ts';

/** So many products of a seller are looked at and offered for choice. */
export const MOST_PRODUCTS = 500;

export interface DebugProduct {
  readonly product: OfferedProduct;
  readonly name: LocalizedText;
  readonly required: readonly (RequiredCase & { readonly done: boolean })[];
  readonly cases: readonly DebugCase[];
}

/** The products of a scope with their required cases, newest first. */
export async function debugProducts(
  executor: Executor,
  scope: Scope,
  goodsIds?: readonly string[],
): Promise<DebugProduct[]> {
  const products = await productsInScope(executor, { scope, limit: MOST_PRODUCTS, ...(goodsIds ? { goodsIds } : {}) });
  const cases = await casesOf(
    executor,
    products.map((product) => product.goodsId),
  );
  return Promise.all(
    products.map(async (product) => {
      const content = await contentOf(executor, product.goodsId, product.version);
      const own = cases.filter((each) => each.goodsId === product.goodsId);
      const required = requiredCases(product.protocol, content.specifications.map(factsOf));
      return {
        product,
        name: content.name,
        cases: own,
        required: required.map((each) => ({
          ...each,
          done: own.some((saved) => saved.activity === each.activity && each.matches(saved.parameters)),
        })),
      };
    }),
  );
}

export interface DebugBench extends DebugProduct {
  readonly forms: readonly InterfaceForm[];
  /** other verified addresses that may be called instead of the product's own */
  readonly addresses: readonly { readonly addressId: string; readonly origin: string }[];
}

export async function debugBench(executor: Executor, scope: Scope, goodsId: string): Promise<Result<DebugBench>> {
  const [found] = await debugProducts(executor, scope, [goodsId]);
  if (!found) return refuse('NOT_FOUND', 'there is no such product');
  const addresses = await addressesOfSeller(executor, found.product.sellerId);
  return ok({
    ...found,
    forms: debugProtocol(found.product.protocol).forms,
    addresses: addresses
      .filter((address) => address.verified_by !== null)
      .map((address) => ({ addressId: address.address_id, origin: address.origin })),
  });
}

const factsOf = (specification: Specification) => ({
  chargingMode: specification.chargingMode,
  changeable: specification.changeable,
  linearAttribute: specification.linearAttribute,
});
