/** An enterprise of a buyer with everything in it that routes name: a member, a group, a bound application, a task that waits. */
import {
  createDepartment,
  createEnterprise,
  createGroup,
  createMember,
  type MemberFacts,
} from '../../packages/marketplace/src/directory/index.ts';
import { insertApplication, saveCredential } from '../../packages/marketplace/src/people/store.ts';
import { inTransaction, sql } from '../../packages/marketplace/src/platform/database/database.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';
import { traceId, uuid } from '../../packages/marketplace/src/platform/random.ts';
import { granted } from './resources.ts';

export interface EnterpriseObjects {
  readonly enterpriseId: string;
  readonly shortName: string;
  readonly memberId: string;
  readonly groupId: string;
  readonly applicationId: string;
  readonly syncTaskId: string;
  readonly importId: string;
  /** groups that whoever may delete them finds one after the other */
  readonly spareGroups: readonly string[];
}

export function enterpriseObjectsOf(
  platform: Platform,
  owner: { readonly buyerId: string; readonly sellerId: string; readonly goodsId: string; readonly resourceId: string },
): Promise<EnterpriseObjects> {
  const now = platform.clock.now();
  const { random } = platform;
  return inTransaction(platform.db, async (tx) => {
    const shortName = `e-${uuid(random).slice(0, 8)}`;
    const facts = { name: 'Acme', shortName, region: '', industry: '', description: '', buyerId: owner.buyerId };
    const { enterpriseId } = granted(await createEnterprise(platform, tx, facts, now));
    granted(await createDepartment(tx, enterpriseId, { code: 'hq', name: 'HQ', parentCode: null }, now));
    const memberId = granted(await createMember(random, tx, enterpriseId, MEMBER, now));
    const groupId = granted(await createGroup(random, tx, { enterpriseId, name: 'Testers' }, now));
    const spareGroups: string[] = [];
    for (const name of ['Spare 1', 'Spare 2', 'Spare 3'])
      spareGroups.push(granted(await createGroup(random, tx, { enterpriseId, name }, now)));
    const applicationId = uuid(random);
    const { sellerId, goodsId } = owner;
    await saveCredential(tx, { ...CREDENTIAL, sellerId, goodsId, appId: `app-${goodsId}` }, now);
    await insertApplication(
      tx,
      {
        ...{ ...owner, applicationId, enterpriseId, orderId: 'o', instanceId: 'i', clientId: 'c' },
        productName: { zh: '产品', en: 'Product' },
        sealedSecret: platform.keys.seal('secret', 'people.client-secret'),
        attributes: [],
        range: { everyone: false, departments: [], groups: [], members: [] },
        state: 'BINDING',
        stopped: false,
        createdAt: now,
      },
      'owner',
    );
    const syncTaskId = uuid(random);
    await sql`INSERT INTO people.sync_tasks (task_id, application_id, enterprise_id, buyer_id, kind, state, operator, trace_id, created_at)
      VALUES (${syncTaskId}::uuid, ${applicationId}::uuid, ${enterpriseId}, ${owner.buyerId}, 'BIND', 'WAIT_DECISION', 'owner', ${traceId(random)}, ${now})`.execute(
      tx,
    );
    const importId = uuid(random);
    await sql`INSERT INTO directory.imports (import_id, enterprise_id, user_id, file_id, file_name, state, created_at)
      VALUES (${importId}::uuid, ${enterpriseId}, 'owner', 'f', 'people.csv', 'CHECKED', ${now})`.execute(tx);
    return { importId, enterpriseId, shortName, memberId, groupId, applicationId, syncTaskId, spareGroups };
  });
}

const CREDENTIAL = {
  protocol: 'kit-v2',
  address: 'https://kit.example.com',
  keyId: 'k',
  publicKey: 'a key',
  loginUrl: '',
  attributes: [],
  multiInstance: false,
} as const;
const MEMBER: MemberFacts = {
  userName: 'ann',
  name: 'Ann',
  departmentCode: 'hq',
  position: '',
  employeeCode: '',
  employeeType: null,
  mobile: '',
  email: '',
  workPlace: '',
  entryDate: '',
  role: 'user',
  enabled: true,
};
