/** Addresses are proved, keys are bound per class, and a change of the key of live products is asked about first. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { type FakeSeller, startFakeSeller } from '../../../../tests/support/fake-seller.ts';
import { productsInScope, setProductionUrl } from '../catalog/index.ts';
import { accessKeys } from '../directory/index.ts';
import { inTransaction, type Tx } from '../platform/database/database.ts';
import type { Outbound } from '../platform/outbound.ts';
import {
  addAddress,
  addressBook,
  bindKey,
  checkAddress,
  createDebugger,
  createKey,
  makeDueRuns,
  startDebugging,
} from './index.ts';

const world = fileWorld();
let seller: FakeSeller;
beforeAll(async () => {
  seller = await startFakeSeller();
  await setProductionUrl(world().platform.db, world().demo.goodsId, seller.url);
});
afterAll(() => seller.close());

const now = () => world().clock.now();
const sellerId = () => world().demo.sellerId;
const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(world().platform.db, work);
const add = (text: string) => inTx((tx) => addAddress(world().platform, tx, { sellerId: sellerId(), text }, now()));
const addressOf = async (origin: string) => {
  const { addresses } = await addressBook(world().platform.db, sellerId());
  const found = addresses.find((each) => each.origin === origin);
  if (!found) throw new Error(`no ${origin}`);
  return found;
};

/** Looks for the proof in a world where `published` is what names and files hold. */
async function check(addressId: string, published: { file?: string; txt?: string }) {
  await inTx((tx) => checkAddress(world().platform, tx, { sellerId: sellerId(), addressId, actor: 'chen' }, now()));
  const outbound: Outbound = {
    get: () =>
      Promise.resolve({
        ok: true,
        answer: {
          status: published.file === undefined ? 404 : 200,
          headers: [],
          rawHeaders: [],
          contentType: 'text/plain',
          location: null,
          body: Buffer.from(published.file ?? ''),
          truncated: false,
        },
      }),
    post: () => Promise.reject(new Error('nothing is posted')),
    close: () => Promise.resolve(),
  };
  const txt = published.txt === undefined ? [] : [published.txt];
  const debug = createDebugger(world().platform, { outbound, resolveTxt: () => Promise.resolve(txt) });
  expect(await makeDueRuns(debug)).toBe(1);
}

describe('an address', () => {
  const origin = 'https://console.example.com';

  it('is not verified at first, once per seller, without a path', async () => {
    expect(await add(`${origin}/`)).toMatchObject({ ok: true });
    expect(await add(origin)).toMatchObject({ refusal: { code: 'ADDRESS_EXISTS' } });
    expect(await add(`${origin}/produce`)).toMatchObject({ refusal: { code: 'ADDRESS_INVALID' } });
    expect(await addressOf(origin)).toMatchObject({ verified_by: null, checking: false, fault: null });
  });

  it('is verified by the file or the record that holds its token; the last look decides', async () => {
    const { address_id: addressId, token } = await addressOf(origin);
    await check(addressId, { file: 'something else' });
    expect(await addressOf(origin)).toMatchObject({
      verified_by: null,
      fault: { en: expect.stringContaining('does not hold the token') },
    });
    await check(addressId, { file: `${token}\n` });
    expect(await addressOf(origin)).toMatchObject({ verified_by: 'FILE', fault: null, checked_at: now() });
    await check(addressId, { txt: token });
    expect((await addressOf(origin)).verified_by).toBe('DNS');
    await check(addressId, {});
    expect((await addressOf(origin)).verified_by).toBeNull();
  });

  it('one look at a time', async () => {
    const { address_id: addressId } = await addressOf(origin);
    const ask = () =>
      inTx((tx) => checkAddress(world().platform, tx, { sellerId: sellerId(), addressId, actor: 'chen' }, now()));
    await ask();
    expect((await addressOf(origin)).checking).toBe(true);
    await check(addressId, {});
    expect((await addressOf(origin)).checking).toBe(false);
  });

  it('of others is not found', async () => {
    const { address_id: addressId } = await addressOf(origin);
    const result = await inTx((tx) =>
      checkAddress(world().platform, tx, { sellerId: 'somebody', addressId, actor: 'x' }, now()),
    );
    expect(result).toMatchObject({ refusal: { code: 'NOT_FOUND' } });
  });

  it('must be verified before it is debugged against or bound to a key', async () => {
    const { address_id: addressId } = await addressOf(origin);
    const { goodsId } = world().demo;
    const wanted = {
      scope: { kind: 'all' } as const,
      goodsId,
      activity: 'releaseInstance',
      parameters: { instanceId: 'i' },
    };
    const run = await inTx((tx) =>
      startDebugging(
        world().platform,
        tx,
        { ...wanted, target: { addressId, path: '/p' }, save: false, actor: 'chen' },
        now(),
      ),
    );
    expect(run).toMatchObject({ refusal: { code: 'ADDRESS_NOT_VERIFIED' } });
  });
});

describe('a key', () => {
  const local = () => new URL(seller.url).origin;
  const make = async (interfaceClass: 'BASE' | 'KIT') => {
    const key = await inTx((tx) => createKey(world().platform, tx, { sellerId: sellerId(), interfaceClass }, now()));
    if (!key.ok) throw new Error('refused');
    return key.value.keyId;
  };
  const bind = async (keyId: string, interfaceClass: 'BASE' | 'KIT', confirmed = false) => {
    const { address_id: addressId } = await addressOf(local());
    return inTx((tx) =>
      bindKey(world().platform, tx, { sellerId: sellerId(), addressId, interfaceClass, keyId, confirmed }, now()),
    );
  };
  const keyOfProduct = async () => {
    const [product] = await productsInScope(world().platform.db, {
      scope: { kind: 'all' },
      goodsIds: [world().demo.goodsId],
      limit: 1,
    });
    return product?.keyId;
  };

  it('of one class can not be used by another', async () => {
    expect(await add(local())).toMatchObject({ ok: true });
    expect((await addressOf(local())).verified_by).toBe('LOCAL');
    const kit = await make('KIT');
    expect(await bind(kit, 'BASE', true)).toMatchObject({ refusal: { code: 'KEY_OF_OTHER_CLASS' } });
    expect(await bind(kit, 'KIT')).toMatchObject({ ok: true });
  });

  it('of live products is changed only when that was confirmed; then their calls are signed with it', async () => {
    const base = await make('BASE');
    expect(await bind(base, 'BASE')).toMatchObject({ refusal: { code: 'KEY_IN_USE', facts: { products: '1' } } });
    expect(await keyOfProduct()).toBe(world().demo.keyId);
    expect(await bind(base, 'BASE', true)).toMatchObject({ ok: true });
    expect(await keyOfProduct()).toBe(base);
    expect(await bind(base, 'BASE')).toMatchObject({ ok: true });
    const text = (await accessKeys(world().platform, [base])).get(base);
    expect(text).toMatch(/^[A-Za-z0-9]{40}$/);
    const { keys, addresses } = await addressBook(world().platform.db, sellerId());
    expect(keys.map((key) => key.interfaceClass).toSorted()).toEqual(['BASE', 'BASE', 'KIT']);
    expect(addresses.find((each) => each.origin === local())).toMatchObject({
      goodsIds: [world().demo.goodsId],
      bindings: [{}, {}],
    });
    expect(JSON.stringify(keys)).not.toContain(text);
  });
});
