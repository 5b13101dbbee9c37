/** Wrong sellers of V2.0: one fault each in the members of their answers (saas-v2.md 4, 5). */
import { createCipheriv, createHash } from 'node:crypto';
import { encryptAccountData } from '@jishi/protocol';
import { answer, app, info, success, usage } from './answer-hooks-saas-v2.test-support.ts';
import type { Fault } from './faults-saas-v2.test-support.ts';
import { type Hooks, KEY } from './right-saas-v2.test-support.ts';

const IV = 'A1b2C3d4E5f6G7h8';
const sealed = (type: '1' | '2', key = KEY, text = 'admin@acme.example') => encryptAccountData(text, key, type, IV);

function sealedWith(key: Uint8Array): string {
  const cipher = createCipheriv('aes-256-cbc', key, IV);
  return IV + Buffer.concat([cipher.update('admin@acme.example'), cipher.final()]).toString('base64');
}

export const MEMBER_FAULTS: readonly Fault[] = [
  {
    name: 'no instanceId',
    shows: 'newInstance.answer',
    code: 'body.member-missing',
    says: 'instanceId',
    hooks: success('newInstance', ({ instanceId: _, ...rest }) => rest),
  },
  {
    name: 'instanceID',
    shows: 'newInstance.answer',
    code: 'body.member-missing',
    says: 'instanceID',
    hooks: success('newInstance', ({ instanceId: instanceID, ...rest }) => ({ ...rest, instanceID })),
  },
  {
    name: 'instanceId as a number',
    shows: 'newInstance.answer',
    code: 'body.member-type',
    says: 'instanceId',
    hooks: success('newInstance', (members) => ({ ...members, instanceId: 4711 })),
  },
  {
    name: 'an instanceId of 65 characters',
    shows: 'newInstance.answer',
    code: 'body.member-length',
    says: 'instanceId',
    hooks: { live: { newId: () => 'x'.repeat(65) } },
  },
  {
    name: 'an instanceId with a comma',
    shows: 'newInstance.answer',
    code: 'body.member-type',
    says: 'instanceId',
    hooks: { live: { newId: (_, count) => `a,${count}` } },
  },
  {
    name: 'no instanceId while it is being made',
    shows: 'newInstance.answer',
    code: 'body.member-missing',
    says: 'instanceId',
    hooks: {
      ...answer((members) =>
        members.resultCode === '000004' && members.instanceId ? { ...members, instanceId: undefined } : members,
      ),
      live: { pending: 1 },
    },
  },
  {
    name: 'no instanceId in the elements',
    shows: 'queryInstance.answer',
    code: 'body.member-missing',
    says: 'info[0].instanceId',
    hooks: info(({ appInfo }) => ({ appInfo })),
  },
  {
    name: 'info as one object',
    shows: 'queryInstance.answer',
    code: 'body.member-type',
    says: 'info',
    hooks: success('queryInstance', (members) => ({
      ...members,
      info: Array.isArray(members.info) ? members.info[0] : null,
    })),
  },
  {
    name: 'info as text',
    shows: 'queryInstance.answer',
    code: 'body.member-type',
    says: 'info',
    hooks: success('queryInstance', (members) => ({ ...members, info: JSON.stringify(members.info) })),
  },
  {
    name: 'infos',
    shows: 'queryInstance.answer',
    code: 'query.incomplete',
    says: 'infos',
    hooks: success('queryInstance', ({ info: infos, ...rest }) => ({ ...rest, infos })),
  },
  {
    name: 'no appInfo',
    shows: 'queryInstance.answer',
    code: 'query.front-end-url',
    hooks: info(({ instanceId }) => ({ instanceId })),
  },
  {
    name: 'no frontEndUrl',
    shows: 'queryInstance.answer',
    code: 'query.front-end-url',
    hooks: app({ frontEndUrl: undefined }),
  },
  {
    name: 'frontendUrl',
    shows: 'queryInstance.answer',
    code: 'query.front-end-url',
    says: 'frontendUrl',
    hooks: app({ frontEndUrl: undefined, frontendUrl: 'https://app.example.com' }),
  },
  {
    name: 'frontEndUrl without a scheme',
    shows: 'queryInstance.answer',
    code: 'query.front-end-url',
    hooks: app({ frontEndUrl: 'app.example.com' }),
  },
  {
    name: 'frontEndUrl in V1.0 fashion beside appInfo',
    shows: 'queryInstance.answer',
    code: 'query.front-end-url',
    hooks: info((each) => ({ ...each, frontEndUrl: each.appInfo.frontEndUrl, appInfo: { userName: 'admin' } })),
  },
  {
    name: 'a long frontEndUrl',
    shows: 'queryInstance.answer',
    code: 'body.member-length',
    says: 'frontEndUrl',
    hooks: app({ frontEndUrl: `https://app.example.com/${'x'.repeat(500)}` }),
  },
  {
    name: 'a script as adminUrl',
    shows: 'queryInstance.answer',
    code: 'body.member-type',
    says: 'adminUrl',
    hooks: app({ adminUrl: 'javascript:alert(1)' }),
  },
  {
    name: 'a long password',
    shows: 'queryInstance.answer',
    code: 'body.member-length',
    says: 'password',
    hooks: app({ password: 'x'.repeat(129) }),
  },
  {
    name: 'a long memo',
    shows: 'queryInstance.answer',
    code: 'body.member-length',
    says: 'memo',
    hooks: app({ memo: 'x'.repeat(1025) }),
  },
  {
    name: 'a raw memo',
    shows: 'queryInstance.answer',
    code: 'query.memo-not-escaped',
    hooks: app({ memo: '首次登录请修改密码' }),
  },
  {
    name: 'five decimals',
    shows: 'queryInstance.answer',
    code: 'usage.decimals',
    hooks: usage({ usageValue: 1.23456 }),
  },
  {
    name: 'a unit beside the usage',
    shows: 'queryInstance.answer',
    code: 'usage.decimals',
    hooks: usage({ usageValue: '12.5 GB' }),
  },
  {
    name: 'usage of 14 digits',
    shows: 'queryInstance.answer',
    code: 'usage.time',
    hooks: usage({ statisticalTime: '20260105000000' }),
  },
  {
    name: 'usage in ISO 8601',
    shows: 'queryInstance.answer',
    code: 'usage.time',
    hooks: usage({ statisticalTime: '2026-01-05T00:00Z' }),
  },
  {
    name: 'usage in local time',
    shows: 'queryInstance.answer',
    code: 'usage.time',
    says: 'yet to come',
    hooks: usage({ statisticalTime: inEightHours() }),
  },
  {
    name: 'no usageValue',
    shows: 'queryInstance.answer',
    code: 'body.member-missing',
    says: 'usageValue',
    hooks: usage({ usageValue: null }),
  },
  {
    name: 'clear text with encryptType',
    shows: 'queryInstance.answer',
    code: 'secret.plain',
    hooks: app({}, { encryptType: '1' }),
  },
  {
    name: 'only the password encrypted',
    shows: 'queryInstance.answer',
    code: 'secret.plain',
    says: 'userName',
    hooks: app({ password: sealed('1') }, { encryptType: '1' }),
  },
  {
    name: 'no IV',
    shows: 'queryInstance.answer',
    code: 'secret.no-iv',
    hooks: app({ userName: sealed('1').slice(16), password: sealed('1').slice(16) }, { encryptType: '1' }),
  },
  {
    name: 'encrypted with another key',
    shows: 'queryInstance.answer',
    code: 'secret.key',
    hooks: secret(sealed('1', 'another-key'), '1'),
  },
  {
    name: 'SHA-256 of the key',
    shows: 'queryInstance.answer',
    code: 'secret.key',
    says: 'SHA-256',
    hooks: secret(sealedWith(createHash('sha256').update(KEY).digest()), '1'),
  },
  {
    name: 'the key text as AES key',
    shows: 'queryInstance.answer',
    code: 'secret.key',
    says: 'key text',
    hooks: secret(sealedWith(Buffer.concat([Buffer.from(KEY), Buffer.alloc(32)]).subarray(0, 32)), '1'),
  },
  {
    name: 'AES-128 said to be AES-256',
    shows: 'queryInstance.answer',
    code: 'secret.type',
    hooks: secret(sealed('2'), '1'),
  },
  {
    name: 'no encryptType',
    shows: 'queryInstance.answer',
    code: 'secret.type',
    says: 'without encryptType',
    hooks: secret(sealed('1'), undefined),
  },
  {
    name: 'encryptType inside appInfo',
    shows: 'queryInstance.answer',
    code: 'secret.type',
    says: 'without encryptType',
    hooks: app({ userName: sealed('1'), password: sealed('1'), encryptType: '1' }),
  },
  {
    name: 'encryptType as a number',
    shows: 'queryInstance.answer',
    code: 'body.member-type',
    says: 'encryptType',
    hooks: app({ userName: sealed('1'), password: sealed('1') }, { encryptType: 1 }),
  },
  {
    name: 'a long secret',
    shows: 'queryInstance.answer',
    code: 'secret.length',
    hooks: secret(sealed('1', KEY, 'x'.repeat(80)), '1'),
  },
  {
    name: 'hex in place of base64',
    shows: 'queryInstance.answer',
    code: 'secret.form',
    says: 'hex',
    hooks: secret(IV + Buffer.from(sealed('1').slice(16), 'base64').toString('hex'), '1'),
  },
];

function secret(value: string, encryptType: string | undefined): Hooks {
  return app({ userName: value, password: value }, { encryptType });
}

function inEightHours(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 17);
}
