/** What the debugging routes need of a seller: an address, a key, a saved case, a run that is over. */
import { productsInScope } from '../../packages/marketplace/src/catalog/index.ts';
import { saveCase } from '../../packages/marketplace/src/debugging/case-store.ts';
import {
  addAddress,
  createDebugger,
  createKey,
  makeDueRuns,
  runCase,
} from '../../packages/marketplace/src/debugging/index.ts';
import { lockProduct } from '../../packages/marketplace/src/debugging/probe-store.ts';
import { inTransaction } from '../../packages/marketplace/src/platform/database/database.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';
import { uuid } from '../../packages/marketplace/src/platform/random.ts';

export interface DebugObjects {
  readonly addressId: string;
  readonly keyId: string;
  readonly caseId: string;
  readonly runId: string;
}

let ports = 9_000;
/** An origin on this machine that no seller has yet. */
export const newOrigin = (): string => `http://127.0.0.1:${++ports}`;

export async function debugObjectsOf(platform: Platform, goodsId: string): Promise<DebugObjects> {
  const now = platform.clock.now();
  const scope = { kind: 'all' as const };
  const made = await inTransaction(platform.db, async (tx) => {
    const [product] = await productsInScope(tx, { scope, goodsIds: [goodsId], limit: 1 });
    if (!product) throw new Error(`there is no product ${goodsId}`);
    const { sellerId, keyId, productionUrl: url } = product;
    const address = await addAddress(platform, tx, { sellerId, text: newOrigin() }, now);
    const key = await createKey(platform, tx, { sellerId, interfaceClass: 'GENERAL' }, now);
    if (!address.ok || !key.ok) throw new Error('address or key refused');
    const parameters = { instanceId: 'debug-instance-1' };
    const saved = {
      goodsId,
      sellerId,
      activity: 'releaseInstance',
      parameters,
      url,
      keyId,
      savedBy: 'dev',
      savedAt: now,
    };
    const caseId = await saveCase(tx, { ...saved, caseId: uuid(platform.random) });
    // one case is deleted by a test; a probe needs one that is left
    await saveCase(tx, { ...saved, caseId: uuid(platform.random), parameters: { instanceId: 'debug-instance-2' } });
    await lockProduct(tx, product, now);
    const run = await runCase(platform, tx, { caseId, scope, actor: 'dev' }, now);
    if (!run.ok) throw new Error('run refused');
    return { addressId: address.value.addressId, keyId: key.value.keyId, caseId, runId: run.value.id };
  });
  const debug = createDebugger(platform);
  await makeDueRuns(debug);
  await debug.close();
  return made;
}
