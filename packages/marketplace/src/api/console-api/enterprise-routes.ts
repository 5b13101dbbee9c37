/** Enterprises and their administrators (consoles-and-processes.md 2.1). */
import {
  type Administrator,
  acceptInvitation,
  administratorsOf,
  countsOf,
  createEnterprise,
  dismissAdministrator,
  dissolveEnterprise,
  type Enterprise,
  enterprisesWithin,
  invitationsOf,
  inviteAdministrator,
  mostEnterprises,
  updateEnterprise,
} from '../../directory/index.ts';
import { isSynchronising } from '../../people/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { ok, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { dissolutionConfirmed } from './enterprise-password-routes.ts';
import { enterpriseFor, enterpriseToChange, reachOf, unknownEnterprise } from './enterprise-reach.ts';
import * as schemas from './enterprise-schemas.ts';
import { type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

const DONE = { done: true } as const;

export const enterpriseRoutes: ConsoleRoute[] = [
  read({
    path: '/enterprises',
    summary: 'Enterprises that the person owns or administers, and open invitations',
    action: 'enterprise.view',
    query: noQuery,
    response: schemas.enterprises,
    async run(call) {
      const { db } = call.platform;
      const found = await enterprisesWithin(db, reachOf(call));
      const invitations = await invitationsOf(db, call.principal.userId);
      return ok({
        items: found.map((each) => ({ ...present(each, each), administrators: each.administrators })),
        most: mostEnterprises(call.principal.role === 'ED'),
        invitations: invitations.map((each) => ({ ...each, invitedAt: each.invitedAt.toISOString() })),
      });
    },
  }),
  command({
    path: '/enterprises',
    summary: 'Create an enterprise',
    action: 'enterprise.create',
    body: schemas.newEnterprise,
    response: schemas.enterprise,
    status: 201,
    async run(call, asked, tx) {
      const { scope, platform, principal, now } = call;
      if (scope.kind !== 'buyer') return unknownEnterprise();
      const distributedBy = principal.role === 'ED' ? principal.userId : null;
      const created = await createEnterprise(platform, tx, { ...asked, buyerId: scope.buyerId }, now, distributedBy);
      if (!created.ok) return created;
      await auditDone(call, tx, { action: 'enterprise.create', object: objectOf(created.value), traceId: null });
      return ok(present(created.value, { departments: 0, members: 0 }));
    },
  }),
  read({
    path: '/enterprises/{enterpriseId}',
    summary: 'An enterprise',
    action: 'enterprise.view',
    query: noQuery,
    response: schemas.enterprise,
    async run(call) {
      const found = await enterpriseFor(call, call.platform.db);
      return found.ok ? ok(await counted(call.platform.db, found.value)) : found;
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/facts',
    summary: 'Change region, industry and description (E-5)',
    action: 'enterprise.manage',
    body: schemas.enterpriseFacts,
    response: schemas.enterprise,
    async run(call, facts, tx) {
      const found = await enterpriseToChange(call, tx, 'enterprise');
      if (!found.ok) return found;
      await updateEnterprise(tx, found.value.enterpriseId, facts);
      return ok(await counted(tx, { ...found.value, ...facts }));
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/dissolution',
    summary: 'Dissolve an enterprise for good (E-7)',
    action: 'enterprise.manage',
    body: schemas.dissolving,
    response: schemas.done,
    async run(call, { shortName, code }, tx) {
      const found = await enterpriseToChange(call, tx, 'enterprise');
      if (!found.ok) return found;
      if (found.value.shortName !== shortName)
        return refuse('SHORT_NAME_DIFFERS', 'E-7: type the short name of the enterprise that is to be dissolved');
      if (await isSynchronising(tx, found.value.enterpriseId))
        return refuse('SYNC_RUNNING', 'E-7: an enterprise is not dissolved while something of it is synchronised');
      const confirmed = await dissolutionConfirmed(call, tx, code);
      if (!confirmed.ok) return confirmed;
      await dissolveEnterprise(call.platform, tx, found.value.enterpriseId, call.principal.userId, call.now);
      await auditDone(call, tx, { action: 'enterprise.dissolve', object: objectOf(found.value), traceId: null });
      return ok(DONE);
    },
  }),
  read({
    path: '/enterprises/{enterpriseId}/administrators',
    summary: 'Administrators of an enterprise',
    action: 'enterprise.view',
    query: noQuery,
    response: schemas.administrators,
    async run(call) {
      const found = await enterpriseFor(call, call.platform.db);
      if (!found.ok) return found;
      const items = await administratorsOf(call.platform.db, found.value.enterpriseId);
      return ok({ items: items.map(presentAdministrator) });
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/administrators',
    summary: 'Invite an administrator by account (E-4)',
    action: 'enterprise.invite',
    body: schemas.invitation,
    response: schemas.done,
    async run(call, { loginName }, tx) {
      const found = await enterpriseToChange(call, tx, 'enterprise');
      if (!found.ok) return found;
      const asked = { enterprise: found.value, loginName, by: call.principal.userId, scope: null };
      const invited = await inviteAdministrator(call.platform, tx, asked, call.now);
      if (!invited.ok) return invited;
      await auditDone(call, tx, {
        action: 'enterprise.invite',
        object: `${objectOf(found.value)} user:${invited.value}`,
        traceId: null,
      });
      return ok(DONE);
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/administrators/{userId}/removal',
    summary: 'Remove an administrator, or withdraw an invitation',
    action: 'enterprise.manage',
    body: nothing,
    response: schemas.done,
    async run(call, _body, tx) {
      const found = await enterpriseToChange(call, tx, 'enterprise');
      if (!found.ok) return found;
      const userId = call.params.userId ?? '';
      const asked = { enterprise: found.value, userId, businessOnly: false };
      const dismissed = await dismissAdministrator(call.platform, tx, asked, call.now);
      if (!dismissed.ok) return dismissed;
      await auditDone(call, tx, {
        action: 'enterprise.remove-administrator',
        object: `${objectOf(found.value)} user:${userId}`,
        traceId: null,
      });
      return ok(DONE);
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/invitation/acceptance',
    summary: 'Accept an invitation (E-4)',
    action: 'enterprise.join',
    body: nothing,
    response: schemas.done,
    async run(call, _body, tx) {
      const enterpriseId = call.params.enterpriseId ?? '';
      return (await acceptInvitation(tx, enterpriseId, call.principal.userId)) ? ok(DONE) : unknownEnterprise();
    },
  }),
];

export const presentAdministrator = ({ invitedAt, scope, ...each }: Administrator): schemas.AdministratorView => ({
  ...each,
  scope: scope && { departments: [...scope.departments], applications: [...scope.applications] },
  invitedAt: invitedAt.toISOString(),
});

export const objectOf = ({ enterpriseId }: Enterprise): string => `enterprise:${enterpriseId}`;

const counted = async (executor: Executor, enterprise: Enterprise) =>
  present(enterprise, await countsOf(executor, enterprise.enterpriseId));

function present(
  { enterpriseId, name, shortName, region, industry, description, source, createdAt }: Enterprise,
  { departments, members }: { readonly departments: number; readonly members: number },
): schemas.EnterpriseView {
  return {
    ...{ enterpriseId, name, shortName, region, industry, description, source, departments, members },
    createdAt: createdAt.toISOString(),
  };
}
