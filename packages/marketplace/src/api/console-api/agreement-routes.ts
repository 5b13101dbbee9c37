/** The seller agreement: operators publish versions, a seller's main account accepts the newest (S2-2, S-63). */
import {
  acceptAgreement,
  agreementOf,
  type OwnAgreement,
  publishSellerAgreement,
  scopeOf,
  sellerAgreements,
  sellerCertifications,
} from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { ok, refuse } from '../../platform/result.ts';
import type { Site } from '../../platform/site.ts';
import * as schemas from './agreement-schemas.ts';
import { auditDone } from './audit.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';

const unknown = refuse('NOT_FOUND', 'there is no agreement');

export const agreementRoutes: ConsoleRoute[] = [
  read({
    path: '/seller/agreement',
    summary: 'The newest version of the seller agreement, and whether it was accepted',
    action: 'agreement.view',
    query: noQuery,
    response: schemas.ownAgreement,
    async run(call) {
      const { sellerId } = call.principal;
      if (sellerId === null) return unknown;
      return ok(present(call, await agreementOf(call.platform.db, call.platform.config.site, sellerId)));
    },
  }),
  command({
    path: '/seller/agreement/acceptance',
    summary: 'Accept the version that was read; bills are open again (S2-2)',
    action: 'agreement.accept',
    body: schemas.agreementAcceptance,
    response: schemas.ownAgreement,
    async run(call, { version }, tx) {
      const { platform, principal, now } = call;
      const { sellerId, displayName: by } = principal;
      if (sellerId === null) return unknown;
      const accepted = await acceptAgreement(tx, platform.config.site, { sellerId, version, by }, now);
      if (!accepted.ok) return accepted;
      const object = `seller-agreement:${platform.config.site}:${version}`;
      await auditDone(call, tx, { action: 'agreement.accept', object, traceId: null });
      return ok(present(call, accepted.value));
    },
  }),
  read({
    path: '/operator/seller-agreements',
    summary: 'Versions of the seller agreement, newest first, with how many sellers accepted each',
    action: 'settlement.inspect',
    query: noQuery,
    response: schemas.sellerAgreementList,
    run: async ({ platform: { db, config } }) => ok(await shown(db, config.site)),
  }),
  command({
    path: '/operator/seller-agreements',
    summary: 'Publish a new version; sellers see their bills again once they accepted it (S2-2)',
    action: 'settlement.decide',
    body: schemas.newSellerAgreement,
    response: schemas.sellerAgreementList,
    status: 201,
    async run(call, agreement, tx) {
      const { platform, principal, now } = call;
      const { site } = platform.config;
      const published = await publishSellerAgreement(tx, site, { ...agreement, by: principal.displayName }, now);
      if (!published.ok) return published;
      const version = published.value;
      const object = `seller-agreement:${site}:${version}`;
      await auditDone(call, tx, { action: 'agreement.publish', object, traceId: null });
      return ok(await shown(tx, site));
    },
  }),
];

const present = ({ principal }: Pick<Call, 'principal'>, agreement: OwnAgreement | null): schemas.OwnAgreementView => ({
  agreement: agreement && {
    ...{ version: agreement.version, title: agreement.title, text: agreement.text },
    publishedAt: agreement.publishedAt.toISOString(),
    accepted: agreement.accepted && { at: agreement.accepted.at.toISOString(), by: agreement.accepted.by },
  },
  mayAccept: agreement?.accepted === null && scopeOf(principal, 'agreement.accept') !== null,
});

async function shown(executor: Executor, site: Site): Promise<schemas.SellerAgreementListView> {
  const items = await sellerAgreements(executor, site);
  return {
    items: items.map((each) => ({ ...each, publishedAt: each.publishedAt.toISOString() })),
    sellers: (await sellerCertifications(executor, site)).length,
  };
}
