/** Changes of what is on sale and shown, with the index in the same transaction. */
import type { Executor } from '../../platform/database/database.ts';
import { type OfferedProduct, setVisibility as writeVisibility } from '../by-seller.ts';
import { type ProductState, setProductState as writeProductState, setSkuState as writeSkuState } from '../store.ts';
import { indexProduct } from './index-product.ts';
import { goodsOfSku } from './index-store.ts';

export async function setProductState(executor: Executor, goodsId: string, state: ProductState): Promise<void> {
  await writeProductState(executor, goodsId, state);
  await indexProduct(executor, goodsId);
}

/** Shown to buyers or not; apart from the state (consoles-and-processes.md 7.5). */
export async function setVisibility(
  executor: Executor,
  goodsId: string,
  visibility: OfferedProduct['visibility'],
): Promise<void> {
  await writeVisibility(executor, goodsId, visibility);
  await indexProduct(executor, goodsId);
}

export async function setSkuState(executor: Executor, skuCode: string, state: 'ON_SALE' | 'STOPPED'): Promise<void> {
  await writeSkuState(executor, skuCode, state);
  const goodsId = await goodsOfSku(executor, skuCode);
  if (goodsId !== null) await indexProduct(executor, goodsId);
}
