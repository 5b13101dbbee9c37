/** Which enterprise a call is about: the buyer's own, or one that the person administers; others are not found (P-2). */
import { areaOf, type Enterprise, enterpriseWithin, type Reach, readOnlyFault } from '../../directory/index.ts';
import type { Executor, Tx } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import type { Call } from './route.ts';

export function reachOf({ principal, scope }: Pick<Call, 'principal' | 'scope'>): Reach {
  if (scope.kind === 'all') return { kind: 'all' };
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
