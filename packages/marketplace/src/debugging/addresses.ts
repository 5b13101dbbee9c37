/** Production addresses with proof of ownership, and keys bound to them (S-20, S-21). */
import { productsInScope, setProductKey } from '../catalog/index.ts';
import { type AccessKey, accessKeysOfSeller, addAccessKey, type InterfaceClass } from '../directory/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { ALPHANUMERIC, randomText, traceId, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { isAt, isLocal, parseAddress } from './address.ts';
import * as store from './address-store.ts';
import { MOST_PRODUCTS } from './products.ts';
import { insertRuns } from './run-store.ts';

/** Limits of one seller; far above what anybody needs, so that a list stays a list. */
const MOST_ADDRESSES = 50;
const MOST_KEYS = 50;

export interface AddressBook {
  readonly addresses: readonly (store.AddressRow & {
    readonly bindings: readonly store.BindingRow[];
    /** products that are delivered from there */
    readonly goodsIds: readonly string[];
  })[];
  readonly keys: readonly AccessKey[];
}

export async function addressBook(executor: Executor, sellerId: string): Promise<AddressBook> {
  const addresses = await store.addressesOfSeller(executor, sellerId);
  const bindings = await store.bindingsOf(
    executor,
    addresses.map((address) => address.address_id),
  );
  const products = await productsOf(executor, sellerId);
  return {
    addresses: addresses.map((address) => ({
      ...address,
      bindings: bindings.filter((binding) => binding.address_id === address.address_id),
      goodsIds: products.filter((each) => isAt(address.origin, each.productionUrl)).map((each) => each.goodsId),
    })),
    keys: await accessKeysOfSeller(executor, sellerId),
  };
}

/** Adds scheme and domain; a look for the proof follows on request ({@link checkAddress}). */
export async function addAddress(
  platform: Platform,
  tx: Tx,
  { sellerId, text }: { readonly sellerId: string; readonly text: string },
  now: Date,
): Promise<Result<{ addressId: string }>> {
  const { mode } = platform.config;
  const origin = parseAddress(text, mode);
  if (!origin.ok) return origin;
  if ((await store.addressCount(tx, sellerId)) >= MOST_ADDRESSES)
    return refuse('TOO_MANY', `a seller has at most ${MOST_ADDRESSES} addresses`);
  const addressId = uuid(platform.random);
  const local = mode === 'sandbox' && isLocal(origin.value);
  const isNew = await store.insertAddress(
    tx,
    {
      address_id: addressId,
      seller_id: sellerId,
      origin: origin.value,
      token: `jishi-${randomText(platform.random, 32, ALPHANUMERIC)}`,
      verified_by: local ? 'LOCAL' : null,
      checked_at: local ? now : null,
    },
    now,
  );
  return isNew ? ok({ addressId }) : refuse('ADDRESS_EXISTS', `${origin.value} is in the list already`);
}

/** Looks for the proof in the background; while one look is under way a second is not begun. */
export async function checkAddress(
  platform: Platform,
  tx: Tx,
  wanted: { readonly sellerId: string; readonly addressId: string; readonly actor: string },
  now: Date,
): Promise<Result<null>> {
  const address = await store.addressById(tx, wanted.addressId, wanted.sellerId);
  if (!address) return refuse('NOT_FOUND', 'there is no such address');
  if (address.checking) return ok(null);
  await insertRuns(
    tx,
    [
      {
        id: uuid(platform.random),
        kind: 'OWNERSHIP',
        seller_id: address.seller_id,
        address_id: address.address_id,
        trace_id: traceId(platform.random),
        actor: wanted.actor,
      },
    ],
    now,
  );
  return ok(null);
}

export async function createKey(
  platform: Platform,
  tx: Tx,
  wanted: { readonly sellerId: string; readonly interfaceClass: InterfaceClass },
  now: Date,
): Promise<Result<AccessKey>> {
  const known = await accessKeysOfSeller(tx, wanted.sellerId);
  if (known.length >= MOST_KEYS) return refuse('TOO_MANY', `a seller has at most ${MOST_KEYS} keys`);
  return ok(await addAccessKey(platform, tx, wanted, now));
}

export interface Binding {
  readonly sellerId: string;
  readonly addressId: string;
  readonly interfaceClass: InterfaceClass;
  readonly keyId: string;
  /** the seller has read which live products change their key */
  readonly confirmed: boolean;
}

/**
 * Binds a key to an address for one interface class. The base key signs the calls of the products that are delivered
 * from there, from the next call on: that has to be confirmed.
 * @returns KEY_OF_OTHER_CLASS, KEY_IN_USE with the number of products (S-21)
 */
export async function bindKey(platform: Platform, tx: Tx, wanted: Binding, now: Date): Promise<Result<null>> {
  const { sellerId, interfaceClass, keyId } = wanted;
  const address = await store.addressById(tx, wanted.addressId, sellerId);
  if (!address) return refuse('NOT_FOUND', 'there is no such address');
  const key = (await accessKeysOfSeller(tx, sellerId)).find((each) => each.keyId === keyId);
  if (!key) return refuse('NOT_FOUND', 'there is no such key');
  if (key.interfaceClass !== interfaceClass)
    return refuse(
      'KEY_OF_OTHER_CLASS',
      `this key belongs to the class ${key.interfaceClass}; make one for ${interfaceClass}`,
    );
  if (address.verified_by === null) return refuse('ADDRESS_NOT_VERIFIED', 'prove first that the address is yours');
  const changed =
    interfaceClass === 'BASE'
      ? (await productsOf(tx, sellerId)).filter(
          (each) => isAt(address.origin, each.productionUrl) && each.keyId !== keyId && each.state !== 'WITHDRAWN',
        )
      : [];
  if (changed.length > 0 && !wanted.confirmed)
    return refuse('KEY_IN_USE', 'calls of products that are delivered from here would be signed with the new key', {
      products: String(changed.length),
    });
  await store.setBinding(tx, { address_id: address.address_id, interface_class: interfaceClass, key_id: keyId }, now);
  const goodsIds = changed.map((each) => each.goodsId);
  if (goodsIds.length > 0) await setProductKey(tx, goodsIds, keyId);
  platform.log.info({ seller: sellerId, origin: address.origin, interfaceClass, keyId, goodsIds }, 'key bound');
  return ok(null);
}

const productsOf = (executor: Executor, sellerId: string) =>
  productsInScope(executor, { scope: { kind: 'seller', sellerId, goodsIds: null }, limit: MOST_PRODUCTS });
