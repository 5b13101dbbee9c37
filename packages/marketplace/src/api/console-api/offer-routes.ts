/** Private offers, customers' demands, vouchers: of sellers and the operator who approves (S-54 … S-56, O-34). */
import type { z } from 'zod';
import {
  answerDemand,
  assignVoucher,
  buyersOfOffers,
  type CountedVoucher,
  changeOffer,
  contentOf,
  decideOffer,
  draftOffer,
  listDemands,
  listOffers,
  listVouchers,
  type Offer,
  type OfferTerms,
  offerById,
  publishVoucher,
  quoteLine,
  saleRows,
  soldProducts,
  submitOffer,
  type Voucher,
  voidVoucher,
  withdrawOffer,
} from '../../catalog/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { quote as quoteView } from './market-schemas.ts';
import * as schemas from './offer-schemas.ts';
import { presentDemands, presentOffers, presentVouchers } from './present-offers.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';
import { pageQuery } from './schemas.ts';

const offerRoutes: ConsoleRoute[] = [
  read({
    path: '/offers',
    summary: 'Private offers, newest first',
    action: 'offer.view',
    query: schemas.offerQuery,
    response: schemas.offerPage,
    async run(call, { state, cursor, limit }) {
      const { scope, now, platform } = call;
      const before = cursor ? decodeCursor(cursor) : null;
      const found = await listOffers(platform.db, { scope, state, before, limit: limit + 1, now });
      const page = toPage(found, limit, (each) => ({ at: each.createdAt, id: each.offerId }));
      return ok({ items: await shownOffers(call, platform.db, page.items), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/offers/{offerId}',
    summary: 'One private offer',
    action: 'offer.view',
    query: noQuery,
    response: schemas.offer,
    async run(call) {
      const { platform, scope, params } = call;
      const offer = await offerById(platform.db, params.offerId ?? '', { scope });
      return shownOffer(call, platform.db, offer ? ok(offer) : refuse('NOT_FOUND', 'there is no such offer'));
    },
  }),
  read({
    path: '/offer-quotes',
    summary: 'What a configuration would cost at a rate',
    action: 'offer.manage',
    query: schemas.offerQuoteQuery,
    response: quoteView,
    run: offerQuote,
  }),
  command({
    path: '/offers',
    summary: 'Make a private offer for named buyers; submitted at once unless it is to stay a draft (C52)',
    action: 'offer.manage',
    body: schemas.newOffer,
    response: schemas.offer,
    status: 201,
    async run(call, body, tx) {
      const { platform, now } = call;
      const drafted = await draftOffer(platform, tx, { author: authorOf(call), terms: termsOf(body) }, now);
      if (!drafted.ok || !body.submit) return offerDone(call, tx, 'offer.draft', drafted);
      const { offerId } = drafted.value;
      const submitted = await submitOffer(platform, tx, { author: authorOf(call), offerId }, now);
      return offerDone(call, tx, 'offer.submit', submitted);
    },
  }),
  command({
    path: '/offers/{offerId}',
    summary: 'Change a draft, whole',
    action: 'offer.manage',
    body: schemas.newOffer,
    response: schemas.offer,
    async run(call, body, tx) {
      const asked = { author: authorOf(call), offerId: call.params.offerId ?? '' };
      const changed = await changeOffer(tx, { ...asked, terms: termsOf(body) }, call.now);
      if (!changed.ok || !body.submit) return offerDone(call, tx, 'offer.change', changed);
      return offerDone(call, tx, 'offer.submit', await submitOffer(call.platform, tx, asked, call.now));
    },
  }),
  command({
    path: '/offers/{offerId}/submission',
    summary: 'Submit a draft: valid at once inside the free range, else for approval (C52)',
    action: 'offer.manage',
    body: nothing,
    response: schemas.offer,
    async run(call, _body, tx) {
      const asked = { author: authorOf(call), offerId: call.params.offerId ?? '' };
      return offerDone(call, tx, 'offer.submit', await submitOffer(call.platform, tx, asked, call.now));
    },
  }),
  command({
    path: '/offers/{offerId}/withdrawal',
    summary: 'Withdraw an offer; what was ordered with it stays',
    action: 'offer.manage',
    body: nothing,
    response: schemas.offer,
    async run(call, _body, tx) {
      const asked = { author: authorOf(call), offerId: call.params.offerId ?? '' };
      return offerDone(call, tx, 'offer.withdraw', await withdrawOffer(tx, asked));
    },
  }),
  command({
    path: '/offers/{offerId}/decision',
    summary: 'Approve an offer outside the free range, or send it back with a reason (O-34)',
    action: 'offer.approve',
    body: schemas.offerDecision,
    response: schemas.offer,
    async run(call, decision, tx) {
      const { scope, params, platform, now } = call;
      const asked = { scope, offerId: params.offerId ?? '', ...decision };
      const action = decision.approve ? 'offer.approve' : `offer.reject: ${decision.comment}`;
      return offerDone(call, tx, action, await decideOffer(platform, tx, asked, now));
    },
  }),
];

const demandRoutes: ConsoleRoute[] = [
  read({
    path: '/demands',
    summary: 'What customers asked for, newest first (S-55)',
    action: 'offer.manage',
    query: schemas.demandQuery,
    response: schemas.demandPage,
    async run({ platform: { db }, scope }, { state, cursor, limit }) {
      const before = cursor ? decodeCursor(cursor) : null;
      const found = await listDemands(db, { scope, state, before, limit: limit + 1 });
      const page = toPage(found, limit, (each) => ({ at: each.createdAt, id: each.demandId }));
      return ok({ items: await presentDemands(db, page.items), nextCursor: page.nextCursor });
    },
  }),
  command({
    path: '/demands/{demandId}/decision',
    summary: 'Accept or refuse a demand within 5 days (S9-2)',
    action: 'offer.manage',
    body: schemas.demandDecision,
    response: schemas.demand,
    async run(call, decision, tx) {
      const { scope, params, platform, now } = call;
      const demandId = params.demandId ?? '';
      const answered = await answerDemand(platform, tx, { scope, demandId, ...decision }, now);
      if (!answered.ok) return answered;
      await auditDone(call, tx, { action: 'demand.decide', object: `demand:${demandId}`, traceId: null });
      const [shown] = await presentDemands(tx, [answered.value]);
      return shown ? ok(shown) : refuse('NOT_FOUND', 'there is no such demand');
    },
  }),
];

const voucherRoutes: ConsoleRoute[] = [
  read({
    path: '/vouchers',
    summary: 'Vouchers that the seller issued, newest first (S-56)',
    action: 'offer.manage',
    query: pageQuery,
    response: schemas.voucherPage,
    async run({ platform: { db }, scope, now }, { cursor, limit }) {
      const before = cursor ? decodeCursor(cursor) : null;
      const found = await listVouchers(db, { scope, before, limit: limit + 1 });
      const page = toPage(found, limit, ({ voucher }) => ({ at: voucher.createdAt, id: voucher.voucherId }));
      return ok({ items: await presentVouchers(db, page.items, now), nextCursor: page.nextCursor });
    },
  }),
  command({
    path: '/vouchers',
    summary: 'Publish a voucher for products of the seller (S9-5)',
    action: 'offer.manage',
    body: schemas.newVoucher,
    response: schemas.voucher,
    status: 201,
    async run(call, { validFrom, validTo, ...body }, tx) {
      const terms = { ...body, validFrom: new Date(validFrom), validTo: new Date(validTo) };
      const published = await publishVoucher(call.platform, tx, { author: authorOf(call), terms }, call.now);
      return voucherDone(call, tx, 'voucher.publish', published);
    },
  }),
  command({
    path: '/vouchers/{voucherId}/assignments',
    summary: 'Give a voucher to buyers by name',
    action: 'offer.manage',
    body: schemas.voucherAssignment,
    response: schemas.voucher,
    async run(call, { buyers }, tx) {
      const asked = { scope: call.scope, voucherId: call.params.voucherId ?? '', buyers };
      return voucherDone(call, tx, 'voucher.assign', await assignVoucher(tx, asked, call.now));
    },
  }),
  command({
    path: '/vouchers/{voucherId}/void',
    summary: 'Give out no more of a voucher; those that buyers have stay good',
    action: 'offer.manage',
    body: nothing,
    response: schemas.voucher,
    async run(call, _body, tx) {
      const asked = { scope: call.scope, voucherId: call.params.voucherId ?? '' };
      return voucherDone(call, tx, 'voucher.void', await voidVoucher(tx, asked));
    },
  }),
];

export const offeringRoutes: ConsoleRoute[] = [...offerRoutes, ...demandRoutes, ...voucherRoutes];

const authorOf = ({ scope, principal }: Call) => ({ scope, userId: principal.userId });

function termsOf(body: z.infer<typeof schemas.newOffer>): OfferTerms {
  const { name, buyers, distributorId, demandId } = body;
  const common = { name, buyers, distributorId, demandId };
  const time = { validFrom: new Date(body.validFrom), validTo: new Date(body.validTo) };
  return body.kind === 'CONFIGURATION'
    ? { ...common, ...time, kind: body.kind, items: body.items, exempt: body.exempt }
    : { ...common, ...time, kind: body.kind, items: body.items, exempt: false };
}

async function shownOffers(call: Call, executor: Executor, offers: readonly Offer[]) {
  const buyers = await buyersOfOffers(
    executor,
    offers.map(({ offerId }) => offerId),
  );
  return presentOffers(executor, offers, { now: call.now, freeRate: call.platform.config.offerFreeRate, buyers });
}

async function shownOffer(call: Call, executor: Executor, offer: Result<Offer>) {
  if (!offer.ok) return offer;
  const [shown] = await shownOffers(call, executor, [offer.value]);
  return shown ? ok(shown) : refuse('NOT_FOUND', 'there is no such offer');
}

async function offerDone(call: Call, tx: Tx, action: string, offer: Result<Offer>) {
  if (offer.ok) await auditDone(call, tx, { action, object: `offer:${offer.value.offerId}`, traceId: null });
  return shownOffer(call, tx, offer);
}

async function voucherDone(call: Call, tx: Tx, action: string, voucher: Result<Voucher>) {
  if (!voucher.ok) return voucher;
  await auditDone(call, tx, { action, object: `voucher:${voucher.value.voucherId}`, traceId: null });
  const counted: CountedVoucher = { voucher: voucher.value, used: 0 };
  const [shown] = await presentVouchers(tx, [counted], call.now);
  return shown ? ok(shown) : refuse('NOT_FOUND', 'there is no such voucher');
}

/** The price is computed where every price is: a rate is an offer that nobody has yet. */
async function offerQuote(
  { platform: { db }, scope }: Call,
  { priceItemId, rate, quantity, periodNumber, vcpus }: z.infer<typeof schemas.offerQuoteQuery>,
): Promise<Result<z.infer<typeof quoteView>>> {
  const row = (await saleRows(db, [priceItemId])).get(priceItemId);
  const [product] = row ? await soldProducts(db, { scope, goodsIds: [row.goods_id], limit: 1 }) : [];
  const content = product && (await contentOf(db, product.goodsId, product.version));
  const specification = content?.specifications.find((each) => each.specificationId === row?.specification_id);
  const priceItem = specification?.skus
    .flatMap(({ prices }) => prices)
    .find((each) => each.priceItemId === priceItemId);
  if (!specification || !priceItem) return refuse('NOT_FOUND', 'there is no such price of the seller', { priceItemId });
  const discount = rate === undefined ? undefined : { offerId: 'new', rate };
  const priced = quoteLine(specification, priceItem, { quantity, periodNumber, vcpus }, discount);
  if (!priced.ok) return priced;
  const { deductions, derivation, ...rest } = priced.value;
  return ok({ ...rest, deductions: [...deductions], derivation: [...derivation], blockedBy: null });
}
