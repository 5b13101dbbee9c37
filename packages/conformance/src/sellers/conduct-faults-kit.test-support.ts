/** Sellers of the kit that do the wrong thing with what they are told. */
import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import type { KitPadding } from '@jishi/protocol';
import { privatePem, TEST_PRIVATE_KEY } from '../../../protocol/src/kit/rsa-keys.test-support.ts';
import type { Fault } from './faults-kit.test-support.ts';
import {
  decryptWith,
  type Hooks,
  type Keeping,
  keysOf,
  type Members,
  refuse,
  type SellerCall,
  storeOf,
  type World,
} from './right-kit.test-support.ts';

type Instead = Keeping['instead'];

const instead = (decide: Instead): Hooks => ({ keep: { instead: decide } });
const sample = (decide: Instead): Hooks => ({ keep: { tests: 'sample', instead: decide } });
const lists: Pick<Keeping, 'list'> = { list: (value) => (Array.isArray(value) ? value : null) };

/** Which of a call's things are stored. */
function stored(call: SellerCall, world: World): readonly boolean[] {
  return (keysOf(lists, call) ?? []).map((key) => world.get(storeOf(call.kit))?.has(key) ?? false);
}

const isAdd = ({ members }: SellerCall) => members.flag === 1 || members.flag === undefined;
const isDelete = ({ members }: SellerCall) => members.flag === 0;

const again: (kit: string) => Instead = (kit) => (call, world) =>
  call.kit === kit && isAdd(call) && stored(call, world).some(Boolean) ? refuse('000005', 'duplicate key') : null;

const gone: (kit: string, code: string, message: string) => Instead = (kit, code, message) => (call, world) =>
  call.kit === kit && isDelete(call) && !stored(call, world).every(Boolean) ? refuse(code, message) : null;

const users = ({ members }: SellerCall): readonly Members[] =>
  Array.isArray(members.userList) ? members.userList : [];
/** In whichever form they come. */
const listed = (call: SellerCall): readonly Members[] => {
  const { userList } = call.members;
  return typeof userList === 'string' ? JSON.parse(userList) : users(call);
};
const departments = ({ members }: SellerCall): readonly Members[] =>
  Array.isArray(members.orgInfoList) ? members.orgInfoList : [];

const decrypts = (...paddings: readonly KitPadding[]): Hooks => ({ keep: { decrypt: decryptWith(paddings) } });
const text = (value: unknown) => (typeof value === 'string' ? value : '');

export const CONDUCT_FAULTS: readonly Fault[] = [
  ...['tenantSync', 'applicationSync', 'authSync', 'singleOrgSync', 'allOrgSync'].map((kit) => ({
    name: `refuses a repeated add by ${kit}`,
    code: 'kit.add-not-repeatable' as const,
    says: kit,
    hooks: instead(again(kit)),
  })),
  {
    name: 'breaks at a repeated add',
    code: 'kit.add-not-repeatable',
    says: 'HTTP 500',
    hooks: {
      ...instead(again('tenantSync')),
      write: (written) => (String(written.body).includes('duplicate') ? { ...written, status: 500 } : written),
    },
  },
  {
    name: 'refuses a list in which one user is there already',
    code: 'kit.add-not-repeatable',
    says: 'one user again and a new one',
    hooks: instead((call, world) =>
      call.kit === 'authSync' && isAdd(call) && new Set(stored(call, world)).size > 1
        ? refuse('000005', 'mixed')
        : null,
    ),
  },
  ...['tenantSync', 'applicationSync', 'authSync', 'singleOrgSync'].map((kit) => ({
    name: `refuses a repeated delete by ${kit}`,
    code: 'kit.delete-not-repeatable' as const,
    says: kit,
    hooks: instead(gone(kit, '000003', 'record does not exist')),
  })),
  {
    name: 'stores nothing of test calls and misses it on delete',
    code: 'kit.delete-not-repeatable',
    hooks: sample(gone('tenantSync', '000002', 'tenant not found')),
  },
  {
    name: 'refuses live repeats only',
    code: 'kit.add-not-repeatable',
    says: 'authSync',
    live: true,
    hooks: sample((call, world) => (call.isTest ? null : again('authSync')(call, world))),
  },
  {
    name: 'refuses live repeated deletes only',
    code: 'kit.delete-not-repeatable',
    live: true,
    hooks: sample((call, world) => (call.isTest ? null : gone('singleOrgSync', '000005', '')(call, world))),
  },
  {
    name: 'looks the instance up on delete',
    code: 'kit.delete-needs-instance',
    hooks: instead((call) =>
      isDelete(call) && call.members.instanceId !== '' ? refuse('000003', '实例不存在') : null,
    ),
  },
  {
    name: 'looks the instance up on delete, empty or not',
    code: 'kit.delete-needs-instance',
    hooks: instead((call) => (isDelete(call) ? refuse('000003', '') : null)),
  },
  {
    name: 'knows the instance from the add, and asks for it on delete',
    code: 'kit.delete-needs-instance',
    says: 'an instance that does not exist',
    hooks: instead((call, world) => {
      const begun = [...(world.get('tenantSync') ?? [])].some((key) => key.startsWith(text(call.members.instanceId)));
      return call.kit === 'singleOrgSync' && isDelete(call) && !begun ? refuse('000003', 'no such instance') : null;
    }),
  },
  {
    name: 'knows no modify',
    code: 'result.refused',
    says: 'modify',
    hooks: instead(({ members }) => (members.flag === 2 ? refuse('000002', 'flag') : null)),
  },
  {
    name: 'knows no withdraw',
    code: 'result.refused',
    says: 'withdraw',
    hooks: instead(({ members }) => (members.flag === 3 ? refuse('000002', 'flag') : null)),
  },
  {
    name: 'asks for an instance',
    code: 'result.refused',
    says: 'credential',
    hooks: instead(({ members }) => (members.instanceId === '' ? refuse('000002', 'instanceId is missing') : null)),
  },
  {
    name: 'refuses children before their parents',
    code: 'kit.org-order',
    hooks: instead((call) => {
      const codes = departments(call).map(({ orgCode }) => orgCode);
      const isEarly = departments(call).some(({ parentCode }, place) => codes.indexOf(parentCode) > place);
      return isEarly ? refuse('000002', 'parent not found') : null;
    }),
  },
  {
    name: 'refuses one department before its parent',
    code: 'kit.org-order',
    says: 'singleOrgSync',
    hooks: instead((call, world) => {
      const { instanceId, tenantId, parentCode } = call.members;
      const parent = [instanceId, tenantId, parentCode].join();
      const isEarly = call.kit === 'singleOrgSync' && isAdd(call) && Boolean(parentCode);
      return isEarly && !world.get('singleOrgSync')?.has(parent) ? refuse('000002', 'parent not found') : null;
    }),
  },
  {
    name: 'asks for parentCode at the top',
    code: 'result.refused',
    says: 'parentCode',
    hooks: instead((call) =>
      departments(call).some(({ parentCode }) => typeof parentCode !== 'string')
        ? refuse('000002', 'parentCode')
        : null,
    ),
  },
  {
    name: 'takes userList as text only',
    code: 'kit.user-list',
    says: 'as text only',
    hooks: instead((call) =>
      call.kit === 'authSync' && typeof call.members.userList !== 'string' ? refuse('000002', 'userList') : null,
    ),
  },
  {
    name: 'takes one user at a time',
    code: 'kit.user-list',
    says: 'two users',
    hooks: instead((call) => (users(call).length > 1 ? refuse('000002', 'one user') : null)),
  },
  {
    name: 'takes 100 users at most',
    code: 'kit.user-list',
    says: '500 users',
    hooks: instead((call) => (users(call).length > 100 ? refuse('000002', 'too many') : null)),
  },
  {
    name: 'takes bodies of 100 KB at most',
    code: 'kit.user-list',
    says: 'HTTP 413',
    hooks: { write: (written, { raw }) => (raw.length > 102_400 ? { ...written, status: 413 } : written) },
  },
  {
    name: 'asks for an e-mail address',
    code: 'kit.user-list',
    says: 'optional members are asked for',
    hooks: instead((call) => (listed(call).some(({ email }) => !email) ? refuse('000102', 'email is empty') : null)),
  },
  {
    name: 'has short fields',
    code: 'result.refused',
    says: '255',
    hooks: instead(({ members }) => (text(members.name).length > 100 ? refuse('000002', 'name is too long') : null)),
  },
  {
    name: 'refuses members that it does not know',
    code: 'result.refused',
    says: 'Ignore members',
    hooks: instead(({ members }) => ('customerInfo' in members ? refuse('000002', 'unknown member') : null)),
  },
  {
    name: 'wants testFlag as text',
    code: 'result.refused',
    says: 'testFlag is accepted as text only',
    hooks: {
      answer: (answer, { members }) =>
        members.testFlag === '1'
          ? { resultCode: '000000', resultMsg: 'ok' }
          : answer.resultCode === '000001'
            ? answer
            : refuse('000002', 'testFlag'),
    },
  },
  {
    name: 'decrypts with PKCS#1 v1.5',
    code: 'kit.secret',
    says: 'PKCS#1 v1.5',
    hooks: { keep: { decrypt: (value) => (isPkcs1(value) ? 'x' : null) } },
  },
  { name: 'has another private key', code: 'kit.secret', says: 'other half', hooks: { keep: { decrypt: () => null } } },
  {
    name: 'wants the secret in clear text',
    code: 'kit.secret',
    says: 'clear text',
    hooks: { keep: { decrypt: (value) => (value.startsWith('cstest') ? value : null) } },
  },
  {
    name: 'breaks when it can not decrypt',
    code: 'kit.secret',
    hooks: {
      keep: { decrypt: () => null },
      write: (written) => (String(written.body).includes('000101') ? { ...written, status: 500, body: '' } : written),
    },
  },
  {
    name: 'decrypts SHA-1 only',
    code: 'kit.secret',
    says: 'only SHA-1/MGF1-SHA-1',
    hooks: decrypts('SHA-1/MGF1-SHA-1'),
  },
];

const privateKey = createPrivateKey(privatePem(TEST_PRIVATE_KEY));

/** PKCS#1 v1.5 begins with 00 02. */
function isPkcs1(value: string): boolean {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length !== 384) return false;
  const block = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, bytes);
  return block[0] === 0 && block[1] === 2;
}
