/** The throw-away tenant of a run with everything that the kit tells a seller about it (saas-v2.md 7), and the bodies that tell it. */
import {
  type JsonInputObject,
  type KIT_FLAGS,
  type KitDepartment,
  type KitInterface,
  type KitUser,
  kitTime,
} from '@jishi/protocol';
import type { Session } from '../case.ts';

export interface Scene {
  /** 1 = with the test mark, 0 = live */
  readonly testFlag: 0 | 1;
  /** empty, as for a credential, where the seller knows real instances only */
  readonly instanceId: string;
  readonly orderId: string;
  readonly tenantId: string;
  readonly tenantCode: string;
  readonly appId: string;
  readonly clientId: string;
  /** begins the codes of departments and the names of users */
  readonly prefix: string;
}

export type KitFlag = (typeof KIT_FLAGS)[keyof typeof KIT_FLAGS];

export function newScene(session: Session, testFlag: 0 | 1): Scene {
  const text = session.randomText(8).toLowerCase();
  return {
    testFlag,
    instanceId: session.uuid(),
    orderId: `CSTEST${session.randomText(10).toUpperCase()}`,
    tenantId: session.uuid().replaceAll('-', ''),
    tenantCode: `cstest-${text}`,
    appId: `cstest-app-${text}`,
    clientId: `cstest-client-${text}`,
    prefix: `cstest-${text}`,
  };
}

/** The same tenant before there is an order (saas-v2.md 7: empty for credential). */
export function asCredential(scene: Scene): Scene {
  return { ...scene, instanceId: '', orderId: '' };
}

export function tenantBody(session: Session, scene: Scene, flag: KitFlag, more: JsonInputObject = {}): JsonInputObject {
  const { instanceId, orderId, tenantId, tenantCode } = scene;
  const domainName = `https://${tenantCode}.example.com`;
  const name = `Conformance test ${tenantCode}`;
  return { instanceId, orderId, tenantId, tenantCode, name, domainName, ...more, flag, ...end(session, scene) };
}

export function applicationBody(
  session: Session,
  { instanceId, tenantId, appId, clientId, ...scene }: Scene,
  flag: KitFlag,
  clientSecret: string,
): JsonInputObject {
  return { instanceId, tenantId, appId, clientId, clientSecret, flag, ...end(session, scene) };
}

export function authBody(
  session: Session,
  { instanceId, tenantId, appId, ...scene }: Scene,
  flag: KitFlag,
  userList: readonly KitUser[] | string,
): JsonInputObject {
  const currentSyncTime = kitTime(new Date(session.now()));
  return { instanceId, tenantId, appId, userList, currentSyncTime, flag, ...end(session, scene) };
}

export function departmentBody(
  session: Session,
  { instanceId, tenantId, ...scene }: Scene,
  flag: KitFlag,
  department: KitDepartment,
): JsonInputObject {
  return { instanceId, tenantId, ...department, flag, ...end(session, scene) };
}

export function departmentsBody(
  session: Session,
  { instanceId, tenantId, ...scene }: Scene,
  orgInfoList: readonly KitDepartment[] | string,
): JsonInputObject {
  return { instanceId, tenantId, orgInfoList, ...end(session, scene) };
}

/** A plain user, with the mandatory members only. */
export function userOf({ prefix }: Scene, index: number, more: Partial<KitUser> = {}): KitUser {
  return {
    userName: `${prefix}-u${index}`,
    name: `User ${index}`,
    orgCode: `${prefix}-d1`,
    role: 'user',
    enable: 'true',
    ...more,
  };
}

/** One with every member of the table. */
export function fullUserOf(scene: Scene, index: number): KitUser {
  return userOf(scene, index, {
    position: 'Engineer',
    employeeCode: `E${index}`,
    employeeType: 1,
    role: 'admin',
    mobile: `1380000${String(index).padStart(4, '0')}`,
    email: `${scene.prefix}-u${index}@example.com`,
    workPlace: 'Shenzhen',
    entryDate: '2026-01-05',
  });
}

/** Number 0 is the top; each other one stands below the number before it, unless `parent` says otherwise. */
export function departmentOf({ prefix }: Scene, index: number, parent = index - 1): KitDepartment {
  const parentCode = index === 0 ? '' : `${prefix}-d${parent}`;
  return { orgCode: `${prefix}-d${index}`, orgName: `Department ${index}`, parentCode };
}

/** The departments of the scene, parents first. */
export function departmentsOf(scene: Scene): KitDepartment[] {
  return [departmentOf(scene, 0), departmentOf(scene, 1), departmentOf(scene, 2, 0)];
}

/** What changes one of the scene's things: a tenant, an application, a user, a department. */
export type KeyedInterface = Exclude<KitInterface, 'allOrgSync'>;

function end(session: Session, { testFlag }: Pick<Scene, 'testFlag'>) {
  return { testFlag, timeStamp: kitTime(new Date(session.now())) };
}
