/** What the kit keeps in step at a seller: a tenant, an application, users, a department – each told, changed and taken back alike. */
import { type JsonInputObject, KIT_FLAGS, type KitPadding } from '@jishi/protocol';
import type { Session } from '../case.ts';
import {
  applicationBody,
  authBody,
  departmentBody,
  departmentOf,
  type KeyedInterface,
  type KitFlag,
  type Scene,
  tenantBody,
  userOf,
} from './scene.ts';
import { plainSecret } from './secret.ts';

export interface Thing {
  readonly kit: KeyedInterface;
  readonly section: string;
  readonly body: (session: Session, scene: Scene, flag: KitFlag, padding: KitPadding) => JsonInputObject;
}

/** In the order in which a binding tells them (saas-v2.md 7, timing). */
export const THINGS: readonly Thing[] = [
  {
    kit: 'tenantSync',
    section: '7.1',
    body: (session, scene, flag) =>
      tenantBody(session, scene, flag, flag === KIT_FLAGS.modify ? { name: 'Renamed by the conformance test' } : {}),
  },
  {
    kit: 'applicationSync',
    section: '7.2',
    body: (session, scene, flag, padding) => applicationBody(session, scene, flag, plainSecret(session, padding)),
  },
  {
    kit: 'authSync',
    section: '7.3',
    body: (session, scene, flag) =>
      authBody(session, scene, flag, [userOf(scene, 1, flag === KIT_FLAGS.modify ? { role: 'admin' } : {})]),
  },
  {
    kit: 'singleOrgSync',
    section: '7.4',
    body: (session, scene, flag) =>
      departmentBody(session, scene, flag, {
        ...departmentOf(scene, 3, flag === KIT_FLAGS.modify ? 2 : 1),
        orgName: flag === KIT_FLAGS.modify ? 'Renamed department' : 'Department 3',
      }),
  },
];
