/** Commands on departments (E-10). The caller holds the enterprise's row, so that no two changes cross. */
import type { Tx } from '../../platform/database/database.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { type Department, MOST_DEPARTMENTS } from './definition.ts';
import * as store from './department-store.ts';
import { countsOf } from './enterprise-store.ts';
import { DEPARTMENT_CODE, type Placed, placeDepartment } from './model.ts';

const LONGEST_NAME = 128;

export async function createDepartment(
  tx: Tx,
  enterpriseId: string,
  asked: Department,
  now: Date,
): Promise<Result<Placed>> {
  const fault = formFault(asked);
  if (fault) return fault;
  const known = await store.departmentsByCodes(tx, enterpriseId, [asked.code, asked.parentCode ?? '']);
  if (known.has(asked.code))
    return refuse('DEPARTMENT_CODE_TAKEN', 'E-10: codes are unique in the enterprise', { code: asked.code });
  const parent = parentOf(asked, known);
  if (!parent.ok) return parent;
  if ((await countsOf(tx, enterpriseId)).departments >= MOST_DEPARTMENTS)
    return refuse('TOO_MANY_DEPARTMENTS', `an enterprise has at most ${MOST_DEPARTMENTS} departments`);
  const siblings = await store.siblingsOf(tx, enterpriseId, asked.parentCode, asked.code);
  const placed = placeDepartment(asked, parent.value, siblings);
  if (!placed.ok) return placed;
  const department = { ...asked, path: placed.value };
  await store.insertDepartments(tx, enterpriseId, [department], now);
  return ok(department);
}

/** Renames, moves, or both; whatever is below goes with it. */
export async function changeDepartment(tx: Tx, enterpriseId: string, asked: Department): Promise<Result<Placed>> {
  const fault = formFault(asked);
  if (fault) return fault;
  const known = await store.departmentsByCodes(tx, enterpriseId, [asked.code, asked.parentCode ?? '']);
  const self = known.get(asked.code);
  if (!self) return unknown(asked.code);
  const parent = parentOf(asked, known);
  if (!parent.ok) return parent;
  const siblings = await store.siblingsOf(tx, enterpriseId, asked.parentCode, asked.code);
  const height = await store.heightOf(tx, enterpriseId, self);
  const placed = placeDepartment(asked, parent.value, siblings, self, height);
  if (!placed.ok) return placed;
  const department = { ...asked, path: placed.value };
  await store.replaceDepartment(tx, enterpriseId, department);
  return ok(department);
}

export async function removeDepartment(tx: Tx, enterpriseId: string, code: string): Promise<Result<null>> {
  if (!(await store.departmentsByCodes(tx, enterpriseId, [code])).has(code)) return unknown(code);
  return (await store.deleteDepartment(tx, enterpriseId, code))
    ? ok(null)
    : refuse('DEPARTMENT_NOT_EMPTY', 'E-10: a department with members or departments in it can not be deleted', {
        code,
      });
}

function formFault({ code, name }: Department): Result<never> | null {
  if (!DEPARTMENT_CODE.test(code))
    return refuse('DEPARTMENT_CODE_FORM', 'E-10: a code is 1 to 64 letters, digits, points, hyphens and underscores');
  if (name.trim() === '' || name.length > LONGEST_NAME)
    return refuse('DEPARTMENT_NAME_FORM', `E-10: a name is 1 to ${LONGEST_NAME} characters`);
  return null;
}

function parentOf({ parentCode }: Department, known: ReadonlyMap<string, Placed>): Result<Placed | null> {
  if (parentCode === null) return ok(null);
  const parent = known.get(parentCode);
  return parent ? ok(parent) : unknown(parentCode);
}

const unknown = (code: string) => refuse('DEPARTMENT_UNKNOWN', 'there is no such department', { code });
