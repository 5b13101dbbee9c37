/** Wrong V1.0 sellers, each with one fault in the members of newInstance's answer. */
import { createCipheriv, createHash } from 'node:crypto';
import { type DiagnosisCode, encryptAccountData } from '@jishi/protocol';
import type { Fault } from './fault-saas-v1.test-support.ts';
import type { SellerHooks } from './right-saas-v1.test-support.ts';
import type { Answer, Members } from './right-saas-v1-life.test-support.ts';

const IV = 'A1b2C3d4E5f6G7h8';

/** Of successes only, so that refusals stay what they are. */
function creating(name: string, code: DiagnosisCode, change: (right: Answer, call: Members) => Answer): Fault {
  const answer: SellerHooks['answer'] = (call, right) =>
    call.activity === 'newInstance' && right.resultCode === '000000' ? change(right, call) : right;
  return { name, in: 'newInstance.answer', code, hooks: () => ({ answer }) };
}

function appInfo(name: string, code: DiagnosisCode, change: (appInfo: Answer) => unknown): Fault {
  return creating(name, code, (right) => ({ ...right, appInfo: change(memberOf(right, 'appInfo')) }));
}

function secret(name: string, code: DiagnosisCode, encrypt: SellerHooks['encrypt'], encryptType = '1'): Fault {
  return { name, in: 'newInstance.answer', code, hooks: () => ({ encrypt, encryptType }) };
}

export const MEMBER_FAULTS: readonly Fault[] = [
  creating('gives no instanceId', 'body.member-missing', ({ instanceId: _, ...right }) => right),
  creating('spells it instanceID', 'body.member-missing', ({ instanceId, ...right }) => ({
    ...right,
    instanceID: instanceId,
  })),
  creating('gives a number as instanceId', 'body.member-type', (right) => ({
    ...right,
    instanceId: 42,
  })),
  creating(
    'gives an instanceId of 65 characters',

    'body.member-length',
    (right, { orderId = '' }) => ({
      ...right,
      instanceId: createHash('sha512').update(orderId).digest('hex').slice(0, 65),
    }),
  ),
  creating('gives an instanceId with a comma', 'body.member-type', (right) => ({
    ...right,
    instanceId: `${right.instanceId},1`,
  })),
  creating(
    'puts the members into data',

    'body.wrapped',
    ({ instanceId, appInfo: access, ...right }) => ({
      ...right,
      data: { instanceId, appInfo: access },
    }),
  ),
  creating('has no appInfo', 'query.front-end-url', ({ appInfo: _, ...right }) => right),
  appInfo('has no frontEndUrl', 'query.front-end-url', ({ frontEndUrl: _, ...access }) => access),
  appInfo('gives a frontEndUrl without scheme', 'query.front-end-url', (access) => ({
    ...access,
    frontEndUrl: 'app.example.com',
  })),
  appInfo('gives a frontEndUrl of 513 characters', 'body.member-length', (access) => ({
    ...access,
    frontEndUrl: `https://app.example.com/${'x'.repeat(489)}`,
  })),
  appInfo('gives appInfo as text', 'body.member-type', (access) => JSON.stringify(access)),
  appInfo('gives a memo of 1025 characters', 'body.member-length', (access) => ({
    ...access,
    memo: 'x'.repeat(1025),
  })),
  {
    name: 'writes memo in raw Chinese',
    in: 'newInstance.answer',
    code: 'query.memo-not-escaped',
    hooks: () => ({ serialise: JSON.stringify }),
  },
  secret('sends account data in clear (F7d)', 'secret.plain', (text) => text),
  secret('leaves the IV out (F7d)', 'secret.no-iv', (text, key) => encryptAccountData(text, key, '1', IV).slice(16)),
  secret('encrypts with the key text (F7b)', 'secret.key', (text, key) => aes(text, Buffer.from(key.padEnd(32, '\0')))),
  secret('encrypts with SHA-256 of the key (F7b)', 'secret.key', (text, key) =>
    aes(text, createHash('sha256').update(key).digest()),
  ),
  secret('uses AES-128 and says AES-256 (F7c)', 'secret.type', (text, key) => encryptAccountData(text, key, '2', IV)),
  secret(
    'writes the ciphertext as hex (F7d)',

    'secret.form',
    (text, key) => IV + Buffer.from(encryptAccountData(text, key, '1', IV).slice(16), 'base64').toString('hex'),
  ),
  secret('has a password too long (F7a)', 'secret.length', (text, key) =>
    encryptAccountData(text.padEnd(80, 'x'), key, '1', IV),
  ),
];

function memberOf(answer: Answer, name: string): Answer {
  const value = answer[name];
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function aes(text: string, key: Buffer): string {
  const cipher = createCipheriv('aes-256-cbc', key, IV);
  return IV + cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
}
