/** What the publication routes need of a product: a change that is being written, an open application, definitions. */
import {
  applyForRemoval,
  beginChange,
  createDraft,
  type Draft,
  draftRow,
  keepAttribute,
} from '../../packages/marketplace/src/catalog/index.ts';
import { inTransaction } from '../../packages/marketplace/src/platform/database/database.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';
import type { Result } from '../../packages/marketplace/src/platform/result.ts';

export interface PublicationObjects {
  readonly applicationId: string;
  readonly draft: Draft;
  /** of the same seller, never approved */
  readonly writtenGoodsId: string;
  /** one for each who may delete one */
  readonly attributeIds: string[];
}

const DEFINITIONS = 20;
let codes = 0;

export async function publicationObjectsOf(
  platform: Platform,
  { goodsId, sellerId }: { readonly goodsId: string; readonly sellerId: string },
): Promise<PublicationObjects> {
  const now = platform.clock.now();
  const scope = { kind: 'seller' as const, sellerId, goodsIds: null };
  const by = { userId: 'somebody' };
  return inTransaction(platform.db, async (tx) => {
    value(await beginChange(tx, { scope, goodsId, by }, now));
    const draft = await draftRow(tx, goodsId);
    if (!draft) throw new Error('a change was begun');
    const removal = { specificationIds: [], skuCodes: [], reason: 'a test', proof: [] };
    const { applicationId } = value(await applyForRemoval(platform, tx, { scope, goodsId, by, removal }, now));
    const begun = { scope, by, accessType: 'SAAS' as const, licenseVariant: null, class: 'GENERAL' as const };
    const written = value(await createDraft(platform, tx, { ...begun, copyOf: null }, now));
    const attributeIds: string[] = [];
    for (let place = 0; place < DEFINITIONS; place++) {
      const code = `attribute${++codes}`;
      const name = { zh: code, en: code };
      const wanted = { sellerId, attributeId: null, type: 'ENUMERATION' as const, code, name, description: '' };
      attributeIds.push(value(await keepAttribute(platform, tx, wanted, now)).attributeId);
    }
    const { content, interface: wire } = draft;
    return { applicationId, draft: { content, interface: wire }, writtenGoodsId: written.goodsId, attributeIds };
  });
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code} ${result.refusal.message}`);
  return result.value;
}
