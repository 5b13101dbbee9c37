/** Those who bring buyers: the operator keeps them and what is agreed with them; each sees what it earns (3.4 – 3.6). */
import {
  addDistributorMember,
  agreeOn,
  allTerms,
  certifyDistributor,
  createDistributor,
  type DistributorKind,
  type DistributorParty,
  type DistributorTerms,
  distributorById,
  distributorsOf,
  SCENES_OF,
  termsOf,
} from '../../directory/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { releaseOnCertification } from '../../settlement/index.ts';
import { auditDone } from './audit.ts';
import { presentDated, startOf } from './dated-terms.ts';
import * as schemas from './distributor-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';

const unknown = refuse('NOT_FOUND', 'there is no such partner');

export const distributorRoutes: ConsoleRoute[] = [
  read({
    path: '/operator/partners',
    summary: 'Distributors, service providers and resellers with what is agreed',
    action: 'settlement.inspect',
    query: noQuery,
    response: schemas.partners,
    async run({ platform: { db, config }, now }) {
      const agreed = await allTerms(db, 'distributor');
      const parties = await distributorsOf(db, config.site);
      return ok({ items: parties.map((party) => present(party, agreed, now)) });
    },
  }),
  read({
    path: '/operator/partners/{distributorId}',
    summary: 'One partner',
    action: 'settlement.inspect',
    query: noQuery,
    response: schemas.partner,
    run: (call) => shown(call, call.platform.db),
  }),
  command({
    path: '/operator/partners',
    summary: 'A new partner, with the terms that hold from now on',
    action: 'settlement.decide',
    body: schemas.newPartner,
    response: schemas.partner,
    status: 201,
    async run(call, { terms, ...party }, tx) {
      const fault = sceneFault(party.kind, terms);
      if (fault) return fault;
      const { platform, now } = call;
      const { site } = platform.config;
      const distributorId = await createDistributor(platform, tx, { ...party, site }, now);
      await agreed(call, tx, distributorId, now, terms);
      return done(call, tx, distributorId, 'partner.create');
    },
  }),
  command({
    path: '/operator/partners/{distributorId}/terms',
    summary: 'What is agreed from a day on; what is sold keeps its terms (S3-16, S3-17)',
    action: 'settlement.decide',
    body: schemas.newPartnerTerms,
    response: schemas.partner,
    async run(call, { validFrom, terms }, tx) {
      const party = await partyOf(call, tx);
      if (!party) return unknown;
      const fault = sceneFault(party.kind, terms);
      if (fault) return fault;
      const from = startOf(validFrom, party.site, call.now);
      const written = await agreed(call, tx, party.distributorId, from, terms);
      return written.ok ? done(call, tx, party.distributorId, 'partner.terms') : written;
    },
  }),
  command({
    path: '/operator/partners/{distributorId}/certification',
    summary: 'Its bank account is verified, or no longer; without it nothing is paid out',
    action: 'settlement.decide',
    body: schemas.partnerCertification,
    response: schemas.partner,
    async run(call, { certified }, tx) {
      const party = await partyOf(call, tx);
      if (!party) return unknown;
      await certifyDistributor(tx, party.distributorId, certified ? (party.certifiedAt ?? call.now) : null);
      // its bills waited for this
      if (certified) await releaseOnCertification(tx, party.site, call.now);
      return done(call, tx, party.distributorId, 'partner.certify');
    },
  }),
  command({
    path: '/operator/partners/{distributorId}/members',
    summary: 'A person who may sign in; the first password is told once',
    action: 'settlement.decide',
    body: schemas.newPartnerMember,
    response: schemas.addedMember,
    status: 201,
    replay: 'sealed',
    async run(call, member, tx) {
      const party = await partyOf(call, tx);
      if (!party) return unknown;
      const { distributorId } = party;
      const added = await addDistributorMember(call.platform, tx, { ...member, distributorId }, call.now);
      if (!added.ok) return added;
      const object = `distributor:${distributorId}`;
      await auditDone(call, tx, { action: `partner.member ${added.value.userId}`, object, traceId: null });
      return ok({ loginName: member.loginName, password: added.value.password });
    },
  }),
];

/** A kind of partner has its own formulas. */
function sceneFault(kind: DistributorKind, { scene }: DistributorTerms) {
  return SCENES_OF[kind].includes(scene)
    ? null
    : refuse('SCENE_OF_KIND', `a ${kind} is settled by ${SCENES_OF[kind].join(' or ')}`, { kind, scene });
}

const partyOf = (call: Call, executor: Executor): Promise<DistributorParty | null> =>
  distributorById(executor, call.params.distributorId ?? '');

const agreed = (call: Call, tx: Tx, id: string, validFrom: Date, terms: DistributorTerms): Promise<Result<unknown>> =>
  agreeOn(tx, { kind: 'distributor', id, validFrom, terms, by: call.principal.displayName }, call.now);

async function done(call: Call, tx: Tx, distributorId: string, action: string) {
  const party = `distributor:${distributorId}`;
  await auditDone(call, tx, { action, object: party, traceId: null, onBehalfOf: party });
  return shown({ ...call, params: { distributorId } }, tx);
}

async function shown(call: Call, executor: Executor): Promise<Result<schemas.PartnerView>> {
  const party = await partyOf(call, executor);
  return party ? ok(present(party, await termsOf(executor, 'distributor', [party.distributorId]), call.now)) : unknown;
}

function present(
  party: DistributorParty,
  agreements: Awaited<ReturnType<typeof allTerms<'distributor'>>>,
  now: Date,
): schemas.PartnerView {
  const { distributorId, kind, name, email, members } = party;
  const own = agreements.filter(({ subject }) => subject === `distributor:${distributorId}`);
  return {
    ...{ distributorId, kind, name, email },
    members: [...members],
    certifiedAt: party.certifiedAt?.toISOString() ?? null,
    terms: presentDated(own, now),
  };
}
