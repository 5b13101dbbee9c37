/** Order notification of the signed-in seller: which orders are told, and where (S-25). */
import type { z } from 'zod';
import { addressBook, debugProducts } from '../../debugging/index.ts';
import type { Scope } from '../../directory/index.ts';
import { orderNotices, removeOrderNotice, setOrderNotice } from '../../fulfilment/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { ok, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import * as schemas from './notice-schemas.ts';
import { type ConsoleRoute, command, noQuery, read } from './route.ts';

/** Every product of today's catalogue is delivered as SaaS. */
const DELIVERY_TYPES = new Map([['SAAS', { zh: '全部 SaaS 商品', en: 'All SaaS products' }]]);

export const noticeRoutes: ConsoleRoute[] = [
  read({
    path: '/order-notices',
    summary: 'Which orders the seller is told of, and where',
    action: 'address.manage',
    query: noQuery,
    response: schemas.orderNotices,
    async run({ platform, scope }) {
      return ok(await noticesOf(platform.db, scope));
    },
  }),
  command({
    path: '/order-notices',
    summary: 'Tell the orders of a product or a delivery type to an address; overlapping choices tell once',
    action: 'address.manage',
    body: schemas.newOrderNotice,
    response: schemas.orderNotices,
    status: 201,
    async run(call, { kind, value, addressId, path }, tx) {
      const { scope, now } = call;
      const sellerId = sellerOf(scope);
      const products = await debugProducts(tx, scope);
      const known =
        kind === 'PRODUCT' ? products.some((each) => each.product.goodsId === value) : DELIVERY_TYPES.has(value);
      if (!known) return refuse('NOT_FOUND', 'there is no such product or delivery type');
      const address = (await addressBook(tx, sellerId)).addresses.find((each) => each.address_id === addressId);
      if (!address) return refuse('NOT_FOUND', 'there is no such address');
      if (address.verified_by === null)
        return refuse('ADDRESS_NOT_VERIFIED', 'S-20: prove first that the address is yours');
      const key = address.bindings.find((binding) => binding.interface_class === 'GENERAL');
      if (!key) return refuse('KEY_NOT_BOUND', 'S-21: bind a key of the class GENERAL to the address first');
      const url = new URL(path, address.origin).href;
      const set = await setOrderNotice(tx, { sellerId, kind, value, address: url, keyId: key.key_id }, now);
      if (!set.ok) return set;
      await auditDone(call, tx, { action: 'order-notice.set', object: `order-notice:${kind}:${value}`, traceId: null });
      return ok(await noticesOf(tx, scope));
    },
  }),
  command({
    path: '/order-notices/removal',
    summary: 'Tell them no more',
    action: 'address.manage',
    body: schemas.orderNoticeKey,
    response: schemas.orderNotices,
    async run(call, { kind, value }, tx) {
      const { scope, now } = call;
      const object = `order-notice:${kind}:${value}`;
      // Pressed twice, or by two people: it is gone, which is what was asked for.
      if (await removeOrderNotice(tx, { sellerId: sellerOf(scope), kind, value }, now))
        await auditDone(call, tx, { action: 'order-notice.remove', object, traceId: null });
      return ok(await noticesOf(tx, scope));
    },
  }),
];

async function noticesOf(executor: Executor, scope: Scope): Promise<z.infer<typeof schemas.orderNotices>> {
  const sellerId = sellerOf(scope);
  const products = (await debugProducts(executor, scope)).map(({ product, name }) => ({
    goodsId: product.goodsId,
    name,
  }));
  const { addresses } = await addressBook(executor, sellerId);
  const nameOf = ({ kind, value }: { kind: string; value: string }) =>
    (kind === 'PRODUCT' ? products.find((each) => each.goodsId === value)?.name : DELIVERY_TYPES.get(value)) ?? {
      zh: value,
      en: value,
    };
  return {
    items: (await orderNotices(executor, [sellerId])).map((notice) => ({
      kind: notice.kind,
      value: notice.value,
      name: nameOf(notice),
      address: notice.address,
    })),
    addresses: addresses
      .filter((each) => each.verified_by !== null && each.bindings.some((key) => key.interface_class === 'GENERAL'))
      .map((each) => ({ addressId: each.address_id, origin: each.origin })),
    products,
  };
}

/** The matrix gives this action to roles of a seller only. */
function sellerOf(scope: Scope): string {
  if (scope.kind !== 'seller') throw new Error('unreachable: address.manage belongs to sellers');
  return scope.sellerId;
}
