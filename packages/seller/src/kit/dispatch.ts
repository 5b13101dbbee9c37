/** From an understood kit call to its handler. */
import { KIT_FLAGS, type KitDepartment, type KitUser, type ReceivedKitRequest } from '@jishi/protocol';
import { refuse } from '../refuse.ts';
import type { KitAction, KitDepartmentFacts, KitHandlers, KitUserFacts } from './handlers.ts';

type Decrypt = (value: string) => { readonly ok: true; readonly text: string } | { readonly ok: false };

export async function serveKit(call: ReceivedKitRequest, handlers: KitHandlers, decrypt: Decrypt): Promise<unknown> {
  const { request } = call;
  const common = { test: request.testFlag === 1, instanceId: request.instanceId, tenantId: request.tenantId };
  switch (call.interface) {
    case 'tenantSync': {
      const { orderId, tenantCode, name, domainName, flag } = call.request;
      return handlers.tenant({ ...common, orderId, tenantCode, name, domainName, action: change(flag) });
    }
    case 'applicationSync': {
      const { appId, clientId, clientSecret, flag } = call.request;
      const secret = decrypt(clientSecret);
      // saas-v2.md 4.4: "something wrong with appSecret"
      if (!secret.ok) return refuse('000101', 'The client secret cannot be decrypted with our private key');
      return handlers.application({ ...common, appId, clientId, clientSecret: secret.text, action: change(flag) });
    }
    case 'authSync': {
      const { appId, userList, flag } = call.request;
      return handlers.users({ ...common, appId, users: userList.map(userOf), action: ACTIONS[flag] });
    }
    case 'singleOrgSync':
      return handlers.department({
        ...common,
        department: departmentOf(call.request),
        action: change(call.request.flag),
      });
    case 'allOrgSync':
      return handlers.departments({ ...common, departments: call.request.orgInfoList.map(departmentOf) });
  }
}

const ACTIONS: Readonly<Record<0 | 1 | 2 | 3, KitAction>> = {
  [KIT_FLAGS.delete]: 'delete',
  [KIT_FLAGS.add]: 'add',
  [KIT_FLAGS.modify]: 'modify',
  [KIT_FLAGS.withdraw]: 'withdraw',
};
const change = (flag: 0 | 1 | 2): Exclude<KitAction, 'withdraw'> =>
  flag === KIT_FLAGS.delete ? 'delete' : flag === KIT_FLAGS.add ? 'add' : 'modify';

const userOf = (user: KitUser): KitUserFacts => ({
  userName: user.userName,
  name: user.name,
  departmentCode: user.orgCode,
  role: user.role,
  enabled: user.enable === 'true',
  mobile: user.mobile || undefined,
  email: user.email || undefined,
  position: user.position || undefined,
});

const departmentOf = ({ orgCode, orgName, parentCode }: KitDepartment): KitDepartmentFacts => ({
  code: orgCode,
  name: orgName,
  parentCode: parentCode || null,
});
