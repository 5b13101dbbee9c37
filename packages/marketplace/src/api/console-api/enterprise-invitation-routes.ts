/** Invitations by which members join by themselves (consoles-and-processes.md E-13a). */
import {
  type InvitationRow,
  invitationsTo,
  inviteMembers,
  revokeInvitation,
  selfRegistrationOpen,
  setSelfRegistration,
} from '../../directory/index.ts';
import { ok, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import * as schemas from './enterprise-invitation-schemas.ts';
import { departmentsFault, enterpriseFor, enterpriseToChange } from './enterprise-reach.ts';
import { type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';

const DONE = { done: true } as const;

export const enterpriseInvitationRoutes: ConsoleRoute[] = [
  read({
    path: '/enterprises/{enterpriseId}/member-invitations',
    summary: 'Is self-registration open, and which invitations are valid',
    action: 'people.manage',
    query: noQuery,
    response: schemas.invitations,
    async run(call) {
      const { db, clock, config } = call.platform;
      const found = await enterpriseFor(call, db);
      if (!found.ok) return found;
      const { enterpriseId } = found.value;
      return ok({
        open: await selfRegistrationOpen(db, enterpriseId),
        items: (await invitationsTo(db, enterpriseId, clock.now())).map((each) => present(each, config.publicUrl)),
      });
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/member-invitations',
    summary: 'Invite people into a department',
    action: 'people.manage',
    body: schemas.newInvitation,
    response: schemas.invitationCode,
    status: 201,
    async run(call, asked, tx) {
      const found = await enterpriseToChange(call, tx);
      if (!found.ok) return found;
      const { enterpriseId } = found.value;
      const fault = await departmentsFault(call, tx, enterpriseId, [asked.departmentCode]);
      if (fault) return fault;
      const made = await inviteMembers(
        call.platform.random,
        tx,
        { ...asked, enterpriseId, by: call.principal.userId },
        call.now,
      );
      if (!made.ok) return made;
      const object = `enterprise:${enterpriseId} department:${asked.departmentCode}`;
      await auditDone(call, tx, { action: 'members.invite', object, traceId: null });
      return ok({ code: made.value });
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/member-invitations/{code}/revocation',
    summary: 'Take an invitation back',
    action: 'people.manage',
    body: nothing,
    response: schemas.done,
    async run(call, _, tx) {
      const found = await enterpriseToChange(call, tx);
      if (!found.ok) return found;
      const { enterpriseId } = found.value;
      const code = call.params.code ?? '';
      const invitation = (await invitationsTo(tx, enterpriseId, call.now)).find((each) => each.code === code);
      const fault = invitation && (await departmentsFault(call, tx, enterpriseId, [invitation.departmentCode]));
      if (fault) return fault;
      if (!(await revokeInvitation(tx, enterpriseId, code, call.now)))
        return refuse('INVITATION_OVER', 'E-13a: this invitation is no longer valid');
      await auditDone(call, tx, { action: 'members.uninvite', object: `enterprise:${enterpriseId}`, traceId: null });
      return ok(DONE);
    },
  }),
  command({
    path: '/enterprises/{enterpriseId}/self-registration',
    summary: 'Open or close self-registration: invitations work only while it is open',
    action: 'people.exchange',
    body: schemas.selfRegistration,
    response: schemas.done,
    async run(call, { open }, tx) {
      const found = await enterpriseToChange(call, tx);
      if (!found.ok) return found;
      const { enterpriseId } = found.value;
      await setSelfRegistration(tx, enterpriseId, open);
      const action = open ? 'members.open-registration' : 'members.close-registration';
      await auditDone(call, tx, { action, object: `enterprise:${enterpriseId}`, traceId: null });
      return ok(DONE);
    },
  }),
];

const present = (
  { code, departmentCode, departmentName, createdAt, expiresAt, joined }: InvitationRow,
  publicUrl: string,
) => ({
  ...{ code, departmentCode, departmentName, joined },
  link: `${publicUrl}/workplace/join?code=${code}`,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});
