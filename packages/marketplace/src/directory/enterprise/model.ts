/** Rules of an enterprise's directory. Pure. */
import { ok, type Result, refuse } from '../../platform/result.ts';
import {
  type AdministratorScope,
  type Department,
  EMPLOYEE_TYPES,
  type Enterprise,
  MEMBER_ROLES,
  type MemberFacts,
  MOST_ENTERPRISES,
  MOST_LEVELS,
  MOST_OF_DISTRIBUTOR,
} from './definition.ts';

/** What a member breaks, by its first fault. */
export interface MemberFault {
  readonly member: keyof MemberFacts;
  readonly code: 'MISSING' | 'TOO_LONG' | 'CHARACTERS' | 'PHONE' | 'EMAIL' | 'DATE' | 'CHOICE';
}

/** A department with where it stands: codes from the top down to itself. */
export interface Placed extends Department {
  readonly path: readonly string[];
}

const LONGEST: Readonly<
  Record<
    'userName' | 'name' | 'departmentCode' | 'position' | 'employeeCode' | 'mobile' | 'email' | 'workPlace',
    number
  >
> = {
  userName: 64,
  name: 64,
  departmentCode: 64,
  position: 64,
  employeeCode: 64,
  mobile: 32,
  email: 128,
  workPlace: 128,
};
const NEEDED = ['userName', 'name', 'departmentCode'] as const;
/** no blank and no @, which parts a member's name from its enterprise's at sign-in (E-13b, E-36) */
const USER_NAME = /^[\p{L}\p{N}._-]+$/u;
const PHONE = /^\+?\d[\d -]{4,29}\d$/;
const EMAIL = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/;
export const SHORT_NAME = /^[a-z][a-z0-9-]{1,62}[a-z0-9]$/;
export const DEPARTMENT_CODE = /^[\p{L}\p{N}._-]{1,64}$/u;

/** @returns every fault of a member's facts, in the order of its fields (E-12); none = it may be kept */
export function memberFaults(facts: MemberFacts): MemberFault[] {
  const faults: MemberFault[] = [];
  const add = (member: keyof MemberFacts, code: MemberFault['code'], is: boolean) => {
    if (is && !faults.some((each) => each.member === member)) faults.push({ member, code });
  };
  for (const member of NEEDED) add(member, 'MISSING', facts[member] === '');
  for (const [member, longest] of Object.entries(LONGEST))
    if (isText(member)) add(member, 'TOO_LONG', [...facts[member]].length > longest);
  add('userName', 'CHARACTERS', !USER_NAME.test(facts.userName));
  add('mobile', 'PHONE', facts.mobile !== '' && !PHONE.test(facts.mobile));
  add('email', 'EMAIL', facts.email !== '' && !EMAIL.test(facts.email));
  add('entryDate', 'DATE', facts.entryDate !== '' && !isDay(facts.entryDate));
  add('employeeType', 'CHOICE', facts.employeeType !== null && !EMPLOYEE_TYPES.includes(facts.employeeType));
  add('role', 'CHOICE', !MEMBER_ROLES.includes(facts.role));
  return faults;
}
const isText = (member: string): member is keyof typeof LONGEST => member in LONGEST;

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** Names of members differ by more than their case (E-12). */
export const sameName = (text: string): string => text.normalize('NFKC').toLowerCase();

/**
 * Where a department would stand: may it have this name below this parent (E-10)?
 *
 * @param parent null = at the top
 * @param siblings those below that parent, the department itself left out
 * @param self its place so far; null = it is new
 * @param height levels below it; 0 = it has none
 */
export function placeDepartment(
  department: Department,
  parent: Placed | null,
  siblings: readonly Department[],
  self: Placed | null = null,
  height = 0,
): Result<readonly string[]> {
  if (parent?.path.includes(department.code))
    return refuse('DEPARTMENT_CYCLE', 'E-10: a department can not stand below itself', { code: department.code });
  if (siblings.some((each) => sameName(each.name) === sameName(department.name)))
    return refuse('DEPARTMENT_NAME_TAKEN', 'E-10: names are unique among the departments of one parent', {
      name: department.name,
    });
  const path = [...(parent?.path ?? []), department.code];
  if (path.length + height > MOST_LEVELS)
    return refuse('DEPARTMENT_TOO_DEEP', `E-10: departments stand at most ${MOST_LEVELS} levels deep`);
  return self === null || self.code === department.code
    ? ok(path)
    : refuse('DEPARTMENT_CODE_FIXED', 'E-10: the code of a department never changes');
}

/** The place of a department below one that moved: the part from the moved one on stays. */
export function movedPath(path: readonly string[], moved: string, newPath: readonly string[]): readonly string[] {
  const from = path.indexOf(moved);
  return from < 0 ? path : [...newPath, ...path.slice(from + 1)];
}

/** Departments of which a parent is missing, or that stand in a circle: they have no way to the top. */
export function unrooted(departments: readonly Department[]): Set<string> {
  const children = grouped(departments, ({ parentCode }) => parentCode ?? '');
  const reached = new Set<string>();
  let level = children.get('') ?? [];
  while (level.length > 0) {
    for (const { code } of level) reached.add(code);
    level = level.flatMap(({ code }) => children.get(code) ?? []).filter(({ code }) => !reached.has(code));
  }
  return new Set(departments.map(({ code }) => code).filter((code) => !reached.has(code)));
}

/** Parents before their children: the order in which departments come to be. The reverse is the order in which they go. */
export function fromTheTop<T extends Department>(departments: readonly T[]): T[] {
  const known = new Set(departments.map(({ code }) => code));
  const children = grouped(departments, ({ parentCode }) =>
    parentCode !== null && known.has(parentCode) ? parentCode : '',
  );
  const ordered: T[] = [];
  let level = children.get('') ?? [];
  while (level.length > 0) {
    ordered.push(...level);
    level = level.flatMap(({ code }) => children.get(code) ?? []);
  }
  return ordered;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** E-13a: how long an invitation may be valid, and how many may be at a time. */
export const LONGEST_INVITATION_DAYS = 30;
export const MOST_INVITATIONS = 50;

export interface Invitation {
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** E-13a: not too late, not taken back, and the enterprise lets people join; an identity provider would not know them (E-18). */
export const mayJoin = (
  { expiresAt, revokedAt }: Invitation,
  enterprise: Pick<Enterprise, 'source' | 'dissolvedAt'> & { readonly selfRegistration: boolean },
  now: Date,
): boolean =>
  revokedAt === null &&
  now < expiresAt &&
  enterprise.selfRegistration &&
  enterprise.source === 'CONSOLE' &&
  enterprise.dissolvedAt === null;

/** E-15a: may people of a department be managed, which stands at `path`? @param scope null = everything */
export const coversDepartment = (scope: AdministratorScope | null, path: readonly string[]): boolean =>
  scope === null || path.some((code) => scope.departments.includes(code));

export const coversApplication = (scope: AdministratorScope | null, applicationId: string): boolean =>
  scope === null || scope.applications.includes(applicationId);

/** Whoever authorises an application chooses among all people; whoever keeps departments sees the people of these only. */
export const seesEverybody = (scope: AdministratorScope | null): boolean =>
  scope === null || scope.applications.length > 0;

/** E-3, X13: main accounts and the distributor role count apart. */
export const mostEnterprises = (asDistributor: boolean): number =>
  asDistributor ? MOST_OF_DISTRIBUTOR : MOST_ENTERPRISES;
