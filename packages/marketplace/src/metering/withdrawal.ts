/** 006 (openapi.md 5.2): usage of a product after the platform withdrew it. Usage from before is taken, however late it is told. Pure. */
import type { ProductRow } from '../catalog/index.ts';

/** @param product null = unknown: its meter tells of it, so that nothing is refused for that */
export const usedAfterWithdrawal = (
  { endMs }: { readonly endMs: number },
  product: Pick<ProductRow, 'state' | 'withdrawn_at'> | null,
): boolean =>
  product?.state === 'WITHDRAWN' && (product.withdrawn_at === null || endMs > product.withdrawn_at.getTime());
