/**
 * Which enterprise a call is about: the buyer's own, one that the person administers, or one that the distributor role set up;
 * others are not found (P-2). Within it a business administrator reaches the departments and applications of the own scope
 * (E-15a): each route that lets this role in asks here.
 */
import {
  type AdministratorScope,
  allWithin,
  areaOf,
  coversApplication,
  coversDepartment,
  departmentsByCodes,
  type Enterprise,
  enterpriseWithin,
  membersOfGroups,
  type Reach,
  readOnlyFault,
  scopeOfAdministrator,
} from '../../directory/index.ts';
import { applicationsOf } from '../../people/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { Call } from './route.ts';

export function reachOf({ principal, scope }: Pick<Call, 'principal' | 'scope'>): Reach {
  if (scope.kind === 'all') return { kind: 'all' };
  if (principal.role === 'ED') return { kind: 'distributor', userId: principal.userId };
  if (areaOf(principal.role) === 'enterprise') return { kind: 'administrator', userId: principal.userId };
  return { kind: 'buyer', buyerId: scope.kind === 'buyer' ? scope.buyerId : '' };
}

export const unknownEnterprise = () => refuse('NOT_FOUND', 'there is no such enterprise');

/** @returns refusal NOT_FOUND; one that was dissolved is found by those who only read */
export async function enterpriseFor(call: Call, executor: Executor): Promise<Result<Enterprise>> {
  const enterprise = await enterpriseWithin(executor, call.params.enterpriseId ?? '', reachOf(call));
  return enterprise ? ok(enterprise) : unknownEnterprise();
}

/** Held until the transaction ends, and open to changes by the console (E-18). */
export async function enterpriseToChange(
  call: Call,
  tx: Tx,
  how: 'directory' | 'enterprise' = 'directory',
): Promise<Result<Enterprise>> {
  const enterprise = await enterpriseWithin(tx, call.params.enterpriseId ?? '', reachOf(call), true);
  if (!enterprise) return unknownEnterprise();
  const fault = readOnlyFault(how === 'directory' ? enterprise : { ...enterprise, source: 'CONSOLE' });
  return fault ?? ok(enterprise);
}

/** @returns null = everything of the enterprise */
export const administratorScope = (
  { principal }: Pick<Call, 'principal'>,
  executor: Executor,
  enterpriseId: string,
): Promise<AdministratorScope | null> =>
  principal.role === 'EB' ? scopeOfAdministrator(executor, enterpriseId, principal.userId) : Promise.resolve(null);

/** Are these departments the person's to change? Unknown ones are left to the command. @returns null = yes */
export async function departmentsFault(
  call: Call,
  executor: Executor,
  enterpriseId: string,
  codes: readonly (string | null)[],
): Promise<Result<never> | null> {
  const scope = await administratorScope(call, executor, enterpriseId);
  if (scope === null) return null;
  const named = codes.filter((code) => code !== null);
  const known = await departmentsByCodes(executor, enterpriseId, named);
  const covered =
    named.length === codes.length && [...known.values()].every(({ path }) => coversDepartment(scope, path));
  return covered ? null : outOfScope();
}

/** Are these members the person's to change? Unknown ones are left to the command. @returns null = yes */
export async function membersFault(
  call: Call,
  executor: Executor,
  enterpriseId: string,
  memberIds: readonly string[],
): Promise<Result<never> | null> {
  const scope = await administratorScope(call, executor, enterpriseId);
  if (scope === null) return null;
  return (await allWithin(executor, enterpriseId, memberIds, scope.departments)) ? null : outOfScope();
}

/** @returns null = the application is the person's to authorise */
export async function applicationFault(
  call: Call,
  executor: Executor,
  enterpriseId: string,
  applicationId: string,
): Promise<Result<never> | null> {
  const scope = await administratorScope(call, executor, enterpriseId);
  return coversApplication(scope, applicationId) ? null : outOfScope();
}

/**
 * Does the group open an application that the person does not authorise? Then putting somebody into it would authorise them.
 * @returns null = no
 */
export async function groupRangeFault(
  call: Call,
  executor: Executor,
  enterpriseId: string,
  groupId: string,
): Promise<Result<never> | null> {
  const scope = await administratorScope(call, executor, enterpriseId);
  if (scope === null) return null;
  const opened = (await applicationsOf(executor, enterpriseId)).filter(
    ({ state, range }) => state !== 'ENDED' && range.groups.includes(groupId),
  );
  return opened.every(({ applicationId }) => coversApplication(scope, applicationId)) ? null : outOfScope();
}

/** Is the whole group the person's: each of its members, each application that it opens? @returns null = yes */
export async function groupFault(
  call: Call,
  executor: Executor,
  enterpriseId: string,
  groupId: string,
): Promise<Result<never> | null> {
  if ((await administratorScope(call, executor, enterpriseId)) === null) return null;
  const members = (await membersOfGroups(executor, [groupId])).get(groupId) ?? [];
  return (
    (await groupRangeFault(call, executor, enterpriseId, groupId)) ??
    (await membersFault(
      call,
      executor,
      enterpriseId,
      members.map(({ memberId }) => memberId),
    ))
  );
}

const outOfScope = () => refuse('OUT_OF_SCOPE', 'E-15a: this is not in the scope that you were appointed with');
