/** Who may do what: enterprises and their people. */
import type { Objects } from '../../../../../tests/support/two-tenants.ts';
import { type Access, enterpriseOf, goods, SOME_FILE } from './access-objects.test-support.ts';

const enterprise = ({ goodsId }: Objects) => {
  const { spareGroups: _, ...objects } = enterpriseOf.get(goodsId) ?? { spareGroups: [] };
  return objects;
};
const taken = { groups: 0 };
/** a group that is deleted is not there for the next role: each takes another one */
const withSpareGroup = (objects: Objects): Record<string, string> => {
  const spare = enterpriseOf.get(objects.goodsId)?.spareGroups ?? [];
  taken.groups += 1;
  return { ...enterprise(objects), groupId: spare[taken.groups % spare.length] ?? '' };
};
const ENTERPRISE = { x: 'BO OM OA', o: 'EA EB ED', object: enterprise };
const OWN_ENTERPRISE = { x: 'BO', object: enterprise };
const PEOPLE = { x: '', o: 'EA EB', object: enterprise };
/** of the whole directory: not for business administrators */
const WHOLE = { x: '', o: 'EA', object: enterprise };
const SOMEBODY = {
  ...{ userName: 'bob', name: 'Bob', departmentCode: 'hq', position: '', employeeCode: '', employeeType: null },
  ...{ mobile: '', email: '', workPlace: '', entryDate: '', role: 'user', enabled: true },
};
const HQ = { code: 'hq', name: 'HQ', parentCode: null };
const TO_NOBODY = { everyone: false, departments: [], groups: [], members: [] };
const enterprises = (path: string) => `/enterprises/{enterpriseId}${path}`;

export const ENTERPRISE_ACCESS: Readonly<Record<string, Access>> = {
  'read /enterprises': { x: 'BO EA EB ED OM OA' },
  'command /enterprises': {
    x: 'BO ED',
    body: () => ({ name: 'n', shortName: 'A', region: '', industry: '', description: '' }),
    refusedByRule: true,
  },
  [`read ${enterprises('')}`]: ENTERPRISE,
  [`command ${enterprises('/facts')}`]: {
    ...OWN_ENTERPRISE,
    body: () => ({ region: '', industry: '', description: '' }),
  },
  [`command ${enterprises('/dissolution')}`]: {
    ...OWN_ENTERPRISE,
    body: () => ({ shortName: '' }),
    refusedByRule: true,
  },
  [`read ${enterprises('/dissolution')}`]: OWN_ENTERPRISE,
  [`command ${enterprises('/dissolution-code')}`]: { ...OWN_ENTERPRISE, refusedByRule: true },
  [`read ${enterprises('/member-invitations')}`]: PEOPLE,
  [`command ${enterprises('/member-invitations')}`]: {
    ...PEOPLE,
    body: () => ({ departmentCode: 'hq', days: 0 }),
    refusedByRule: true,
  },
  [`command ${enterprises('/member-invitations/{code}/revocation')}`]: {
    ...PEOPLE,
    object: (objects) => ({ ...enterprise(objects), code: 'none' }),
    refusedByRule: true,
  },
  [`command ${enterprises('/self-registration')}`]: { ...WHOLE, body: () => ({ open: false }) },
  [`read ${enterprises('/passwords')}`]: PEOPLE,
  [`command ${enterprises('/passwords')}`]: WHOLE,
  [`command ${enterprises('/members/{memberId}/password-code')}`]: { ...PEOPLE, refusedByRule: true },
  [`command ${enterprises('/members/{memberId}/password')}`]: { ...PEOPLE, refusedByRule: true },
  [`read ${enterprises('/administrators')}`]: ENTERPRISE,
  [`command ${enterprises('/business-administrators')}`]: {
    ...WHOLE,
    body: () => ({ loginName: 'nobody', departments: ['hq'], applications: [] }),
    refusedByRule: true,
  },
  [`command ${enterprises('/business-administrators/{userId}/scope')}`]: {
    ...WHOLE,
    object: (objects) => ({ ...enterprise(objects), userId: 'nobody' }),
    body: () => ({ departments: ['hq'], applications: [] }),
    refusedByRule: true,
  },
  [`command ${enterprises('/business-administrators/{userId}/removal')}`]: {
    ...WHOLE,
    object: (objects) => ({ ...enterprise(objects), userId: 'nobody' }),
    refusedByRule: true,
  },
  [`command ${enterprises('/administrators')}`]: {
    ...{ x: 'BO', o: 'EA ED', object: enterprise },
    body: () => ({ loginName: 'nobody' }),
    refusedByRule: true,
  },
  [`command ${enterprises('/administrators/{userId}/removal')}`]: {
    x: 'BO',
    object: (objects) => ({ ...enterprise(objects), userId: 'nobody' }),
    refusedByRule: true,
  },
  [`command ${enterprises('/invitation/acceptance')}`]: PEOPLE,
  [`read ${enterprises('/departments')}`]: PEOPLE,
  [`command ${enterprises('/departments')}`]: { ...PEOPLE, body: () => HQ, refusedByRule: true },
  [`command ${enterprises('/departments/change')}`]: { ...PEOPLE, body: () => HQ },
  [`command ${enterprises('/departments/removal')}`]: { ...PEOPLE, body: () => ({ code: 'hq' }), refusedByRule: true },
  [`read ${enterprises('/members')}`]: PEOPLE,
  [`command ${enterprises('/members')}`]: { ...PEOPLE, body: () => SOMEBODY, refusedByRule: true },
  [`read ${enterprises('/members/{memberId}')}`]: PEOPLE,
  [`command ${enterprises('/members/{memberId}/change')}`]: {
    ...PEOPLE,
    body: () => ({ ...SOMEBODY, userName: 'ann' }),
  },
  [`command ${enterprises('/members/actions')}`]: {
    ...PEOPLE,
    body: () => ({ action: 'ENABLE', memberIds: [SOME_FILE] }),
  },
  [`read ${enterprises('/scim-tokens')}`]: WHOLE,
  [`command ${enterprises('/scim-tokens')}`]: { ...WHOLE, body: () => ({ name: 'n' }), refusedByRule: true },
  [`command ${enterprises('/scim-tokens/{tokenId}/revocation')}`]: {
    ...WHOLE,
    object: (objects) => ({ ...enterprise(objects), tokenId: SOME_FILE }),
    refusedByRule: true,
  },
  [`read ${enterprises('/import-template')}`]: PEOPLE,
  [`read ${enterprises('/members-file')}`]: PEOPLE,
  [`read ${enterprises('/imports')}`]: PEOPLE,
  [`command ${enterprises('/imports')}`]: { ...PEOPLE, body: () => ({ fileId: SOME_FILE }), refusedByRule: true },
  [`read ${enterprises('/imports/{importId}')}`]: PEOPLE,
  [`read ${enterprises('/imports/{importId}/rows')}`]: PEOPLE,
  [`read ${enterprises('/imports/{importId}/result')}`]: PEOPLE,
  [`command ${enterprises('/imports/{importId}/decision')}`]: {
    ...PEOPLE,
    body: () => ({ decision: 'DISCARD' }),
    refusedByRule: true,
  },
  [`read ${enterprises('/groups')}`]: PEOPLE,
  [`command ${enterprises('/groups')}`]: { ...PEOPLE, body: () => ({ name: 'Testers' }), refusedByRule: true },
  [`command ${enterprises('/groups/{groupId}/name')}`]: { ...PEOPLE, body: () => ({ name: 'Testers' }) },
  [`command ${enterprises('/groups/{groupId}/members')}`]: { ...PEOPLE, body: () => ({ add: [], remove: [] }) },
  [`read ${enterprises('/applications')}`]: ENTERPRISE,
  [`read ${enterprises('/bindable')}`]: OWN_ENTERPRISE,
  [`command ${enterprises('/applications')}`]: {
    ...OWN_ENTERPRISE,
    body: ({ resourceId: id }) => ({ resourceId: id, attributes: [] }),
    refusedByRule: true,
  },
  [`command ${enterprises('/applications/{applicationId}/binding')}`]: { ...OWN_ENTERPRISE, refusedByRule: true },
  [`command ${enterprises('/applications/{applicationId}/range')}`]: {
    ...PEOPLE,
    body: () => TO_NOBODY,
    refusedByRule: true,
  },
  [`command ${enterprises('/applications/{applicationId}/resynchronisation')}`]: { ...PEOPLE, refusedByRule: true },
  [`command ${enterprises('/applications/{applicationId}/stop')}`]: PEOPLE,
  [`command ${enterprises('/applications/{applicationId}/start')}`]: PEOPLE,
  [`read ${enterprises('/applications/{applicationId}/members')}`]: PEOPLE,
  [`read ${enterprises('/sync-tasks')}`]: ENTERPRISE,
  [`command ${enterprises('/sync-tasks/{taskId}/decision')}`]: {
    ...{ x: 'BO OM', o: 'EA EB' },
    object: ({ goodsId }) => ({ ...enterpriseOf.get(goodsId), taskId: enterpriseOf.get(goodsId)?.syncTaskId ?? '' }),
    body: () => ({ decision: 'STOP' }),
    refusedByRule: true,
  },
  [`command ${enterprises('/groups/{groupId}/removal')}`]: { ...PEOPLE, object: withSpareGroup },
  'read /seller/products/{goodsId}/credential': { x: 'SO SD', object: goods },
  'command /seller/products/{goodsId}/credential': {
    ...{ x: 'SO SD', object: goods },
    body: () => ({
      ...{ protocol: 'kit-v2', address: 'a', keyId: 'k', publicKey: 'k', loginUrl: '' },
      ...{ attributes: [], multiInstance: false },
    }),
    refusedByRule: true,
  },
};
