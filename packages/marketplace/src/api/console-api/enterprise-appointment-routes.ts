/** Business administrators: appointed by the enterprise administrator for departments or applications (consoles-and-processes.md E-15a). */
import {
  type AdministratorScope,
  departmentsByCodes,
  dismissAdministrator,
  type Enterprise,
  inviteAdministrator,
  setScope,
} from '../../directory/index.ts';
import { applicationsOf } from '../../people/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { auditDone } from './audit.ts';
import { enterpriseToChange } from './enterprise-reach.ts';
import { objectOf } from './enterprise-routes.ts';
import * as schemas from './enterprise-schemas.ts';
import { type Call, type ConsoleRoute, command, nothing } from './route.ts';

const DONE = { done: true } as const;

export const enterpriseAppointmentRoutes: ConsoleRoute[] = [
  command({
    path: '/enterprises/{enterpriseId}/business-administrators',
    summary: 'Appoint a business administrator, who is told and accepts',
    action: 'enterprise.appoint',
    body: schemas.appointment,
    response: schemas.done,
    run: (call, { loginName, ...scope }, tx) =>
      appointing(call, tx, 'enterprise.appoint', async (enterprise) => {
        const fault = await scopeFault(tx, enterprise, scope);
        if (fault) return fault;
        const asked = { enterprise, loginName, by: call.principal.userId, scope };
        return inviteAdministrator(call.platform, tx, asked, call.now);
      }),
  }),
  command({
    path: '/enterprises/{enterpriseId}/business-administrators/{userId}/scope',
    summary: 'Another scope for a business administrator; it holds from the next click',
    action: 'enterprise.appoint',
    body: schemas.administratorScope,
    response: schemas.done,
    run: (call, scope, tx) =>
      appointing(call, tx, 'enterprise.change-scope', async (enterprise) => {
        const fault = await scopeFault(tx, enterprise, scope);
        if (fault) return fault;
        const userId = call.params.userId ?? '';
        return (await setScope(tx, enterprise.enterpriseId, userId, scope))
          ? ok(userId)
          : refuse('NOT_ADMINISTRATOR', 'this person is no business administrator of the enterprise');
      }),
  }),
  command({
    path: '/enterprises/{enterpriseId}/business-administrators/{userId}/removal',
    summary: 'Remove a business administrator',
    action: 'enterprise.appoint',
    body: nothing,
    response: schemas.done,
    run: (call, _, tx) =>
      appointing(call, tx, 'enterprise.remove-administrator', async (enterprise) => {
        const userId = call.params.userId ?? '';
        const asked = { enterprise, userId, businessOnly: true };
        const dismissed = await dismissAdministrator(call.platform, tx, asked, call.now);
        return dismissed.ok ? ok(userId) : dismissed;
      }),
  }),
];

/** @param change gives the person's user id, for the audit log */
async function appointing(
  call: Call,
  tx: Tx,
  action: string,
  change: (enterprise: Enterprise) => Promise<Result<string>>,
): Promise<Result<{ done: true }>> {
  const found = await enterpriseToChange(call, tx, 'enterprise');
  if (!found.ok) return found;
  const changed = await change(found.value);
  if (!changed.ok) return changed;
  await auditDone(call, tx, { action, object: `${objectOf(found.value)} user:${changed.value}`, traceId: null });
  return ok(DONE);
}

async function scopeFault(
  tx: Tx,
  { enterpriseId }: Enterprise,
  { departments, applications }: AdministratorScope,
): Promise<Result<never> | null> {
  if (departments.length + applications.length === 0)
    return refuse('SCOPE_EMPTY', 'E-15a: choose departments or applications');
  const known = await departmentsByCodes(tx, enterpriseId, departments);
  const missing = departments.find((code) => !known.has(code));
  if (missing !== undefined) return refuse('DEPARTMENT_UNKNOWN', 'there is no such department', { code: missing });
  const bound = new Set((await applicationsOf(tx, enterpriseId)).map(({ applicationId }) => applicationId));
  return applications.every((id) => bound.has(id)) ? null : refuse('NOT_FOUND', 'there is no such application');
}
