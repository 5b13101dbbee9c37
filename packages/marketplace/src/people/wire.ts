/** Bodies of kit calls in the words of each protocol (saas-v2.md 7.1–7.5, saas-v1.md 6.2–6.6). Pure. */
import { type KitUser, kitTime } from '@jishi/protocol';
import type { Department, EmployeeType, Enterprise, EnterpriseMember } from '../directory/index.ts';
import type { Application, Credential, SharedAttribute } from './definition.ts';
import type { SyncCall } from './task-store.ts';

export interface Told {
  readonly application: Application;
  readonly credential: Credential;
  readonly enterprise: Enterprise;
  readonly call: SyncCall;
  /** applicationSync: encrypted for the seller */
  readonly clientSecret: string;
  /** authSync, in the order of the call */
  readonly members: readonly EnterpriseMember[];
  /** allOrgSync */
  readonly departments: readonly Department[];
  /** saas-v2.md 7.1: the unified domain */
  readonly domainName: string;
  readonly at: Date;
}

type Body = Record<string, string | number | null | readonly KitUser[] | readonly WireDepartment[]>;
interface WireDepartment {
  readonly orgCode: string;
  readonly orgName: string;
  readonly parentCode: string;
}

/** The body, as JSON, that the product of this credential understands. */
export function bodyOf(told: Told): string {
  const body = bodyV2(told);
  return JSON.stringify(told.credential.protocol === 'kit-v2' ? body : inV1(body));
}

function bodyV2({
  application,
  credential,
  enterprise,
  call,
  clientSecret,
  members,
  departments,
  domainName,
  at,
}: Told): Body {
  const common = {
    instanceId: application.instanceId,
    tenantId: enterprise.enterpriseId,
    testFlag: 0,
    timeStamp: kitTime(at),
  };
  const { flag } = call;
  switch (call.interface) {
    case 'tenantSync':
      return {
        ...common,
        orderId: application.orderId,
        tenantCode: codeOf(enterprise),
        name: enterprise.name,
        domainName,
        flag,
      };
    case 'applicationSync':
      return { ...common, appId: credential.appId, clientId: application.clientId, clientSecret, flag };
    case 'authSync':
      return {
        ...common,
        appId: credential.appId,
        userList: members.map((member) => userOf(member, application.attributes)),
        currentSyncTime: kitTime(at),
        // V1.0 knows no withdrawal (E-33)
        flag: flag === 3 && credential.protocol === 'kit-v1' ? 0 : flag,
      };
    case 'singleOrgSync':
      return { ...common, ...departmentOf(call.department), flag };
    case 'allOrgSync':
      return { ...common, orgInfoList: departments.map(departmentOf) };
  }
}

/** A dissolved enterprise gave its short name back; products know it by the one that it had. */
const codeOf = ({ shortName }: Enterprise): string => shortName.split('~')[0] ?? shortName;

function departmentOf(department: Department | null): WireDepartment {
  if (!department) throw new Error('a department call without its department');
  const { code, name, parentCode } = department;
  return { orgCode: code, orgName: name, parentCode: parentCode ?? '' };
}

const EMPLOYEE_NUMBERS: Readonly<Record<EmployeeType, number>> = {
  REGULAR: 1,
  INTERN: 2,
  DISPATCHED: 3,
  OUTSOURCED: 4,
};

/** E-25a: what is not shared is sent empty. */
function userOf(member: EnterpriseMember, shared: readonly SharedAttribute[]): KitUser {
  const given = (attribute: Exclude<SharedAttribute, 'employeeType'>): string =>
    shared.includes(attribute) ? member[attribute] : '';
  const type = shared.includes('employeeType') ? member.employeeType : null;
  return {
    userName: member.userName,
    name: member.name,
    orgCode: member.departmentCode,
    role: member.role,
    enable: member.enabled && member.deletedAt === null ? 'true' : 'false',
    position: given('position'),
    employeeCode: given('employeeCode'),
    mobile: given('mobile'),
    email: given('email'),
    workPlace: given('workPlace'),
    entryDate: given('entryDate'),
    ...(type === null ? {} : { employeeType: EMPLOYEE_NUMBERS[type] }),
  };
}

/** Lists as JSON in a string, some members under `extension`, departments by `name` (saas-v1.md 6.4, 6.6). */
function inV1(body: Body): Record<string, unknown> {
  const { userList, orgInfoList, ...rest } = body;
  if (isUsers(userList)) return { ...rest, userList: JSON.stringify(userList.map(userV1)) };
  if (isDepartments(orgInfoList)) {
    const listed = orgInfoList.map(({ orgCode, orgName, parentCode }) => ({ orgCode, name: orgName, parentCode }));
    return { ...rest, orgInfo: JSON.stringify(listed) };
  }
  return rest;
}
const isUsers = (value: Body[string] | undefined): value is readonly KitUser[] =>
  Array.isArray(value) && value.every((each) => 'userName' in each);
const isDepartments = (value: Body[string] | undefined): value is readonly WireDepartment[] =>
  Array.isArray(value) && value.every((each) => 'orgCode' in each && !('userName' in each));

function userV1({ entryDate, employeeType, workPlace, ...user }: KitUser) {
  return { ...user, extension: { entryDate, workPlace, ...(employeeType == null ? {} : { employeeType }) } };
}
