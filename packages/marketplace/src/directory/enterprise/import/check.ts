/** What is wrong with rows of people, row by row, against the file itself and the directory as it is (E-16). Pure. */
import type { AdministratorScope, Department, EmployeeType, MemberFacts } from '../definition.ts';
import {
  coversDepartment,
  DEPARTMENT_CODE,
  memberFaults,
  type Placed,
  placeDepartment,
  sameName,
  unrooted,
} from '../model.ts';
import type { ColumnName } from './columns.ts';
import type { FileRow } from './read.ts';

export const ROW_FAULTS = [
  'MISSING',
  'TOO_LONG',
  'CHARACTERS',
  'PHONE',
  'EMAIL',
  'DATE',
  'CHOICE',
  'TWICE',
  'TAKEN',
  'UNKNOWN_DEPARTMENT',
  'CYCLE',
  'NAME_TAKEN',
  'TOO_DEEP',
  'OUT_OF_SCOPE',
] as const;
export interface RowFault {
  readonly column: ColumnName;
  readonly code: (typeof ROW_FAULTS)[number];
}
export interface CheckedRow extends FileRow {
  readonly faults: readonly RowFault[];
}
export interface Checked {
  readonly rows: readonly CheckedRow[];
  /** of rows without faults, parents first */
  readonly departments: readonly Placed[];
  readonly members: readonly MemberFacts[];
}
/** The directory as far as it matters to a file. */
export interface Present {
  readonly departments: readonly Placed[];
  /** as `sameName` gives them */
  readonly userNames: ReadonlySet<string>;
  /** of a business administrator (E-15a); null = everything */
  readonly scope: AdministratorScope | null;
}

/** A row with a department's name and no account is about a department; every other one is about a member. */
const isDepartment = ({ values }: FileRow): boolean =>
  values.userName === undefined && values.name === undefined && values.departmentName !== undefined;

export function checkRows(rows: readonly FileRow[], present: Present): Checked {
  const faults = new Map<number, RowFault[]>();
  const fault = ({ row }: FileRow, column: ColumnName, code: RowFault['code']) =>
    faults.set(row, [...(faults.get(row) ?? []), { column, code }]);
  const clean = (row: FileRow) => !faults.has(row.row);
  const departments = checkDepartments(rows.filter(isDepartment), present, fault);
  const known = new Map([...present.departments, ...departments].map(({ code, path }) => [code, path]));
  const members = rows.filter((row) => !isDepartment(row)).map((row) => ({ row, facts: factsOf(row) }));
  const seen = new Map<string, number>();
  for (const { row, facts } of members) {
    if (row.values.role !== undefined && !ROLES.has(plain(row.values.role))) fault(row, 'role', 'CHOICE');
    if (row.values.enabled !== undefined && !YES_NO.has(plain(row.values.enabled))) fault(row, 'enabled', 'CHOICE');
    if (row.values.employeeType !== undefined && !TYPES.has(plain(row.values.employeeType)))
      fault(row, 'employeeType', 'CHOICE');
    for (const { member, code } of memberFaults(facts)) fault(row, member, code);
    const path = known.get(facts.departmentCode);
    if (path === undefined) {
      if (facts.departmentCode !== '') fault(row, 'departmentCode', 'UNKNOWN_DEPARTMENT');
    } else if (!coversDepartment(present.scope, path)) fault(row, 'departmentCode', 'OUT_OF_SCOPE');
    const name = sameName(facts.userName);
    if (name === '') continue;
    if (present.userNames.has(name)) fault(row, 'userName', 'TAKEN');
    else if (seen.has(name)) fault(row, 'userName', 'TWICE');
    seen.set(name, row.row);
  }
  return {
    rows: rows.map((row) => ({ ...row, faults: faults.get(row.row) ?? [] })),
    departments,
    members: members.filter(({ row }) => clean(row)).map(({ facts }) => facts),
  };
}

type Say = (row: FileRow, column: ColumnName, code: RowFault['code']) => void;

/** @returns those that can come to be, parents first */
function checkDepartments(rows: readonly FileRow[], present: Present, fault: Say): Placed[] {
  const existing = new Map(present.departments.map((each) => [each.code, each]));
  const wanted = new Map<string, { row: FileRow; department: Department }>();
  for (const row of rows) {
    const code = row.values.departmentCode ?? '';
    if (code === '') fault(row, 'departmentCode', 'MISSING');
    else if (!DEPARTMENT_CODE.test(code)) fault(row, 'departmentCode', code.length > 64 ? 'TOO_LONG' : 'CHARACTERS');
    else if (existing.has(code)) fault(row, 'departmentCode', 'TAKEN');
    else if (wanted.has(code)) fault(row, 'departmentCode', 'TWICE');
    else if ((row.values.departmentName ?? '').length > 128) fault(row, 'departmentName', 'TOO_LONG');
    else
      wanted.set(code, {
        row,
        department: { code, name: row.values.departmentName ?? '', parentCode: row.values.parentCode ?? null },
      });
  }
  const listed = [...wanted.values()];
  for (const { row, department } of listed) {
    const { parentCode } = department;
    if (parentCode !== null && !existing.has(parentCode) && !wanted.has(parentCode)) {
      fault(row, 'parentCode', 'UNKNOWN_DEPARTMENT');
      wanted.delete(department.code);
    }
  }
  return placed([...wanted.values()], existing, fault, present.scope);
}

/** Level by level from the top; what is left over stands in a circle, or below something faulty. */
function placed(
  wanted: readonly { readonly row: FileRow; readonly department: Department }[],
  existing: ReadonlyMap<string, Placed>,
  fault: Say,
  scope: AdministratorScope | null,
): Placed[] {
  const all = new Map(existing);
  const below = new Map<string, Placed[]>();
  const put = (each: Placed) => {
    all.set(each.code, each);
    const siblings = below.get(each.parentCode ?? '');
    if (siblings) siblings.push(each);
    else below.set(each.parentCode ?? '', [each]);
  };
  for (const each of existing.values()) put(each);
  const done: Placed[] = [];
  let rest = [...wanted];
  const circle = unrooted(
    wanted.map(({ department }) => ({
      ...department,
      parentCode: department.parentCode !== null && existing.has(department.parentCode) ? null : department.parentCode,
    })),
  );
  for (;;) {
    const ready = rest.filter(({ department: { parentCode } }) => parentCode === null || all.has(parentCode));
    if (ready.length === 0) break;
    const taken = new Set(ready);
    rest = rest.filter((each) => !taken.has(each));
    for (const { row, department } of ready) {
      const parent = department.parentCode === null ? null : (all.get(department.parentCode) ?? null);
      const place = placeDepartment(department, parent, below.get(department.parentCode ?? '') ?? []);
      if (!place.ok) {
        fault(row, 'departmentName', place.refusal.code === 'DEPARTMENT_TOO_DEEP' ? 'TOO_DEEP' : 'NAME_TAKEN');
        continue;
      }
      if (!coversDepartment(scope, place.value)) {
        fault(row, 'parentCode', 'OUT_OF_SCOPE');
        continue;
      }
      const added = { ...department, path: place.value };
      put(added);
      done.push(added);
    }
  }
  for (const { row, department } of rest)
    fault(row, 'parentCode', circle.has(department.code) ? 'CYCLE' : 'UNKNOWN_DEPARTMENT');
  return done;
}

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
const TYPES = new Map<string, EmployeeType>([
  ...['正式', 'regular', '1'].map((word) => [word, 'REGULAR'] as const),
  ...['实习', 'intern', '2'].map((word) => [word, 'INTERN'] as const),
  ...['派遣', 'dispatched', '3'].map((word) => [word, 'DISPATCHED'] as const),
  ...['外包', 'outsourced', '4'].map((word) => [word, 'OUTSOURCED'] as const),
]);
const ROLES = new Map<string, MemberFacts['role']>([
  ...['普通用户', 'user'].map((word) => [word, 'user'] as const),
  ...['管理员', 'admin', 'administrator'].map((word) => [word, 'admin'] as const),
]);
const YES_NO = new Map<string, boolean>([
  ...['是', 'yes', 'true', '1', '启用'].map((word) => [word, true] as const),
  ...['否', 'no', 'false', '0', '停用'].map((word) => [word, false] as const),
]);

function factsOf({ values }: FileRow): MemberFacts {
  return {
    userName: values.userName ?? '',
    name: values.name ?? '',
    departmentCode: values.departmentCode ?? '',
    position: values.position ?? '',
    employeeCode: values.employeeCode ?? '',
    employeeType: TYPES.get(plain(values.employeeType ?? '')) ?? null,
    mobile: values.mobile ?? '',
    email: values.email ?? '',
    workPlace: values.workPlace ?? '',
    entryDate: dayOf(values.entryDate ?? ''),
    role: ROLES.get(plain(values.role ?? '')) ?? 'user',
    enabled: YES_NO.get(plain(values.enabled ?? '')) ?? true,
  };
}

/** 2024/1/31 and 2024年1月31日 are days too. */
function dayOf(text: string): string {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
  return year === undefined ? text : `${year}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
}
