/** Publication (catalogue.md 8, consoles-and-processes.md 3.4): drafts, the seller's products, the product behind its page. */
import {
  ACCESS_TYPES,
  type AttributeDefinition,
  accessRules,
  attributesOf,
  beginChange,
  createDraft,
  keepAttribute,
  LICENSE_VARIANTS,
  openDraft,
  ownProducts,
  removeAttribute,
  removeDraft,
  saveDraft,
  submitDraft,
} from '../../catalog/index.ts';
import { addressBook } from '../../debugging/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import { isUuid } from '../../platform/uuid.ts';
import { auditDone } from './audit.ts';
import { presentCards, presentDraft, presentFault, presentOwn } from './present-publication.ts';
import { surroundings } from './publication-facts.ts';
import * as schemas from './publication-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

const formRoutes: ConsoleRoute[] = [
  read({
    path: '/publication-form',
    summary: 'What the form of a product offers: access types of the site, addresses, attribute definitions',
    action: 'catalog.manage',
    query: noQuery,
    response: schemas.publicationForm,
    async run({ platform: { db, config }, scope }) {
      if (scope.kind !== 'seller') return refuse('NOT_FOUND', 'only sellers publish products');
      const { addresses } = await addressBook(db, scope.sellerId);
      return ok({
        site: config.site,
        currency: SITES[config.site].currency,
        accessTypes: accessTypesOf(config.site),
        origins: addresses
          .filter(({ verified_by }) => verified_by !== null)
          .map(({ origin, bindings }) => ({ origin, keyBound: bindings.length > 0 })),
        attributes: await attributesOf(db, { sellerId: scope.sellerId }),
      });
    },
  }),
  read({
    path: '/attributes',
    summary: 'Attribute definitions of the seller, found by type or part of the name (C6)',
    action: 'catalog.manage',
    query: schemas.attributeQuery,
    response: schemas.attributeList,
    async run({ platform: { db }, scope }, query) {
      return ok({
        items: scope.kind === 'seller' ? await attributesOf(db, { sellerId: scope.sellerId, ...query }) : [],
      });
    },
  }),
  command({
    path: '/attributes',
    summary: 'Define an attribute; preset names are refused (C7)',
    action: 'catalog.manage',
    body: schemas.attributeInput,
    response: schemas.attributeDefinition,
    status: 201,
    run: (call, body, tx) => keep(call, null, body, tx),
  }),
  command({
    path: '/attributes/{attributeId}',
    summary: 'Change a definition; products keep their copies (C12)',
    action: 'catalog.manage',
    body: schemas.attributeInput,
    response: schemas.attributeDefinition,
    async run(call, body, tx) {
      const { attributeId } = call.params;
      return isUuid(attributeId)
        ? keep(call, attributeId, body, tx)
        : refuse('NOT_FOUND', 'there is no such attribute');
    },
  }),
  command({
    path: '/attributes/{attributeId}/deletion',
    summary: 'Delete a definition; products keep their copies (C12)',
    action: 'catalog.manage',
    body: nothing,
    response: nothing,
    async run(call, _body, tx) {
      const { scope, params } = call;
      const { attributeId } = params;
      const done =
        scope.kind === 'seller' &&
        isUuid(attributeId) &&
        (await removeAttribute(tx, { sellerId: scope.sellerId, attributeId }));
      if (!done) return refuse('NOT_FOUND', 'there is no such attribute');
      await auditDone(call, tx, { action: 'attribute.delete', object: `attribute:${attributeId}`, traceId: null });
      return ok({});
    },
  }),
];

const draftRoutes: ConsoleRoute[] = [
  command({
    path: '/drafts',
    summary: 'Begin a new product',
    action: 'catalog.manage',
    body: schemas.newDraft,
    response: schemas.draft,
    status: 201,
    async run(call, body, tx) {
      const { platform, scope, principal, now } = call;
      const made = await createDraft(platform, tx, { scope, by: principal, ...body }, now);
      if (!made.ok) return made;
      const { goodsId } = made.value;
      await auditDone(call, tx, { action: 'draft.create', object: `product:${goodsId}`, traceId: null });
      // it was just made by this person, who may see it, whatever was assigned before
      const own = scope.kind === 'seller' ? { ...scope, goodsIds: null } : scope;
      return shown({ ...call, scope: own }, tx, goodsId);
    },
  }),
  command({
    path: '/own-products/{goodsId}/draft',
    summary: 'Begin a change of a product, or go on with the one begun',
    action: 'catalog.manage',
    body: nothing,
    response: schemas.draft,
    async run(call, _body, tx) {
      const { scope, principal, now } = call;
      const begun = await beginChange(tx, { scope, goodsId: goodsOf(call), by: principal }, now);
      return begun.ok ? shown(call, tx, begun.value.goodsId) : begun;
    },
  }),
  read({
    path: '/drafts/{goodsId}',
    summary: 'A draft with everything that is wrong with it',
    action: 'catalog.manage',
    query: noQuery,
    response: schemas.draft,
    run: (call) => shown(call, call.platform.db, goodsOf(call)),
  }),
  command({
    path: '/drafts/{goodsId}',
    summary: 'Save a draft as it stands; DRAFT_CHANGED when somebody else saved since',
    action: 'catalog.manage',
    body: schemas.savedDraft,
    response: schemas.draftSaved,
    async run(call, body, tx) {
      const { platform, scope, principal, now } = call;
      const wanted = { scope, goodsId: goodsOf(call), by: principal, ...body };
      const saved = await saveDraft(platform, tx, wanted, surroundings, now);
      if (!saved.ok) return saved;
      const { revision, savedAt, draft, faults } = saved.value;
      return ok({ revision, savedAt: savedAt.toISOString(), ...draft, faults: faults.map(presentFault) });
    },
  }),
  command({
    path: '/drafts/{goodsId}/deletion',
    summary: 'Throw a draft away',
    action: 'catalog.manage',
    body: nothing,
    response: nothing,
    async run(call, _body, tx) {
      const removed = await removeDraft(tx, { scope: call.scope, goodsId: goodsOf(call) });
      if (!removed.ok) return removed;
      await auditDone(call, tx, { action: 'draft.delete', object: `product:${removed.value.goodsId}`, traceId: null });
      return ok({});
    },
  }),
  command({
    path: '/drafts/{goodsId}/submission',
    summary: 'Submit a draft for review; refused while it breaks a rule',
    action: 'catalog.manage',
    body: schemas.submission,
    response: schemas.applicationCard,
    status: 201,
    async run(call, { revision }, tx) {
      const { platform, scope, principal, now } = call;
      const wanted = { scope, goodsId: goodsOf(call), revision, by: principal };
      const submitted = await submitDraft(platform, tx, wanted, surroundings, now);
      if (!submitted.ok) return submitted;
      await auditDone(call, tx, { action: 'product.submit', object: `product:${wanted.goodsId}`, traceId: null });
      const [card] = await presentCards(tx, scope, [submitted.value], now);
      return card ? ok(card) : refuse('NOT_FOUND', 'there is no such application');
    },
  }),
];

const listRoutes: ConsoleRoute[] = [
  read({
    path: '/own-products',
    summary: 'Products in whatever state, of the seller or of all',
    action: 'catalog.inspect',
    query: schemas.ownProductQuery,
    response: schemas.ownProductPage,
    async run({ platform: { db }, scope }, { cursor, limit, ...filters }) {
      const before = cursor ? decodeCursor(cursor) : null;
      const rows = await ownProducts(db, { scope, ...filters, before, limit: limit + 1 });
      const page = toPage(rows, limit, ({ createdAt, goodsId }) => ({ at: createdAt, id: goodsId }));
      return ok({ items: await presentOwn(db, page.items), nextCursor: page.nextCursor });
    },
  }),
];

export const publicationRoutes: ConsoleRoute[] = [...formRoutes, ...draftRoutes, ...listRoutes];

const goodsOf = ({ params }: Call): string => params.goodsId ?? '';

async function shown(call: Call, executor: Executor, goodsId: string) {
  const opened = await openDraft(executor, { scope: call.scope, goodsId }, surroundings);
  return opened.ok ? ok(await presentDraft(executor, call.scope, opened.value, call.now)) : opened;
}

async function keep(
  call: Call,
  attributeId: string | null,
  body: { type: 'QUANTITY' | 'ENUMERATION'; code: string; name: { zh: string; en: string }; description: string },
  tx: Parameters<typeof keepAttribute>[1],
): Promise<Result<AttributeDefinition>> {
  const { scope, platform, now } = call;
  if (scope.kind !== 'seller') return refuse('NOT_FOUND', 'only sellers define attributes');
  const kept = await keepAttribute(platform, tx, { ...body, attributeId, sellerId: scope.sellerId }, now);
  if (kept.ok)
    await auditDone(call, tx, {
      action: 'attribute.keep',
      object: `attribute:${kept.value.attributeId}`,
      traceId: null,
    });
  return kept;
}

/** Types that the site sells, License in each of its variants (L1). */
function accessTypesOf(site: 'CN' | 'INTL' | 'EU') {
  return ACCESS_TYPES.flatMap((accessType) =>
    (accessType === 'LICENSE' ? LICENSE_VARIANTS : [null]).map((licenseVariant) => {
      const { sites, delivery: _, chargingModes, protocols, ...rules } = accessRules(accessType, licenseVariant);
      return {
        accessType,
        licenseVariant,
        onSite: sites.includes(site),
        ...rules,
        chargingModes: [...chargingModes],
        protocols: [...protocols],
      };
    }),
  )
    .filter(({ onSite }) => onSite)
    .map(({ onSite: _, ...each }) => each);
}
