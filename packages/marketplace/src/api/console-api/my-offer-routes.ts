/** A buyer's private offers, demands and vouchers: seen, claimed, and what they take off an order. */
import {
  claimableOf,
  claimVoucher,
  grantFault,
  type Held,
  heldVouchers,
  lessVoucher,
  listDemands,
  offerByToken,
  offersOfBuyer,
  type Sale,
  sendDemand,
  vouchersOfBuyer,
} from '../../catalog/index.ts';
import { offerLines } from '../../ordering/index.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { type Money, money, sum } from '../../platform/money.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { blockedBy } from './blocked.ts';
import * as schemas from './offer-schemas.ts';
import { presentDemands, presentMyOffers, presentMyVouchers, presentOwnDemands } from './present-offers.ts';
import { type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

/** of one buyer; the newest */
const MOST = 200;
const notBuyer = refuse('NOT_FOUND', 'only buyers have offers and vouchers');

export const myOfferRoutes: ConsoleRoute[] = [
  read({
    path: '/my-offers',
    summary: 'Private offers for the signed-in buyer, newest first',
    action: 'offer.use',
    query: schemas.myOffersQuery,
    response: schemas.myOffers,
    async run({ platform: { db }, principal: { buyerId }, now }, { goodsId }) {
      if (buyerId === null) return notBuyer;
      const all = await offersOfBuyer(db, buyerId, MOST);
      const fitting = all.filter(
        ({ items }) => goodsId === undefined || items.some((item) => item.goodsId === goodsId),
      );
      return ok({ items: await presentMyOffers(db, fitting, now) });
    },
  }),
  read({
    path: '/offer-links/{token}',
    summary: 'The offer that a link leads to, for a buyer who is named in it',
    action: 'offer.use',
    query: noQuery,
    response: schemas.myOffer,
    async run({ platform: { db }, principal: { buyerId }, params, now }) {
      const offer = buyerId === null ? null : await offerByToken(db, params.token ?? '', buyerId);
      const known = offer !== null && (offer.state === 'VALID' || offer.state === 'USED');
      const [shown] = known ? await presentMyOffers(db, [offer], now) : [];
      return shown ? ok(shown) : refuse('NOT_FOUND', 'there is no such offer for you');
    },
  }),
  command({
    path: '/demands',
    summary: 'Ask the seller of a product for an offer (C51a)',
    action: 'offer.use',
    body: schemas.newDemand,
    response: schemas.demand,
    status: 201,
    async run(call, body, tx) {
      const { buyerId, userId } = call.principal;
      if (buyerId === null) return notBuyer;
      const sent = await sendDemand(call.platform, tx, { buyerId, userId, ...body }, call.now);
      if (!sent.ok) return sent;
      const [shown] = await presentDemands(tx, [sent.value]);
      return shown ? ok(shown) : refuse('NOT_FOUND', 'there is no such demand');
    },
  }),
  read({
    path: '/my-demands',
    summary:
      'What the buyer asked sellers for, or a service provider for it, newest first, with the offer and the order that came of it',
    action: 'offer.use',
    query: schemas.demandQuery,
    response: schemas.ownDemandPage,
    async run({ platform: { db }, principal: { buyerId }, now }, { state, cursor, limit }) {
      if (buyerId === null) return notBuyer;
      const scope = { kind: 'buyer' as const, buyerId, placedBy: null };
      const before = cursor ? decodeCursor(cursor) : null;
      const found = await listDemands(db, { scope, state, before, limit: limit + 1 });
      const page = toPage(found, limit, (each) => ({ at: each.createdAt, id: each.demandId }));
      return ok({ items: await presentOwnDemands(db, page.items, now), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/products/{goodsId}/vouchers',
    summary: 'Vouchers to claim on the page of a product; those of the buyer with their state',
    action: 'product.view',
    query: noQuery,
    response: schemas.myVouchers,
    async run({ platform: { db }, principal: { buyerId }, params, now }) {
      const claimable = await claimableOf(db, params.goodsId ?? '', now);
      const ids = claimable.map(({ voucherId }) => voucherId);
      const held = buyerId === null ? new Map<string, Held>() : await heldVouchers(db, buyerId, ids);
      const shown = claimable.map((voucher) => ({ voucher, grant: held.get(voucher.voucherId)?.grant ?? null }));
      return ok({ items: await presentMyVouchers(db, shown, now) });
    },
  }),
  read({
    path: '/my-vouchers',
    summary: 'Vouchers of the signed-in buyer, newest first',
    action: 'offer.use',
    query: noQuery,
    response: schemas.myVouchers,
    async run({ platform: { db }, principal: { buyerId }, now }) {
      if (buyerId === null) return notBuyer;
      return ok({ items: await presentMyVouchers(db, await vouchersOfBuyer(db, buyerId, MOST), now) });
    },
  }),
  command({
    path: '/my-vouchers/{voucherId}/claim',
    summary: 'Claim a voucher (S9-5); a second claim shows the first',
    action: 'offer.use',
    body: nothing,
    response: schemas.myVoucher,
    async run(call, _body, tx) {
      const { buyerId } = call.principal;
      const voucherId = call.params.voucherId ?? '';
      if (buyerId === null) return notBuyer;
      const claimed = await claimVoucher(tx, { voucherId, buyerId }, call.now);
      if (!claimed.ok) return claimed;
      await auditDone(call, tx, { action: 'voucher.claim', object: `voucher:${voucherId}`, traceId: null });
      const held = (await heldVouchers(tx, buyerId, [voucherId])).get(voucherId);
      const [shown] = held ? await presentMyVouchers(tx, [held], call.now) : [];
      return shown ? ok(shown) : refuse('NOT_FOUND', 'there is no such voucher');
    },
  }),
  read({
    path: '/usable-vouchers',
    summary: "The buyer's vouchers against lines to order: what each takes off, or why it can not be used",
    action: 'offer.use',
    query: schemas.usableVouchersQuery,
    response: schemas.usableVouchers,
    async run({ platform: { db }, principal: { buyerId }, now }, { lines, offerId }) {
      if (buyerId === null) return notBuyer;
      const sale = await offerLines(db, { buyerId, lines, offerId, now, told: true });
      if (!sale.ok) return sale;
      const held = await vouchersOfBuyer(db, buyerId, MOST, now);
      const shown = await presentMyVouchers(db, held, now);
      const items = shown.map((voucher, place) => ({ ...voucher, ...effectOf(held[place], sale.value, now) }));
      return ok({ items: items.toSorted((a, b) => off(b) - off(a)) });
    },
  }),
];

/** only sorts the list; what is charged is computed exactly */
const off = ({ takesOff }: { readonly takesOff: Money | null }): number => Number(takesOff?.amount ?? -1);

function effectOf(held: Held | undefined, sale: Sale, now: Date) {
  const taken = held ? takesOff(held, sale, now) : refuse('VOUCHER_NOT_USABLE', 'there is no such voucher');
  return taken.ok
    ? { takesOff: taken.value, blockedBy: null }
    : { takesOff: null, blockedBy: blockedBy(taken.refusal) };
}

function takesOff({ voucher, grant }: Held, { lines }: Sale, now: Date): Result<Money> {
  const fault = grantFault(voucher, grant, now);
  if (fault) return { ok: false, refusal: fault };
  const quotes = lessVoucher(voucher, lines);
  if (!quotes.ok) return quotes;
  const parts = quotes.value.flatMap(({ deductions }) => deductions.filter(({ kind }) => kind === 'VOUCHER'));
  const [first] = parts;
  return first
    ? ok(
        sum(
          parts.map(({ amount }) => amount),
          first.amount.currency,
        ),
      )
    : ok(money('0', 'CNY'));
}
