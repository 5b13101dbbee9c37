/** Production addresses and keys of the signed-in seller (S-20, S-21). */

import { addAddress, addressBook, bindKey, checkAddress, createKey, debugProducts } from '../../debugging/index.ts';
import { accessKeys, accessKeysOfSeller, type Scope } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import { auditDone } from './audit.ts';
import * as schemas from './debugging-schemas.ts';
import { presentAddresses } from './present-debugging.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

export const addressRoutes: ConsoleRoute[] = [
  read({
    path: '/addresses',
    summary: 'Production addresses with their proof of ownership, and keys',
    action: 'address.manage',
    query: noQuery,
    response: schemas.addressBook,
    run: ({ platform, scope }) => book(platform.db, scope),
  }),
  command({
    path: '/addresses',
    summary: 'Add a production address: scheme and domain',
    action: 'address.manage',
    body: schemas.newAddress,
    response: schemas.addressBook,
    status: 201,
    async run(call, { origin }, tx) {
      const sellerId = sellerOf(call.scope);
      const added = await addAddress(call.platform, tx, { sellerId, text: origin }, call.now);
      if (!added.ok) return added;
      await auditDone(call, tx, { action: 'address.add', object: `address:${added.value.addressId}`, traceId: null });
      return book(tx, call.scope);
    },
  }),
  command({
    path: '/addresses/{addressId}/checks',
    summary: 'Look for the proof of ownership',
    action: 'address.manage',
    body: nothing,
    response: schemas.addressBook,
    async run({ platform, params, scope, principal, now }, _body, tx) {
      const { addressId = '' } = params;
      if (!isUuid(addressId)) return refuse('NOT_FOUND', 'there is no such address');
      const wanted = { sellerId: sellerOf(scope), addressId, actor: principal.loginName };
      const begun = await checkAddress(platform, tx, wanted, now);
      return begun.ok ? book(tx, scope) : begun;
    },
  }),
  command({
    path: '/addresses/{addressId}/keys',
    summary: 'Bind a key to an address for one interface class',
    action: 'address.manage',
    body: schemas.keyBinding,
    response: schemas.addressBook,
    async run(call, binding, tx) {
      const { platform, params, scope, now } = call;
      const { addressId = '' } = params;
      if (!isUuid(addressId)) return refuse('NOT_FOUND', 'there is no such address');
      const bound = await bindKey(platform, tx, { ...binding, sellerId: sellerOf(scope), addressId }, now);
      if (!bound.ok) return bound;
      await auditDone(call, tx, { action: 'key.bind', object: `key:${binding.keyId}`, traceId: null });
      return book(tx, scope);
    },
  }),
  command({
    path: '/access-keys',
    summary: 'Create a key for one interface class',
    action: 'address.manage',
    body: schemas.newAccessKey,
    response: schemas.addressBook,
    status: 201,
    async run(call, { interfaceClass }, tx) {
      const key = await createKey(call.platform, tx, { sellerId: sellerOf(call.scope), interfaceClass }, call.now);
      if (!key.ok) return key;
      await auditDone(call, tx, { action: 'key.create', object: `key:${key.value.keyId}`, traceId: null });
      return book(tx, call.scope);
    },
  }),
  command({
    path: '/access-keys/{keyId}/reveals',
    summary: 'Show an access key; each look is in the audit log',
    action: 'address.manage',
    body: nothing,
    response: schemas.shownKey,
    replay: false,
    async run(call, _body, tx) {
      const { keyId = '' } = call.params;
      const own = await accessKeysOfSeller(tx, sellerOf(call.scope));
      if (!own.some((key) => key.keyId === keyId)) return refuse('NOT_FOUND', 'there is no such key');
      const accessKey = (await accessKeys({ ...call.platform, db: tx }, [keyId])).get(keyId);
      if (accessKey === undefined) return refuse('UNAVAILABLE', 'this key cannot be read');
      await auditDone(call, tx, { action: 'key.reveal', object: `key:${keyId}`, traceId: null });
      return ok({ accessKey });
    },
  }),
];

async function book(executor: Executor, scope: Scope): Promise<Result<ReturnType<typeof presentAddresses>>> {
  const addresses = await addressBook(executor, sellerOf(scope));
  const goodsIds = addresses.addresses.flatMap((address) => address.goodsIds);
  const products = goodsIds.length === 0 ? [] : await debugProducts(executor, scope, goodsIds);
  const names = new Map(products.map((each) => [each.product.goodsId, each.name]));
  return ok(presentAddresses(addresses, (goodsId) => names.get(goodsId) ?? { zh: goodsId, en: goodsId }));
}

/** The matrix gives this action to roles of a seller only. */
function sellerOf(scope: Call['scope']): string {
  if (scope.kind !== 'seller') throw new Error('unreachable: address.manage belongs to sellers');
  return scope.sellerId;
}
