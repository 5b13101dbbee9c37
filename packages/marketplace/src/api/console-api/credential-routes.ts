/** How a product takes in enterprises: the seller's application credential (S-24a). */
import { productById } from '../../catalog/index.ts';
import { accessKeysOfSeller } from '../../directory/index.ts';
import { credentialsOf, setCredential } from '../../people/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';
import * as schemas from './sync-schemas.ts';

export const credentialRoutes: ConsoleRoute[] = [
  read({
    path: '/seller/products/{goodsId}/credential',
    summary: 'The application credential of a product, and keys that it can use',
    action: 'credential.manage',
    query: noQuery,
    response: schemas.credentialState,
    async run(call) {
      const seller = await sellerFor(call, call.platform.db);
      if (!seller.ok) return seller;
      const goodsId = call.params.goodsId ?? '';
      const found = (await credentialsOf(call.platform.db, [goodsId])).get(goodsId);
      const keys = await accessKeysOfSeller(call.platform.db, seller.value);
      return ok({
        credential: found ? present(found) : null,
        keys: keys.map(({ keyId, interfaceClass }) => ({ keyId, interfaceClass })),
      });
    },
  }),
  command({
    path: '/seller/products/{goodsId}/credential',
    summary: 'Set up how the product takes in enterprises',
    action: 'credential.manage',
    body: schemas.credentialInput,
    response: schemas.credential,
    async run(call, asked, tx) {
      const seller = await sellerFor(call, tx);
      if (!seller.ok) return seller;
      const goodsId = call.params.goodsId ?? '';
      const saved = await setCredential(call.platform, tx, { ...asked, goodsId, sellerId: seller.value }, call.now);
      if (!saved.ok) return saved;
      await auditDone(call, tx, { action: 'credential.set', object: `product:${goodsId}`, traceId: null });
      return ok(present(saved.value));
    },
  }),
];

async function sellerFor({ params, scope }: Call, executor: Executor): Promise<Result<string>> {
  const owner = (await productById(executor, params.goodsId ?? ''))?.seller_id;
  return owner !== undefined && scope.kind === 'seller' && owner === scope.sellerId
    ? ok(owner)
    : refuse('NOT_FOUND', 'there is no such product');
}

type Saved = Extract<Awaited<ReturnType<typeof setCredential>>, { ok: true }>['value'];
function present({
  goodsId,
  appId,
  protocol,
  address,
  keyId,
  publicKey,
  loginUrl,
  attributes,
  multiInstance,
}: Saved): schemas.CredentialView {
  return { goodsId, appId, protocol, address, keyId, publicKey, loginUrl, attributes: [...attributes], multiInstance };
}
